import type { JsonObject } from '../json.ts';
import { type Unseen, wasSeen } from '../reading.ts';
import type { LogGroupFacts, MetricAlarm } from './facts.ts';
import { filterPattern } from './filter-pattern.ts';
import { SENSITIVE_CALLS } from './sensitive-calls.ts';

export type Filter = { name: string; matches: Matches; alarms: MetricAlarm[] };
/** The events of sensitive calls that a filter matches; null for a pattern that is not understood. */
type Matches = ReadonlySet<JsonObject> | null;
/** By pattern: accounts that were set up alike have the same ones. */
export type Meanings = Map<string, Matches>;

/** The metric filters of a log group, each with what it means. */
export function filtersOf({ filters }: LogGroupFacts, meanings: Meanings): Filter[] {
  if (!wasSeen(filters)) return [];
  return filters.seen.map(({ name, pattern, alarms: raised }) => {
    const known = meanings.get(pattern);
    const matches = known === undefined ? matchesOf(pattern) : known;
    meanings.set(pattern, matches);
    return { name, matches, alarms: raised };
  });
}

function matchesOf(text: string): Matches {
  const pattern = filterPattern(text);
  return pattern && new Set(SENSITIVE_CALLS.flatMap(({ events }) => events.filter(pattern)));
}

/** How far an event gets, best last: `heard` by somebody, or `unknown` whether it is. */
const GRADES = ['no-filter', 'no-alarm', 'no-listener', 'unknown', 'heard'] as const;
export type Answer = { why: (typeof GRADES)[number]; unseen: Unseen | null };

/** Of every sensitive call, how far it gets through these filters and their alarms. */
export function answersTo(filters: Filter[]): (Answer & { call: string })[] {
  return SENSITIVE_CALLS.map(({ call, events }) => ({ call, ...answerTo(events, filters) }));
}

/** Over all events of one call the worst, for each the best that a filter offers. */
function answerTo(events: JsonObject[], filters: Filter[]): Answer {
  const answers = events.map((event) =>
    filters
      .filter(({ matches }) => matches?.has(event))
      .flatMap(({ alarms: raised }) => [NO_ALARM, ...raised.map(answerOf)])
      .reduce(better, NO_FILTER),
  );
  return answers.reduce(worse, HEARD);
}

const NO_FILTER: Answer = { why: 'no-filter', unseen: null };
const NO_ALARM: Answer = { why: 'no-alarm', unseen: null };
const HEARD: Answer = { why: 'heard', unseen: null };

function answerOf({ enabled, listeners }: MetricAlarm): Answer {
  if (!enabled) return NO_ALARM;
  if (!wasSeen(listeners)) return { why: 'unknown', unseen: listeners.unseen };
  return listeners.seen > 0 ? HEARD : { why: 'no-listener', unseen: null };
}

function better(a: Answer, b: Answer): Answer {
  return GRADES.indexOf(b.why) > GRADES.indexOf(a.why) ? b : a;
}

function worse(a: Answer, b: Answer): Answer {
  return GRADES.indexOf(b.why) < GRADES.indexOf(a.why) ? b : a;
}
