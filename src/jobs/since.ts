import { concurrently } from '../core/concurrently.ts';
import { ANY_EVENT, type EventSource, type Found, type Search } from '../core/evidence/source.ts';
import { olderThanTheChange } from '../core/posture/config/config-word.ts';
import type { PostureFacts } from '../core/posture/facts.ts';
import { type Finding, type Since, severityRank } from '../core/posture/finding.ts';
import { known } from '../core/posture/known.ts';
import type { Rule } from '../core/posture/rule.ts';
import type { KeptHistory } from '../core/posture/since/kept-states.ts';
import { sinceWhen, stillHolds } from '../core/posture/since/since.ts';
import { type Trace, type Wanted, wantedFor } from '../core/posture/since/trace.ts';
import { writesAmong } from '../core/posture/since/writes.ts';
import { issuers } from './issuers.ts';

/** What is needed of the world to learn since when findings are so. */
export type World = {
  /** The states that Config kept of a resource, at its place. */
  history(wanted: Wanted & { change: string }): Promise<KeptHistory>;
  source: Pick<EventSource, 'find' | 'issuing'>;
  /** The findings of the newest scan of all that is kept. */
  previous(): Promise<Finding[]>;
  rules: Rule[];
};

/** How many findings are looked up in one scan, and how many at a time. */
const LIMIT = 50;
const LANES = 12;
/** Names of calls in one search, some of which go by two; of more than twenty, Event history is read whole. */
const NAMES = 15;
/** What CloudTrail keeps of calls without anybody asking. */
const KEPT_DAYS = 90;

export type Told = {
  findings: Finding[];
  /** How many failing findings were looked up now, were known from before, and wait for the next scan. */
  since: { asked: number; kept: number; notAsked: number };
};

/**
 * Since when each failing finding is so, and by whom: worst first, so many in one scan. What an earlier
 * scan found is kept while the finding stays as it was, so the second scan asks nothing.
 */
export async function tellSince(
  findings: Finding[],
  facts: PostureFacts,
  world: World,
  limit = LIMIT,
): Promise<Told> {
  const all = known(facts);
  const rules = new Map(world.rules.map((rule) => [rule.id, rule]));
  const wanted = findings
    .filter(({ status }) => status === 'FAIL')
    .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity))
    .flatMap((finding) => {
      const rule = rules.get(finding.check);
      const trace = rule ? wantedFor(finding, rule, all) : null;
      return trace ? [{ finding, trace }] : [];
    });
  const before = new Map(
    (wanted.length > 0 ? await world.previous() : []).map((one) => [one.id, one]),
  );
  const since = new Map<string, Since>();
  for (const { finding } of wanted) {
    const was = before.get(finding.id);
    if (was?.since && stillHolds(was, finding, facts.readAt)) since.set(finding.id, was.since);
  }
  const kept = since.size;
  const open = wanted.filter(({ finding }) => !since.has(finding.id));
  const asked = open.slice(0, limit);
  const calls = callsAt(
    asked.map(({ trace }) => trace),
    facts.readAt,
    world.source,
  );
  await concurrently(LANES, asked, async ({ finding, trace }) => {
    since.set(finding.id, await lookUp(trace, calls(trace), facts.readAt, world));
  });
  return {
    findings: findings.map((finding) => withSince(finding, since.get(finding.id))),
    since: { asked: asked.length, kept, notAsked: open.length - asked.length },
  };
}

async function lookUp(
  wanted: Wanted,
  calls: Promise<Calls>,
  readAt: string,
  world: World,
): Promise<Since> {
  const { change } = wanted;
  const [history, events] = await Promise.all([
    change === null ? null : world.history({ ...wanted, change }),
    calls,
  ]);
  const writes = writesAmong(events.found, wanted).map(({ event }) => event);
  const issued = await issuers(writes, [world.source]);
  return sinceWhen({ ...wanted, history, events, issued, readAt });
}

type Calls = Trace['events'];

/**
 * The calls at the place of a resource. All findings of one place are looked for together: Event history
 * answers two questions a second there, whoever asks.
 */
function callsAt(all: Wanted[], readAt: string, source: World['source']) {
  const from = new Date(Date.parse(readAt) - KEPT_DAYS * 86_400_000).toISOString();
  const asked = new Map<string, Promise<Calls>>();
  return ({ account, region }: Wanted): Promise<Calls> => {
    const place = `${account}/${region}`;
    const known = asked.get(place);
    if (known !== undefined) return known;
    const here = all.filter((one) => one.account === account && one.region === region);
    const names = [...new Set(here.flatMap(({ calls }) => calls))];
    const accounts = [...new Set([account, ...here.flatMap(({ alsoFrom }) => alsoFrom)])];
    const search = (narrowed: Pick<Search, 'eventNames' | 'readOnly'>) =>
      source.find({
        ...ANY_EVENT,
        from,
        to: readAt,
        accounts,
        regions: [region],
        ...narrowed,
      });
    const found = callsNamed(names, search).then((all) => ({
      found: all.flatMap(({ events }) => events),
      gaps: all.flatMap(({ searched }) => searched.gaps),
      from,
    }));
    asked.set(place, found);
    return found;
  };
}

/**
 * In a quiet place one page holds every write of 90 days, and tells of all names at once; where it does
 * not, each name is asked for, which is a lookup of its own.
 */
async function callsNamed(
  names: string[],
  search: (narrowed: Pick<Search, 'eventNames' | 'readOnly'>) => Promise<Found>,
): Promise<Found[]> {
  if (names.length > 1) {
    const whole = await search({ eventNames: [], readOnly: false });
    if (whole.searched.gaps.length === 0) return [whole];
  }
  const lots = Array.from({ length: Math.ceil(names.length / NAMES) }, (_, lot) =>
    names.slice(lot * NAMES, (lot + 1) * NAMES),
  );
  return Promise.all(lots.map((eventNames) => search({ eventNames, readOnly: null })));
}

/** A verdict of Config from before the change is no opinion on it. */
function withSince(finding: Finding, since: Since | undefined): Finding {
  if (!since) return finding;
  const config = finding.config && olderThanTheChange(finding.config, since.at);
  return { ...finding, since, config };
}
