import { isoSeconds } from '../moments.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import {
  type BucketState,
  type Change,
  type RecorderState,
  records,
  type TrailState,
} from '../world.ts';
import { bucketResource, type Resource, recorderResource, trailResource } from './config-items.ts';
import { pageOf } from './config-pages.ts';
import { historyIn, resourcesIn } from './config-resources.ts';

/**
 * `GetResourceConfigHistory`: the states of one resource, newest first unless asked otherwise. What the
 * scenario tells of the past comes before what the state says of now.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
 */
export function getResourceConfigHistory(call: Call, world: World) {
  const { resourceType, resourceId, laterTime, earlierTime, chronologicalOrder } = call.input;
  const { account } = call.caller;
  const recorder = world.recorders.get(`${account}/${call.region}`);
  if (recorder === undefined) {
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
  const instant = call.now.getTime() - world.scenario.config.lagMs;
  const known = [
    ...resourcesIn(world, recorder, instant, { types: new Set([resourceType]) }),
    ...lived(world, recorder, instant),
    ...historyIn(world, account, call.region),
  ].filter((state) => state.resourceType === resourceType && state.resourceId === resourceId);
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

/** The states through which calls brought trails and buckets, and the recorder itself, while it recorded. */
function lived(world: World, recorder: RecorderState, instant: number): Resource[] {
  const until = Math.min(instant, recorder.stopped?.getTime() ?? instant);
  const lag = world.scenario.config.lagMs;
  const states: Resource[] = recorder.turns
    .filter(({ at }) => at.getTime() <= instant)
    .map((turn) => recorderResource(recorder, turn));
  for (const change of world.changes) {
    if (!records(recorder, change.kind === 'trail' ? 'AWS::CloudTrail::Trail' : 'AWS::S3::Bucket'))
      continue;
    if (change.at.getTime() > until) continue;
    for (const [state, deleted] of statesOf(change)) {
      const shown = resourceOf(state, recorder, lag);
      if (shown === undefined) continue;
      if (!deleted) states.push(shown);
      else {
        const at = isoSeconds(new Date(change.at.getTime() + lag));
        const gone = { configurationItemStatus: 'ResourceDeleted', configuration: {} };
        states.push({ ...shown, ...gone, configurationItemCaptureTime: at });
      }
    }
  }
  return states;
}

type Thing = { kind: 'trail'; state: TrailState } | { kind: 'bucket'; state: BucketState };

function statesOf(change: Change): [thing: Thing, deleted: boolean][] {
  const { kind, before, after } = change;
  const thing = (state: TrailState | BucketState) => ({ kind, state }) as Thing;
  return [
    ...(before ? [[thing(before), false] as [Thing, boolean]] : []),
    ...(after ? [[thing(after), false] as [Thing, boolean]] : []),
    ...(before && !after ? [[thing(before), true] as [Thing, boolean]] : []),
  ];
}

function resourceOf(thing: Thing, recorder: RecorderState, lag: number): Resource | undefined {
  const { account, region } = recorder;
  if (thing.kind === 'trail') {
    const { state } = thing;
    if (state.account !== account || state.homeRegion !== region) return undefined;
    return trailResource(state, recorder, lag);
  }
  const { state } = thing;
  if (state.account !== account || state.region !== region) return undefined;
  return bucketResource(state, recorder, lag);
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
