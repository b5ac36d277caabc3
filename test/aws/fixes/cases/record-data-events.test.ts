import { livesOf } from '../lives.ts';
import { ACCOUNT, delivering, MANAGEMENT, smallTrail } from '../small-trails.ts';

const CARDS = 'bora-payments-cards';
const buckets = [
  ...(delivering.buckets ?? []),
  { name: CARDS, account: ACCOUNT, region: 'us-east-1', tags: { data: 'cards' } },
];
const stale = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::bora-payments-exports-2023/'] }];
const basic = {
  ...smallTrail,
  selectors: { basic: [{ ...MANAGEMENT, DataResources: stale }] },
};

livesOf({
  fix: 'record-data-events',
  where: 'a sensitive bucket beside basic selectors',
  company: { buckets, trails: [basic] },
  fixing: { sensitiveBuckets: [{ by: { name: 'bora-*-cards' }, record: 'write' }] },
  target: { subject: `arn:aws:s3:::${CARDS}`, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:PutEventSelectors'],
  breaks: {
    'somebody put other selectors': ({ trail }) => {
      trail.selectors = { basic: [MANAGEMENT] };
    },
    'the trail was stopped': ({ trail }) => {
      trail.logging = false;
    },
    'the trail writes into another bucket': ({ trail }) => {
      trail.bucket = CARDS;
    },
  },
  refuses: {
    'the bucket is recorded': {
      arrange: ({ trail }) => {
        const values = [{ Type: 'AWS::S3::Object', Values: [`arn:aws:s3:::${CARDS}/`] }];
        trail.selectors = { basic: [{ ...MANAGEMENT, DataResources: values }] };
      },
      because: 'already-sound',
    },
    'the trail writes into that very bucket': {
      arrange: ({ trail }) => {
        trail.bucket = CARDS;
      },
      because: 'precondition',
    },
    'no trail reaches its region': {
      arrange: ({ trail }) => {
        trail.multiRegion = false;
      },
      because: 'precondition',
    },
    'the trail is stopped': {
      arrange: ({ trail }) => {
        trail.logging = false;
      },
      because: 'precondition',
    },
    'the selectors are full': {
      arrange: ({ trail }) => {
        const full = Array.from({ length: 499 }, (_, index) => `arn:aws:s3:::bora-${index}/`);
        trail.selectors = {
          advanced: [
            {
              FieldSelectors: [
                { Field: 'eventCategory', Equals: ['Data'] },
                { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
                { Field: 'resources.ARN', StartsWith: full.slice(2) },
              ],
            },
          ],
        };
      },
      because: 'precondition',
    },
  },
});

livesOf({
  fix: 'record-data-events',
  where: 'by tag, reads too',
  company: { buckets, trails: [basic] },
  fixing: {
    sensitiveBuckets: [
      { by: { name: CARDS }, record: 'write' },
      { by: { tag: 'data=cards' }, record: 'read-write' },
    ],
  },
  target: { subject: `arn:aws:s3:::${CARDS}`, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:PutEventSelectors'],
  breaks: {
    'the trail is gone': ({ running }) => {
      running.world.trails.splice(0);
    },
  },
});

livesOf({
  fix: 'record-data-events',
  where: 'types of resource that are required everywhere',
  company: { buckets, trails: [basic] },
  fixing: { dataEvents: ['AWS::S3::Object', 'AWS::Lambda::Function'] },
  target: { subject: ACCOUNT, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:PutEventSelectors'],
  breaks: {
    'somebody put other selectors': ({ trail }) => {
      trail.selectors = { basic: [MANAGEMENT] };
    },
  },
});
