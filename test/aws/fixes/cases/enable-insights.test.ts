import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf } from '../lives.ts';
import { ACCOUNT, delivering, MANAGEMENT, smallTrail } from '../small-trails.ts';

livesOf({
  fix: 'enable-insights',
  company: { ...delivering, trails: [smallTrail] },
  target: { subject: ACCOUNT, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:PutInsightSelectors'],
  breaks: {
    'somebody switched one on': ({ trail }) => {
      trail.insights = [{ type: 'ApiErrorRateInsight', categories: ['Management'] }];
    },
    'writes are not recorded any more': ({ trail }) => {
      trail.selectors = { basic: [{ ...MANAGEMENT, ReadWriteType: 'ReadOnly' }] };
    },
  },
  refuses: {
    'both are on': {
      arrange: ({ trail }) => {
        trail.insights = ['ApiErrorRateInsight', 'ApiCallRateInsight'].map((type) => ({
          type,
          categories: ['Management'],
        }));
      },
      because: 'already-sound',
    },
    'the trail records reads alone': {
      arrange: ({ trail }) => {
        trail.selectors = { basic: [{ ...MANAGEMENT, ReadWriteType: 'ReadOnly' }] };
      },
      because: 'precondition',
    },
    'the trail is stopped': {
      arrange: ({ trail }) => {
        trail.logging = false;
      },
      because: 'precondition',
    },
  },
});

livesOf({
  fix: 'enable-insights',
  where: 'one of them is on, for data events',
  company: {
    ...delivering,
    trails: [{ ...smallTrail, insights: [{ type: 'ApiErrorRateInsight', categories: ['Data'] }] }],
  },
  target: { subject: TRAIL, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:PutInsightSelectors'],
  breaks: {
    'it was switched off': ({ trail }) => {
      trail.insights = [];
    },
  },
});
