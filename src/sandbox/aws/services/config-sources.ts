import { momentAt } from '../moments.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import type { RecorderState } from '../world.ts';

/** Which aggregator is asked, and what its sources have told it. */

export type Aggregator = NonNullable<World['scenario']['config']['aggregator']>;

/** One account and region of an aggregator; `at` is when it last told anything, where that is not now. */
export type Source = {
  recorder: RecorderState;
  status: 'SUCCEEDED' | 'FAILED' | 'OUTDATED';
  at: Date | undefined;
  error: string | undefined;
};

export function here(call: Call, world: World): Aggregator | undefined {
  const { aggregator } = world.scenario.config;
  const isHere = aggregator?.account === call.caller.account && aggregator.region === call.region;
  return isHere ? aggregator : undefined;
}

export function asked(call: Call, world: World): Aggregator {
  const aggregator = here(call, world);
  if (aggregator?.name === call.input.ConfigurationAggregatorName && aggregator !== undefined) {
    return aggregator;
  }
  throw new AwsFault(
    'NoSuchConfigurationAggregatorException',
    'The configuration aggregator does not exist. Check the configuration aggregator name and try again.',
  );
}

const STALE_DAYS = 3;

/** Every place that has a recorder told the aggregator something, also one that has stopped since. */
export function sourcesOf(aggregator: Aggregator, world: World): Source[] {
  const accounts = aggregator.accounts && new Set(aggregator.accounts);
  const regions = aggregator.regions && new Set(aggregator.regions);
  const stale = new Set(aggregator.stale);
  const old = new Date(world.started.getTime() - STALE_DAYS * 86_400_000);
  const sources: Source[] = [];
  for (const recorder of world.recorders.values()) {
    const { account, region } = recorder;
    if (accounts && !accounts.has(account)) continue;
    if (regions && !regions.has(region)) continue;
    const said = aggregator.sources.findLast(
      (one) => one.account === account && (one.region === '*' || one.region === region),
    );
    if (said) {
      const at = said.at === undefined ? undefined : momentAt(said.at, world.started);
      sources.push({ recorder, status: said.status, at, error: said.error });
    } else if (stale.has(account)) {
      sources.push({ recorder, status: 'OUTDATED', at: old, error: undefined });
    } else sources.push({ recorder, status: 'SUCCEEDED', at: undefined, error: undefined });
  }
  return sources;
}
