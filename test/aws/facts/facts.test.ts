import type { CloudTrailClient, ListTrailsCommandOutput } from '@aws-sdk/client-cloudtrail';
import type { DescribeConfigurationRecorderStatusCommandOutput } from '@aws-sdk/client-config-service';
import { readAccountTrails } from '../../../src/aws/facts/account-trails.ts';
import { readRecorders } from '../../../src/aws/facts/recorders.ts';
import { answering, HOME, over } from './over.ts';

const MANAGEMENT = '111122223333';
const PAYMENTS = '666677778888';
const DATA_PLATFORM = '888899990000';
const TEAM_SANDBOX = '151515151515';
const ORG_TRAIL = `arn:aws:cloudtrail:${HOME}:${MANAGEMENT}:trail/bora-org-trail`;
const PAYMENTS_TRAIL = `arn:aws:cloudtrail:${HOME}:${PAYMENTS}:trail/payments-audit`;

/** AWS does not say whether ListTrails shows a member the organization's trails; here it does not. */
function ownTrailsOnly(client: CloudTrailClient, account: string): void {
  answering<ListTrailsCommandOutput>(client, (output) => {
    if (output.Trails)
      output.Trails = output.Trails.filter(({ TrailARN = '' }) => TrailARN.includes(account));
  });
}

describe('the trails that an account sees', () => {
  test('are its own and the organization’s, under the ARN of the management account', async () => {
    const trails = await over((ground) => readAccountTrails(ground, PAYMENTS));
    expect(trails).toMatchObject({ by: { api: 'cloudtrail:ListTrails', account: PAYMENTS } });
    const arns = 'seen' in trails ? trails.seen.map(({ arn }) => arn).sort() : [];
    expect(arns).toEqual([ORG_TRAIL, PAYMENTS_TRAIL].sort());
  });

  test('of a trail of another region are listed, too', async () => {
    const trails = await over((ground) => readAccountTrails(ground, '141414141414'));
    expect('seen' in trails && trails.seen).toMatchObject([{ homeRegion: 'eu-west-1' }]);
  });

  test('are shown by DescribeTrails where ListTrails keeps silent about the organization’s', async () => {
    const trails = await over((ground) => {
      ownTrailsOnly(ground.aws.cloudTrail({ account: PAYMENTS, region: HOME }), PAYMENTS);
      return readAccountTrails(ground, PAYMENTS);
    });
    const arns = 'seen' in trails ? trails.seen.map(({ arn }) => arn).sort() : [];
    expect(arns).toEqual([ORG_TRAIL, PAYMENTS_TRAIL].sort());
  });

  test('are unseen where DescribeTrails is refused: the organization’s may be among them', async () => {
    const trails = await over(
      (ground) => {
        ownTrailsOnly(ground.aws.cloudTrail({ account: PAYMENTS, region: HOME }), PAYMENTS);
        return readAccountTrails(ground, PAYMENTS);
      },
      ({ faults }) => {
        faults.push({ operation: 'cloudtrail:DescribeTrails', effect: 'deny' });
      },
    );
    expect(trails).toMatchObject({
      unseen: { kind: 'denied', wouldNeed: expect.stringContaining('cloudtrail:DescribeTrails') },
    });
  });

  test('of an account without our role are unseen, with the role that is missing', async () => {
    const trails = await over((ground) => readAccountTrails(ground, TEAM_SANDBOX));
    expect(trails).toMatchObject({
      unseen: {
        kind: 'denied',
        wouldNeed: `role trailwarden-read in account ${TEAM_SANDBOX}, trusting the bot`,
      },
    });
  });
});

describe('Config', () => {
  test.each(['stopped', 'absent', 'failing', 'recording'] as const)(
    'has a recorder that is %s',
    async (state) => {
      const regions = {
        seen: ['eu-west-1'],
        by: { api: 'test:Read', account: DATA_PLATFORM, region: HOME, at: '' },
      };
      const recorders = await over(
        (ground) => readRecorders(ground, DATA_PLATFORM, regions),
        ({ config }) => {
          config.recorders.push({ account: DATA_PLATFORM, region: 'eu-west-1', state });
        },
      );
      expect(recorders).toMatchObject({ seen: [{ region: 'eu-west-1', state: { seen: state } }] });
    },
  );

  test('has no recorder of its own where only another service records', async () => {
    const regions = {
      seen: [HOME],
      by: { api: 'test:Read', account: PAYMENTS, region: HOME, at: '' },
    };
    const recorders = await over((ground) => {
      answering<DescribeConfigurationRecorderStatusCommandOutput>(
        ground.aws.config({ account: PAYMENTS, region: HOME }),
        ({ ConfigurationRecordersStatus = [] }) => {
          for (const status of ConfigurationRecordersStatus)
            status.servicePrincipal = 'observabilityadmin.amazonaws.com';
        },
      );
      return readRecorders(ground, PAYMENTS, regions);
    });
    expect(recorders).toMatchObject({ seen: [{ state: { seen: 'absent' } }] });
  });
});
