import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { JsonObject } from '../../core/json.ts';
import { asOf, isRecordedBy } from './recorded.ts';
import type { BucketState, TrailState, World } from './world.ts';

/**
 * The log files that the trails of a bucket have delivered by now: what CloudTrail would have written of
 * the events in the world, as `{"Records":[…]}` in gzip, one file per account, region and five minutes.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 */
export type LogFile = { key: string; delivered: Date; body(): Uint8Array };

const SLOT = 5 * 60_000;
/** Minutes from the end of a slot to its delivery, one for each file; five on average. */
const LATENESS = 9;

/** Log files by key, in the order of their keys. */
export function logFilesIn(bucket: BucketState, world: World): Map<string, LogFile> {
  const known = kept(world, bucket.name);
  const now = world.now().getTime();
  const age = [...world.events.values()].reduce((sum, { length }) => sum + length, 0);
  const state = `${age}/${world.changes.length}/${Math.floor(now / 60_000)}`;
  if (known.state !== state) {
    known.files = new Map(
      world.trails
        .filter((trail) => trail.bucket === bucket.name)
        .flatMap((trail) => filesOf(trail, world, now))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map((file) => [file.key, file]),
    );
    known.state = state;
  }
  return known.files;
}

type Kept = { state: string; files: Map<string, LogFile> };
const worlds = new WeakMap<World, Map<string, Kept>>();

function kept(world: World, bucket: string): Kept {
  const ofWorld = worlds.get(world) ?? new Map<string, Kept>();
  worlds.set(world, ofWorld);
  const known = ofWorld.get(bucket) ?? { state: '', files: new Map() };
  ofWorld.set(bucket, known);
  return known;
}

function filesOf(trail: TrailState, world: World, now: number): LogFile[] {
  return [...world.events].flatMap(([place, records]) => {
    const slots = new Map<number, JsonObject[]>();
    for (const record of records) {
      const at = Date.parse(String(record.eventTime));
      const then = asOf(trail, at, world);
      if (then === null || !isRecordedBy(then, record, world)) continue;
      const slot = Math.floor(at / SLOT) * SLOT;
      const others = slots.get(slot);
      if (others) others.push(record);
      else slots.set(slot, [record]);
    }
    const [account = '', region = ''] = place.split('/');
    return [...slots].flatMap(([slot, recorded]) => {
      const unique = createHash('sha256').update(`${trail.arn} ${place} ${slot}`).digest('hex');
      const late = 1 + (Number.parseInt(unique.slice(0, 4), 16) % LATENESS);
      const delivered = slot + SLOT + Math.max(late * 60_000, world.scenario.eventLagMs);
      if (delivered > now) return [];
      const at = new Date(delivered);
      return [
        { key: keyOf(trail, world, { account, region, at, unique }), ...fileOf(recorded, at) },
      ];
    });
  });
}

function fileOf(Records: JsonObject[], delivered: Date): Omit<LogFile, 'key'> {
  let body: Uint8Array | undefined;
  return {
    delivered,
    body() {
      body ??= gzipSync(JSON.stringify({ Records }));
      return body;
    },
  };
}

type Where = { account: string; region: string; at: Date; unique: string };

function keyOf(trail: TrailState, world: World, { account, region, at, unique }: Where): string {
  const [day = '', time = ''] = at.toISOString().split('T');
  const minute = `${day.replaceAll('-', '')}T${time.slice(0, 5).replace(':', '')}Z`;
  return [
    ...(trail.prefix ? [trail.prefix] : []),
    'AWSLogs',
    ...(trail.organization ? [world.scenario.organization.id] : []),
    account,
    'CloudTrail',
    region,
    day.replaceAll('-', '/'),
    `${account}_CloudTrail_${region}_${minute}_${unique.slice(4, 20)}.json.gz`,
  ].join('/');
}
