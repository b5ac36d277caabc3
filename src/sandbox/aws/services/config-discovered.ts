import type { Call, World } from '../service.ts';
import type { Resource } from './config-items.ts';
import { pageOf } from './config-pages.ts';
import { historyIn, resourcesIn } from './config-resources.ts';

/**
 * The resources of one type that Config knows in a place, deleted ones too where they are asked for.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_ListDiscoveredResources.html
 */
export function listDiscoveredResources(call: Call, world: World) {
  const { resourceType, resourceIds, resourceName, includeDeletedResources } = call.input;
  const { nextToken, limit } = call.input;
  const { account } = call.caller;
  const recorder = world.recorders.get(`${account}/${call.region}`);
  const instant = call.now.getTime() - world.scenario.config.lagMs;
  const living = recorder
    ? resourcesIn(world, recorder, instant, { types: new Set([resourceType]) })
    : [];
  const ids = new Set(living.map(({ resourceId }) => resourceId));
  const gone = includeDeletedResources ? goneIn(world, account, call.region, ids) : [];
  const known = [
    ...living.map((one) => identifier(one, undefined)),
    ...gone.map((one) => identifier(one, new Date(one.configurationItemCaptureTime))),
  ].filter(
    (one) =>
      one.resourceType === resourceType &&
      (resourceIds === undefined || resourceIds.includes(one.resourceId)) &&
      (resourceName === undefined || one.resourceName === resourceName),
  );
  const about = [account, call.region, resourceType, resourceIds ?? [], resourceName ?? ''];
  const { page, next } = pageOf(known, about, { size: limit || 100, token: nextToken, most: 100 });
  return { resourceIdentifiers: page, nextToken: next };
}

/** Those whose last state says that they were deleted. */
function goneIn(world: World, account: string, region: string, living: Set<string>): Resource[] {
  const newest = new Map<string, Resource>();
  for (const state of historyIn(world, account, region)) {
    const key = `${state.resourceType} ${state.resourceId}`;
    if (!newest.has(key)) newest.set(key, state);
  }
  return [...newest.values()].filter(
    ({ configurationItemStatus, resourceId }) =>
      configurationItemStatus.startsWith('ResourceDeleted') && !living.has(resourceId),
  );
}

function identifier(one: Resource, resourceDeletionTime: Date | undefined) {
  const { resourceType, resourceId } = one;
  return { resourceType, resourceId, resourceName: String(one.resourceName), resourceDeletionTime };
}
