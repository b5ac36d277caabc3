import { z } from 'zod';
import { concurrently } from '../../core/concurrently.ts';
import type { MappedResource, Witness, Witnessed } from '../../core/posture/facts.ts';
import type { ConfigMap } from '../../core/posture/kept/keep.ts';
import { wasSeen } from '../../core/reading.ts';
import { ownerOf } from './account-trails.ts';
import { eachGroup, eachRow, type Named as NamedAggregator, type Troubles } from './aggregator.ts';
import { type MappedTrails, readMappedTrails } from './mapped.ts';
import { type Ground, witnessed } from './reader.ts';

/** What all accounts told Config about their recorders and trails, and where that was asked. */
export type OrganizationMap = ConfigMap & { asked: Witness };

/** Questions asked at a time, where there are many. */
const LANES = 6;

/** Accounts named in one question: Config takes 4,096 characters. */
const NAMED = 100;

/** Of so many accounts that record in some regions only the regions are asked by account; of more, all. */
const FEW = 500;

const AccountId = z.string().regex(/^\d{12}$/);
const Counted = z.object({ accountId: AccountId, 'COUNT(*)': z.number() });
const Named = z.object({ accountId: AccountId });
const RecorderRow = Named.extend({
  awsRegion: z.string(),
  configuration: z.object({ Name: z.string().optional() }).optional(),
});
const ChangeRow = Named.extend({ configurationItemCaptureTime: z.string() });

const RECORDER = 'AWS::Config::ConfigurationRecorder';
const TRAIL = 'AWS::CloudTrail::Trail';
const IS_RECORDER = `resourceType = '${RECORDER}'`;
/** The recorder of another service records for it, and only what that service needs. */
const LINKED = 'AWSConfigurationRecorderFor';

/**
 * The map of the organization as the aggregator knows it. Config keeps a configuration item of every
 * recorder, without charge and also where nothing else is recorded ("Drift detection for the
 * configuration recorder"). An account has one recorder of its own in a region at most, so whoever has
 * as many running ones as there are regions has one in each: one row per account tells of seventeen
 * calls. What the map does not prove, a live reading decides. `since` (ISO 8601 UTC) is how far back
 * changes matter; null where nobody asks for them. `trailsAsked` are the trails of all accounts, where
 * somebody has asked for them already.
 */
export async function readMap(
  ground: Ground,
  aggregator: NamedAggregator & { troubled: Troubles | Promise<Troubles> },
  regions: string[],
  since: string | null,
  trailsAsked: Promise<Witnessed<MappedTrails>> | null = null,
): Promise<OrganizationMap> {
  let complete = true;
  const ask = async (sql: string, take: (row: unknown) => void, read = eachRow) => {
    const api = 'config:SelectAggregateResourceConfig';
    const done = await witnessed(ground, api, aggregator.where, () =>
      read(ground, aggregator, sql, take),
    );
    // Half an answer proves nothing of those whom it does not name; what it names is so.
    if (!wasSeen(done)) complete = false;
    return done.by;
  };

  const named = regions.filter((region) => /^[a-z0-9-]+$/.test(region));
  const there = `awsRegion IN (${named.map((region) => `'${region}'`).join(', ')})`;
  const running = `${IS_RECORDER} AND ${there} AND configuration.Recording = true`;
  const counting = (condition: string, into: Map<string, number>) =>
    ask(
      `SELECT accountId, COUNT(*) WHERE ${condition} GROUP BY accountId`,
      (row) => {
        const read = Counted.safeParse(row);
        if (read.success) into.set(read.data.accountId, read.data['COUNT(*)']);
      },
      eachGroup,
    );
  const listing = (condition: string, into: Set<string>) =>
    ask(`SELECT accountId WHERE ${condition}`, (row) => {
      const read = Named.safeParse(row);
      if (read.success) into.add(read.data.accountId);
    });

  const counts = new Map<string, number>();
  const full = new Map<string, number>();
  const linked = new Set<string>();
  const daily = new Set<string>();
  const trails = new Map<string, string[]>();
  const changed = new Map<string, number>();
  const wanted: Promise<unknown>[] = [
    listing(`${IS_RECORDER} AND configuration.Name LIKE '${LINKED}%'`, linked),
  ];
  if (since) {
    const everything = 'configuration.RecordingGroup.AllSupported = true';
    const isDaily = "configuration.RecordingMode.RecordingFrequency = 'DAILY'";
    wanted.push(
      counting(`${running} AND ${everything}`, full),
      listing(`${IS_RECORDER} AND ${isDaily}`, daily),
      (trailsAsked ?? readMappedTrails(ground, aggregator)).then((told) => {
        if (!wasSeen(told)) complete = false;
        else for (const row of told.seen.rows) noteTrail(row, trails);
      }),
      ask(
        `SELECT accountId, configurationItemCaptureTime WHERE resourceType IN ('${RECORDER}', '${TRAIL}') AND configurationItemCaptureTime >= '${since}'`,
        (row) => noteChange(row, changed),
      ),
    );
  }
  const [asked] = await Promise.all([counting(running, counts), ...wanted]);

  const all = (by: Map<string, number>) =>
    new Set([...by].flatMap(([id, n]) => (n === named.length && !linked.has(id) ? [id] : [])));
  const everywhere = all(counts);
  const some = [...counts.keys()].filter((id) => !everywhere.has(id));
  const recording = new Map(named.map((region) => [region, new Set<string>()]));
  const closely =
    some.length > FEW
      ? named.map((region) => `awsRegion = '${region}'`)
      : pieces(some).map((ids) => `accountId IN (${ids.map((id) => `'${id}'`).join(', ')})`);
  await concurrently(LANES, closely, (narrowed) =>
    ask(`SELECT accountId, awsRegion, configuration.Name WHERE ${running} AND ${narrowed}`, (row) =>
      noteRecorder(row, recording),
    ),
  );
  const troubled = await aggregator.troubled;
  return {
    regions: named,
    everywhere,
    recording,
    full: new Set([...all(full)].filter((id) => !daily.has(id))),
    changed,
    trails,
    troubled: troubledIn(troubled),
    complete: complete && wasSeen(troubled),
    asked,
  };
}

function pieces(ids: string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / NAMED) }, (_, piece) =>
    ids.slice(piece * NAMED, (piece + 1) * NAMED),
  );
}

function noteRecorder(row: unknown, recording: Map<string, Set<string>>): void {
  const read = RecorderRow.safeParse(row);
  if (!read.success || read.data.configuration?.Name?.startsWith(LINKED)) return;
  recording.get(read.data.awsRegion)?.add(read.data.accountId);
}

function noteTrail({ account, arn }: MappedResource, trails: Map<string, string[]>): void {
  // Where Config shows members the organization's trail, it is not theirs.
  if (ownerOf(arn) === account) trails.set(account, [...(trails.get(account) ?? []), arn]);
}

function noteChange(row: unknown, changed: Map<string, number>): void {
  const read = ChangeRow.safeParse(row);
  if (!read.success) return;
  const at = Date.parse(read.data.configurationItemCaptureTime);
  // A time that nobody can read may be any time, so it was just now.
  const known = Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
  const { accountId } = read.data;
  changed.set(accountId, Math.max(known, changed.get(accountId) ?? 0));
}

function troubledIn(troubled: Troubles): Map<string, Set<string>> {
  const by = new Map<string, Set<string>>();
  if (!wasSeen(troubled)) return by;
  for (const { account, region } of troubled.seen) {
    const regions = by.get(account) ?? new Set();
    by.set(account, regions.add(region));
  }
  return by;
}

/** What the map proves of one recorder: that it runs; null where a live reading must decide. */
export function mappedRecorder(
  map: OrganizationMap,
  account: string,
  region: string,
): Witnessed<'recording'> | null {
  if (map.troubled.get(account)?.has(region)) return null;
  const everywhere = map.everywhere.has(account) && map.regions.includes(region);
  if (!everywhere && !map.recording.get(region)?.has(account)) return null;
  return { seen: 'recording', by: map.asked };
}
