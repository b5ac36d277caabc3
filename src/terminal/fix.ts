import { differenceProse } from '../core/fixes/difference-words.ts';
import type { FixPlan, FixRecord } from '../core/fixes/fix.ts';
import type { Snippet } from '../core/fixes/obstacle.ts';
import { obstacleLine } from '../core/fixes/obstacle-words.ts';
import { unreadIn } from '../core/fixes/unread.ts';
import { hashOf } from '../core/hash.ts';
import type { Cost } from '../core/posture/finding.ts';
import type { Line, Prose } from '../core/prose.ts';
import type { Language } from '../core/reader.ts';
import type { Refusal } from '../core/telling.ts';
import { FIX_WORDS } from './fix-words.ts';

/** Who may approve a plan: how the group is called, and how many of its members must. */
export type Approvers = { group: string; needed: number };

/** What a fix would do, for a person who decides: where, what exactly changes and what not, and the way back. */
export function fixPlanProse(
  plan: FixPlan,
  approvers: Approvers | null,
  code: Snippet[],
  language: Language,
): Prose {
  const words = FIX_WORDS[language];
  const parts = plan.parts ?? [plan];
  return [
    [
      ...words.planOf(plan.fix, plan.riskClass),
      ...(plan.finding ? words.forFinding(plan.finding) : []),
    ],
    ...parts.flatMap((part) => partProse(part, language)),
    ...blastProse(plan, language),
    [
      words.approval,
      ...(approvers
        ? words.approvedBy(approvers.group, approvers.needed)
        : [words.approversUnknown]),
    ],
    [words.hash, hashOf(plan)],
    ...codeProse(words.asCode, code),
    [words.nothingChanged, plan.finding ? words.askWith(plan.finding) : words.inSlackOnly],
  ];
}

function partProse(plan: FixPlan, language: Language): Prose {
  const words = FIX_WORDS[language];
  const call = (label: string, { api, parameters }: FixPlan['calls'][number]): Line => [
    label,
    api,
    ' ',
    { quote: JSON.stringify(parameters), max: 2_000 },
  ];
  const changes = differenceProse(plan.before, plan.after, language);
  return [
    words.where(plan.account, plan.region),
    [words.resource, { quote: plan.resource }],
    ...changes.map((line): Line => [words.changes, ...line]),
    ...plan.calls.map((one) => call(words.calls, one)),
    ...plan.wayBack.map((one) => call(words.wayBack, one)),
  ];
}

function blastProse({ blast, cost, wayBack, parts }: FixPlan, language: Language): Prose {
  const words = FIX_WORDS[language];
  const { accounts, feels, keeps, irreversible } = blast;
  const said = (text: string) => ({ quote: text, max: 400 });
  const none = wayBack.length === 0 && !parts && !irreversible;
  return [
    [
      words.feltBy,
      said(feels[language]),
      accounts.length > 1 ? words.accounts(accounts.length) : '',
    ],
    ...keeps.map((kept): Line => [words.stays, said(kept[language])]),
    ...(irreversible ? [[words.noReturn, said(irreversible[language])]] : []),
    ...(none ? [[words.wayBack, words.noWayBack]] : []),
    ...(cost ? [[words.cost, said(costOf(cost, language))]] : []),
  ];
}

function costOf({ monthly, unitPrice, ko }: Cost, language: Language): string {
  const words = FIX_WORDS[language];
  if (monthly !== null) return words.monthly(monthly.toFixed(2));
  return words.volumeUnknown((language === 'ko' && ko) || unitPrice);
}

/** Code to be copied stands as it is, a line each. */
function codeProse(title: string, code: Snippet[]): Prose {
  return code.flatMap(({ tool, text }) => [
    [`${title} (${tool}):`],
    ...text.split('\n').map((line): Line => ['  ', { quote: line, max: 4_000 }]),
  ]);
}

/** Why there is no plan, and what to do instead. */
export function noPlanProse(why: Refusal, language: Language): Prose {
  const words = FIX_WORDS[language];
  switch (why.kind) {
    case 'no-such-finding':
      return [words.noSuchFinding(why.finding)];
    case 'finding-not-open':
      return [words.notOpen(why.finding, why.status)];
    case 'finding-accepted':
      return [words.accepted(why.finding, why.expires, why.owner, why.reason)];
    case 'no-fix-for-this':
      return [words.noFix(why.finding, why.check)];
    case 'cannot-fix':
      return [
        obstacleLine(why.obstacle, language),
        ...codeProse(words.codeInstead, why.asCode ?? []),
      ];
    case 'could-not-read':
      return [[words.unread, { quote: unreadIn(why, language) }]];
    default:
      return [[words.noPlan(why.kind)]];
  }
}

/** What waits and what was done, one line each, the newest first. */
export function fixesProse(fixes: FixRecord[], language: Language): Prose {
  const words = FIX_WORDS[language];
  if (fixes.length === 0) return [[words.noFixes]];
  return fixes.map(({ id, state, plan, requestedBy, requestedAt, needed, approvals }): Line => {
    const given = state === 'proposed' ? words.given(approvals.length, needed) : '';
    return [
      { at: requestedAt },
      `  ${words.states[state]}${given}  `,
      { strong: plan.direction === 'back' ? words.wayBackOf(plan.fix) : plan.fix },
      '  ',
      { quote: plan.resource, max: 120 },
      ...words.listed(plan.account, requestedBy.name),
      '  ',
      { quote: id },
    ];
  });
}
