import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf } from '../lives.ts';
import {
  ACCOUNT,
  MANAGEMENT,
  organizationTrail,
  organizationTrailIn,
  smallTrail,
  withOrganizationTrail,
} from '../small-trails.ts';

const GROUP = `arn:aws:logs:ap-northeast-2:${ACCOUNT}:log-group:payments-audit:*`;
const exports = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::bora-payments-exports/'] }];
const watched = [
  {
    name: 'payments-audit',
    account: ACCOUNT,
    region: 'ap-northeast-2',
    filters: [{ name: 'root-use', metric: 'RootUse', namespace: 'Payments', pattern: 'x' }],
  },
];

livesOf({
  fix: 'retire-trail',
  company: {
    ...withOrganizationTrail,
    trails: [organizationTrail, smallTrail],
    logGroups: watched,
  },
  target: { subject: TRAIL, owner: ACCOUNT },
  riskClass: 'C',
  calls: ['cloudtrail:StopLogging'],
  breaks: {
    'the organization trail was stopped': (company) => {
      organizationTrailIn(company).logging = false;
    },
    'the organization trail records less': (company) => {
      organizationTrailIn(company).selectors = {
        basic: [{ ...MANAGEMENT, ReadWriteType: 'ReadOnly' }],
      };
    },
    'the account went out of its reach': ({ running }) => {
      const account = running.world.accounts.get(ACCOUNT);
      if (account) account.outsideOrganizationTrail = true;
    },
    'somebody began to watch its log group': ({ trail }) => {
      trail.logGroup = GROUP;
    },
    'somebody stopped it': ({ trail }) => {
      trail.logging = false;
    },
  },
  refuses: {
    'it is stopped': {
      arrange: ({ trail }) => {
        trail.logging = false;
      },
      because: 'already-sound',
    },
    'no organization trail reaches the account': {
      arrange: ({ running }) => {
        running.world.trails.splice(0, 1);
      },
      because: 'precondition',
    },
    'it records what the organization trail does not': {
      arrange: ({ trail }) => {
        trail.selectors = { basic: [{ ...MANAGEMENT, DataResources: exports }] };
      },
      because: 'precondition',
    },
    'it has Insights that the organization trail lacks': {
      arrange: ({ trail }) => {
        trail.insights = [{ type: 'ApiCallRateInsight', categories: ['Management'] }];
      },
      because: 'precondition',
    },
    'the organization trail has no digests': {
      arrange: (company) => {
        organizationTrailIn(company).logFileValidation = false;
      },
      because: 'precondition',
    },
    'the organization trail began an hour ago': {
      arrange: (company) => {
        organizationTrailIn(company).startedLogging = new Date(Date.now() - 3_600_000);
      },
      because: 'precondition',
    },
    'the organization trail does not arrive': {
      arrange: (company) => {
        organizationTrailIn(company).deliveryErrors = { '*': { s3: 'AccessDenied' } };
      },
      because: 'precondition',
    },
    'a metric filter hangs on its log group': {
      arrange: ({ trail }) => {
        trail.logGroup = GROUP;
      },
      because: 'precondition',
    },
    'it is the trail of the organization': {
      arrange: ({ trail }) => {
        trail.organization = true;
      },
      because: 'precondition',
    },
  },
});
