import { AwsFault, type Call, type World } from '../service.ts';
import type { RecorderState } from '../world.ts';
import { channelIn, configRoleOf, noSuchChannel, only } from './config-recorders.ts';
import { roleExists } from './iam-entities.ts';

/** What sets Config up in an account and region, and takes it away again: recorder and delivery channel. */

type Group = {
  allSupported?: boolean;
  includeGlobalResourceTypes?: boolean;
  resourceTypes?: string[];
  exclusionByResourceTypes?: { resourceTypes?: string[] };
  recordingStrategy?: { useOnly?: string };
};

/**
 * One customer-managed recorder per account and region. An existing one is overwritten and goes on, or
 * stays stopped, as it was. https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
 */
export function putConfigurationRecorder(call: Call, world: World) {
  const { account } = call.caller;
  const place = `${account}/${call.region}`;
  const known = world.recorders.get(place);
  const { name = 'default', roleARN, recordingGroup = {} } = call.input.ConfigurationRecorder;
  const { recordingMode } = call.input.ConfigurationRecorder;
  if (name !== 'default') {
    if (!known) throw new AwsFault('NotImplemented', 'recorders are called default here', 501);
    throw new AwsFault(
      'MaxNumberOfConfigurationRecordersExceededException',
      `Failed to put configuration recorder '${name}' because the maximum number of configuration recorders: 1 is reached.`,
    );
  }
  if (recordingMode && recordingMode.recordingFrequency !== 'CONTINUOUS') {
    throw new AwsFault('NotImplemented', 'only continuous recording is simulated', 501);
  }
  if (!roleARN || !roleExists(roleARN, world)) {
    throw new AwsFault('InvalidRoleException', `Provided role ${roleARN} is not valid.`);
  }
  const taken = takenBy(recordingGroup, call.region === world.scenario.regions[0]);
  const role = roleARN === configRoleOf(account) ? {} : { role: roleARN };
  if (known) {
    delete known.globalTypes;
    delete known.role;
    Object.assign(known, taken, role);
    return {};
  }
  const made: RecorderState = {
    account,
    region: call.region,
    state: 'stopped',
    started: call.now,
    stopped: call.now,
    ...taken,
    ...role,
    seen: { trails: [], buckets: [] },
    turns: [{ at: call.now, recording: false }],
  };
  // What came with a recorder of the scenario does not come with this one.
  if (!world.channels.has(place)) world.channels.set(place, null);
  world.recorders.set(place, made);
  return {};
}

/** `usual`: whether a recorder of this region takes what has no region unless told. */
function takenBy(
  group: Group,
  usual: boolean,
): Pick<RecorderState, 'excludes' | 'only' | 'globalTypes'> {
  const named = group.resourceTypes ?? [];
  const excluded = group.exclusionByResourceTypes?.resourceTypes ?? [];
  const strategy = group.recordingStrategy?.useOnly;
  const all = group.allSupported ?? (named.length === 0 && excluded.length === 0);
  const wrong =
    (all && (named.length > 0 || excluded.length > 0)) ||
    (group.includeGlobalResourceTypes && !all) ||
    (named.length > 0 && excluded.length > 0) ||
    (!all && named.length === 0 && excluded.length === 0) ||
    (strategy === 'ALL_SUPPORTED_RESOURCE_TYPES' && !all) ||
    (strategy === 'INCLUSION_BY_RESOURCE_TYPES' && named.length === 0) ||
    (strategy === 'EXCLUSION_BY_RESOURCE_TYPES' && excluded.length === 0);
  if (wrong) {
    throw new AwsFault(
      'InvalidRecordingGroupException',
      'The recording group provided is not valid: its lists and its strategy do not go together.',
    );
  }
  return {
    excludes: excluded.length > 0 ? excluded : undefined,
    only: named.length > 0 ? named : undefined,
    ...(all && group.includeGlobalResourceTypes !== usual
      ? { globalTypes: group.includeGlobalResourceTypes ?? false }
      : {}),
  };
}

export function deleteConfigurationRecorder(call: Call, world: World) {
  const recorder = only(call, world);
  const place = `${recorder.account}/${recorder.region}`;
  // A channel that came with the scenario stays, as channels do.
  const channel = channelIn(place, world);
  world.recorders.delete(place);
  if (channel) world.channels.set(place, channel);
  else world.channels.delete(place);
  return {};
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutDeliveryChannel.html */
export function putDeliveryChannel(call: Call, world: World) {
  const place = `${call.caller.account}/${call.region}`;
  const { name = 'default', s3BucketName, ...rest } = call.input.DeliveryChannel;
  if (!world.recorders.has(place)) {
    throw new AwsFault(
      'NoAvailableConfigurationRecorderException',
      'Configuration recorder is not available to put delivery channel.',
    );
  }
  const known = channelIn(place, world);
  if (known && known.name !== name) {
    throw new AwsFault(
      'MaxNumberOfDeliveryChannelsExceededException',
      `Failed to put delivery channel '${name}' because the maximum number of delivery channels: 1 is reached.`,
    );
  }
  const bucket = world.buckets.get(s3BucketName);
  if (!bucket) {
    throw new AwsFault(
      'NoSuchBucketException',
      `Cannot find a S3 bucket with name ${s3BucketName}.`,
    );
  }
  if (bucket.policy && !JSON.stringify(bucket.policy).includes('config.amazonaws.com')) {
    throw new AwsFault(
      'InsufficientDeliveryPolicyException',
      `Insufficient delivery policy to s3 bucket: ${s3BucketName}, unable to write to bucket, provided s3 key prefix is '${rest.s3KeyPrefix ?? 'null'}'.`,
    );
  }
  world.channels.set(place, { name, s3BucketName, ...rest });
  return {};
}

export function deleteDeliveryChannel(call: Call, world: World) {
  const place = `${call.caller.account}/${call.region}`;
  const { DeliveryChannelName: name } = call.input;
  if (channelIn(place, world)?.name !== name) throw noSuchChannel(name);
  const recorder = world.recorders.get(place);
  if (recorder && recorder.state !== 'stopped') {
    throw new AwsFault(
      'LastDeliveryChannelDeleteFailedException',
      `Failed to delete last specified delivery channel with name '${name}', because there is a running configuration recorder.`,
    );
  }
  if (recorder) world.channels.set(place, null);
  else world.channels.delete(place);
  return {};
}
