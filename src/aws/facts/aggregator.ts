import {
  type AggregatedSourceStatus,
  type ConfigurationAggregator,
  paginateDescribeConfigurationAggregatorSourcesStatus,
  paginateDescribeConfigurationAggregators,
  paginateSelectAggregateResourceConfig,
} from '@aws-sdk/client-config-service';
import { concurrently } from '../../core/concurrently.ts';
import { ConfigRow } from '../../core/posture/config/config-row.ts';
import type {
  AggregatorFacts,
  AggregatorPlace,
  Organization,
  Witnessed,
} from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { readRegions } from '../regions.ts';
import type { Where } from '../session.ts';
import type { Foretold } from './foretold.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = [
  'config:DescribeConfigurationAggregatorSourcesStatus',
  'config:DescribeConfigurationAggregators',
  'config:SelectAggregateResourceConfig',
];

/** A Config aggregator: where it stands, what it is called, and which of its sources are in trouble. */
export type Aggregator = { where: Where; name: string } & Pick<AggregatorFacts, 'troubled'>;

/** Where an aggregator stands and what it is called, which is all that it takes to ask it. */
export type Named = Pick<Aggregator, 'where' | 'name'>;

/** The aggregator that knows most, and every place that was asked for one. */
export type Aggregators = { best: Witnessed<Aggregator | null>; places: AggregatorPlace[] };

/** The services whose delegated administrator usually holds the organization's aggregator. */
const CONFIG = ['config.amazonaws.com', 'config-multiaccountsetup.amazonaws.com'];

/** Places asked at a time, where the aggregator is not where it usually is. */
const LANES = 6;

/**
 * Looks for the organization's aggregator: in the region of the bot, in its own account, then in those
 * of Config's delegated administrators and the management account; only where none of them has one, in
 * their other regions. At most three accounts times their regions are asked, and usually one place.
 * `united` hears of the first that unites the organization, before it is known which of its sources
 * are late. What was asked on the word of the last scan (`foretold`) is not asked again of the same one.
 */
export async function findAggregators(
  ground: Ground,
  about: Likely,
  united: United = () => {},
  foretold: Promise<Foretold | null> = Promise.resolve(null),
): Promise<Aggregators> {
  const home = ground.aws.settings.region;
  const places: AggregatorPlace[] = [];
  // The bot's own account first: who else may have one is known an answer or two later.
  for await (const account of likelyAccounts(about)) {
    places.push(await aggregatorsIn(ground, { account, region: home }, united, foretold));
    if (places.some(unitesAll)) return { best: bestOf(places), places };
  }
  if (!places.some(hasAny))
    places.push(...(await elsewhere(ground, await allOf(likelyAccounts(about)), home)));
  return { best: bestOf(places), places };
}

/** Hears of an aggregator, and of what was asked of it before it was known. */
type United = (aggregator: Named, foretold: Foretold | null) => void;

/** Whose account may hold the aggregator, known or on its way. */
export type Likely = {
  self: string;
  managementAccount: Organization['managementAccount'] | Promise<string | null>;
  administrators: Organization['administrators'] | Promise<Organization['administrators']>;
};

/** At most three: the bot's own account, Config's deputies, the management account. */
async function* likelyAccounts({ self, ...others }: Likely): AsyncGenerator<string> {
  if (self) yield self;
  const administrators = await others.administrators;
  const deputies = wasSeen(administrators)
    ? administrators.seen.filter(({ services }) => services.some((one) => CONFIG.includes(one)))
    : [];
  const all = [self, ...deputies.map(({ account }) => account)];
  const likely = [...new Set([...all, (await others.managementAccount) ?? ''])].filter(Boolean);
  yield* likely.slice(0, 3).filter((account) => account !== self);
  // Whoever does not even know who it is asks all the same, and is told why it cannot.
  if (likely.length === 0) yield self;
}

async function allOf<T>(some: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of some) all.push(one);
  return all;
}

async function elsewhere(
  ground: Ground,
  accounts: string[],
  home: string,
): Promise<AggregatorPlace[]> {
  const found: AggregatorPlace[] = [];
  for (const account of accounts) {
    const regions = await readRegions(ground, account);
    if (!wasSeen(regions)) continue;
    const others = regions.seen.filter((region) => region !== home);
    const asked = await concurrently(LANES, others, (region) =>
      aggregatorsIn(ground, { account, region }),
    );
    // Of the places without one, the region of the bot already speaks.
    found.push(...asked.filter(hasAny));
    if (found.some(unitesAll)) break;
  }
  return found;
}

async function aggregatorsIn(
  ground: Ground,
  where: Where,
  united: United = () => {},
  foretold: Promise<Foretold | null> = Promise.resolve(null),
): Promise<AggregatorPlace> {
  const listed = await witnessed(
    ground,
    'config:DescribeConfigurationAggregators',
    where,
    async () => {
      const client = ground.aws.config(where);
      const some: ConfigurationAggregator[] = [];
      for await (const page of paginateDescribeConfigurationAggregators({ client }, {}))
        some.push(...(page.ConfigurationAggregators ?? []));
      return some;
    },
  );
  if (!wasSeen(listed)) return { ...where, found: listed };
  const told = await foretold;
  const whole = listed.seen.find((one) => one.OrganizationAggregationSource !== undefined);
  if (whole) {
    const one = { where, name: whole.ConfigurationAggregatorName ?? '' };
    united(one, told?.isOf(one) ? told : null);
  }
  const seen = await concurrently(LANES, listed.seen, async (one) => {
    const name = one.ConfigurationAggregatorName ?? '';
    const troubled = told?.isOf({ where, name })
      ? told.troubled
      : readTroubled(ground, where, name);
    return { ...scopeOf(one), name, troubled: await troubled };
  });
  return { ...where, found: { seen, by: listed.by } };
}

function scopeOf({
  OrganizationAggregationSource: whole,
  AccountAggregationSources: named = [],
}: ConfigurationAggregator): Omit<AggregatorFacts, 'name' | 'troubled'> {
  const all = whole ? whole.AllAwsRegions : named.some(({ AllAwsRegions }) => AllAwsRegions);
  const some = whole ? whole.AwsRegions : named.flatMap(({ AwsRegions = [] }) => AwsRegions);
  return {
    organization: whole !== undefined,
    accounts: named.flatMap(({ AccountIds = [] }) => AccountIds),
    regions: all ? null : [...new Set(some ?? [])].sort(),
  };
}

/** The sources whose data is late or missing, account by account and region by region. */
export function readTroubled(ground: Ground, where: Where, name: string): Promise<Troubles> {
  const api = 'config:DescribeConfigurationAggregatorSourcesStatus';
  return witnessed(ground, api, where, async () => {
    const troubled: Troubled[] = [];
    const pages = paginateDescribeConfigurationAggregatorSourcesStatus(
      { client: ground.aws.config(where), pageSize: 100 },
      { ConfigurationAggregatorName: name, UpdateStatus: ['FAILED', 'OUTDATED'] },
    );
    for await (const { AggregatedSourceStatusList = [] } of pages)
      troubled.push(...AggregatedSourceStatusList.flatMap(troubleOf));
    return troubled;
  });
}

export type Troubles = AggregatorFacts['troubled'];
type Troubled = Troubles extends Witnessed<(infer One)[]> ? One : never;

function troubleOf(source: AggregatedSourceStatus): Troubled[] {
  const { SourceId, AwsRegion, LastUpdateStatus: status, LastUpdateTime, LastErrorCode } = source;
  if (status !== 'FAILED' && status !== 'OUTDATED') return [];
  return [
    {
      account: SourceId ?? '',
      region: AwsRegion ?? '',
      status,
      at: LastUpdateTime?.toISOString() ?? '',
      error: LastErrorCode ?? '',
    },
  ];
}

function hasAny({ found }: AggregatorPlace): boolean {
  return wasSeen(found) && found.seen.length > 0;
}

function unitesAll({ found }: AggregatorPlace): boolean {
  return wasSeen(found) && found.seen.some(({ organization }) => organization);
}

/** The organization's, else any; where nobody could be asked, the reason of the first. */
function bestOf(places: AggregatorPlace[]): Witnessed<Aggregator | null> {
  for (const wanted of [unitesAll, hasAny])
    for (const place of places.filter(wanted)) {
      const { account, region, found } = place;
      if (!wasSeen(found)) continue;
      const best = found.seen.find(({ organization }) => organization) ?? found.seen[0];
      if (!best) continue;
      const { name, troubled } = best;
      return { seen: { where: { account, region }, name, troubled }, by: found.by };
    }
  const [first] = places.map(({ found }) => found);
  if (!first) throw new Error('nobody was asked for an aggregator');
  return wasSeen(first) ? { seen: null, by: first.by } : first;
}

/** The rows of one SELECT over all accounts and regions of the aggregator. */
export function selectFromAggregator(
  ground: Ground,
  aggregator: Pick<Aggregator, 'where' | 'name'>,
  sql: string,
): Promise<Witnessed<ConfigRow[]>> {
  return witnessed(ground, 'config:SelectAggregateResourceConfig', aggregator.where, async () => {
    const rows: ConfigRow[] = [];
    await eachRow(ground, aggregator, sql, (row) => rows.push(ConfigRow.parse(row)));
    return rows;
  });
}

/** The same row by row: nobody holds 170,000 of them at once. */
export function eachRow(
  ground: Ground,
  aggregator: Pick<Aggregator, 'where' | 'name'>,
  sql: string,
  take: (row: unknown) => void,
): Promise<void> {
  return paged(ground, aggregator, { Expression: sql, Limit: 100 }, take);
}

/**
 * The rows of a query with GROUP BY. Without a limit Config puts 500 of them on a page, and a limit may
 * be 100 at most (API reference of SelectAggregateResourceConfig).
 */
export function eachGroup(
  ground: Ground,
  aggregator: Pick<Aggregator, 'where' | 'name'>,
  sql: string,
  take: (row: unknown) => void,
): Promise<void> {
  return paged(ground, aggregator, { Expression: sql }, take);
}

async function paged(
  { aws }: Ground,
  { where, name }: Pick<Aggregator, 'where' | 'name'>,
  question: { Expression: string; Limit?: number },
  take: (row: unknown) => void,
): Promise<void> {
  const pages = paginateSelectAggregateResourceConfig(
    { client: aws.config(where) },
    { ConfigurationAggregatorName: name, ...question },
  );
  for await (const { Results = [] } of pages) for (const text of Results) take(JSON.parse(text));
}
