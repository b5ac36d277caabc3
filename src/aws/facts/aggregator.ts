import {
  paginateDescribeConfigurationAggregators,
  paginateSelectAggregateResourceConfig,
} from '@aws-sdk/client-config-service';
import { ConfigRow } from '../../core/posture/config-row.ts';
import type { Witnessed } from '../../core/posture/facts.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = [
  'config:DescribeConfigurationAggregators',
  'config:SelectAggregateResourceConfig',
];

/** A Config aggregator: where it stands and what it is called. */
export type Aggregator = { where: Where; name: string };

/** The organization's aggregator in the bot's own account and region; null where there is none. */
export function findAggregator(
  ground: Ground,
  account: string,
): Promise<Witnessed<Aggregator | null>> {
  const where = { account, region: ground.aws.settings.region };
  return witnessed(ground, 'config:DescribeConfigurationAggregators', where, async () => {
    const client = ground.aws.config(where);
    let found: Aggregator | null = null;
    for await (const page of paginateDescribeConfigurationAggregators({ client }, {}))
      for (const {
        ConfigurationAggregatorName: name,
        OrganizationAggregationSource,
      } of page.ConfigurationAggregators ?? [])
        if (name && (OrganizationAggregationSource || !found)) found = { where, name };
    return found;
  });
}

/** The rows of one SELECT over all accounts and regions of the aggregator. */
export function selectFromAggregator(
  ground: Ground,
  { where, name }: Aggregator,
  sql: string,
): Promise<Witnessed<ConfigRow[]>> {
  return witnessed(ground, 'config:SelectAggregateResourceConfig', where, async () => {
    const rows: ConfigRow[] = [];
    const pages = paginateSelectAggregateResourceConfig(
      { client: ground.aws.config(where) },
      { ConfigurationAggregatorName: name, Expression: sql, Limit: 100 },
    );
    for await (const { Results = [] } of pages)
      for (const text of Results) rows.push(ConfigRow.parse(JSON.parse(text)));
    return rows;
  });
}
