import {
  type ConfigurationRecorder,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { concurrently } from '../../core/concurrently.ts';
import { type Recorder, takesOf } from '../../core/fixes/config/recorder.ts';
import type { Recording } from '../../core/fixes/config/start-recorder.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import { readRegions, needs as regions } from '../regions.ts';
import type { Aws, Where } from '../session.ts';

/** IAM actions of the read role. */
export const needs = [
  ...regions,
  'config:DescribeConfigurationRecorderStatus',
  'config:DescribeConfigurationRecorders',
  'config:DescribeDeliveryChannels',
  'iam:GetRole',
];

/** Regions asked at a time. */
const LANES = 6;

/** How Config stands in every enabled region of an account; one that cannot be read leaves all open. */
export async function readRecordings(account: string, aws: Aws): Promise<Reading<Recording[]>> {
  const enabled = await readRegions({ aws, now: () => new Date() }, account);
  if (!wasSeen(enabled)) return { unseen: enabled.unseen };
  const read = await concurrently(LANES, enabled.seen, (region) =>
    reading(`config:DescribeConfigurationRecorders in ${account}/${region}`, () =>
      readRecording({ account, region }, aws),
    ),
  );
  const dark = read.find((one) => !wasSeen(one));
  if (dark && !wasSeen(dark)) return dark;
  return { seen: read.flatMap((one) => (wasSeen(one) ? [one.seen] : [])) };
}

async function readRecording(where: Where, aws: Aws): Promise<Recording> {
  const client = aws.config(where);
  const [{ ConfigurationRecorders = [] }, { ConfigurationRecordersStatus = [] }, channel] =
    await Promise.all([
      client.send(new DescribeConfigurationRecordersCommand({})),
      client.send(new DescribeConfigurationRecorderStatusCommand({})),
      readChannel(where, aws),
    ]);
  // A recorder that belongs to another service records for it, and only what that service needs.
  const own = ConfigurationRecorders.find(({ servicePrincipal }) => !servicePrincipal);
  const status = ConfigurationRecordersStatus.find(({ name }) => name === own?.name);
  if (own && !status) throw new Error(`Config told no status of the recorder ${own.name}`);
  return {
    region: where.region,
    recorder: own ? recorderOf(own) : null,
    channel,
    recording: status?.recording === true,
    failing: status?.recording === true && /^failure$/i.test(status.lastStatus ?? ''),
  };
}

/** The one delivery channel of an account and region, as Config describes it. */
export async function readChannel(where: Where, aws: Aws): Promise<JsonObject | null> {
  const { DeliveryChannels = [] } = await aws
    .config(where)
    .send(new DescribeDeliveryChannelsCommand({}));
  const [channel] = DeliveryChannels;
  return channel ? plain(channel) : null;
}

function recorderOf({
  name = 'default',
  roleARN = '',
  recordingGroup = {},
  recordingMode,
}: ConfigurationRecorder): Recorder {
  return {
    name,
    roleARN,
    takes: takesOf(recordingGroup),
    mode: recordingMode ? plain(recordingMode) : null,
  };
}

/** As JSON says it: without what is undefined. */
function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as { [key: string]: Json };
}

/** Whether an account has a role of this name. */
export function hasRole(where: Where, name: string, aws: Aws): Promise<Reading<boolean>> {
  return reading(`iam:GetRole in ${where.account}`, () =>
    orNone('NoSuchEntityException', false, async () => {
      await aws.iam(where).send(new GetRoleCommand({ RoleName: name }));
      return true;
    }),
  );
}
