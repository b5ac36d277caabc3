/** The thread under a request: the whole plan when it is made, then what AWS answered and recorded. */
import type { KnownBlock } from '@slack/types';
import type { ApiCall, FixPlan, FixRecord } from '../../core/fixes/fix.ts';
import type { Json } from '../../core/json.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, note, paragraph } from '../render.ts';
import { verbatims } from '../verbatim.ts';
import { callsOf } from './fix-plan.ts';
import { FIX_WORDS } from './fix-words.ts';

/** Of one document; a bucket policy may have 20 KB. */
const MOST_CHARACTERS = 7_000;
/** Calls, or states of several things. */
const MOST_PARTS = 40;

/** Replies that belong together, named so that none is told twice. */
export type Chapter = { name: 'plan' | 'end' | 'aftermath'; replies: Message[] };

/** What the thread has to hold of a fix by now, beside what stood in it before. */
export function chaptersOf(fix: FixRecord, reader: Reader): Chapter[] {
  const { state, outcome, aftermath, approvals } = fix;
  if (state === 'proposed' && approvals.length === 0)
    return [chapter('plan', planChapter(fix, reader))];
  if (aftermath?.events) return [chapter('aftermath', eventsChapter(fix, reader))];
  const end = outcome ? endChapter(fix, reader) : null;
  return end ? [chapter('end', end)] : [];
}

function chapter(name: Chapter['name'], { thread, ...first }: Message): Chapter {
  return { name, replies: [{ ...first, thread: [] }, ...thread] };
}

/** All that the hash covers and a person may want to keep: the state before, the calls, the way back. */
function planChapter({ plan, planHash }: FixRecord, reader: Reader): Message {
  const words = FIX_WORDS[reader.language].thread;
  const before = plan.parts?.map((part) => ({ [part.resource]: part.before })) ?? [plan.before];
  const back = wayBackOf(plan);
  return fitted(
    {
      text: [[words.plan], [words.hash, planHash]],
      head: [paragraph('plan', [[words.plan], [words.hash, { quote: planHash, max: 80 }]], reader)],
      items: [
        ...document('before', words.before, before, reader),
        ...document('calls', words.calls, callsOf(plan).map(written), reader),
        ...(back.length > 0
          ? document('way-back', words.wayBack, back.map(written), reader)
          : [[paragraph('way-back', [[words.noWayBack]], reader)]]),
      ],
      overflow: 'thread',
    },
    reader,
  );
}

const wayBackOf = (plan: FixPlan) => plan.parts?.flatMap(({ wayBack }) => wayBack) ?? plan.wayBack;

const written = ({ api, parameters, at }: ApiCall): Json => ({
  api,
  ...(at && { account: at.account, region: at.region }),
  parameters,
});

/** JSON as it stands, under a title; past a screenful the way to all of it. */
function document(id: string, title: string, content: Json[], reader: Reader): KnownBlock[][] {
  const shownOnes = content.slice(0, MOST_PARTS);
  const text = JSON.stringify(shownOnes.length === 1 ? shownOnes[0] : shownOnes, null, 2);
  const { cut } = FIX_WORDS[reader.language].thread;
  const whole = text.length <= MOST_CHARACTERS && shownOnes.length === content.length;
  const shown = verbatims(id, text.slice(0, MOST_CHARACTERS)).map((block, at): KnownBlock[] =>
    at === 0 ? [paragraph(id, [[{ strong: title }]], reader), block] : [block],
  );
  return whole ? shown : [...shown, [note(`${id}-more`, [[cut]], reader)]];
}

/** Null where AWS was not asked for anything. */
function endChapter({ outcome, plan }: FixRecord, reader: Reader): Message | null {
  const words = FIX_WORDS[reader.language];
  const { requestIds, accepted } = answersOf(outcome);
  if (requestIds.length + accepted.length === 0) return null;
  const refused = outcome?.kind === 'failed' ? callsOf(plan).slice(accepted.length) : [];
  const title: Line = [{ strong: words.thread.end }];
  const lists = [
    list('request-ids', words.requestIds, requestIds.map(quoted), reader),
    list(
      'accepted',
      words.accepted,
      accepted.map(({ api, requestId }): Line => [...quoted(api), ' · ', ...quoted(requestId)]),
      reader,
    ),
    list(
      'refused',
      words.notAccepted,
      refused.map(({ api }) => quoted(api)),
      reader,
    ),
  ];
  return fitted(
    {
      text: [
        title,
        ...[...requestIds, ...accepted.map(({ requestId }) => requestId)].slice(0, 5).map(quoted),
      ],
      head: [paragraph('end', [title], reader)],
      items: lists.filter((blocks) => blocks.length > 0),
    },
    reader,
  );
}

function answersOf(outcome: FixRecord['outcome']) {
  if (outcome?.kind === 'applied') return { requestIds: outcome.requestIds, accepted: [] };
  const accepted = outcome?.kind === 'failed' ? (outcome.accepted ?? []) : [];
  return { requestIds: [], accepted };
}

const quoted = (text: string): Line => [{ quote: text, max: 80 }];

function list(id: string, title: string, lines: Prose, reader: Reader): KnownBlock[] {
  if (lines.length === 0) return [];
  const left = lines.length - 20;
  const shown = left > 0 ? [...lines.slice(0, 20), [`… +${left}`]] : lines;
  return [bullets(id, [title], shown, reader)];
}

/** The events that CloudTrail shows of our own session. */
function eventsChapter({ aftermath }: FixRecord, reader: Reader): Message {
  const words = FIX_WORDS[reader.language].thread;
  const events = aftermath?.events ?? [];
  const lines = events.map(
    ({ eventName, eventTime, eventID }): Line => [
      { quote: eventName, max: 80 },
      ' · ',
      { at: eventTime },
      ' · ',
      { quote: eventID, max: 60 },
    ],
  );
  const title = events.length > 0 ? words.aftermath : words.noEvents;
  return fitted(
    {
      text: [[title], ...lines.slice(0, 5)],
      head:
        events.length > 0
          ? [paragraph('events', [[{ strong: title }]], reader)]
          : [paragraph('events', [[title]], reader)],
      items: lines.length > 0 ? [list('event-list', '', lines, reader)] : [],
    },
    reader,
  );
}
