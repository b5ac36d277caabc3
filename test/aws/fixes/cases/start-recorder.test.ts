import type { ScenarioFile } from '../../../../src/sandbox/aws/scenario.ts';
import type { Handlers } from '../../../../src/sandbox/aws/service.ts';
import { livesOf } from '../lives.ts';
import type { Company } from '../small-company.ts';

const PAYMENTS = '666677778888';
const target = { subject: PAYMENTS, owner: PAYMENTS };
const HOME = 'ap-northeast-2';

/** Two regions, so that few questions are asked. */
const REGIONS = [HOME, 'us-east-1'];
const answers: Handlers = {
  'account:ListRegions': ({ input: { RegionOptStatusContains: _, MaxResults: __ } }) => ({
    Regions: REGIONS.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED_BY_DEFAULT' })),
  }),
};

function companyWhere(
  ...recorders: NonNullable<NonNullable<ScenarioFile['config']>['recorders']>
): Partial<ScenarioFile> {
  return { regions: REGIONS, config: { deliveryBucket: 'bora-payments-audit-logs', recorders } };
}

/** Set up everywhere but at home, by hand and without a role of Config's own. */
const nowhereAtHome = companyWhere(
  { account: PAYMENTS, state: 'absent' },
  ...REGIONS.filter((region) => region !== HOME).map(
    (region) => ({ account: PAYMENTS, region, state: 'recording' }) as const,
  ),
);

function recorderOf({ running }: Company, region = HOME) {
  const recorder = running.world.recorders.get(`${PAYMENTS}/${region}`);
  if (!recorder) throw new Error(`no recorder in ${region}`);
  return recorder;
}

livesOf({
  fix: 'start-recorder',
  where: 'one region stopped',
  company: companyWhere({ account: PAYMENTS, region: HOME, state: 'stopped' }),
  answers,
  target,
  riskClass: 'B',
  calls: ['config:StartConfigurationRecorder'],
  breaks: {
    'somebody started it': (company) => {
      recorderOf(company).state = 'recording';
    },
    'it takes other types': (company) => {
      recorderOf(company).excludes = ['AWS::EC2::Instance'];
    },
    'its channel delivers elsewhere': ({ running }) => {
      running.world.channels.set(`${PAYMENTS}/${HOME}`, {
        name: 'default',
        s3BucketName: 'elsewhere',
      });
    },
    'another region was stopped, too': (company) => {
      recorderOf(company, 'us-east-1').state = 'stopped';
    },
  },
  refuses: {
    'it records': {
      arrange: (company) => {
        recorderOf(company).state = 'recording';
      },
      because: 'already-sound',
    },
    'it records and nothing arrives': {
      arrange: (company) => {
        recorderOf(company).state = 'failing';
      },
      because: 'precondition',
    },
  },
  // What a recorder did is history, and no state that a way back could restore.
  arrange: (company) => {
    delete recorderOf(company).seen;
  },
  leaves: (company) => {
    recorderOf(company).turns.splice(2);
    delete recorderOf(company).seen;
  },
});

livesOf({
  fix: 'start-recorder',
  where: 'Config was never set up at home',
  company: nowhereAtHome,
  answers,
  target,
  riskClass: 'B',
  calls: [
    'iam:CreateServiceLinkedRole',
    'config:PutConfigurationRecorder',
    'config:PutDeliveryChannel',
    'config:StartConfigurationRecorder',
  ],
  staysWhenStopped: [1, 2, 3],
  breaks: {
    'somebody set it up otherwise': ({ running }) => {
      const like = running.world.recorders.get(`333344445555/${HOME}`);
      if (!like) throw new Error('the audit account has no recorder');
      const place = { account: PAYMENTS, region: HOME, only: ['AWS::EC2::Instance'] };
      running.world.recorders.set(`${PAYMENTS}/${HOME}`, { ...like, ...place });
    },
  },
  leaves: ({ running: { world } }) => {
    expect(world.recorders.get(`${PAYMENTS}/${HOME}`)?.state).toBe('stopped');
    world.recorders.delete(`${PAYMENTS}/${HOME}`);
    world.channels.delete(`${PAYMENTS}/${HOME}`);
    world.scenario.iam.roles.pop();
  },
});

livesOf({
  fix: 'start-recorder',
  where: 'the audit trail is left out',
  company: companyWhere({
    account: PAYMENTS,
    region: HOME,
    state: 'recording',
    only: ['AWS::EC2::Instance', 'AWS::S3::Bucket'],
  }),
  answers,
  target,
  riskClass: 'B',
  calls: ['config:PutConfigurationRecorder'],
  breaks: {
    'somebody changed what it takes': (company) => {
      recorderOf(company).only = ['AWS::EC2::Instance'];
    },
  },
});
