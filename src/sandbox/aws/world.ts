import type { JsonObject } from '../../core/json.ts';
import type { CallerIdentity } from './caller-identity.ts';
import { momentAt } from './moments.ts';
import type { BucketSetup, ConfigSetup, Scenario, TrailSetup, UnitSetup } from './scenario.ts';
import { recordsOf } from './story.ts';

/** The state of the simulated organization: made from a scenario, changed by calls. */
export type World = {
  scenario: Scenario;
  /** The simulated time; live calls and stories share it. */
  now(): Date;
  /** The clock of the machine, in milliseconds; the bot keeps its pace by the same. */
  clock(): number;
  /** The moment that the scenario's relative times count from. */
  started: Date;
  /** Sessions and long-lived keys by access key id. */
  identities: Map<string, CallerIdentity & { expires?: Date }>;
  /** CloudTrail records by `account/region`, in order of time, oldest first. */
  events: Map<string, JsonObject[]>;
  /** Every account of the organization by id, with the OU names above it from the root down. */
  accounts: Map<string, WorldAccount>;
  trails: TrailState[];
  /** By name: bucket names are unique in the partition. */
  buckets: Map<string, BucketState>;
  /** By `account/region`; an account and region without one never set Config up. */
  recorders: Map<string, RecorderState>;
  /** By `account/region`, what calls made of delivery channels; null: one is gone. See `channelIn`. */
  channels: Map<string, DeliveryChannel | null>;
  /** Public halves of the keys that sign digest files, DER (PKCS #1), by region. */
  digestKeys: Map<string, Uint8Array>;
  /** What calls changed of trails and buckets, oldest first. */
  changes: Change[];
  /** Token buckets of quotas, by what they limit, on `clock`. */
  allowances: Map<string, Allowance>;
};

/** A trail or a bucket before and after one call; null: it was not there. */
export type Change = { at: Date } & (
  | { kind: 'trail'; before: TrailState | null; after: TrailState | null }
  | { kind: 'bucket'; before: BucketState | null; after: BucketState | null }
);

export type WorldAccount = {
  id: string;
  name: string;
  email: string;
  status: 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'PENDING_ACTIVATION';
  outsideOrganizationTrail: boolean;
  /** Whether the account's own block of public access is on. */
  publicAccessBlock?: boolean | undefined;
  /** The regions that are enabled in it: the scenario's default ones and those it opted into. */
  regions: string[];
  /** Regions that are being switched, and in which way. */
  switchingRegions: { [region: string]: 'ENABLING' | 'DISABLING' };
  ou: string[];
};

export type Selectors = { basic: JsonObject[] } | { advanced: JsonObject[] };

export type TrailState = Omit<
  TrailSetup,
  'selectors' | 'createdAt' | 'stoppedAt' | 'validationStoppedAt'
> & {
  arn: string;
  /** As `PutEventSelectors` left them; undefined means CloudTrail's default, all management events. */
  selectors: Selectors | undefined;
  startedLogging: Date;
  stoppedLogging: Date | undefined;
  /** When validation was last switched on, and off; undefined where it never was. */
  validatedSince: Date | undefined;
  validatedUntil: Date | undefined;
  /** When a call last changed it; undefined: none did. */
  changed: Date | undefined;
};

export type BucketState = BucketSetup & {
  created: Date;
  /** When a call last changed it; undefined: none did. */
  changed: Date | undefined;
  objects: Map<string, { body: Uint8Array; modified: Date; contentType?: string | undefined }>;
};

export type RecorderState = {
  account: string;
  region: string;
  state: 'recording' | 'stopped' | 'failing';
  started: Date;
  stopped: Date | undefined;
  /** The resource types that it leaves out, or the only ones that it takes; undefined: all. */
  excludes: string[] | undefined;
  only: string[] | undefined;
  /** As a call said it: whether it takes the resources that have no region. */
  globalTypes?: boolean;
  /** The role that a call gave it; undefined: Config's own. */
  role?: string;
  /** What it last saw, where it no longer looks. */
  seen?: Things | undefined;
  /** When it was started and stopped, oldest first. */
  turns: { at: Date; recording: boolean }[];
};

/** Where a recorder's history and snapshots go, with the SDK's names. */
export type DeliveryChannel = {
  name: string;
  s3BucketName: string;
  s3KeyPrefix?: string;
  s3KmsKeyArn?: string;
  snsTopicARN?: string;
  configSnapshotDeliveryProperties?: { deliveryFrequency?: string };
};

export type Things = { trails: TrailState[]; buckets: BucketState[] };

type Allowance = { left: number; at: number };

/**
 * The organization that a scenario describes. `given` overrides the scenario's own clock; a scenario that
 * names an instant starts there and runs on from it, by the clock of the machine.
 */
export function makeWorld(scenario: Scenario, given?: () => Date, clock = Date.now): World {
  const now = given ?? clockOf(scenario, clock);
  const start = now();
  const accounts = new Map(accountsOf(scenario).map((account) => [account.id, account]));
  const trails = scenario.trails.map((trail) => trailState(trail, start));
  const buckets = scenario.buckets.map((bucket) => bucketState(bucket, start));
  return {
    scenario,
    now,
    clock,
    started: start,
    identities: new Map(),
    events: recordsOf(scenario, start),
    accounts,
    trails,
    buckets: new Map(buckets.map((bucket) => [bucket.name, bucket])),
    recorders: recordersOf(scenario.config, [...accounts.values()], start, { trails, buckets }),
    channels: new Map(),
    digestKeys: new Map(),
    changes: [],
    allowances: new Map(),
  };
}

function clockOf(scenario: Scenario, clock: () => number): () => Date {
  if (scenario.clock === 'now') return () => new Date(clock());
  const began = clock();
  const offset = momentAt(scenario.clock, new Date(began)).getTime() - began;
  return () => new Date(clock() + offset);
}

function accountsOf(scenario: Scenario): WorldAccount[] {
  const { units, accounts } = scenario.organization;
  const here = (list: UnitSetup['accounts'], ou: string[]): WorldAccount[] =>
    list.map(({ optedInRegions, switchingRegions, ...account }) => ({
      ...account,
      switchingRegions: switchingRegions ?? {},
      email: account.email ?? `aws+${account.name}@example.com`,
      regions:
        optedInRegions.length > 0 ? [...scenario.regions, ...optedInRegions] : scenario.regions,
      ou,
    }));
  const under = (list: UnitSetup[], path: string[]): WorldAccount[] =>
    list.flatMap((unit) => [
      ...here(unit.accounts, [...path, unit.name]),
      ...under(unit.units, [...path, unit.name]),
    ]);
  return [...here(accounts, []), ...under(units, [])];
}

function trailState(setup: TrailSetup, start: Date): TrailState {
  const { selectors, createdAt, stoppedAt, validationStoppedAt, ...trail } = setup;
  const startedLogging = momentAt(createdAt, start);
  const validated = trail.logFileValidation || validationStoppedAt !== undefined;
  return {
    ...trail,
    arn: `arn:aws:cloudtrail:${trail.homeRegion}:${trail.account}:trail/${trail.name}`,
    selectors: selectors === undefined ? undefined : (structuredClone(selectors) as Selectors),
    startedLogging,
    stoppedLogging: stoppedAt === undefined ? undefined : momentAt(stoppedAt, start),
    validatedSince: validated ? startedLogging : undefined,
    validatedUntil:
      validationStoppedAt === undefined ? undefined : momentAt(validationStoppedAt, start),
    changed: undefined,
  };
}

function bucketState(bucket: BucketSetup, start: Date): BucketState {
  const created = momentAt(bucket.createdAt, start);
  const changed = bucket.changedAt === undefined ? undefined : momentAt(bucket.changedAt, start);
  return { ...bucket, created, changed, objects: new Map() };
}

function recordersOf(
  config: ConfigSetup,
  accounts: WorldAccount[],
  start: Date,
  current: Things,
): Map<string, RecorderState> {
  const recorders = new Map<string, RecorderState>();
  const started = momentAt('-800d 10:00', start);
  const recording: RecorderState['turns'] = [{ at: started, recording: true }];
  let seen: Things | undefined;
  for (const { id, status, regions } of accounts) {
    if (status !== 'ACTIVE') continue;
    for (const region of regions) {
      const said = config.recorders.findLast(
        (one) => one.account === id && (one.region === '*' || one.region === region),
      );
      const state = said?.state ?? 'recording';
      if (state === 'absent') continue;
      if (state !== 'recording') seen ??= structuredClone(current);
      const stopped = state === 'stopped' ? momentAt(said?.stoppedAt ?? '-1d', start) : undefined;
      recorders.set(`${id}/${region}`, {
        account: id,
        region,
        state,
        started,
        stopped,
        excludes: said?.excludes,
        only: said?.only,
        seen: state === 'recording' ? undefined : seen,
        turns: stopped ? [...recording, { at: stopped, recording: false }] : recording,
      });
    }
  }
  return recorders;
}

/** Allowances kept before those that are full again are forgotten. */
const ALLOWANCES = 50_000;

/**
 * Takes one request from the quota `of`, which refills at `perSecond` and holds `burst`, or as much as one
 * second gives; false when there is none left and the caller must be throttled.
 */
export function takes(world: World, of: string, perSecond: number, burst = perSecond): boolean {
  const at = world.clock();
  const { allowances } = world;
  if (allowances.size > ALLOWANCES) {
    // One that was not touched for a minute is full, and a full one need not be remembered.
    for (const [key, { at: last }] of allowances) if (last < at - 60_000) allowances.delete(key);
  }
  const before = allowances.get(of) ?? { left: burst, at };
  const left = Math.min(burst, before.left + (Math.max(0, at - before.at) / 1_000) * perSecond);
  const granted = left >= 1;
  allowances.set(of, { left: granted ? left - 1 : left, at });
  return granted;
}

/** True for a resource type that a recorder takes. */
export function records({ excludes, only }: RecorderState, type: string): boolean {
  return excludes ? !excludes.includes(type) : (only?.includes(type) ?? true);
}

/** True for an account in which copies of the organization's trails stand. */
export function isReachedByOrganizationTrails(world: World, account: string): boolean {
  const found = world.accounts.get(account);
  return found !== undefined && found.status === 'ACTIVE' && !found.outsideOrganizationTrail;
}
