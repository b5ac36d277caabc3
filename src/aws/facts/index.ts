import { concurrently } from '../../core/concurrently.ts';
import type {
  AccountFacts,
  Organization,
  OrganizationAccount,
  PostureFacts,
  PostureSettings,
  TrailFacts,
} from '../../core/posture/facts.ts';
import type { Rule } from '../../core/posture/rule.ts';
import { wasSeen } from '../../core/reading.ts';
import * as organization from '../organization.ts';
import * as regions from '../regions.ts';
import type { Aws, Where } from '../session.ts';
import * as accountTrails from './account-trails.ts';
import * as aggregator from './aggregator.ts';
import { readAroundTrails } from './around-trails.ts';
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
import type { Ground } from './reader.ts';
import * as recorders from './recorders.ts';
import * as sensitiveBuckets from './sensitive-buckets.ts';
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

/** Accounts asked at a time: quotas are per account, so only our own sockets and CPU set a bound. */
const LANES = 12;

type Progress = (done: number, of: number) => void;

/** The world of `scanPosture` over a real connection to AWS. */
export function scanWorld(
  aws: Aws,
  settings: PostureSettings,
  rules: Rule[],
  { now, simulated }: { now: () => Date; simulated: boolean },
) {
  const ground: Ground = { aws, now };
  const configRules = unique(rules.map(({ config }) => config?.rule ?? ''));
  return {
    organization: () => organization.readOrganization(ground),
    facts: (whole: Organization, asked: OrganizationAccount[], progress: Progress) =>
      readFacts(ground, whole, asked, { settings, configRules }, progress),
    rules,
    settings,
    simulated,
    now,
    calls: aws.calls,
  };
}

/**
 * Reads all facts about the given accounts. What several accounts share is read once: a trail and a
 * bucket from the account that owns it.
 */
async function readFacts(
  ground: Ground,
  whole: Organization,
  asked: OrganizationAccount[],
  watched: { settings: PostureSettings; configRules: string[] },
  progress: Progress,
): Promise<PostureFacts> {
  const readAt = ground.now().toISOString();
  const accounts = await readAccounts(ground, asked, progress);
  const sharedTrails = await readTrails(ground, whole, accounts);
  const { buckets: sharedBuckets, sensitive } = await readBuckets(
    ground,
    whole,
    accounts,
    sharedTrails,
    watched.settings,
  );
  const places = placesOf(sharedTrails, sharedBuckets);
  const config = await concurrently(LANES, places, (place) =>
    configWord.readConfigWord(ground, place, watched.configRules),
  );
  return {
    readAt,
    organization: whole,
    accounts,
    trails: sharedTrails,
    buckets: sharedBuckets,
    sensitive,
    ...(await readAroundTrails(ground, sharedTrails, whole, regionsIn(ground, accounts))),
    aggregators: [],
    config,
  };
}

async function readAccounts(
  ground: Ground,
  asked: OrganizationAccount[],
  progress: Progress,
): Promise<AccountFacts[]> {
  let done = 0;
  return concurrently(LANES, asked, async ({ id, name, ou }) => {
    const [switched, sighted] = await Promise.all([
      regions.readRegionFacts(ground, id),
      accountTrails.readAccountTrails(ground, id),
    ]);
    const recording = await recorders.readRecorders(ground, id, switched.regions);
    done += 1;
    progress(done, asked.length);
    return { id, name, ou, ...switched, trails: sighted, recorders: recording };
  });
}

async function readTrails(
  ground: Ground,
  { administrators, self }: Organization,
  accounts: AccountFacts[],
): Promise<TrailFacts[]> {
  const lists = accounts.map(({ trails: list }) => list);
  // The organization's trails are known from the bot's own account also when that was not asked for:
  // whether one account is reached by them is a question about them.
  if (!accounts.some(({ id }) => id === self))
    lists.push(await accountTrails.readAccountTrails(ground, self));
  const sighted = new Map<string, { arn: string; homeRegion: string }>();
  for (const list of lists)
    if (wasSeen(list))
      for (const { arn, homeRegion } of list.seen) sighted.set(arn, { arn, homeRegion });
  const deputies = wasSeen(administrators)
    ? administrators.seen.filter(({ services }) => services.includes('cloudtrail.amazonaws.com'))
    : [];
  const regionsOf = regionsIn(ground, accounts);
  return concurrently(LANES, [...sighted.values()], (trail) =>
    trails.readTrail(
      ground,
      trail,
      deputies.map(({ account }) => account),
      regionsOf,
    ),
  );
}

/** The enabled regions of an account: known where it was asked, else asked for. */
function regionsIn(ground: Ground, accounts: AccountFacts[]): trails.RegionsOf {
  const known = new Map(accounts.map(({ id, regions: enabled }) => [id, enabled]));
  return async (account) => known.get(account) ?? regions.readRegions(ground, account);
}

async function readBuckets(
  ground: Ground,
  { self }: Organization,
  accounts: AccountFacts[],
  shared: TrailFacts[],
  { logArchiveAccount, sensitiveBuckets: wanted }: PostureSettings,
): Promise<Pick<PostureFacts, 'buckets' | 'sensitive'>> {
  const lists = buckets.bucketLists(ground);
  const visible = accounts.filter(({ trails: seen }) => wasSeen(seen)).map(({ id }) => id);
  const byTag = wanted.some(({ by }) => 'tag' in by);
  const map = byTag ? await aggregator.findAggregator(ground, self) : null;
  const sensitive = await sensitiveBuckets.findSensitive(ground, wanted, accounts, lists, map);
  const deliveredTo = unique(
    shared.flatMap(({ settings }) => (wasSeen(settings) ? [settings.seen.bucket] : [])),
  );
  const names = sensitive.flatMap((one) => (wasSeen(one.names) ? one.names.seen : []));
  const all = unique([...deliveredTo, ...names]);
  const likely = unique([logArchiveAccount ?? '', ...shared.map(({ owner }) => owner), ...visible]);
  const found = all.length > 0 ? (map ?? (await aggregator.findAggregator(ground, self))) : null;
  const places = found
    ? await buckets.findBuckets(ground, all, found, likely, lists)
    : new Map<string, never>();
  return {
    sensitive,
    buckets: await concurrently(LANES, [...places], async ([name, place]) => ({
      name,
      place,
      protection: deliveredTo.includes(name)
        ? await bucketProtection.readProtection(ground, name, place)
        : null,
    })),
  };
}

/** Where Config is asked for its word: the homes of the trails and of the buckets. */
function placesOf(shared: TrailFacts[], found: PostureFacts['buckets']): Where[] {
  const places = new Map<string, Where>();
  for (const { owner, homeRegion } of shared)
    places.set(`${owner}/${homeRegion}`, { account: owner, region: homeRegion });
  for (const { place } of found)
    if (wasSeen(place)) places.set(`${place.seen.account}/${place.seen.region}`, place.seen);
  return [...places.values()];
}

function unique(names: string[]): string[] {
  return [...new Set(names)].filter(Boolean);
}
