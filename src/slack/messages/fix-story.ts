/** Who asked, who decided, what came of it: the lines below the plan, in the order in which it happened. */
import { valid } from '../../core/fixes/approval.ts';
import { spelled } from '../../core/fixes/difference-words.ts';
import type { Approval, FixOutcome, FixRecord, Member, PartEnd } from '../../core/fixes/fix.ts';
import { unreadIn } from '../../core/fixes/unread.ts';
import { canTakeSomeBack } from '../../core/fixes/way-back-of-some.ts';
import { type Why, whyLine } from '../../core/fixes/why.ts';
import type { Json } from '../../core/json.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { sentence } from '../render.ts';
import { FIX_WORDS } from './fix-words.ts';

/** Past this many fields, parts or events the rest is counted; the thread has all of them. */
const SHOWN = 6;

export function story(fix: FixRecord, approvers: string, reader: Reader): Prose {
  const words = FIX_WORDS[reader.language];
  const lines: Prose = [[words.requested, ...who(fix.requestedBy), ' · ', { at: fix.requestedAt }]];
  for (const approval of fix.approvals.slice(0, SHOWN)) lines.push(approved(approval, reader));
  if (fix.state === 'proposed') {
    const given = valid(fix).length;
    const missing = Math.max(1, fix.needed - given);
    lines.push([
      words.mayApprove,
      { strong: sentence(approvers, 100) },
      words.missing(missing),
      ...(given > 0 ? [words.notAgain] : []),
    ]);
    lines.push([words.expires, { at: fix.expiresAt }]);
  }
  if (fix.declinedBy) lines.push(declined(fix, fix.declinedBy, reader));
  if (fix.outcome) lines.push(...outcomeLines(fix.outcome, reader));
  if (canTakeSomeBack(fix)) lines.push([words.backOfSome]);
  if (fix.finishedAt) lines.push([words.finished, { at: fix.finishedAt }]);
  if (fix.state === 'expired') lines.push([words.expired, { at: fix.expiresAt }]);
  if (fix.state === 'cancelled') lines.push([words.nothing]);
  return [...lines, ...afterwards(fix, reader)];
}

function approved({ by, at, reason, confirmed }: Approval, { language }: Reader): Line {
  const words = FIX_WORDS[language];
  return [
    words.approved,
    ...who(by),
    ' · ',
    { at },
    ...(confirmed ? [words.confirmed] : []),
    ...because(reason, words.reason),
  ];
}

function declined({ decidedAt, declineReason }: FixRecord, by: Member, reader: Reader): Line {
  const words = FIX_WORDS[reader.language];
  const when: Line = decidedAt ? [' · ', { at: decidedAt }] : [];
  return [words.declined, ...who(by), ...when, ...because(declineReason ?? null, words.reason)];
}

const because = (reason: string | null, words: string): Line =>
  reason ? [words, { quote: reason, max: 300 }] : [];

const who = (member: Member): Line => [
  { member: member.slackId },
  ...(member.email ? [' (', { quote: member.email, max: 80 }, ')'] : []),
];

/** How it ended; a failure says what did not happen. */
export function outcomeLines(outcome: FixOutcome, reader: Reader): Prose {
  const words = FIX_WORDS[reader.language];
  switch (outcome.kind) {
    case 'applied':
      return [
        [words.verified, ...fieldsLine(outcome.verified, reader)],
        ...partLines(outcome.parts, reader),
        ...(outcome.recovered ? [[words.recovered]] : []),
        ...(outcome.requestIds.length > 0 ? [[words.inThread]] : []),
      ];
    case 'already-sound':
      return [[words.alreadySound]];
    case 'stale':
      return [[words.stale, ...fieldsLine(outcome.found, reader)], [words.nothing]];
    case 'not-visible':
      return [
        [words.notVisible, { quote: unreadIn(outcome, reader.language), max: 300 }],
        [words.nothing],
      ];
    case 'failed':
      return [
        outcome.why
          ? [words.why, ...whyLine(outcome.why, reader.language)]
          : [words.failed, { quote: outcome.reason, max: 300 }],
        [{ strong: words.after[outcome.changed] }],
        ...partLines(outcome.parts, reader),
        ...wayOn(outcome.why, reader),
      ];
  }
}

/** What somebody does who wants it nevertheless, where a gate that opens again was in the way. */
function wayOn(why: Why | undefined, { language }: Reader): Prose {
  const words = FIX_WORDS[language].wayOn;
  if (why?.kind === 'fixes-stopped') return [[...words['fixes-stopped']]];
  return why?.kind === 'frozen' ? [[words.frozen]] : [];
}

/** Of a plan over several things: which of them ended how, the canary first. */
function partLines(parts: PartEnd[] | undefined, { language }: Reader): Prose {
  if (!parts) return [];
  const words = FIX_WORDS[language];
  const lines = parts
    .slice(0, SHOWN)
    .map(
      ({ resource, account, became }): Line => [
        `${words.became[became]} · `,
        { quote: resource, max: 100 },
        words.inAccount,
        { quote: account, max: 20 },
      ],
    );
  const left = parts.length - SHOWN;
  return [[{ strong: words.parts }], ...lines, ...(left > 0 ? [[`… +${left}`]] : [])];
}

function fieldsLine(fields: { [field: string]: Json }, { language }: Reader): Line {
  const entries = Object.entries(fields);
  const shown = entries
    .slice(0, SHOWN)
    .flatMap(
      ([field, found], at): Line => [
        ...(at === 0 ? [] : [', ']),
        { quote: `${field} = ${spelled(found, language)}`, max: 160 },
      ],
    );
  const left = entries.length - SHOWN;
  return left > 0 ? [...shown, ` … +${left}`] : shown;
}

/** What was seen only later: our own calls in CloudTrail, and what takes a while to show. */
function afterwards({ aftermath }: FixRecord, { language }: Reader): Prose {
  const words = FIX_WORDS[language];
  const events = aftermath?.events ?? [];
  const later = aftermath?.later;
  const named = events
    .slice(0, SHOWN)
    .flatMap(
      ({ eventName, eventTime }, at): Line => [
        ...(at === 0 ? [] : [', ']),
        { quote: eventName, max: 60 },
        ' ',
        { at: eventTime },
      ],
    );
  return [
    ...(events.length > 0 ? [[words.aftermath, ...named]] : []),
    ...(later
      ? [[words.later[later.holds ? 'holds' : 'fails'], sentence(later.told[language], 300)]]
      : []),
  ];
}
