import type { Insight } from '../../../../src/core/posture/facts.ts';
import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf, planned } from '../lives.ts';
import { openCompany } from '../small-company.ts';
import { ACCOUNT, delivering, goodScan, MANAGEMENT, smallTrail } from '../small-trails.ts';

const insights: Insight[] = [
  { type: 'ApiCallRateInsight', categories: ['Management'] },
  { type: 'ApiErrorRateInsight', categories: ['Management'] },
];
/** What somebody made of it: stopped, without validation, in one region, with reads alone. */
const weakened = {
  ...smallTrail,
  logging: false,
  logFileValidation: false,
  multiRegion: false,
  insights: [],
  selectors: { basic: [{ ...MANAGEMENT, ReadWriteType: 'ReadOnly' }] },
};
const good = goodScan({ insights });

livesOf({
  fix: 'restore-trail',
  where: 'weakened in every way',
  company: { ...delivering, trails: [weakened] },
  fixing: { lastScans: async () => [good] },
  target: { subject: TRAIL, owner: ACCOUNT },
  riskClass: 'B',
  calls: [
    'cloudtrail:UpdateTrail',
    'cloudtrail:PutEventSelectors',
    'cloudtrail:PutInsightSelectors',
    'cloudtrail:StartLogging',
  ],
  breaks: {
    'somebody started it': ({ trail }) => {
      trail.logging = true;
    },
    'somebody put other selectors': ({ trail }) => {
      trail.selectors = undefined;
    },
    'it was deleted': ({ running }) => {
      running.world.trails.splice(0);
    },
  },
  refuses: {
    'it is as it was': {
      arrange: ({ trail }) => {
        Object.assign(trail, {
          logging: true,
          logFileValidation: true,
          multiRegion: true,
          insights,
          selectors: undefined,
        });
      },
      because: 'already-sound',
    },
    'it was deleted': {
      arrange: ({ running }) => {
        running.world.trails.splice(0);
      },
      because: 'precondition',
    },
  },
});

livesOf({
  fix: 'restore-trail',
  where: 'stopped, and nothing else',
  company: { ...delivering, trails: [{ ...smallTrail, logging: false }] },
  fixing: { lastScans: async () => [goodScan({})] },
  target: { subject: TRAIL, owner: ACCOUNT },
  riskClass: 'A',
  calls: ['cloudtrail:StartLogging'],
  breaks: {
    'somebody also took its validation': ({ trail }) => {
      trail.logFileValidation = false;
    },
  },
});

livesOf({
  fix: 'restore-trail',
  where: 'its log files go to another bucket',
  company: {
    buckets: [
      ...(delivering.buckets ?? []),
      { name: 'elsewhere', account: ACCOUNT, region: 'ap-northeast-2' },
    ],
    trails: [{ ...smallTrail, bucket: 'elsewhere', prefix: 'far' }],
  },
  fixing: { lastScans: async () => [goodScan({})] },
  target: { subject: TRAIL, owner: ACCOUNT },
  arrange: ({ running }) => {
    const [one] = [...running.world.buckets.values()];
    const elsewhere = running.world.buckets.get('elsewhere');
    if (one && elsewhere) elsewhere.policy = one.policy;
  },
  riskClass: 'C',
  calls: ['cloudtrail:UpdateTrail'],
  breaks: {
    'it was moved once more': ({ trail }) => {
      trail.prefix = 'farther';
    },
  },
});

test('without a scan that saw it, nothing is proposed', async () => {
  const company = await openCompany({ ...delivering, trails: [weakened] });
  const given = {
    fix: 'restore-trail',
    target: { subject: TRAIL, owner: ACCOUNT },
    riskClass: 'B' as const,
    calls: [],
    breaks: {},
  };
  await expect(planned(company, given)).rejects.toThrow('No scan that is kept');
  await company.close();
});
