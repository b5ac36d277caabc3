import { DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service';
import { concurrently } from '../../core/concurrently.ts';
import { planStartRecorder, stateOf, toldFor } from '../../core/fixes/config/start-recorder.ts';
import { partitionOf } from '../../core/fixes/partition.ts';
import { changedFields } from '../../core/fixes/plan.ts';
import { wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import { hasRole, needs, readChannel, readRecordings } from './config-state.ts';
import type { Fix } from './fix.ts';

const ROLE = 'AWSServiceRoleForConfig';

/** Recorder, delivery channel and start, in every region of an account that does not record. */
export const startRecorder: Fix = {
  id: 'start-recorder',
  title: {
    en: 'Let AWS Config record in every region',
    ko: '모든 리전에서 AWS Config 기록 시작하기',
  },
  needs: { read: needs },
  writes: {
    config: [
      'iam:CreateServiceLinkedRole',
      'config:PutConfigurationRecorder',
      'config:PutDeliveryChannel',
      'config:StartConfigurationRecorder',
      'config:StopConfigurationRecorder',
    ],
  },

  async plan(target, aws) {
    const account = target.owner;
    const home = aws.settings.region;
    const regions = await readRecordings(account, aws);
    if (!wasSeen(regions)) return regions;
    const exists = await hasRole({ account, region: home }, ROLE, aws);
    if (!wasSeen(exists)) return exists;
    const usual = await reading(
      'config:DescribeDeliveryChannels in the account of the bot',
      async () => readChannel({ account: (await aws.identity()).account, region: home }, aws),
    );
    if (!wasSeen(usual)) return usual;
    const arn = `arn:${partitionOf(home)}:iam::${account}:role/aws-service-role/config.amazonaws.com/${ROLE}`;
    const role = { arn, exists: exists.seen };
    return {
      seen: planStartRecorder(target, regions.seen, { account, home, role, usual: usual.seen }),
    };
  },

  async read(plan, aws) {
    const regions = await readRecordings(plan.account, aws);
    return wasSeen(regions) ? { seen: toldFor(plan, stateOf(regions.seen)) } : regions;
  },

  asCode: () => [
    {
      tool: 'terraform',
      text: 'resource "aws_config_configuration_recorder_status" "recorder" {\n  name       = aws_config_configuration_recorder.recorder.name\n  is_enabled = true\n}',
    },
    {
      tool: 'cloudformation',
      // CloudFormation starts a recorder by itself once there is a delivery channel beside it.
      text: 'Recorder:\n  Type: AWS::Config::ConfigurationRecorder\n  Properties:\n    RoleARN: !GetAtt ConfigRole.Arn\n    RecordingGroup:\n      AllSupported: true',
    },
  ],

  async later(plan, _, aws) {
    const lost = await reading(
      `config:DescribeConfigurationRecorderStatus in ${plan.account}`,
      () =>
        concurrently(6, changedFields(plan), async (region) => {
          const { ConfigurationRecordersStatus = [] } = await aws
            .config({ account: plan.account, region })
            .send(new DescribeConfigurationRecorderStatusCommand({}));
          const [status] = ConfigurationRecordersStatus.filter((one) => !one.servicePrincipal);
          return { region, status: String(status?.lastStatus ?? '').toUpperCase() };
        }),
    );
    if (!wasSeen(lost)) return lost;
    const failing = lost.seen.filter(({ status }) => status === 'FAILURE').map((one) => one.region);
    if (failing.length > 0)
      return {
        seen: {
          holds: false,
          told: {
            en: `What Config records in ${failing.join(', ')} does not reach its bucket.`,
            ko: `${failing.join(', ')}에서 Config가 기록한 것이 버킷에 도착하지 않습니다.`,
          },
        },
      };
    if (lost.seen.some(({ status }) => status !== 'SUCCESS')) return { seen: undefined };
    return {
      seen: {
        holds: true,
        told: {
          en: 'Config records in every region, and what it records arrives.',
          ko: '모든 리전에서 Config가 기록하며, 기록이 도착하고 있습니다.',
        },
      },
    };
  },
};
