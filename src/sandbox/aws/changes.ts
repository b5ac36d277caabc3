import type { BucketState, Change, Things, TrailState, World } from './world.ts';

/** How trails and buckets were at an instant, for whoever looks late: Config with its lag. */

/** Changes a trail, and remembers how it was before. */
export function changeTrail(
  world: World,
  trail: TrailState,
  at: Date,
  difference: Partial<TrailState>,
): void {
  const before = copyOf(trail);
  Object.assign(trail, difference, { changed: at });
  world.changes.push({ kind: 'trail', at, before, after: copyOf(trail) });
}

/** Changes a bucket, and remembers how it was before. */
export function changeBucket(
  world: World,
  bucket: BucketState,
  at: Date,
  difference: Partial<BucketState>,
): void {
  const before = { ...bucket };
  Object.assign(bucket, difference, { changed: at });
  world.changes.push({ kind: 'bucket', at, before, after: { ...bucket } });
}

export function addTrail(world: World, trail: TrailState, at: Date): void {
  world.trails.push(trail);
  world.changes.push({ kind: 'trail', at, before: null, after: copyOf(trail) });
}

export function deleteTrail(world: World, trail: TrailState, at: Date): void {
  world.trails.splice(world.trails.indexOf(trail), 1);
  world.changes.push({ kind: 'trail', at, before: copyOf(trail), after: null });
}

/** The trails and buckets as they were at `instant` (epoch milliseconds). */
export function thingsAt(world: World, instant: number): Things {
  const later = world.changes.filter(({ at }) => at.getTime() > instant);
  if (later.length === 0) return { trails: world.trails, buckets: [...world.buckets.values()] };
  const trails = new Map(world.trails.map((trail) => [trail.arn, trail]));
  const buckets = new Map(world.buckets);
  for (const change of later.reverse()) undo(change, trails, buckets);
  return { trails: [...trails.values()], buckets: [...buckets.values()] };
}

function undo(
  change: Change,
  trails: Map<string, TrailState>,
  buckets: Map<string, BucketState>,
): void {
  if (change.kind === 'trail') {
    if (change.before) trails.set(change.before.arn, change.before);
    else if (change.after) trails.delete(change.after.arn);
  } else if (change.before) buckets.set(change.before.name, change.before);
  else if (change.after) buckets.delete(change.after.name);
}

function copyOf(trail: TrailState): TrailState {
  return { ...trail, tags: { ...trail.tags } };
}
