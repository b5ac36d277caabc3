import { EVENT_HISTORY, type Recording } from '../core/evidence/recording.ts';
import { recordedAsOf, type TrailHistory } from '../core/evidence/recording-as-of.ts';
import { recordingAsked } from '../core/evidence/recording-asked.ts';
import { ANY_EVENT } from '../core/evidence/source.ts';
import { TRAIL_CALLS, trailChanges } from '../core/evidence/trail-changes.ts';
import type { TrailsSeen } from '../core/evidence/trails-seen.ts';
import type { Plan } from '../core/questions/plan.ts';
import { wasSeen } from '../core/reading.ts';
import type { World } from './answers/world.ts';

/** So many accounts have the calls on their trails searched; of more, only the present is known. */
const ACCOUNTS = 20;
const EVENT_HISTORY_DAYS = 90;

/** What is read once, however many kinds of events are asked about. */
export type RecordingGround = {
  places: { account: string; region: string }[] | null;
  seen: TrailsSeen;
  history: TrailHistory;
};

/**
 * What was recorded of the events that a plan is about, in its window: from the trails as they are, and
 * the calls that changed them. Null where nobody can ask for trails.
 */
export async function recordingOf(plan: Plan, world: World): Promise<Recording | null> {
  if (recordingAsked(plan).length === 0) return null;
  const ground = await recordingGround(plan, world);
  return ground && recordingOver(ground, plan, world);
}

/** The trails of the places that a plan is about, as they are and were; null where nobody can ask for them. */
export async function recordingGround(plan: Plan, world: World): Promise<RecordingGround | null> {
  if (!world.trails) return null;
  const places = await placesOf(plan, world);
  const seen = await world.trails(places?.map(({ account }) => account) ?? plan.accounts);
  return { places, seen, history: await trailHistory(seen, world) };
}

export function recordingOver(
  { places, seen, history }: RecordingGround,
  plan: Plan,
  world: World,
): Recording {
  const now = world.now().toISOString();
  const window = { from: fromWhich(plan.time.from, history.since), to: plan.time.to };
  const at = seen.accounts.flatMap(({ id, trails, regions }) => {
    if (!wasSeen(trails) || !wasSeen(regions)) return [];
    const own = places?.filter(({ account }) => account === id).map(({ region }) => region);
    const wanted = own ?? (plan.regions === 'all' ? regions.seen : plan.regions);
    return wanted.map((region) => ({ account: id, region }));
  });
  return {
    asked: recordingAsked(plan).map(({ kind, what, set }) => ({
      kind,
      what,
      places: at.map((place) => ({
        ...place,
        stretches: recordedAsOf(place, set(place), window, seen.trails, history, now),
      })),
    })),
    unread: seen.accounts.flatMap(({ id, trails }) =>
      wasSeen(trails) ? [] : [{ account: id, reason: trails.unseen.reason }],
    ),
  };
}

/** The plan was made a moment before: the last 90 days do not begin before the 90 days of Event history. */
function fromWhich(from: string, since: string): string {
  const short = Date.parse(since) - Date.parse(from);
  return short > 0 && short < MOMENT ? since : from;
}

const MOMENT = 3_600_000;

/** Where the things that were asked about are; null where nobody can tell, or nothing was named. */
async function placesOf(plan: Plan, world: World) {
  if (plan.resources.length === 0 || !world.locate) return null;
  const found = await Promise.all(
    plan.resources.map((resource) => world.locate?.(bucketIn(resource))),
  );
  const places = found.flatMap((one) => (one && wasSeen(one) ? one.seen : []));
  return places.length > 0 ? places : null;
}

/** Config knows buckets, not the objects in them. */
function bucketIn(resource: string): string {
  return /^(?:s3:\/\/|arn:[^:]*:s3:::)([^/]+)/.exec(resource)?.[1] ?? resource;
}

/**
 * The calls that changed these trails, as far back as Event history keeps them. An archive is not asked:
 * it has only what the trails themselves recorded, and not what was changed while they did not.
 */
export async function trailHistory(seen: TrailsSeen, world: World): Promise<TrailHistory> {
  const owners = seen.trails.map(({ arn }) => arn.split(':')[4] ?? '');
  const heads = [...new Set([seen.managementAccount ?? '', ...owners])].filter(Boolean);
  const accounts = seen.accounts.map(({ id }) => id);
  const asked = [...new Set([...heads, ...accounts.slice(0, ACCOUNTS)])];
  const to = world.now().toISOString();
  const everybody = [...new Set([...heads, ...accounts])];
  const source = world.sources.find(({ name }) => name === EVENT_HISTORY);
  if (!source) return { changes: [], since: to, dark: everybody, heads };
  const from = new Date(Date.parse(to) - EVENT_HISTORY_DAYS * 86_400_000).toISOString();
  const { events, searched } = await source.find({
    ...ANY_EVENT,
    from,
    to,
    accounts: asked,
    eventNames: TRAIL_CALLS,
  });
  return {
    changes: trailChanges(events),
    since: searched.from,
    dark: everybody.filter((account) => !searched.accounts.searched.includes(account)),
    heads,
  };
}
