import type { JsonObject } from '../../../core/json.ts';
import { momentAt } from '../moments.ts';
import type { ConfigSetup } from '../scenario.ts';
import type { World } from '../service.ts';
import { type RecorderState, records } from '../world.ts';
import {
  ACCOUNT_BLOCK,
  accountBlockResource,
  bucketResource,
  keyResource,
  RECORDER,
  type Resource,
  recorderResource,
  resource,
  trailResource,
} from './config-items.ts';
import { viewOf } from './config-view.ts';

/** What Config knows of the organization's resources. */

/** Which resources of a place are asked for; without types, all. */
export type Wanted = { types?: ReadonlySet<string> | undefined };

/**
 * The resources that the recorder of one account and region knows at `instant` (epoch milliseconds): as
 * they were then, or when it stopped. The recorder itself is one of them, stopped or not; of one that was
 * never made there is nothing. Property names: https://github.com/awslabs/aws-config-resource-schema
 */
export function resourcesIn(
  world: World,
  recorder: RecorderState,
  instant: number,
  { types }: Wanted = {},
): Resource[] {
  const { account, region } = recorder;
  // Its own drift is recorded whatever it takes.
  const wants = (one: string) =>
    (types === undefined || types.has(one)) && (one === RECORDER || records(recorder, one));
  const found: Resource[] = [];
  if (wants(RECORDER)) {
    const turn = recorder.turns.findLast(({ at }) => at.getTime() <= instant);
    if (turn) found.push(rowOf(recorder, turn));
    if (types?.size === 1) return found;
  }
  if (wants(ACCOUNT_BLOCK) && world.accounts.get(account)?.publicAccessBlock)
    found.push(accountBlockResource(recorder));
  if (wants('AWS::CloudTrail::Trail') || wants('AWS::S3::Bucket') || wants('AWS::KMS::Key')) {
    const place = viewOf(recorder, world, instant).placeOf(account, region);
    const lag = world.scenario.config.lagMs;
    if (wants('AWS::CloudTrail::Trail')) {
      for (const trail of place.trails) {
        if (trail.account !== account || trail.homeRegion !== region) continue;
        found.push(trailResource(trail, recorder, lag));
      }
    }
    if (wants('AWS::S3::Bucket')) {
      for (const bucket of place.buckets) found.push(bucketResource(bucket, recorder, lag));
    }
    if (wants('AWS::KMS::Key')) {
      for (const key of place.keys) found.push(keyResource(key, recorder));
    }
  }
  for (const state of latest(historyIn(world, account, region))) {
    if (wants(state.resourceType)) found.push(state);
  }
  return found;
}

const STORE = 'AWS::CloudTrail::EventDataStore';

/**
 * The resources of one type that a recorder knows at `instant`, by id and name: also of types that no
 * advanced query answers for, such as event data stores.
 */
export function discoveredIn(
  world: World,
  recorder: RecorderState,
  instant: number,
  type: string,
): { ResourceId: string; ResourceName: unknown }[] {
  if (type !== STORE)
    return resourcesIn(world, recorder, instant, { types: new Set([type]) }).map(
      ({ resourceId, resourceName }) => ({
        ResourceId: resourceId,
        ResourceName: resourceName,
      }),
    );
  if (!records(recorder, STORE)) return [];
  const until = recorder.state === 'recording' ? instant : (recorder.stopped?.getTime() ?? 0);
  return world.scenario.eventDataStores
    .filter(({ account, region }) => account === recorder.account && region === recorder.region)
    .filter(({ createdAt }) => momentAt(createdAt, world.started).getTime() <= until)
    .map(({ id, name }) => ({ ResourceId: id, ResourceName: name }));
}

type Turn = RecorderState['turns'][number];
const rows = new WeakMap<RecorderState, { turn: Turn; row: Resource }>();

/** The row of a recorder is made once a turn: aggregators are asked for all of them again and again. */
function rowOf(recorder: RecorderState, turn: Turn): Resource {
  const known = rows.get(recorder);
  if (known?.turn === turn) return known.row;
  const row = recorderResource(recorder, turn);
  rows.set(recorder, { turn, row });
  return row;
}

const histories = new WeakMap<World, Map<string, Resource[]>>();

/** The older states that the scenario tells, newest first. */
export function historyIn(world: World, account: string, region: string): Resource[] {
  let told = histories.get(world);
  if (told === undefined) {
    told = new Map();
    for (const state of world.scenario.config.history) {
      const place = `${state.account}/${state.region}`;
      told.set(place, [...(told.get(place) ?? []), toldState(state, world)]);
    }
    for (const states of told.values()) {
      states.sort((a, b) =>
        a.configurationItemCaptureTime > b.configurationItemCaptureTime ? -1 : 1,
      );
    }
    histories.set(world, told);
  }
  return told.get(`${account}/${region}`) ?? NOTHING;
}

const NOTHING: Resource[] = [];

function toldState(state: ConfigSetup['history'][number], world: World): Resource {
  const at = momentAt(state.at, world.started);
  return resource({
    account: state.account,
    region: state.region,
    type: state.type,
    id: state.id,
    name: state.id.split(/[:/]/).at(-1) ?? state.id,
    arn: state.id.startsWith('arn:') ? state.id : undefined,
    captured: at,
    created: at,
    status: state.status,
    configuration: state.configuration as JsonObject,
    supplementary: state.supplementary as JsonObject,
    tags: {},
  });
}

function latest(history: Resource[]): Resource[] {
  if (history.length === 0) return history;
  const derived = ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket', 'AWS::KMS::Key', RECORDER];
  const newest = new Map<string, Resource>();
  for (const state of history) {
    const key = `${state.resourceType} ${state.resourceId}`;
    if (!newest.has(key)) newest.set(key, state);
  }
  return [...newest.values()].filter(
    ({ resourceType, configurationItemStatus }) =>
      !derived.includes(resourceType) && !configurationItemStatus.startsWith('ResourceDeleted'),
  );
}
