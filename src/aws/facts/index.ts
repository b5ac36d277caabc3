import { concurrently } from '../../core/concurrently.ts';
import type {
  AccountFacts,
  Organization,
  OrganizationAccount,
  PostureFacts,
  PostureSettings,
  TrailFacts,
} from '../../core/posture/facts.ts';
import type { KeptFrom } from '../../core/posture/kept/kept-rows.ts';
import type { Rule } from '../../core/posture/rule.ts';
import { wasSeen } from '../../core/reading.ts';
import * as organization from '../organization.ts';
import * as regions from '../regions.ts';
import type { Aws } from '../session.ts';
import * as accountTrails from './account-trails.ts';
import { LANES, type Memory, type Own, openAccounts } from './accounts.ts';
import type { Aggregators } from './aggregator.ts';
import * as aggregator from './aggregator.ts';
import { type Begun, goingAhead } from './ahead.ts';
import { namedByTrails, readAroundTrails } from './around-trails.ts';
import * as bucketAccess from './bucket-access.ts';
import * as bucketProtection from './bucket-protection.ts';
import * as buckets from './buckets.ts';
import * as configWord from './config-word.ts';
import * as deliveries from './deliveries.ts';
import * as history from './history.ts';
import * as keys from './keys.ts';
import * as lakes from './lakes.ts';
import * as listeners from './listeners.ts';
import * as logGroups from './log-groups.ts';
import * as mapped from './mapped.ts';
import { membersOf } from './named-place.ts';
import type { Ground } from './reader.ts';
import * as recorders from './recorders.ts';
import { seenTrails } from './seen-trails.ts';
import * as sensitiveBuckets from './sensitive-buckets.ts';
import { openSurroundings, type Surroundings } from './surroundings.ts';
import * as trailMembers from './trail-members.ts';
import * as trails from './trails.ts';

/**
 * Everything that a scan asks AWS with the read role, each with the IAM actions that it needs;
 * `policies/iam/read.json` grants exactly these and those of the event sources.
 */
export const factReaders: { needs: string[] }[] = [
  organization,
  regions,
  accountTrails,
  trails,
  trailMembers,
  deliveries,
  keys,
  logGroups,
  listeners,
  lakes,
  aggregator,
  buckets,
  bucketAccess,
  bucketProtection,
  sensitiveBuckets,
  recorders,
  configWord,
  history,
];

/** An account that takes longer is told as ERROR, and its lane is free for the others. */
const PATIENCE_SECONDS = 45;

type Progress = (done: number, of: number) => void;

/** What goes on since the organization is listed. */
type Early = Begun & { placed: Promise<Organization> };

type Circumstances = {
  now: () => Date;
  simulated: boolean;
  /** Seconds that one account may take. */
  patience?: number;
  /** What earlier scans left behind; without it, everything is read. */
  memory?: Memory | null;
  /** Hears how many accounts Organizations has listed so far, which takes it a minute for thousands. */
  listed?: (accounts: number) => void;
};

/** The world of `scanPosture` over a real connection to AWS. */
export function scanWorld(
  aws: Aws,
  settings: PostureSettings,
  rules: Rule[],
  {
    now,
    simulated,
    patience = PATIENCE_SECONDS,
    memory = null,
    listed: tell = () => {},
  }: Circumstances,
) {
  const ground: Ground = { aws, now };
  const configRules = unique(rules.map(({ config }) => config?.rule ?? ''));
  let early: Early | null = null;
  return {
    /**
     * Of a scan of the whole organization the accounts are read as they are listed, and where they
     * hang comes with the facts.
     */
    organization: async (whole = false) => {
      if (!whole) return organization.readOrganization(ground);
      const going = goingAhead(ground, memory, settings, configRules);
      let accounts = 0;
      const listing = organization.listOrganization(ground, {
        about: (about) => void aws.patient(patience, async () => going.begin(about)),
        account: (account) => {
          accounts += 1;
          tell(accounts);
          void aws.patient(patience, () => going.heard(account));
        },
      });
      going.ended(listing.then(({ listed }) => membersOf(listed)));
      const { listed, placed } = await listing;
      const begun = going.begun();
      early = begun && { ...begun, placed };
      return listed;
    },
    facts: (whole: Organization, asked: OrganizationAccount[], progress: Progress) => {
      const watched = { settings, configRules, memory, early };
      early = null;
      return aws.patient(patience, () => readFacts(ground, whole, asked, watched, progress));
    },
    rules,
    settings,
    simulated,
    now,
    calls: aws.calls,
  };
}

type Watched = {
  settings: PostureSettings;
  configRules: string[];
  memory: Memory | null;
  early: Early | null;
};

/**
 * Reads all facts about the given accounts. What several accounts share is read once: a trail and a
 * bucket from the account that owns it.
 */
async function readFacts(
  ground: Ground,
  whole: Organization,
  asked: OrganizationAccount[],
  { early, ...watched }: Watched,
  progress: Progress,
): Promise<PostureFacts & { kept: KeptFrom | null }> {
  const { memory } = watched;
  const readAt = ground.now().toISOString();
  const opened = early?.accounts ?? openAccounts(ground, memory);
  const going = opened.begin(whole);
  const surroundings =
    early?.surroundings ??
    openSurroundings(ground, {
      ...membersOf(whole),
      aggregator: going.aggregators.then(({ best }) => best),
      places: Promise.resolve(new Map()),
      configRules: watched.configRules,
    });
  const aggregators = await going.aggregators;
  const best = wasSeen(aggregators.best) ? aggregators.best.seen : null;
  const readingLeftOut = early?.leftOut ?? (best && mapped.readLeftOut(ground, best));
  const lakesBy = (regionsOf: trails.RegionsOf) =>
    lakes.readLakes(ground, lakes.lakeside(whole), regionsOf, {
      memory,
      aggregator: best,
      map: going.map,
    });
  // Heard where it is awaited.
  readingLeftOut?.catch(() => {});
  const read = await opened.read(whole, asked, progress);
  const { self, sightings } = read;
  const regionsOf = early?.accounts.regions ?? regionsIn(ground, [self, ...sightings]);
  const shared = early?.trails ?? seenTrails(ground, whole.administrators, regionsOf);
  const readingLakes = early?.lakes ?? lakesBy(regionsOf);
  readingLakes.catch(() => {});
  const [accounts, leftOut, sharedTrails] = await Promise.all([
    read.accounts,
    readingLeftOut,
    // The organization's trails are known from the bot's own account also when that was not asked for:
    // whether one account is reached by them is a question about them.
    shared.all([self, ...sightings]),
  ]);
  const known = leftOut ? mapped.withLeftOut(accounts, leftOut) : accounts;
  const [{ config, resources, ...aboutBuckets }, around, stores] = await Promise.all([
    readBucketsAndWords(ground, known, sharedTrails, watched.settings, {
      aggregator: aggregators.best,
      mapped: early?.mapped() ?? null,
      surroundings,
    }),
    readAroundTrails(surroundings, sharedTrails),
    readingLakes,
  ]);
  const organization = await (early?.placed ?? whole);
  return {
    readAt,
    organization,
    accounts: early ? inUnits(known, organization) : known,
    trails: sharedTrails,
    ...aboutBuckets,
    ...around,
    lakes: stores,
    aggregators: aggregators.places,
    config,
    ...(resources && { mapped: resources }),
    kept: read.kept,
  };
}

function inUnits(accounts: AccountFacts[], { accounts: placed }: Organization): AccountFacts[] {
  if (!wasSeen(placed)) return accounts;
  const units = new Map(placed.seen.map(({ id, ou }) => [id, ou]));
  return accounts.map((account) => ({ ...account, ou: units.get(account.id) ?? account.ou }));
}

/** The enabled regions of an account: known where it was asked, else asked for. */
function regionsIn(ground: Ground, accounts: Own[]): trails.RegionsOf {
  const known = new Map(accounts.map(({ id, regions: enabled }) => [id, enabled]));
  return async (account) => known.get(account) ?? regions.readRegions(ground, account);
}

/** What tells of trails and their buckets before they are asked. */
type OnTheMap = {
  aggregator: Aggregators['best'];
  mapped: Promise<mapped.Mapped | null> | null;
  surroundings: Surroundings;
};

/** The buckets once it is known where they are, and beside them what Config says of all that was found. */
async function readBucketsAndWords(
  ground: Ground,
  accounts: AccountFacts[],
  shared: TrailFacts[],
  settings: PostureSettings,
  { aggregator, mapped: asked, surroundings }: OnTheMap,
): Promise<
  Pick<PostureFacts, 'buckets' | 'sensitive' | 'config'> & {
    resources: PostureFacts['mapped'] | null;
  }
> {
  const around = { aggregator, known: await surroundings.places };
  const { sensitive, places } = await findBuckets(ground, accounts, shared, settings, around);
  const best = wasSeen(aggregator) ? aggregator.seen : null;
  const found = {
    trails: shared,
    buckets: [...places].map(([name, place]) => ({ name, place })),
    ...namedByTrails(shared),
  };
  const deliveredTo = bucketsOf(shared);
  const [read, config, resources] = await Promise.all([
    concurrently(LANES, found.buckets, async ({ name, place }) => ({
      name,
      place,
      protection: deliveredTo.includes(name) ? await surroundings.protection(name, place) : null,
    })),
    concurrently(LANES, configWord.placesOfConfig(found), surroundings.word),
    best && mapped.readMapped(ground, best, namesOf(found), await asked),
  ]);
  return { sensitive, buckets: read, config, resources };
}

/** As the aggregator is asked for them. */
function namesOf({ buckets: some, keys: others }: configWord.OnConfigsMap): mapped.MappedNames {
  return { buckets: some.map(({ name }) => name), keys: others.map(({ arn }) => arn) };
}

async function findBuckets(
  ground: Ground,
  accounts: AccountFacts[],
  shared: TrailFacts[],
  { logArchiveAccount, sensitiveBuckets: wanted }: PostureSettings,
  { aggregator: map, known }: { aggregator: Aggregators['best']; known: buckets.Places },
) {
  const lists = buckets.bucketLists(ground);
  const visible = accounts.filter(({ trails: seen }) => wasSeen(seen)).map(({ id }) => id);
  const sensitive = await sensitiveBuckets.findSensitive(ground, wanted, accounts, lists, map);
  const names = sensitive.flatMap((one) => (wasSeen(one.names) ? one.names.seen : []));
  const all = unique([...bucketsOf(shared), ...names]);
  const likely = unique([logArchiveAccount ?? '', ...shared.map(({ owner }) => owner), ...visible]);
  return { sensitive, places: await buckets.findBuckets(ground, all, map, likely, lists, known) };
}

/** The buckets that trails deliver to. */
function bucketsOf(shared: TrailFacts[]): string[] {
  return unique(shared.flatMap(({ settings: s }) => (wasSeen(s) ? [s.seen.bucket] : [])));
}

function unique(names: string[]): string[] {
  return [...new Set(names)].filter(Boolean);
}
