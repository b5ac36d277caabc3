import { concurrently, inLanes } from '../../core/concurrently.ts';
import type {
  AccountFacts,
  Organization,
  OrganizationAccount,
  Witnessed,
} from '../../core/posture/facts.ts';
import type { KeptAccount } from '../../core/posture/kept/keep.ts';
import type { KeptAggregator } from '../../core/posture/kept/kept-aggregator.ts';
import type { KeptLake } from '../../core/posture/kept/kept-lakes.ts';
import type { KeptFrom } from '../../core/posture/kept/kept-rows.ts';
import { sharing } from '../../core/posture/kept/sharing.ts';
import { wasSeen } from '../../core/reading.ts';
import { readRegionFacts } from '../regions.ts';
import {
  isTold,
  type Reading,
  readRecordersOf,
  rowOf,
  withRecorders,
} from './account-recorders.ts';
import { readAccountTrails } from './account-trails.ts';
import { type Aggregators, findAggregators, type Likely, type Named } from './aggregator.ts';
import type { OrganizationMap } from './config-map.ts';
import { foretell } from './foretold.ts';
import { type Kept, keptFrom, whoMayBeKept } from './kept-accounts.ts';
import { keptOf, mapOf, rowsOf, settled } from './kept-by-the-map.ts';
import type { MappedTrails } from './mapped.ts';
import type { Ground } from './reader.ts';

/** Accounts asked at a time. At 60 ms an answer, fewer would wait for the network and not for the CPU. */
export const LANES = 32;

/** The map is asked about all accounts at once; for so few, asking themselves is cheaper. */
const FEW = 3;

/** What earlier scans left behind, and where this one leaves what it reads. */
export type Memory = {
  kept(): Promise<KeptAccount[]>;
  remember(account: KeptAccount): Promise<void>;
  /** Where there was no event data store. */
  keptLakes(): Promise<KeptLake[]>;
  rememberLakes(lakes: KeptLake[]): Promise<void>;
  /** Where the aggregator was: only to ask it early. */
  keptAggregator(): Promise<KeptAggregator | null>;
  rememberAggregator(aggregator: KeptAggregator): Promise<void>;
};

export type AccountsRead = {
  /** Who sees which trails; their recorders are still on their way. */
  sightings: Own[];
  accounts: Promise<AccountFacts[]>;
  /** The bot's own account, which is read also where nobody asked for it. */
  self: Own;
  aggregators: Aggregators;
  /** Null where there is no aggregator to tell, or nobody asked for it. */
  map: Promise<OrganizationMap | null>;
  /** Null where all were read anew. */
  kept: KeptFrom | null;
};

/** What an account says of itself, and who it is. */
export type Own = Omit<AccountFacts, 'recorders'>;
/** What an account says of itself, and when it was begun to be asked. */
export type Found = { readAt: string; found: Pick<Own, 'regions' | 'optedIn' | 'trails'> };
type Progress = (done: number, of: number) => void;

/** Who goes ahead while accounts are still listed: hears of trails, and of the organization's aggregator. */
type Ahead = {
  saw?: (found: Pick<Own, 'trails'>) => void;
  /** Answers the trails of all accounts, which are then not asked for again; `asked` where they were before. */
  united?: (
    aggregator: Named,
    asked: Promise<Witnessed<MappedTrails>> | null,
  ) => Promise<Witnessed<MappedTrails>> | null;
};

export type Accounts = ReturnType<typeof openAccounts>;

/** The facts of the given accounts; see `openAccounts`. */
export function readAccounts(
  ground: Ground,
  organization: Organization,
  asked: OrganizationAccount[],
  memory: Memory | null,
  progress: Progress,
): Promise<AccountsRead> {
  return openAccounts(ground, memory).read(organization, asked, progress);
}

/**
 * The facts of accounts: their regions and the trails that they see from themselves, their recorders
 * from the aggregator's map where there is one. Whom `memory` proves unchanged is not asked. Accounts
 * are read as Organizations lists them, for with thousands that alone takes a minute at the rate that
 * it allows.
 */
export function openAccounts(
  ground: Ground,
  memory: Memory | null,
  { saw = () => {}, united = () => null }: Ahead = {},
) {
  const share = sharing();
  const lane = inLanes(LANES);
  const found = new Map<string, Promise<Found>>();
  const recorders = new Map<string, Promise<AccountFacts['recorders']>>();
  const finishing = inLanes(LANES);
  let doubtful: Promise<Set<string>> = Promise.resolve(new Set());
  let active = 0;
  let begun: Begun | null = null;
  let tellMany: (many: boolean) => void = () => {};
  const many = new Promise<boolean>((resolve) => {
    tellMany = resolve;
  });

  /** Once for each, whoever asks for it first. */
  function own(id: string): Promise<Found> {
    const known = found.get(id);
    if (known !== undefined) return known;
    // Shared at once: what is read here is held on to until the scan ends.
    const read = lane(() => findOwn(ground, id, saw)).then(({ readAt, found: said }) => {
      saw(said);
      return { readAt, found: share.account(said) };
    });
    // Heard where it is awaited; until then nobody listens.
    read.catch(() => {});
    found.set(id, read);
    return read;
  }

  /** What all accounts depend on: the bot's own account, the aggregator and its map, who is kept. */
  function begin(about: Likely): Begun {
    if (begun) return begun;
    const mine = own(about.self);
    const rows = rowsOf(memory);
    // Whoever reads the accounts asks for the rows again, and is told what is wrong with them.
    doubtful = rows.then(
      (all) => whoMayBeKept(all, ground.now().toISOString()),
      () => new Set<string>(),
    );
    let trails: Promise<Witnessed<MappedTrails>> | null = null;
    const foretold = foretell(ground, { memory, rows, self: about.self, few: FEW });
    const aggregators = findAggregators(
      ground,
      about,
      (one, before) => {
        trails = united(one, before?.trails ?? null);
      },
      foretold,
    );
    const map = mapOf(ground, { aggregators, mine, rows, many, foretold, trails: () => trails });
    const kept = keptOf(ground, about, { mine, rows, map });
    for (const one of [aggregators, map, kept, foretold]) one.catch(() => {});
    void kept.then(
      (all) => {
        for (const { row } of all.values()) saw(row.facts);
      },
      () => {},
    );
    begun = { aggregators, mine, map, kept, rows };
    return begun;
  }

  /** As the map tells them; those of which it does not are asked for once, whoever wants them first. */
  function recordersOf(
    one: Pick<AccountFacts, 'id' | 'regions'>,
    map: OrganizationMap | null,
  ): Promise<AccountFacts['recorders']> {
    const known = recorders.get(one.id);
    if (known !== undefined) return known;
    const read = finishing(() => readRecordersOf(ground, one, map, share));
    if (!map || !isTold(one, map)) recorders.set(one.id, read);
    return read;
  }

  /** Recorders of which the map does not tell are asked for as soon as their account is known to be there. */
  async function recordersAhead(id: string): Promise<void> {
    const map = begun && (await settled(begun.map));
    if (!begun || !map) return;
    const kept = (await settled(begun.kept))?.get(id);
    const one = { id, regions: kept ? kept.row.facts.regions : (await own(id)).found.regions };
    if (kept?.why === 'resumed' || isTold(one, map)) return;
    // Whoever awaits them is told of a failure.
    recordersOf(one, map).catch(() => {});
  }

  /** An account that will be asked, unless it is kept. Whoever may be kept waits for the map. */
  async function expect(id: string): Promise<void> {
    const kept = begun && (await doubtful).has(id) ? await settled(begun.kept) : null;
    if (!kept?.has(id)) void own(id);
  }

  return {
    begin,
    own,
    /** An account as it is listed. */
    async heard({ id, state }: { id: string; state: string }): Promise<void> {
      if (state !== 'ACTIVE') return;
      active += 1;
      if (active > FEW) tellMany(true);
      await expect(id);
      recordersAhead(id).catch(() => {});
    },
    expect,
    /** The enabled regions of an account of the organization, as they were read or kept. */
    async regions(id: string): Promise<Witnessed<string[]>> {
      const kept = begun && !found.has(id) && (await doubtful).has(id) ? await begun.kept : null;
      return kept?.get(id)?.row.facts.regions ?? (await own(id)).found.regions;
    },
    async read(
      organization: Organization,
      asked: OrganizationAccount[],
      progress: Progress,
    ): Promise<AccountsRead> {
      tellMany(asked.length > FEW);
      const going = begin(organization);
      const { self: me } = organization;
      const [aggregators, mine, kept] = await Promise.all([
        going.aggregators,
        going.mine,
        going.kept,
      ]);
      const self = share.account({ ...whoIs({ id: me, name: '', ou: '' }), ...mine.found });
      const mapped =
        wasSeen(aggregators.best) &&
        aggregators.best.seen !== null &&
        wasSeen(self.regions) &&
        asked.length > FEW;
      if (mapped && wasSeen(aggregators.best) && aggregators.best.seen) {
        const { where, name } = aggregators.best.seen;
        await memory?.rememberAggregator({ ...where, name });
      }

      const { length: of } = asked;
      let done = asked.filter(({ id }) => kept.has(id)).length;
      if (done > 0) progress(done, of);
      const reading = await concurrently(LANES, asked, async (account) => {
        const one = await begunReading(account);
        // Recorders take their time, and are awaited last.
        const whole = withRecorders(one, going.map, memory, (map) => recordersOf(one.own, map));
        whole.catch(() => {});
        return { own: one.own, whole };
      });

      async function begunReading(account: OrganizationAccount): Promise<Reading> {
        const known = kept.get(account.id);
        if (known) {
          const { readAt, facts } = known.row;
          const one = { ...whoIs(account), ...share.account(facts) };
          return { own: one, readAt, resumed: known.why === 'resumed' };
        }
        const { readAt, found: said } = await own(account.id);
        const one = share.account({ ...whoIs(account), ...said });
        // Without a map there is nothing to wait for: the account is read to its end.
        const recorders = mapped ? null : await readRecordersOf(ground, one, null, share);
        await memory?.remember(rowOf({ ...one, recorders }, readAt));
        done += 1;
        progress(done, of);
        return { own: { ...one, recorders }, readAt, resumed: false };
      }

      const used = asked.flatMap(({ id }) => kept.get(id) ?? []);
      return {
        sightings: reading.map((one) => one.own),
        accounts: Promise.all(reading.map(({ whole }) => whole)),
        self,
        aggregators,
        map: going.map,
        kept: keptFrom(used, of),
      };
    },
  };
}

export type Begun = {
  aggregators: Promise<Aggregators>;
  mine: Promise<Found>;
  map: Promise<OrganizationMap | null>;
  kept: Promise<ReadonlyMap<string, Kept>>;
  rows: Promise<KeptAccount[]>;
};

function whoIs({ id, name, ou }: Pick<OrganizationAccount, 'id' | 'name' | 'ou'>) {
  return { id, name, ou };
}

/** `listed` hears of the trails that it lists, before it is sure that there are no others. */
async function findOwn(
  ground: Ground,
  id: string,
  listed: (trails: Pick<Own, 'trails'>) => void,
): Promise<Found> {
  const readAt = ground.now().toISOString();
  const [switched, trails] = await ground.aws.within(() =>
    Promise.all([readRegionFacts(ground, id), readAccountTrails(ground, id, listed)]),
  );
  return { readAt, found: { ...switched, trails } };
}
