import { AwsFault, type Call, type World } from '../service.ts';
import type { DeliveryChannel, RecorderState } from '../world.ts';
import { strategyOf } from './config-items.ts';

/** Config's recorders and delivery channels: whether it records here, and whether that arrives. */

export function describeConfigurationRecorders(call: Call, world: World) {
  return {
    ConfigurationRecorders: recorders(call, world).map((recorder) => ({
      ...named(recorder),
      roleARN: recorder.role ?? configRoleOf(recorder.account),
      recordingGroup: groupOf(recorder, world),
      recordingMode: { recordingFrequency: 'CONTINUOUS' },
      recordingScope: 'PAID',
    })),
  };
}

function groupOf({ region, excludes, only, globalTypes }: RecorderState, world: World) {
  const all = !excludes && !only;
  const global = globalTypes ?? region === world.scenario.regions[0];
  return {
    allSupported: all,
    includeGlobalResourceTypes: all && global,
    resourceTypes: only ?? [],
    exclusionByResourceTypes: { resourceTypes: excludes ?? [] },
    recordingStrategy: { useOnly: strategyOf({ excludes, only }) },
  };
}

export function describeConfigurationRecorderStatus(call: Call, world: World) {
  return {
    ConfigurationRecordersStatus: recorders(call, world).map((recorder) => ({
      ...named(recorder),
      lastStartTime: recorder.started,
      lastStopTime: recorder.stopped,
      recording: recorder.state !== 'stopped',
      lastStatus: recorder.state === 'failing' ? 'FAILURE' : 'SUCCESS',
      ...(recorder.state === 'failing' ? failure : {}),
      lastStatusChangeTime: recorder.stopped ?? recorder.started,
    })),
  };
}

const failure = {
  lastErrorCode: 'AccessDenied',
  lastErrorMessage: 'Access Denied when AWS Config tried to deliver to the bucket.',
};

/** https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigurationRecorder.html */
export function startConfigurationRecorder(call: Call, world: World) {
  const recorder = only(call, world);
  if (!channelIn(`${recorder.account}/${recorder.region}`, world)) {
    throw new AwsFault(
      'NoAvailableDeliveryChannelException',
      'Delivery channel is not available to start configuration recorder.',
    );
  }
  if (recorder.state !== 'stopped') return {};
  recorder.state = 'recording';
  recorder.started = call.now;
  recorder.seen = undefined;
  recorder.turns = [...recorder.turns, { at: call.now, recording: true }];
  return {};
}

/** What it saw last stays with it. */
export function stopConfigurationRecorder(call: Call, world: World) {
  const recorder = only(call, world);
  if (recorder.state === 'stopped') return {};
  recorder.state = 'stopped';
  recorder.stopped = call.now;
  recorder.seen ??= {
    trails: structuredClone(world.trails),
    buckets: [...world.buckets.values()].map((bucket) => ({ ...bucket })),
  };
  recorder.turns = [...recorder.turns, { at: call.now, recording: false }];
  return {};
}

export function only(call: Call, world: World): RecorderState {
  const name: string = call.input.ConfigurationRecorderName ?? '';
  const recorder = here(call, world);
  if (recorder === undefined || name !== 'default') throw noSuchRecorder(name);
  return recorder;
}

export function noSuchRecorder(name: string): AwsFault {
  return new AwsFault(
    'NoSuchConfigurationRecorderException',
    `Cannot find configuration recorder with the specified name '${name}'.`,
  );
}

export function describeDeliveryChannels(call: Call, world: World) {
  return { DeliveryChannels: channels(call, world) };
}

export function describeDeliveryChannelStatus(call: Call, world: World) {
  return {
    DeliveryChannelsStatus: channels(call, world).map(() => {
      const { state, stopped } = here(call, world) ?? { state: 'stopped', stopped: undefined };
      const failing = state === 'failing';
      const latest = stopped ?? new Date(Math.floor(call.now.getTime() / 3_600_000) * 3_600_000);
      const delivery = {
        lastStatus: failing ? 'FAILURE' : 'SUCCESS',
        ...(failing ? failure : {}),
        lastAttemptTime: latest,
        lastSuccessfulTime: failing ? undefined : latest,
      };
      return {
        name: 'default',
        configSnapshotDeliveryInfo: delivery,
        configHistoryDeliveryInfo: delivery,
        configStreamDeliveryInfo: {
          lastStatus: failing ? 'FAILURE' : 'SUCCESS',
          ...(failing ? failure : {}),
          lastStatusChangeTime: latest,
        },
      };
    }),
  };
}

function named({ account, region }: RecorderState) {
  const arn = `arn:aws:config:${region}:${account}:configuration-recorder/default/bora0recorder0001`;
  return { arn, name: 'default' };
}

/** There is one customer-managed recorder per account and region, and it is called `default`. */
function recorders(call: Call, world: World): RecorderState[] {
  const names: string[] = call.input.ConfigurationRecorderNames ?? [];
  const recorder = here(call, world);
  const unknown = names.find((name) => recorder === undefined || name !== 'default');
  if (unknown !== undefined) throw noSuchRecorder(unknown);
  return recorder === undefined ? [] : [recorder];
}

function channels(call: Call, world: World): DeliveryChannel[] {
  const names: string[] = call.input.DeliveryChannelNames ?? [];
  const channel = channelIn(`${call.caller.account}/${call.region}`, world);
  const unknown = names.find((name) => name !== channel?.name);
  if (unknown !== undefined) throw noSuchChannel(unknown);
  return channel ? [channel] : [];
}

export function noSuchChannel(name: string): AwsFault {
  return new AwsFault(
    'NoSuchDeliveryChannelException',
    `Cannot find delivery channel with specified name '${name}'.`,
  );
}

/** The delivery channel of an account and region: as calls left it, else the one that came with its recorder. */
export function channelIn(place: string, world: World): DeliveryChannel | undefined {
  const changed = world.channels.get(place);
  if (changed !== undefined) return changed ?? undefined;
  if (!world.recorders.has(place)) return undefined;
  return {
    name: 'default',
    s3BucketName: world.scenario.config.deliveryBucket,
    configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
  };
}

export function configRoleOf(account: string): string {
  return `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
}

function here(call: Call, world: World): RecorderState | undefined {
  return world.recorders.get(`${call.caller.account}/${call.region}`);
}
