/** How one thing that is wrong is shown: what, where it is mended, all that it fails, and the buttons. */
import type { KnownBlock } from '@slack/types';
import { isAccepted } from '../../core/posture/exceptions.ts';
import type { Finding, Severity } from '../../core/posture/finding.ts';
import { type Line, type Prose, withInstants } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { type Remark, remarksOn } from '../../core/report/remarks.ts';
import type { Report } from '../../core/report/report.ts';
import { subjectCalled, textsOf } from '../../core/report/said.ts';
import { kindWord, partOf, thingOf } from '../../core/report/thing.ts';
import { type Alike, mendable } from '../../core/report/wrongs.ts';
import { ACTIONS, carried } from '../actions.ts';
import { buttons, menu } from '../buttons.ts';
import { paragraph, sentence } from '../render.ts';
import { count, number, severityWords } from '../words.ts';
import { titled } from './findings.ts';

/** Names of things alike that are told; the rest is counted. */
const NAMED = 5;
/** Findings of one thing in one paragraph; more follow in the next. */
const FINDINGS = 6;

/**
 * A thing that is wrong, or several alike: blocks that stay together, and more of them where it fails so
 * much that one paragraph would be a wall. `id` keeps block ids apart.
 */
export function wrongItems(
  alike: Alike,
  called: (account: string) => string,
  id: string,
  reader: Reader,
): KnownBlock[][] {
  const [{ findings }] = alike;
  const pages = Array.from({ length: Math.ceil(findings.length / FINDINGS) }, (_, page) =>
    findings.slice(page * FINDINGS, (page + 1) * FINDINGS),
  );
  return pages.map((page, at) => [
    paragraph(
      `${id}-${at}`,
      [
        headLine(alike, called, reader),
        ...page.flatMap((finding) => findingLines(finding, alike, reader)),
      ],
      reader,
    ),
    ...(alike.length > 1
      ? fixAllButtons(alike, page, `${id}-${at}`, reader)
      : fixButtons(page.filter(offered), called, `${id}-${at}`, reader)),
  ]);
}

/** The same things by name only, with one menu for all of them; the rest is told in the thread. */
export function briefItems(
  { toMend, accepted, called }: Pick<Report, 'toMend' | 'accepted' | 'called'>,
  reader: Reader,
): KnownBlock[][] {
  const words = WORDS[reader.language];
  const waived = accepted.flat().reduce((sum, { findings }) => sum + findings.length, 0);
  const items = toMend.map((alike, at): KnownBlock[] => {
    const [{ findings, severity }] = alike;
    const id = `brief-${at}`;
    const lines = findings.map((finding): Line => ['• ', ...titleOf(finding, severity, reader)]);
    return [
      paragraph(id, [headLine(alike, called, reader), ...lines], reader),
      ...(alike.length > 1 ? fixAllButtons(alike, findings, id, reader) : []),
    ];
  });
  const rest: Line = [...(waived > 0 ? [words.waived(waived)] : []), words.inThread];
  return [...items, [...fixMenu(toMend, called, reader), paragraph('in-thread', [rest], reader)]];
}

/** `FAIL – Events are not delivered → S3 · 🟠 High · f-1`; the severity where it is not the thing's. */
function titleOf(finding: Finding, told: Severity, reader: Reader): Line {
  const part = partOf(finding.subject);
  return [
    { strong: titled(finding, reader) },
    ...(part === null ? [] : [` → ${part}`]),
    ...(finding.severity === told
      ? []
      : [` · ${severityWords(finding.severity, reader.language)}`]),
    ' · ',
    { quote: finding.id, max: 40 },
  ];
}

/** One menu for all that can be mended, where there is no room for a button each. */
function fixMenu(
  toMend: Report['toMend'],
  called: (account: string) => string,
  reader: Reader,
): KnownBlock[] {
  const words = WORDS[reader.language];
  const findings = toMend
    .filter((alike) => alike.length === 1)
    .flatMap(([wrong]) => wrong.findings.filter(offered));
  // Room is short: the thing is named only where its check does not tell it from another.
  const alone = (check: string) => findings.filter((one) => one.check === check).length === 1;
  const choices = findings.map((finding) => ({
    value: carried(finding.id),
    label: alone(finding.check)
      ? sentence(finding.check, 60)
      : `${sentence(finding.check, 36)} · ${sentence(subjectCalled(finding, called), 30)}`,
  }));
  return choices.length > 0
    ? [buttons('brief-fix', [menu(ACTIONS.requestFix, words.fixOne, choices)])]
    : [];
}

/** Where a button leads somewhere: to a plan, or to what a person must do by hand (class X). */
const offered = (finding: Finding) => finding.fix !== null && !isAccepted(finding);

/** What many things fail alike can be mended by one plan, the first of them as its canary. */
function fixAllButtons(
  alike: Alike,
  findings: Finding[],
  id: string,
  reader: Reader,
): KnownBlock[] {
  const { fixAll } = WORDS[reader.language];
  return findings.filter(mendable).flatMap(({ check, fix }, at) => {
    const same = alike
      .flatMap((wrong) => wrong.findings)
      .filter((one) => one.check === check && mendable(one) && one.fix.id === fix.id)
      .slice(0, MOST_AT_ONCE);
    if (same.length < 2) return [];
    const label = fixAll(same.length);
    return [
      buttons(`${id}-fix-${at}`, [
        {
          actionId: ACTIONS.requestFix,
          value: same.map((one) => one.id).join(','),
          label,
          spoken: `${label} ${sentence(check, 40)}`,
        },
      ]),
    ];
  });
}

/** One plan over more things than that nobody can read, and no button could carry. */
const MOST_AT_ONCE = 50;

/** Buttons of one block must have names of their own, and ours all ask for the same: each has its block. */
function fixButtons(
  findings: Finding[],
  called: (account: string) => string,
  id: string,
  reader: Reader,
): KnownBlock[] {
  const words = WORDS[reader.language];
  return findings.map((finding, at) => {
    const fix = finding.fix?.class === 'X' ? words.byHand : words.fix;
    const title = sentence(textsOf(finding, reader.language).title, 40);
    return buttons(`${id}-fix-${at}`, [
      {
        actionId: ACTIONS.requestFix,
        value: carried(finding.id),
        label: findings.length === 1 ? fix : `${fix} ${sentence(finding.check, 40)}`,
        spoken: `${fix} ${title}: ${sentence(subjectCalled(finding, called), 30)}`,
      },
    ]);
  });
}

/** `🟠 High · Trail labs-legacy (eu-west-1) · mend in acquired-labs (141414141414)`. */
function headLine(alike: Alike, called: (account: string) => string, reader: Reader): Line {
  const words = WORDS[reader.language];
  const [{ severity, subject, owner, findings }] = alike;
  const grave = `${severityWords(severity, reader.language)} · `;
  const thing = thingOf(subject);
  const kind = kindWord(thing, reader.language);
  if (alike.length > 1) {
    const names = alike
      .slice(0, NAMED)
      .flatMap(
        ({ findings: [first] }, at): Line => [
          at > 0 ? ', ' : '',
          { quote: first ? subjectCalled(first, called) : '', max: 60 },
        ],
      );
    const left = alike.length - NAMED;
    return [
      grave,
      { strong: words.alike(number(alike.length), kind) },
      ': ',
      ...names,
      ...(left > 0 ? [words.more(left)] : []),
    ];
  }
  const covers = Math.max(...findings.map((finding) => finding.covers.length));
  const reach = covers > 1 ? ` · ${words.covers(covers)}` : '';
  if (thing.kind === 'account' && thing.name === owner)
    return [grave, { strong: `${kind} ` }, { quote: called(owner), max: 80 }, reach];
  return [
    grave,
    { strong: `${kind} ` },
    { quote: thing.name, max: 100 },
    thing.region ? ` ${sentence(thing.region, 30)}` : '',
    ` · ${words.mendIn} `,
    owner ? { quote: called(owner), max: 80 } : words.ownerUnknown,
    reach,
  ];
}

/** What it fails, what is known of it, and what to do. Of things alike the first is told as the example. */
function findingLines(finding: Finding, alike: Alike, reader: Reader): Prose {
  const words = WORDS[reader.language];
  const { detail, remedy } = textsOf(finding, reader.language);
  const inZone = (text: string, max: number): Line =>
    withInstants(text, (one) => sentence(one, max));
  return [
    ['• ', ...titleOf(finding, alike[0].severity, reader)],
    [alike.length > 1 ? words.forExample : '    ', ...inZone(detail, 400)],
    ...remarksOn(finding, reader.language).flatMap(({ about, brief }): Line[] => {
      const label = LABEL[about]?.(words);
      return label === undefined ? [] : [[`    ${label}`, ...inZone(brief, 300)]];
    }),
    ...(remedy ? [[`    ${words.todo}${sentence(remedy, 800)}`]] : []),
  ];
}

type Words = (typeof WORDS)['en'];

/** That Config agrees, or is silent, is left to the terminal: there is nothing to think about. */
const LABEL: Partial<Record<Remark['about'], (words: Words) => string>> = {
  since: () => '',
  config: (words) => words.config,
  cost: (words) => words.cost,
  exception: () => '',
  snooze: () => '😴 ',
};

const WORDS = {
  en: {
    mendIn: 'mend in',
    ownerUnknown: 'an account that is not known',
    alike: (n: string, kind: string) => `${n} × ${kind || 'resource'}`,
    more: (n: number) => ` and ${number(n)} more`,
    covers: (n: number) => `concerns ${count(n, 'account')}`,
    forExample: '    For example: ',
    config: 'AWS Config says otherwise: ',
    cost: 'Cost: ',
    todo: 'Do: ',
    waived: (n: number) => `${number(n)} more accepted for a time. `,
    inThread: 'What was found, since when and by whom, and what to do: in the thread.',
    fix: 'Fix…',
    fixOne: 'Fix, or how to mend it…',
    byHand: 'How to mend it',
    fixAll: (n: number) => `Fix all ${number(n)}…`,
  },
  ko: {
    mendIn: '고칠 계정',
    ownerUnknown: '알 수 없음',
    alike: (n: string, kind: string) => `${kind || '리소스'} ${n}개`,
    more: (n: number) => ` 외 ${number(n)}개`,
    covers: (n: number) => `관련 계정 ${number(n)}개`,
    forExample: '    예: ',
    config: 'AWS Config의 판정은 다름: ',
    cost: '비용: ',
    todo: '할 일: ',
    waived: (n: number) => `그 외 한시적으로 수용한 항목 ${number(n)}건. `,
    inThread: '확인한 내용, 언제부터 누가 그랬는지, 할 일은 스레드에 있습니다.',
    fix: '고치기…',
    fixOne: '고치기 또는 고치는 방법…',
    byHand: '고치는 방법',
    fixAll: (n: number) => `${number(n)}개 모두 고치기…`,
  },
};
