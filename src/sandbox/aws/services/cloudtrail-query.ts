import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../core/json.ts';
import { momentAt } from '../moments.ts';
import { isSelectedBy } from '../recorded.ts';
import type { EventDataStoreSetup } from '../scenario.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import { lakeCondition } from './lake-sql.ts';

/** Queries of CloudTrail Lake: `SELECT eventjson FROM <store> WHERE …`, and nothing else of its SQL. */

type Query = {
  account: string;
  region: string;
  started: Date;
  rows: string[];
  scanned: number;
  /** Looked at once it was running, twice it is finished. */
  looked: number;
};

const worlds = new WeakMap<World, Map<string, Query>>();

function queriesOf(world: World): Map<string, Query> {
  const known = worlds.get(world) ?? new Map<string, Query>();
  worlds.set(world, known);
  return known;
}

/** `StartQuery`: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartQuery.html */
export function startQuery(call: Call, world: World) {
  const statement: string = call.input.QueryStatement ?? '';
  if (statement.length < 1 || statement.length > 10_000)
    throw invalid('QueryStatement must have 1 to 10000 characters.');
  const [, id = '', where = ''] =
    /^SELECT eventjson FROM ([0-9A-Za-z-]+) WHERE (.+)$/s.exec(statement) ?? [];
  const store = world.scenario.eventDataStores.find(
    (one) => one.id === id && one.account === call.caller.account && one.region === call.region,
  );
  if (!store) throw invalid(`The query does not name an event data store of this account: ${id}.`);
  const holds = lakeCondition(where, invalid);
  const held = recordsIn(store, world, call.now);
  const rows = held.filter(holds).map((record) => JSON.stringify(record));
  const QueryId = randomUUID();
  queriesOf(world).set(QueryId, {
    account: call.caller.account,
    region: call.region,
    started: call.now,
    rows,
    scanned: held.reduce((sum, record) => sum + JSON.stringify(record).length, 0),
    looked: 0,
  });
  return { QueryId, EventDataStoreOwnerAccountId: store.account };
}

export function describeQuery(call: Call, world: World) {
  const query = queryOf(call, world);
  query.looked += 1;
  return {
    QueryId: call.input.QueryId,
    QueryStatus: statusOf(query),
    QueryStatistics: {
      EventsMatched: query.rows.length,
      EventsScanned: query.rows.length,
      BytesScanned: query.scanned,
      ExecutionTimeInMillis: 20,
      CreationTime: query.started,
    },
  };
}

/** `GetQueryResults`: a thousand rows a page at most, and none before the query is finished. */
export function getQueryResults(call: Call, world: World) {
  const query = queryOf(call, world);
  const { MaxQueryResults = 1_000, NextToken } = call.input;
  if (!(MaxQueryResults >= 1 && MaxQueryResults <= 1_000))
    throw new AwsFault('InvalidMaxResultsException', 'MaxQueryResults must be between 1 and 1000.');
  const first = NextToken === undefined ? 0 : Number(NextToken);
  if (!Number.isInteger(first) || first < 0)
    throw new AwsFault('InvalidNextTokenException', 'The token does not belong to this query.');
  if (statusOf(query) !== 'FINISHED') return { QueryStatus: statusOf(query), QueryResultRows: [] };
  const page = query.rows.slice(first, first + MaxQueryResults);
  const next = first + page.length;
  return {
    QueryStatus: 'FINISHED',
    QueryStatistics: {
      ResultsCount: page.length,
      TotalResultsCount: query.rows.length,
      BytesScanned: query.scanned,
    },
    QueryResultRows: page.map((eventjson) => [{ eventjson }]),
    NextToken: next < query.rows.length ? String(next) : undefined,
  };
}

function statusOf({ looked }: Query): string {
  return looked < 2 ? 'RUNNING' : 'FINISHED';
}

function queryOf(call: Call, world: World): Query {
  const query = queriesOf(world).get(call.input.QueryId);
  if (!query || query.account !== call.caller.account || query.region !== call.region)
    throw new AwsFault('QueryIdNotFoundException', 'The query ID does not exist.');
  return query;
}

/** What the store has taken in: of its account or of all, since it was made, by its selectors. */
function recordsIn(store: EventDataStoreSetup, world: World, now: Date): JsonObject[] {
  const since = Math.max(
    momentAt(store.createdAt, world.started).getTime(),
    now.getTime() - store.retentionDays * 86_400_000,
  );
  return [...world.events]
    .filter(([place]) => {
      const [account, region] = place.split('/');
      return (
        (store.organization ? world.accounts.has(account ?? '') : account === store.account) &&
        (store.multiRegion || region === store.region)
      );
    })
    .flatMap(([, records]) => records)
    .filter((record) => {
      const at = Date.parse(String(record.eventTime));
      return since <= at && at + world.scenario.eventLagMs <= now.getTime();
    })
    .filter((record) => isSelectedBy({ advanced: store.selectors as JsonObject[] }, record));
}

function invalid(message: string): AwsFault {
  return new AwsFault('InvalidQueryStatementException', message);
}
