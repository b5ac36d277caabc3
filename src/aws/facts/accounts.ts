import { concurrently, inLanes } from '../../core/concurrently.ts';
import type {
  AccountFacts,
  Organization,
  OrganizationAccount,
  RecorderFacts,
  RecorderState,
  Witnessed,
} from '../../core/posture/facts.ts';
import {
  type KeptAccount,
  organizationTrailsIn,
  UNCHANGED_WITHIN_MS,
  whyKept,
} from '../../core/posture/kept/keep.ts';
import type { KeptFrom } from '../../core/posture/kept/kept-rows.ts';
import { type Sharing, sharing } from '../../core/posture/kept/sharing.ts';
import { wasSeen } from '../../core/reading.ts';
import { readRegionFacts } from '../regions.ts';
import { readAccountTrails } from './account-trails.ts';
import { type Aggregators, findAggregators } from './aggregator.ts';
import { mappedRecorder, type OrganizationMap, readMap } from './config-map.ts';
import type { Ground } from './reader.ts';
import { readRecorders } from './recorders.ts';

/** Accounts asked at a time. At 60 ms an answer, fewer would wait for the network and not for the CPU. */
export const LANES = 32;

/** The map is asked about all accounts at once; for so few, asking themselves is cheaper. */
const FEW = 3;

/** What earlier scans left behind, and where this one leaves what it reads. */
export type Memory = {
  kept(): Promise<KeptAccount[]>;
  remember(account: KeptAccount): Promise<void>;
};

export type AccountsRead = {
  /** Who sees which trails; their recorders are still on their way. */
  sightings: Own[];
  accounts: Promise<AccountFacts[]>;
  /** The bot's own account, which is read also where nobody asked for it. */
  self: Own;
  aggregators: Aggregators;
  /** Null where all were read anew. */
  kept: KeptFrom | null;
};

/** What an account says of itself, and who it is. */
export type Own = Omit<AccountFacts, 'recorders'>;
type Kept = { row: KeptAccount; why: 'resumed' | 'unchanged' };
type Progress = (done: number, of: number) => void;

/**
 * The facts of every account that is asked: its regions and the trails that it sees from itself, its
 * recorders from the aggregator's map where there is one. Whom `memory` proves unchanged is not asked.
 */
export async function readAccounts(
  ground: Ground,
  organization: Organization,
  asked: OrganizationAccount[],
  memory: Memory | null,
  progress: Progress,
  begun: ReadonlyMap<string, Promise<Found>> = new Map(),
): Promise<AccountsRead> {
  const share = sharing();
  const { self: me } = organization;
  const read = (id: string) => begun.get(id) ?? findOwn(ground, id);
  const [aggregators, mine, rows] = await Promise.all([
    findAggregators(ground, organization),
    read(me),
    memory?.kept() ?? [],
  ]);
  const self = share.account({ ...whoIs({ id: me, name: '', ou: '' }), ...mine.found });
  const map = mapOf(ground, aggregators, self, asked, rows);
  const kept = await whoIsKept(ground, rows, organization, self, map);

  const { length: of } = asked;
  let done = asked.filter(({ id }) => kept.has(id)).length;
  if (done > 0) progress(done, of);
  const reading = await concurrently(LANES, asked, async (account): Promise<Begun> => {
    const known = kept.get(account.id);
    if (known) {
      const { readAt, facts } = known.row;
      const own = { ...whoIs(account), ...share.account(facts) };
      return { own, readAt, resumed: known.why === 'resumed' };
    }
    const { readAt, found } = account.id === me ? mine : await read(account.id);
    const own = share.account({ ...whoIs(account), ...found });
    // Without a map there is nothing to wait for: the account is read to its end.
    const recorders = map !== null ? null : await readRecordersOf(ground, own, null, share);
    await memory?.remember(rowOf({ ...own, recorders }, readAt));
    done += 1;
    progress(done, of);
    return { own: { ...own, recorders }, readAt, resumed: false };
  });

  const used = asked.flatMap(({ id }) => kept.get(id) ?? []);
  return {
    sightings: reading.map(({ own }) => own),
    accounts: withRecorders(ground, reading, map, memory, share),
    self,
    aggregators,
    kept: keptFrom(used, of),
  };
}

async function withRecorders(
  ground: Ground,
  reading: Begun[],
  map: Promise<OrganizationMap> | null,
  memory: Memory | null,
  share: Sharing,
): Promise<AccountFacts[]> {
  const told = await map;
  return concurrently(LANES, reading, async ({ own, readAt, resumed }) => {
    // What a scan read live an hour ago at most, this one would read just so.
    if (own.recorders && (resumed || !told)) return { ...own, recorders: own.recorders };
    const recorders = await readRecordersOf(ground, own, told, share);
    if (told && hasLive(recorders)) await memory?.remember(rowOf({ ...own, recorders }, readAt));
    return { ...own, recorders };
  });
}

type Begun = {
  own: Own & { recorders: AccountFacts['recorders'] | null };
  /** When it was begun to be read: whatever changes afterwards may not have been seen. */
  readAt: string;
  resumed: boolean;
};

function whoIs({ id, name, ou }: Pick<OrganizationAccount, 'id' | 'name' | 'ou'>) {
  return { id, name, ou };
}

/** What an account says of itself, and when it was begun to be asked. */
export type Found = { readAt: string; found: Pick<Own, 'regions' | 'optedIn' | 'trails'> };

async function findOwn(ground: Ground, id: string): Promise<Found> {
  const readAt = ground.now().toISOString();
  const [switched, trails] = await ground.aws.within(() =>
    Promise.all([readRegionFacts(ground, id), readAccountTrails(ground, id)]),
  );
  return { readAt, found: { ...switched, trails } };
}

/**
 * Begins to read accounts as Organizations lists them: with thousands, that alone takes a minute at the
 * rate that it allows. Whoever may be kept from an earlier scan waits for the map instead.
 */
export function readEarly(ground: Ground, memory: Memory | null) {
  const begun = new Map<string, Promise<Found>>();
  const lane = inLanes(LANES);
  const rows = memory?.kept() ?? Promise.resolve([]);
  // Whoever reads the accounts asks for the rows again, and is told what is wrong with them.
  const none = rows.then(({ length }) => length === 0).catch(() => false);
  return {
    begun,
    async heard({ id, state }: { id: string; state: string }): Promise<void> {
      if (state !== 'ACTIVE' || !(await none) || begun.has(id)) return;
      const read = lane(() => findOwn(ground, id));
      // Heard where it is awaited; until then nobody listens.
      read.catch(() => {});
      begun.set(id, read);
    },
  };
}

/** The map, on its way while the accounts are read; null where there is none to be had. */
function mapOf(
  ground: Ground,
  { best }: Aggregators,
  { regions }: Own,
  asked: OrganizationAccount[],
  rows: KeptAccount[],
): Promise<OrganizationMap> | null {
  if (!wasSeen(best) || !best.seen || !wasSeen(regions) || asked.length <= FEW) return null;
  const now = ground.now().getTime();
  const read = rows.map(({ readAt }) => Date.parse(readAt)).filter((at) => at <= now);
  const oldest = Math.max(Math.min(...read), now - UNCHANGED_WITHIN_MS);
  const finished = rows.some((row) => row.finished) && read.length > 0;
  // A minute more: Config's instants may be written to the second only.
  const since = finished ? new Date(oldest - 60_000).toISOString() : null;
  return readMap(ground, best.seen, regions.seen, since);
}

async function whoIsKept(
  ground: Ground,
  rows: KeptAccount[],
  { self: id, managementAccount }: Organization,
  { trails: now }: Own,
  map: Promise<OrganizationMap> | null,
): Promise<Map<string, Kept>> {
  const kept = new Map<string, Kept>();
  if (rows.length === 0) return kept;
  const before = rows.find(({ account }) => account === id)?.facts.trails;
  const about = {
    now: ground.now().toISOString(),
    map: await map,
    self: {
      id,
      before: before && wasSeen(before) ? before.seen : null,
      now: wasSeen(now) ? now.seen : null,
    },
    managementAccount,
  };
  const organizationTrails = organizationTrailsIn(rows);
  for (const row of rows) {
    const why = whyKept(row, organizationTrails, about);
    if (why) kept.set(row.account, { row, why });
  }
  return kept;
}

async function readRecordersOf(
  ground: Ground,
  { id, regions }: Own,
  map: OrganizationMap | null,
  share: Sharing,
): Promise<AccountFacts['recorders']> {
  if (!wasSeen(regions)) return regions;
  const known = (region: string): Witnessed<RecorderState> | null =>
    map && mappedRecorder(map, id, region);
  const mapped = regions.seen.flatMap((region): RecorderFacts[] => {
    const state = known(region);
    return state ? [{ region, state }] : [];
  });
  // Whoever records everywhere does so by the same few words of the map.
  if (mapped.length === regions.seen.length)
    return { seen: share.list(`recorders ${regions.seen.join()}`, mapped), by: regions.by };
  return ground.aws.within(() => readRecorders(ground, id, regions, known));
}

function hasLive(recorders: AccountFacts['recorders']): boolean {
  return (
    wasSeen(recorders) &&
    recorders.seen.some(({ state }) => state.by.api !== 'config:SelectAggregateResourceConfig')
  );
}

function rowOf(own: Begun['own'], readAt: string): KeptAccount {
  const { id: account, regions, optedIn, trails, recorders } = own;
  return { account, readAt, finished: false, facts: { regions, optedIn, trails, recorders } };
}

/** The newest of what was kept tells when the scan that it is from came to its end. */
function keptFrom(used: Kept[], of: number): KeptFrom | null {
  if (used.length === 0) return null;
  const resumed = used.filter(({ why }) => why === 'resumed').length;
  const from =
    used
      .map(({ row }) => row.readAt)
      .sort()
      .at(-1) ?? '';
  return { resumed, unchanged: used.length - resumed, of, from };
}
