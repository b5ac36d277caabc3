import {
  BatchGetAggregateResourceConfigCommand,
  BatchGetResourceConfigCommand,
  paginateSelectResourceConfig,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import { z } from 'zod';
import { concurrently } from '../../core/concurrently.ts';
import type { ConfigScope } from '../../core/evidence/config-edge.ts';
import { type ConfigItem, itemOf } from '../../core/evidence/config-item.ts';
import type { Gap } from '../../core/evidence/source.ts';
import type { Json } from '../../core/json.ts';
import type { Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { type Aggregator, eachRow } from '../facts/aggregator.ts';
import { type Ground, witnessed } from '../facts/reader.ts';
import type { Where } from '../session.ts';
import type { Places } from './places.ts';

export const needs = [
  'config:BatchGetAggregateResourceConfig',
  'config:BatchGetResourceConfig',
  'config:SelectAggregateResourceConfig',
  'config:SelectResourceConfig',
];

/** What asking Config takes: the aggregator, if there is one, and where else could be asked. */
export type ConfigGround = Ground & {
  aggregator(): Promise<Witnessed<Aggregator | null>>;
  places(): Promise<Places>;
};

const LANES = 8;
/** Accounts named in one question (Config takes 4,096 characters), and resources in one batch. */
const NAMED = 100;
const BATCH = 100;
/** Without an aggregator so many places are asked one by one; of more, the rest is a gap. */
export const PLACES = 400;

const Row = z
  .object({
    accountId: z.string(),
    awsRegion: z.string(),
    resourceType: z.string(),
    resourceId: z.string(),
    resourceName: z.string().optional(),
    arn: z.string().optional(),
  })
  .loose();
/** A row of a SELECT with the names of a resource; what else was selected stands beside them. */
export type NamedRow = z.infer<typeof Row> & { [name: string]: Json | undefined };

const COLUMNS = 'accountId, awsRegion, resourceType, resourceId, resourceName, arn';

/** What every one of many places, or the aggregator for all of them, answered. */
export type Selected = { rows: NamedRow[]; gaps: Gap[]; source: string };

/**
 * One SELECT over all that is in scope: by the aggregator, else place by place. `condition` and
 * `columns` are fixed text of ours; whoever puts a value of others into it made it a literal first.
 */
export async function selectEverywhere(
  ground: ConfigGround,
  { condition, columns = [] }: { condition: string; columns?: string[] },
  scope: ConfigScope,
): Promise<Witnessed<Selected>> {
  const aggregator = await ground.aggregator();
  const select = `SELECT ${[COLUMNS, ...columns].join(', ')} WHERE ${condition}`;
  const best = wasSeen(aggregator) ? aggregator.seen : null;
  if (!best) return selectPlaces(ground, select, scope, aggregator);
  return witnessed(ground, 'config:SelectAggregateResourceConfig', best.where, async () => {
    const rows: NamedRow[] = [];
    await concurrently(LANES, scoped(scope), (narrowed) =>
      eachRow(ground, best, `${select}${narrowed}`, (row) => rows.push(Row.parse(row) as NamedRow)),
    );
    return { rows, gaps: [], source: `AWS Config (${best.name})` };
  });
}

/** The scope as conditions: one for as many accounts as fit in a question. */
function scoped({ accounts, regions }: ConfigScope): string[] {
  const some = (list: string[], allowed: RegExp) =>
    list.filter((one) => allowed.test(one)).map((one) => `'${one}'`);
  const there =
    regions === 'all'
      ? ''
      : ` AND awsRegion IN (${some(regions, /^[a-z0-9-]+$/).join(', ') || "''"})`;
  if (accounts === 'all') return [there];
  const ids = some(accounts, /^\d{12}$/);
  return Array.from(
    { length: Math.ceil(ids.length / NAMED) },
    (_, lot) =>
      `${there} AND accountId IN (${ids.slice(lot * NAMED, (lot + 1) * NAMED).join(', ')})`,
  );
}

/** The places in scope, as many as may be asked one by one, and what is said of the others. */
export async function placesAsked(
  ground: ConfigGround,
  { accounts, regions }: ConfigScope,
): Promise<{ places: Where[]; gaps: Gap[] }> {
  const known = await ground.places();
  const all = known.accounts
    .filter(({ id }) => accounts === 'all' || accounts.includes(id))
    .flatMap(({ id, regions: enabled }) =>
      enabled
        .filter((region) => regions === 'all' || regions.includes(region))
        .map((region) => ({ account: id, region })),
    );
  const rest = all.length - PLACES;
  return {
    places: all.slice(0, PLACES),
    gaps: [
      ...known.gaps.filter(
        ({ account }) => !account || accounts === 'all' || accounts.includes(account),
      ),
      ...(rest > 0
        ? [
            {
              account: '',
              region: '',
              reason: `without a Config aggregator only ${PLACES} places were asked one by one; ${rest} were not`,
              ko: `Config 집계자가 없어 ${PLACES}곳만 하나씩 조회했고, ${rest}곳은 조회하지 못했습니다`,
            },
          ]
        : []),
    ],
  };
}

async function selectPlaces(
  ground: ConfigGround,
  select: string,
  scope: ConfigScope,
  aggregator: Witnessed<Aggregator | null>,
): Promise<Witnessed<Selected>> {
  const { places, gaps } = await placesAsked(ground, scope);
  const answers = await concurrently(LANES, places, (where) =>
    witnessed(ground, 'config:SelectResourceConfig', where, async () => {
      const rows: NamedRow[] = [];
      const pages = paginateSelectResourceConfig(
        { client: ground.aws.config(where) },
        { Expression: select, Limit: 100 },
      );
      for await (const { Results = [] } of pages)
        for (const text of Results) rows.push(Row.parse(JSON.parse(text)) as NamedRow);
      return rows;
    }),
  );
  const dark = answers.flatMap((answer) => ('unseen' in answer ? [answer] : []));
  const [first] = dark;
  if (first && dark.length === answers.length) return first;
  return {
    seen: {
      rows: answers.flatMap((answer) => (wasSeen(answer) ? answer.seen : [])),
      source: 'AWS Config',
      gaps: [
        ...gaps,
        ...dark.map(({ by, unseen }) => ({
          account: by.account,
          region: by.region,
          reason: unseen.reason,
        })),
      ],
    },
    by: aggregator.by,
  };
}

/** The whole items of these rows; what Config does not hand over is missing, and counted. */
export async function wholeItems(
  ground: ConfigGround,
  rows: NamedRow[],
): Promise<Witnessed<{ items: ConfigItem[]; missing: NamedRow[] }>> {
  const aggregator = await ground.aggregator();
  const best = wasSeen(aggregator) ? aggregator.seen : null;
  if (best)
    return witnessed(ground, 'config:BatchGetAggregateResourceConfig', best.where, async () => {
      const client = ground.aws.config(best.where);
      const read = await concurrently(LANES, inLots(rows), async (some) => {
        const { BaseConfigurationItems = [] } = await client.send(
          new BatchGetAggregateResourceConfigCommand({
            ConfigurationAggregatorName: best.name,
            ResourceIdentifiers: some.map((row) => ({
              SourceAccountId: row.accountId,
              SourceRegion: row.awsRegion,
              ResourceId: row.resourceId,
              ResourceType: row.resourceType as ResourceType,
            })),
          }),
        );
        return BaseConfigurationItems.map(itemOf);
      });
      return matched(rows, read.flat());
    });
  const by = Map.groupBy(rows, ({ accountId, awsRegion }) => `${accountId} ${awsRegion}`);
  const read = await concurrently(LANES, [...by.values()], (some) => batchAt(ground, some));
  const [dark] = read.flatMap((answer) => ('unseen' in answer ? [answer] : []));
  if (dark) return dark;
  const items = read.flatMap((answer) => (wasSeen(answer) ? answer.seen : []));
  return { seen: matched(rows, items), by: aggregator.by };
}

function batchAt(ground: ConfigGround, rows: NamedRow[]): Promise<Witnessed<ConfigItem[]>> {
  const [first] = rows;
  const where = { account: first?.accountId ?? '', region: first?.awsRegion ?? '' };
  return witnessed(ground, 'config:BatchGetResourceConfig', where, async () => {
    const read = await concurrently(2, inLots(rows), async (some) => {
      const { baseConfigurationItems = [] } = await ground.aws.config(where).send(
        new BatchGetResourceConfigCommand({
          resourceKeys: some.map(({ resourceType, resourceId }) => ({
            resourceType: resourceType as ResourceType,
            resourceId,
          })),
        }),
      );
      return baseConfigurationItems.map(itemOf);
    });
    return read.flat();
  });
}

function matched(rows: NamedRow[], items: ConfigItem[]) {
  const key = (account: string, region: string, type: string, id: string) =>
    [account, region, type, id].join(' ');
  const known = new Set(
    items.map((one) => key(one.account, one.region, one.resourceType, one.resourceId)),
  );
  const missing = rows.filter(
    (row) => !known.has(key(row.accountId, row.awsRegion, row.resourceType, row.resourceId)),
  );
  return { items, missing };
}

function inLots(rows: NamedRow[]): NamedRow[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, lot) =>
    rows.slice(lot * BATCH, (lot + 1) * BATCH),
  );
}

/** A value of others as a literal of Config's SQL; null where it is no name that AWS would give. */
export function literal(value: string): string | null {
  return /^[\w.:/@=+, -]{1,512}$/.test(value) ? `'${value}'` : null;
}
