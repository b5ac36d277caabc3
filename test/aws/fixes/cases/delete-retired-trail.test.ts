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

const insights = [{ type: 'ApiCallRateInsight', categories: ['Management' as const] }];

livesOf({
  fix: 'delete-retired-trail',
  company: {
    ...withOrganizationTrail,
    trails: [
      { ...organizationTrail, insights },
      {
        ...smallTrail,
        logging: false,
        stoppedAt: '-40d 10:00',
        insights,
        prefix: 'old',
        tags: { owner: 'payments' },
        selectors: {
          basic: [{ ...MANAGEMENT, ExcludeManagementEventSources: ['kms.amazonaws.com'] }],
        },
      },
    ],
  },
  target: { subject: TRAIL, owner: ACCOUNT },
  riskClass: 'C',
  calls: ['cloudtrail:DeleteTrail'],
  breaks: {
    'somebody started it again': ({ trail }) => {
      trail.logging = true;
    },
    'somebody deleted it': ({ running }) => {
      running.world.trails.pop();
    },
    'somebody put other selectors, which the way back would lose': ({ trail }) => {
      trail.selectors = { basic: [MANAGEMENT] };
    },
    'the organization trail was stopped': (company) => {
      organizationTrailIn(company).logging = false;
    },
  },
  refuses: {
    'it is gone': {
      arrange: ({ running }) => {
        running.world.trails.pop();
      },
      because: 'already-sound',
    },
    'it is logging': {
      arrange: ({ trail }) => {
        trail.logging = true;
      },
      because: 'precondition',
    },
    'it was stopped last week': {
      arrange: ({ trail }) => {
        trail.stoppedLogging = new Date(Date.now() - 7 * 86_400_000);
      },
      because: 'precondition',
    },
    'no organization trail replaces it': {
      arrange: ({ running }) => {
        running.world.trails.shift();
      },
      because: 'precondition',
    },
    'it names a log group': {
      arrange: ({ trail }) => {
        trail.logGroup = `arn:aws:logs:ap-northeast-2:${ACCOUNT}:log-group:quiet:*`;
      },
      because: 'precondition',
    },
  },
});
