import type { JsonObject } from '../../json.ts';
import { type Reading, type Unseen, wasSeen } from '../../reading.ts';
import type { LogGroupFacts, MetricAlarm, Selectors } from '../facts.ts';
import { records } from '../recorded/selectors.ts';
import { filterPattern } from './filter-pattern.ts';
import { SENSITIVE_CALLS } from './sensitive-calls.ts';

export type Filter = {
  name: string;
  matches: Matches;
  alarms: MetricAlarm[];
  arriving: Reading<Events>;
};
type Events = ReadonlySet<JsonObject>;
/** The events of sensitive calls that a filter matches; null for a pattern that is not understood. */
type Matches = Events | null;
/** By pattern, and by what a trail selects: accounts that were set up alike have the same ones. */
export type Meanings = { patterns: Map<string, Matches>; selectors: Map<string, Events> };

/** The metric filters of a log group, each with what it means, and with what a trail lets arrive there. */
export function filtersOf(
  { filters }: LogGroupFacts,
  selectors: Reading<Selectors>,
  { patterns: meanings, selectors: recorded }: Meanings,
): Filter[] {
  if (!wasSeen(filters)) return [];
  const arriving = arrivingBy(selectors, recorded);
  return filters.seen.map(({ name, pattern, alarms: raised }) => {
    const known = meanings.get(pattern);
    const matches = known === undefined ? matchesOf(pattern) : known;
    meanings.set(pattern, matches);
    return { name, matches, alarms: raised, arriving };
  });
}

/** The events of sensitive calls that a trail records: what it leaves out, no filter ever sees. */
function arrivingBy(
  selectors: Reading<Selectors>,
  recorded: Meanings['selectors'],
): Reading<Events> {
  if (!wasSeen(selectors)) return selectors;
  const key = JSON.stringify(selectors.seen);
  const known = recorded.get(key) ?? recordedBy(selectors.seen);
  recorded.set(key, known);
  return { seen: known };
}

function recordedBy(selectors: Selectors): Events {
  const events = SENSITIVE_CALLS.flatMap((one) => one.events);
  return new Set(events.filter((event) => records(selectors, attributesOf(event))));
}

/** The attributes by which selectors of management events choose. */
function attributesOf({ eventSource, eventName, eventType, readOnly }: JsonObject) {
  return {
    eventCategory: 'Management',
    readOnly: String(readOnly),
    eventSource: String(eventSource),
    eventName: String(eventName),
    eventType: String(eventType),
  };
}

function matchesOf(text: string): Matches {
  const pattern = filterPattern(text);
  return pattern && new Set(SENSITIVE_CALLS.flatMap(({ events }) => events.filter(pattern)));
}

/** How far an event gets, best last: `heard` by somebody, or `unknown` whether it is. */
const GRADES = [
  'no-filter',
  'not-recorded',
  'no-alarm',
  'no-listener',
  'unknown',
  'heard',
] as const;
export type Answer = { why: (typeof GRADES)[number]; unseen: Unseen | null };

/** Of every sensitive call, how far it gets through these filters and their alarms. */
export function answersTo(filters: Filter[]): (Answer & { call: string })[] {
  return SENSITIVE_CALLS.map(({ call, events }) => ({ call, ...answerTo(events, filters) }));
}

/** Over all events of one call the worst, for each the best that a filter offers. */
function answerTo(events: JsonObject[], filters: Filter[]): Answer {
  const answers = events.map((event) =>
    filters
      .flatMap(({ name, matches, alarms: raised, arriving }) => {
        if (matches && !matches.has(event)) return [];
        const arrives = arrivalOf(event, arriving);
        const all = [NO_ALARM, ...raised.map(answerOf)].map((answer) => worse(answer, arrives));
        // Whether it matches nobody knows, which matters only where its alarm would be heard.
        return matches ? all : all.includes(HEARD) ? [notUnderstood(name)] : [];
      })
      .reduce(better, NO_FILTER),
  );
  return answers.reduce(worse, HEARD);
}

const NO_FILTER: Answer = { why: 'no-filter', unseen: null };
const NOT_RECORDED: Answer = { why: 'not-recorded', unseen: null };
const NO_ALARM: Answer = { why: 'no-alarm', unseen: null };
const HEARD: Answer = { why: 'heard', unseen: null };

/** Names are their owner's words, and cut where they are rendered. */
function notUnderstood(name: string): Answer {
  return {
    why: 'unknown',
    unseen: {
      kind: 'failed',
      reason: `the pattern of metric filter ${name}, whose alarm is heard, was not understood, so it may match what no other filter does`,
      ko: {
        reason: `경보가 전달되는 지표 필터 ${name}의 패턴을 해석하지 못했습니다. 다른 필터가 놓친 호출을 잡을 수도 있습니다`,
      },
    },
  };
}

function answerOf({ enabled, listeners }: MetricAlarm): Answer {
  if (!enabled) return NO_ALARM;
  if (!wasSeen(listeners)) return { why: 'unknown', unseen: listeners.unseen };
  return listeners.seen > 0 ? HEARD : { why: 'no-listener', unseen: null };
}

function arrivalOf(event: JsonObject, arriving: Reading<Events>): Answer {
  if (!wasSeen(arriving)) return { why: 'unknown', unseen: arriving.unseen };
  return arriving.seen.has(event) ? HEARD : NOT_RECORDED;
}

function better(a: Answer, b: Answer): Answer {
  return GRADES.indexOf(b.why) > GRADES.indexOf(a.why) ? b : a;
}

function worse(a: Answer, b: Answer): Answer {
  return GRADES.indexOf(b.why) < GRADES.indexOf(a.why) ? b : a;
}
