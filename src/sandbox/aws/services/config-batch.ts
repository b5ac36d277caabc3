import type { Call, World } from '../service.ts';
import { AwsFault } from '../service.ts';
import type { Resource } from './config-items.ts';
import { resourcesIn } from './config-resources.ts';
import { asked, sourcesOf } from './config-sources.ts';

/** Whole items of resources that are named one by one. */

type Key = { account: string; region: string; type: string; id: string };

/**
 * What the aggregator has of them; what it has not is unprocessed.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_BatchGetAggregateResourceConfig.html
 */
export function batchGetAggregateResourceConfig(call: Call, world: World) {
  const aggregator = asked(call, world);
  const wanted: Named[] = call.input.ResourceIdentifiers ?? [];
  refuseMany(wanted.length);
  const keys = wanted.map((one) => ({
    account: one.SourceAccountId,
    region: one.SourceRegion,
    type: one.ResourceType,
    id: one.ResourceId,
  }));
  const among = {
    accounts: new Set(keys.map(({ account }) => account)),
    regions: new Set(keys.map(({ region }) => region)),
  };
  const now = call.now.getTime() - world.scenario.config.lagMs;
  const known = [...sourcesOf(aggregator, world, among)].flatMap(({ recorder, status, at }) => {
    if (status !== 'SUCCEEDED' && at === undefined) return [];
    const instant = status === 'SUCCEEDED' || !at ? now : at.getTime();
    return resourcesIn(world, recorder, instant, { types: typesOf(keys) });
  });
  const found = keys.map((key) => known.find((one) => isIt(one, key)));
  return {
    BaseConfigurationItems: found.flatMap((one) => (one ? [shown(one)] : [])),
    UnprocessedResourceIdentifiers: wanted.filter((_, index) => !found[index]),
  };
}

type Named = {
  SourceAccountId: string;
  SourceRegion: string;
  ResourceType: string;
  ResourceId: string;
  ResourceName?: string;
};

/** https://docs.aws.amazon.com/config/latest/APIReference/API_BatchGetResourceConfig.html */
export function batchGetResourceConfig(call: Call, world: World) {
  const { account } = call.caller;
  const wanted: { resourceType: string; resourceId: string }[] = call.input.resourceKeys ?? [];
  refuseMany(wanted.length);
  const recorder = world.recorders.get(`${account}/${call.region}`);
  if (recorder === undefined) {
    throw new AwsFault(
      'NoAvailableConfigurationRecorderException',
      'There are no configuration recorders available to provide the configuration.',
    );
  }
  const keys = wanted.map(({ resourceType: type, resourceId: id }) => ({
    account,
    region: call.region,
    type,
    id,
  }));
  const instant = call.now.getTime() - world.scenario.config.lagMs;
  const known = resourcesIn(world, recorder, instant, { types: typesOf(keys) });
  const found = keys.map((key) => known.find((one) => isIt(one, key)));
  return {
    baseConfigurationItems: found.flatMap((one) => (one ? [shown(one)] : [])),
    unprocessedResourceKeys: wanted.filter((_, index) => !found[index]),
  };
}

function refuseMany(count: number): void {
  if (count >= 1 && count <= 100) return;
  throw new AwsFault('ValidationException', 'Member must have length between 1 and 100.');
}

function typesOf(keys: Key[]): Set<string> {
  return new Set(keys.map(({ type }) => type));
}

function isIt(one: Resource, { account, region, type, id }: Key): boolean {
  return (
    one.accountId === account &&
    one.awsRegion === region &&
    one.resourceType === type &&
    one.resourceId === id
  );
}

function shown({ tags: _, relationships: __, ...state }: Resource) {
  return {
    ...state,
    configurationItemCaptureTime: new Date(state.configurationItemCaptureTime),
    resourceCreationTime: new Date(String(state.resourceCreationTime)),
    configuration: JSON.stringify(state.configuration),
    supplementaryConfiguration: Object.fromEntries(
      Object.entries(state.supplementaryConfiguration ?? {}).map(([name, value]) => [
        name,
        JSON.stringify(value),
      ]),
    ),
  };
}
