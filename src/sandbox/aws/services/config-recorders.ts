import { AwsFault, type Call, type World } from '../service.ts';
import type { RecorderState } from '../world.ts';
import { strategyOf } from './config-items.ts';

/** Config's recorders and delivery channels: whether it records here, and whether that arrives. */

export function describeConfigurationRecorders(call: Call, world: World) {
  return {
    ConfigurationRecorders: recorders(call, world).map((recorder) => ({
      ...named(recorder),
      roleARN: `arn:aws:iam::${recorder.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      recordingGroup: groupOf(recorder, world),
      recordingMode: { recordingFrequency: 'CONTINUOUS' },
      recordingScope: 'PAID',
    })),
  };
}

function groupOf({ region, excludes, only }: RecorderState, world: World) {
  const all = !excludes && !only;
  return {
    allSupported: all,
    includeGlobalResourceTypes: all && region === world.scenario.regions[0],
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

function only(call: Call, world: World): RecorderState {
  const name: string = call.input.ConfigurationRecorderName ?? '';
  const recorder = here(call, world);
  if (recorder === undefined || name !== 'default') throw noSuchRecorder(name);
  return recorder;
}

function noSuchRecorder(name: string): AwsFault {
  return new AwsFault(
    'NoSuchConfigurationRecorderException',
    `Cannot find configuration recorder with the specified name '${name}'.`,
  );
}

export function describeDeliveryChannels(call: Call, world: World) {
  return {
    DeliveryChannels: channels(call, world).map(() => ({
      name: 'default',
      s3BucketName: world.scenario.config.deliveryBucket,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    })),
  };
}

export function describeDeliveryChannelStatus(call: Call, world: World) {
  return {
    DeliveryChannelsStatus: channels(call, world).map(({ state, stopped }) => {
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

function channels(call: Call, world: World): RecorderState[] {
  const names: string[] = call.input.DeliveryChannelNames ?? [];
  const recorder = here(call, world);
  const unknown = names.find((name) => recorder === undefined || name !== 'default');
  if (unknown !== undefined) {
    throw new AwsFault(
      'NoSuchDeliveryChannelException',
      `Cannot find delivery channel with specified name '${unknown}'.`,
    );
  }
  return recorder === undefined ? [] : [recorder];
}

function here(call: Call, world: World): RecorderState | undefined {
  return world.recorders.get(`${call.caller.account}/${call.region}`);
}
