import { AwsFault, type Call, type World } from '../service.ts';
import { pageOf } from './config-pages.ts';
import { historyIn, type Resource, resourcesIn } from './config-resources.ts';

/**
 * `GetResourceConfigHistory`: the states of one resource, newest first unless asked otherwise. What the
 * scenario tells of the past comes before what the state says of now.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
 */
export function getResourceConfigHistory(call: Call, world: World) {
  const { resourceType, resourceId, laterTime, earlierTime, chronologicalOrder } = call.input;
  const { account } = call.caller;
  if (!world.recorders.has(`${account}/${call.region}`)) {
    throw new AwsFault(
      'NoAvailableConfigurationRecorderException',
      'There are no configuration recorders available to provide the configuration history.',
    );
  }
  if (laterTime !== undefined && earlierTime !== undefined && laterTime < earlierTime) {
    throw new AwsFault(
      'InvalidTimeRangeException',
      'The specified time range is not valid. The earlier time is not chronologically before the later time.',
    );
  }
  const current = resourcesIn(world, account, call.region);
  const known = [...current, ...historyIn(world, account, call.region)].filter(
    (state) => state.resourceType === resourceType && state.resourceId === resourceId,
  );
  if (known.length === 0) {
    throw new AwsFault(
      'ResourceNotDiscoveredException',
      `Resource ${resourceId} of resourceType:${resourceType} is unknown or has not been discovered`,
    );
  }
  const later = (laterTime as Date | undefined)?.getTime() ?? call.now.getTime();
  const earlier = (earlierTime as Date | undefined)?.getTime() ?? Number.NEGATIVE_INFINITY;
  const states = distinct(known)
    .filter((state) => timeOf(state) <= later && timeOf(state) >= earlier)
    .sort((a, b) =>
      chronologicalOrder === 'Forward' ? timeOf(a) - timeOf(b) : timeOf(b) - timeOf(a),
    );
  const { nextToken, limit, ...question } = call.input;
  const { page, next } = pageOf(states.map(shown), [account, call.region, question], {
    size: limit ?? 10,
    token: nextToken,
    most: 100,
  });
  return { configurationItems: page, nextToken: next };
}

function distinct(states: Resource[]): Resource[] {
  return [...new Map(states.map((state) => [state.configurationItemCaptureTime, state])).values()];
}

function timeOf(state: Resource): number {
  return Date.parse(state.configurationItemCaptureTime);
}

function shown(state: Resource) {
  const deleted = state.configurationItemStatus.startsWith('ResourceDeleted');
  return {
    ...state,
    configurationItemCaptureTime: new Date(state.configurationItemCaptureTime),
    resourceCreationTime: new Date(String(state.resourceCreationTime)),
    configuration: deleted ? undefined : JSON.stringify(state.configuration),
    supplementaryConfiguration: Object.fromEntries(
      Object.entries(state.supplementaryConfiguration ?? {}).map(([name, value]) => [
        name,
        JSON.stringify(value),
      ]),
    ),
    tags: Object.fromEntries(
      ((state.tags ?? []) as { key: string; value: string }[]).map(({ key, value }) => [
        key,
        value,
      ]),
    ),
    // Empty since version 1.3: what changed a resource is asked of CloudTrail.
    relatedEvents: [],
  };
}
