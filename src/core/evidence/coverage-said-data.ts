import { dataEventsTold } from '../posture/recorded/data-events.ts';
import { harmless } from '../prose.ts';
import { wasSeen } from '../reading.ts';
import type { Verdict } from './answer.ts';
import type { Said } from './coverage-said.ts';
import { few, NAMED } from './coverage-said-words.ts';
import { callOf, type PlaceRecorded, type Recording } from './recording.ts';
import type { Stretch } from './recording-as-of.ts';
import type { TrailsSeen } from './trails-seen.ts';

/** "Are data events logged for bucket X?": reads and writes apart, now and through the window. */
export function dataEventsSaid(reads: Recording, writes: Recording): Said {
  const told = [sayOf(reads), sayOf(writes)];
  const now = told.map(({ last }) => last);
  const verdict: Verdict = now.every((one) => one === 'all')
    ? 'found'
    : now.every((one) => one === 'none')
      ? 'none'
      : now.includes('unknown')
        ? 'none-visible'
        : 'found';
  const opening = {
    found: now.every((one) => one === 'all')
      ? { en: 'Yes.', ko: '네.' }
      : { en: 'In part.', ko: '일부만 기록됩니다.' },
    none: { en: 'No.', ko: '아니요.' },
    'none-visible': { en: 'That is not known for certain.', ko: '확실히 알 수 없습니다.' },
  }[verdict as 'found' | 'none' | 'none-visible'];
  return {
    verdict,
    gaps: reads.unread.map(({ account, reason }) => ({ account, region: '', reason })),
    lines: [opening, ...told.flatMap(({ lines }) => lines)],
  };
}

type Now = 'all' | 'part' | 'none' | 'unknown';

function sayOf({ asked }: Recording): { last: Now; lines: Said['lines'] } {
  const lasts: Now[] = [];
  const lines = asked.flatMap(({ what, places }) => {
    const groups = new Map<string, PlaceRecorded[]>();
    for (const place of places) {
      const key = JSON.stringify(place.stretches);
      groups.set(key, [...(groups.get(key) ?? []), place]);
    }
    return [...groups.values()].flatMap((alike) => {
      const stretches = alike[0]?.stretches ?? [];
      const last = stretches.at(-1);
      if (last) lasts.push(amountOf(last));
      const where =
        groups.size > 1 || alike.length === 1
          ? ` · ${few(alike.map(({ account, region }) => `${account}/${region}`))}`
          : '';
      return stretches.toReversed().map((stretch) => ({
        en: `• ${harmless(what.en, 200)}: ${AMOUNT[amountOf(stretch)].en} from ${stretch.from} to ${stretch.to}${by(stretch, false)}${where}`,
        ko: `• ${harmless(what.ko, 200)}: ${stretch.from}부터 ${stretch.to}까지 ${AMOUNT[amountOf(stretch)].ko}${by(stretch, true)}${where}`,
      }));
    });
  });
  const first = lasts[0] ?? 'unknown';
  const last = lasts.every((one) => one === first)
    ? first
    : lasts.includes('unknown')
      ? 'unknown'
      : 'part';
  return { last, lines: lines.slice(0, 12) };
}

function amountOf({ least, most }: Stretch): Now {
  if (least === 'all') return 'all';
  if (most === 'none') return 'none';
  return least === most ? 'part' : 'unknown';
}

const AMOUNT: Record<Now, { en: string; ko: string }> = {
  all: { en: 'recorded', ko: '기록됩니다' },
  part: { en: 'recorded in part', ko: '일부만 기록됩니다' },
  none: { en: 'not recorded', ko: '기록되지 않습니다' },
  unknown: { en: 'not known', ko: '알 수 없습니다' },
};

function by({ began }: Stretch, ko: boolean): string {
  return began ? ` (${callOf(began, ko)})` : '';
}

/** Without a resource: what the trails record of data events at all. */
export function allDataEventsSaid({ trails, accounts }: TrailsSeen): Said {
  const lines = trails.flatMap(({ arn, logging, selectors }) => {
    const told = selectors ? dataEventsTold([selectors]) : [];
    const state =
      logging === false ? { en: ' (not logging)', ko: ' (기록 중지됨)' } : { en: '', ko: '' };
    const what = !selectors
      ? { en: 'its selectors could not be read', ko: '선택기를 읽지 못했습니다' }
      : told.length > 0
        ? { en: told.join('; '), ko: told.join('; ') }
        : { en: 'no data events', ko: '데이터 이벤트 없음' };
    return [
      {
        en: `• ${harmless(arn, 200)}${state.en}: ${what.en}`,
        ko: `• ${harmless(arn, 200)}${state.ko}: ${what.ko}`,
      },
    ];
  });
  const dark = accounts.filter(({ trails: seen }) => !wasSeen(seen));
  const some = trails.some(
    ({ logging, selectors }) => logging && selectors && dataEventsTold([selectors]).length > 0,
  );
  return {
    verdict: some ? 'found' : dark.length > 0 ? 'none-visible' : 'none',
    gaps: dark.map(({ id, trails: seen }) => ({
      account: id,
      region: '',
      reason: wasSeen(seen) ? '' : seen.unseen.reason,
    })),
    lines: [
      some
        ? { en: 'Some data events are recorded:', ko: '일부 데이터 이벤트가 기록됩니다:' }
        : {
            en: 'No trail that I can see records data events:',
            ko: '볼 수 있는 트레일 가운데 데이터 이벤트를 기록하는 것이 없습니다:',
          },
      ...lines.slice(0, NAMED),
    ],
  };
}
