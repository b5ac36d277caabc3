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

/** Which sources are asked for; undefined: all. */
export type Among = { accounts?: Set<string> | undefined; regions?: Set<string> | undefined };

/** Every place that has a recorder told the aggregator something, also one that has stopped since. */
export function* sourcesOf(
  aggregator: Aggregator,
  world: World,
  { accounts, regions }: Among = {},
): Generator<Source> {
  const united = aggregator.accounts && new Set(aggregator.accounts);
  const taken = aggregator.regions && new Set(aggregator.regions);
  const stale = new Set(aggregator.stale);
  const old = new Date(world.started.getTime() - STALE_DAYS * 86_400_000);
  for (const recorder of recordersOf(world, accounts)) {
    const { account, region } = recorder;
    if (regions && !regions.has(region)) continue;
    if (united && !united.has(account)) continue;
    if (taken && !taken.has(region)) continue;
    const said = aggregator.sources.findLast(
      (one) => one.account === account && (one.region === '*' || one.region === region),
    );
    if (said) {
      const at = said.at === undefined ? undefined : momentAt(said.at, world.started);
      yield { recorder, status: said.status, at, error: said.error };
    } else if (stale.has(account)) {
      yield { recorder, status: 'OUTDATED', at: old, error: undefined };
    } else yield { recorder, status: 'SUCCEEDED', at: undefined, error: undefined };
  }
}

function* recordersOf(world: World, accounts: Set<string> | undefined): Generator<RecorderState> {
  if (accounts === undefined) return yield* world.recorders.values();
  for (const account of accounts) {
    for (const region of world.accounts.get(account)?.regions ?? []) {
      const recorder = world.recorders.get(`${account}/${region}`);
      if (recorder) yield recorder;
    }
  }
}
