import type { CoverageCell, ScannedAccount } from '../posture/finding.ts';
import { managementOf } from '../posture/recorded/management.ts';
import { harmless } from '../prose.ts';
import { type Unseen, wasSeen } from '../reading.ts';
import type { Verdict } from './answer.ts';
import { called, few, listed } from './coverage-said-words.ts';
import type { Gap } from './source.ts';
import type { TrailsSeen } from './trails-seen.ts';

/** An answer about the record itself: its verdict, and its sentences in both languages. */
export type Said = { verdict: Verdict; lines: { en: string; ko: string }[]; gaps: Gap[] };

/** One account as far as its management events are recorded right now. `unseen`: why nobody knows. */
export type AccountRecorded = {
  id: string;
  name: string;
  regions: { region: string; recorded: 'all' | 'part' | 'none' | 'unknown' }[];
  unseen: string | null;
  /** The same for Korean readers, where it is in our own words. */
  unseenKo?: string;
};

/** From trails that were read live. */
export function recordedLive(seen: TrailsSeen): AccountRecorded[] {
  const byArn = new Map(seen.trails.map((trail) => [trail.arn, trail]));
  return seen.accounts.map(({ id, name, regions, trails }) => {
    if (!wasSeen(trails)) return { id, name, regions: [], ...unseenAs(trails.unseen) };
    if (!wasSeen(regions)) return { id, name, regions: [], ...unseenAs(regions.unseen) };
    const own = trails.seen.flatMap((arn) => byArn.get(arn) ?? []);
    return {
      id,
      name,
      unseen: null,
      regions: regions.seen.map((region) => {
        const here = own.filter(
          ({ homeRegion, multiRegion }) => homeRegion === region || multiRegion !== false,
        );
        const sure = here.filter(
          (trail) => trail.logging && (trail.homeRegion === region || trail.multiRegion),
        );
        const { read, write } = managementOf(sure.flatMap(({ selectors }) => selectors ?? []));
        const doubt = here.some(
          ({ logging, selectors, multiRegion, homeRegion }) =>
            logging === null ||
            (logging && (!selectors || (multiRegion === null && homeRegion !== region))),
        );
        const whole = [read, write].every(
          ({ recorded, leftOut }) => recorded === 'all' && leftOut.length === 0,
        );
        const none = [read, write].every(({ recorded }) => recorded === 'none');
        return { region, recorded: whole ? 'all' : doubt ? 'unknown' : none ? 'none' : 'part' };
      }),
    };
  });
}

function gapOf({ id, unseen, unseenKo }: AccountRecorded): Gap {
  return { account: id, region: '', reason: unseen ?? '', ...(unseenKo && { ko: unseenKo }) };
}

function unseenAs({ reason, ko }: Unseen): Pick<AccountRecorded, 'unseen' | 'unseenKo'> {
  return { unseen: reason, ...(ko?.reason && { unseenKo: ko.reason }) };
}

/** The same from the last scan, where asking everybody anew would take long. */
export function recordedAtScan(
  accounts: ScannedAccount[],
  cells: CoverageCell[],
): AccountRecorded[] {
  const by = Map.groupBy(cells, ({ account }) => account);
  return accounts.map(({ id, name, visible, reason }) => ({
    id,
    name,
    unseen: visible ? null : (reason ?? 'it could not be asked'),
    regions: (by.get(id) ?? []).map(
      ({ region, managementRead, managementWrite, excludedSources = [] }) => ({
        region,
        recorded:
          managementRead && managementWrite
            ? excludedSources.length > 0
              ? 'part'
              : 'all'
            : managementRead || managementWrite
              ? 'part'
              : 'none',
      }),
    ),
  }));
}

/**
 * "Is CloudTrail on in every account?", "which accounts have no trail?": some ask for what is recorded
 * and some for what is not, so the answer says how it is instead of yes or no.
 */
export function trailsSaid(accounts: AccountRecorded[], at: string, live: boolean): Said {
  const seen = accounts.filter(({ unseen }) => unseen === null);
  const dark = accounts.filter(({ unseen }) => unseen !== null);
  const short = seen.filter(({ regions }) => regions.some(({ recorded }) => recorded !== 'all'));
  const lacking = short.filter(({ regions }) =>
    regions.some(({ recorded }) => recorded === 'none' || recorded === 'part'),
  );
  const whole = seen.length - short.length;
  const when = live
    ? { en: 'now', ko: '지금' }
    : { en: `at the scan of ${at}`, ko: `${at}의 점검에서` };
  const doubtful = dark.length + short.length > 0 || accounts.length === 0;
  const verdict = lacking.length === 0 && doubtful ? 'none-visible' : 'found';
  const opening = {
    found: { en: 'Every account is recorded.', ko: '모든 계정이 기록되고 있습니다.' },
    lacking: { en: 'Not every account is recorded.', ko: '기록되지 않는 곳이 있습니다.' },
    'none-visible': {
      en: 'As far as can be seen, every account is recorded, but not everything can be seen.',
      ko: '볼 수 있는 한은 모두 기록되지만, 볼 수 없는 곳이 있습니다.',
    },
  }[lacking.length > 0 ? 'lacking' : verdict];
  return {
    verdict,
    gaps: dark.map(gapOf),
    lines: [
      {
        en: `${opening.en} A trail records all management events in every region of ${whole} of ${accounts.length} accounts (${when.en}).`,
        ko: `${opening.ko} ${when.ko} 계정 ${accounts.length}개 가운데 ${whole}개는 모든 리전에서 관리 이벤트가 모두 기록됩니다.`,
      },
      ...listed(short, (account) => shortOf(account)),
      ...listed(dark, (account) => ({
        en: `• ${called(account)}: cannot be seen (${harmless(account.unseen ?? '', 300)})`,
        ko: `• ${called(account)}: 볼 수 없습니다 (${harmless(account.unseenKo ?? account.unseen ?? '', 300)})`,
      })),
    ],
  };
}

function shortOf(account: AccountRecorded): { en: string; ko: string } {
  const { regions } = account;
  const such = (kind: string) =>
    regions.filter(({ recorded }) => recorded === kind).map(({ region }) => region);
  const [all, part, none, unknown] = [such('all'), such('part'), such('none'), such('unknown')];
  if (none.length === regions.length)
    return {
      en: `• ${called(account)}: no trail records anything`,
      ko: `• ${called(account)}: 기록하는 트레일이 없습니다`,
    };
  const en = [
    ...(all.length > 0 ? [`all in ${few(all)}`] : []),
    ...(part.length > 0 ? [`only in part in ${few(part)}`] : []),
    ...(none.length > 0 ? [`nothing in ${few(none)}`] : []),
    ...(unknown.length > 0 ? [`not known in ${few(unknown)}`] : []),
  ];
  const ko = [
    ...(all.length > 0 ? [`${few(all)}: 모두 기록`] : []),
    ...(part.length > 0 ? [`${few(part)}: 일부만 기록`] : []),
    ...(none.length > 0 ? [`${few(none)}: 기록 안 됨`] : []),
    ...(unknown.length > 0 ? [`${few(unknown)}: 알 수 없음`] : []),
  ];
  return {
    en: `• ${called(account)}: ${en.join(', ')}`,
    ko: `• ${called(account)}: ${ko.join(', ')}`,
  };
}

/** "Which accounts can you not see?" */
export function accountsSaid(accounts: AccountRecorded[], unlisted: string | null): Said {
  const dark = accounts.filter(({ unseen }) => unseen !== null);
  const gaps = [
    ...dark.map(gapOf),
    ...(unlisted
      ? [
          {
            account: '',
            region: '',
            reason: `the other accounts are not known: ${unlisted}`,
            ko: `다른 계정을 알 수 없습니다: ${unlisted}`,
          },
        ]
      : []),
  ];
  return {
    verdict: gaps.length > 0 ? 'found' : 'none',
    gaps,
    lines: [
      dark.length === 0
        ? {
            en: `I can see all ${accounts.length} accounts that I know of.`,
            ko: `알고 있는 계정 ${accounts.length}개를 모두 볼 수 있습니다.`,
          }
        : {
            en: `I cannot see ${dark.length} of ${accounts.length} accounts:`,
            ko: `계정 ${accounts.length}개 가운데 ${dark.length}개를 볼 수 없습니다:`,
          },
      ...listed(dark, (account) => {
        const why = (reason: string) => `• ${called(account)}: ${harmless(reason, 300)}`;
        const { unseen, unseenKo } = account;
        return { en: why(unseen ?? ''), ko: why(unseenKo ?? unseen ?? '') };
      }),
      ...(unlisted
        ? [
            {
              en: `The accounts of the organization could not be listed: ${harmless(unlisted, 300)}`,
              ko: `조직의 계정 목록을 읽지 못했습니다: ${harmless(unlisted, 300)}`,
            },
          ]
        : []),
    ],
  };
}

/** What one source keeps, and from when; `from` is null where it holds nothing. ISO 8601 UTC. */
export type HeldBy = {
  source: string;
  from: string | null;
  to: string | null;
  categories: string[];
  gaps: Gap[];
};

/** "How far back can you search?" */
export function historySaid(held: HeldBy[]): Said {
  const oldest = held.flatMap(({ from }) => from ?? []).toSorted()[0];
  return {
    verdict: oldest ? 'found' : 'none',
    gaps: held.flatMap(({ gaps }) => gaps),
    lines: [
      oldest
        ? { en: `I can search back to ${oldest}.`, ko: `${oldest}까지 거슬러 검색할 수 있습니다.` }
        : { en: 'There is nothing to search.', ko: '검색할 수 있는 기록이 없습니다.' },
      ...held.map(({ source, from, to, categories }) => {
        const kinds = categories.join(', ') || '-';
        const kindsKo = categories.map((one) => KINDS_KO[one] ?? one).join(', ') || '-';
        const name = harmless(source, 80);
        return from === null
          ? { en: `• ${name}: holds nothing`, ko: `• ${name}: 기록 없음` }
          : {
              en: `• ${name}: from ${from} to ${to} (${kinds} events)`,
              ko: `• ${name}: ${from}부터 ${to}까지 (${kindsKo} 이벤트)`,
            };
      }),
    ],
  };
}

const KINDS_KO: Record<string, string> = {
  management: '관리',
  data: '데이터',
  insight: '인사이트',
  network: '네트워크 활동',
};
