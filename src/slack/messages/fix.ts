/**
 * One request to change something, from the proposal to its end. The same message is rewritten at every
 * step, so that the channel holds one true account of it.
 */
import type { KnownBlock } from '@slack/types';
import type { FixOutcome, FixRecord, Member } from '../../core/fixes/fix.ts';
import { canonicalJson, type Json } from '../../core/json.ts';
import type { Finding } from '../../core/posture/finding.ts';
import type { Line, Prose, Span } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { ACTIONS, carried, writeDecision } from '../actions.ts';
import { buttons } from '../buttons.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, heading, note, paragraph, sentence } from '../render.ts';
import { simulatedLine } from '../words.ts';
import { said, titled } from './findings.ts';
import { stateMark, stateWords } from './fix-states.ts';
import { FIX_WORDS, type FixWords } from './fix-words.ts';

export type ToldFix = {
  fix: FixRecord;
  approvers: string;
  finding?: Finding;
  simulated?: boolean;
};

/** Past this many fields a diff is counted; no fix of ours changes more than a handful. */
const FIELDS_SHOWN = 10;
const CALLS_SHOWN = 5;
/** Longer parameters are cut in the middle; the hash of the plan covers all of them. */
const CALL_CHARACTERS = 600;

export function fixMessage(told: ToldFix, reader: Reader): Message {
  const { fix, simulated } = told;
  const words = FIX_WORDS[reader.language];
  const title = fix.plan.direction === 'back' ? words.titleBack : words.title;
  const status = `${stateMark(fix.state)} ${stateOf(fix, reader)}`;
  return fitted(
    {
      text: summary(told, `${title}: ${status}. `, reader),
      head: [
        heading('title', title),
        paragraph('status', [[{ strong: status }]], reader),
        ...(simulated ? [note('simulated', [simulatedLine(reader.language)], reader)] : []),
        paragraph('wrong', [...wrong(told, reader), aboutLine(fix, words)], reader),
      ],
      items: [
        [
          bullets(
            'diff',
            [{ strong: words.changes[tense(fix)] }],
            diff(fix.plan.before, fix.plan.after),
            reader,
          ),
        ],
        [bullets('calls', [{ strong: words.calls }], calls(fix), reader)],
      ],
      tail: [
        paragraph('story', story(told, reader), reader),
        ...choices(told, reader),
        note('ids', [idsLine(fix, words)], reader),
      ],
      overflow: 'thread',
    },
    reader,
  );
}

/** Whether the change is to come, is made, or was only ever proposed. */
function tense({ state, outcome }: FixRecord): 'coming' | 'made' | 'proposed' {
  if (outcome?.kind === 'applied') return 'made';
  return ['proposed', 'approved', 'claimed', 'applying'].includes(state) ? 'coming' : 'proposed';
}

/**
 * What screen readers hear: what it is, whose it is, what it changes, how it ended. In the tense of the
 * state, as the message itself. Names, because ids cannot be heard.
 */
function summary(told: ToldFix, opening: string, reader: Reader): Prose {
  const { fix } = told;
  const words = FIX_WORDS[reader.language];
  const what = wrong(told, reader).flat();
  const changes = diff(fix.plan.before, fix.plan.after).flatMap(
    (line, at): Line => (at > 0 ? ['; ', ...line] : line),
  );
  const people: Line = [...words.asked(named(fix.requestedBy))];
  for (const { by } of fix.approvals) people.push(', ', ...words.said(named(by)));
  if (fix.declinedBy) people.push(', ', ...words.refused(named(fix.declinedBy)));
  if (fix.state === 'proposed') people.push('. ', words.expires, { at: fix.expiresAt });
  const end = fix.outcome ? outcomeLines(fix.outcome, reader) : [];
  return [
    [opening, ...what],
    [...aboutLine(fix, words), '.'],
    [words.changes[tense(fix)], ': ', ...changes, '.'],
    [...people, '.'],
    ...end.slice(0, 2),
  ];
}

const named = (member: Member): Span => ({ quote: member.name, max: 60 });

function wrong({ finding, fix }: ToldFix, reader: Reader): Prose {
  const words = FIX_WORDS[reader.language];
  if (fix.plan.direction === 'back') {
    return [[words.takesBack, { quote: fix.undoes ?? fix.plan.fix, max: 80 }]];
  }
  if (!finding) return [[words.for, { quote: fix.plan.fix, max: 80 }]];
  return [[words.wrong[tense(fix)], { strong: wrongWords(finding, reader) }]];
}

/** The sentence that says how it is; the title alone says how it should be. */
function wrongWords(finding: Finding, reader: Reader): string {
  return said(finding, reader).detail || titled(finding, reader);
}

function aboutLine({ plan }: FixRecord, words: FixWords): Line {
  return [
    { quote: plan.resource, max: 160 },
    words.inAccount,
    { quote: plan.account, max: 20 },
    ' · ',
    { quote: plan.region, max: 30 },
  ];
}

/** `LogFileValidationEnabled: false → true`, for every field that differs or is to be verified. */
function diff(before: { [field: string]: Json }, after: { [field: string]: Json }): Prose {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = fields.filter((it) => value(before[it]) !== value(after[it]));
  const lines = changed.map(
    (it): Line => [
      { quote: it, max: 60 },
      ': ',
      { quote: value(before[it]), max: 100 },
      ' → ',
      { quote: value(after[it]), max: 100 },
    ],
  );
  return shortened(lines, FIELDS_SHOWN);
}

function calls({ plan }: FixRecord): Prose {
  return shortened(
    plan.calls.map(
      (call): Line => [
        { quote: call.api, max: 80 },
        ' ',
        { quote: canonicalJson(call.parameters), max: CALL_CHARACTERS },
      ],
    ),
    CALLS_SHOWN,
  );
}

function shortened(lines: Prose, most: number): Prose {
  if (lines.length === 0) return [['—']];
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most), [`… +${lines.length - most}`]];
}

const value = (it: Json | undefined) => (it === undefined ? '—' : canonicalJson(it));

/** Who asked, who decided, what came of it: the lines below the plan, in the order in which it happened. */
function story(told: ToldFix, reader: Reader): Prose {
  const { fix } = told;
  const words = FIX_WORDS[reader.language];
  const lines: Prose = [[words.requested, ...who(fix.requestedBy), ' · ', { at: fix.requestedAt }]];
  if (fix.state === 'proposed') {
    lines.push([words.mayApprove, { strong: sentence(told.approvers, 100) }, words.notRequester]);
    lines.push([words.expires, { at: fix.expiresAt }]);
  }
  const when: Line = fix.decidedAt ? [' · ', { at: fix.decidedAt }] : [];
  if (fix.approvedBy) lines.push([words.approved, ...who(fix.approvedBy), ...when]);
  if (fix.declinedBy) lines.push([words.declined, ...who(fix.declinedBy), ...when]);
  if (fix.outcome) lines.push(...outcomeLines(fix.outcome, reader));
  if (fix.finishedAt) lines.push([words.finished, { at: fix.finishedAt }]);
  if (fix.state === 'expired') lines.push([words.expired, { at: fix.expiresAt }]);
  if (fix.state === 'cancelled') lines.push([words.nothing]);
  return lines;
}

const who = (member: Member): Line => [
  { member: member.slackId },
  ...(member.email ? [' (', { quote: member.email, max: 80 }, ')'] : []),
];

function outcomeLines(outcome: FixOutcome, reader: Reader): Prose {
  const words = FIX_WORDS[reader.language];
  switch (outcome.kind) {
    case 'applied':
      return [
        [words.verified, ...fieldsLine(outcome.verified)],
        ...(outcome.recovered ? [[words.recovered]] : []),
        [words.requestIds, ...requestIds(outcome.requestIds)],
      ];
    case 'already-sound':
      return [[words.alreadySound]];
    case 'stale':
      return [[words.stale, ...fieldsLine(outcome.found)], [words.nothing]];
    case 'not-visible':
      return [[words.notVisible, { quote: outcome.reason, max: 300 }], [words.nothing]];
    case 'failed':
      return [[words.failed, { quote: outcome.reason, max: 300 }], [words.after[outcome.changed]]];
  }
}

function fieldsLine(fields: { [field: string]: Json }): Line {
  const entries = Object.entries(fields);
  const shown = entries
    .slice(0, FIELDS_SHOWN)
    .flatMap(
      ([field, found], at): Line => [
        ...(at === 0 ? [] : [', ']),
        { quote: `${field} = ${canonicalJson(found)}`, max: 120 },
      ],
    );
  const left = entries.length - 6;
  return left > 0 ? [...shown, ` … +${left}`] : shown;
}

function requestIds(ids: string[]): Line {
  if (ids.length === 0) return ['—'];
  const shown = ids
    .slice(0, 3)
    .flatMap((id, at): Line => [...(at === 0 ? [] : [', ']), { quote: id, max: 60 }]);
  return ids.length > 3 ? [...shown, ` … +${ids.length - 3}`] : shown;
}

function choices({ fix }: ToldFix, reader: Reader): KnownBlock[] {
  const words = FIX_WORDS[reader.language];
  const about = `${sentence(fix.plan.resource, 60)}`;
  if (fix.state === 'proposed') {
    const decision = writeDecision({ fix: fix.id, planHash: fix.planHash, reader });
    return [
      buttons('decide', [
        {
          actionId: ACTIONS.approveFix,
          value: decision,
          label: words.approve,
          spoken: `${words.approve} ${about}`,
          style: 'primary',
          confirm: {
            title: words.confirmTitle,
            text: words.confirmText(about),
            yes: words.approve,
            no: words.back,
          },
        },
        {
          actionId: ACTIONS.declineFix,
          value: decision,
          label: words.decline,
          spoken: `${words.decline} ${about}`,
        },
      ]),
    ];
  }
  const changed = fix.state === 'applied' && fix.outcome?.kind === 'applied';
  const undoable = changed && fix.plan.direction === 'forward' && fix.plan.wayBack.length > 0;
  if (!undoable) return [];
  return [
    buttons('undo', [
      {
        actionId: ACTIONS.requestWayBack,
        value: carried(fix.id),
        label: words.wayBack,
        spoken: `${words.wayBack} ${about}`,
      },
    ]),
  ];
}

function stateOf(fix: FixRecord, reader: Reader): string {
  const words = FIX_WORDS[reader.language];
  if (fix.outcome?.kind === 'already-sound') return words.alreadySoundState;
  if (fix.outcome?.kind === 'not-visible') return words.notVisibleState;
  return stateWords(fix.state, reader.language);
}

function idsLine(fix: FixRecord, words: FixWords): Line {
  return [
    words.request,
    { quote: fix.id, max: 60 },
    ' · ',
    words.finding,
    { quote: fix.plan.finding, max: 60 },
    ` · ${words.risk(fix.plan.riskClass)} · `,
    words.plan,
    { quote: fix.planHash.slice(0, 12) },
  ];
}
