import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf } from '../lives.ts';
import { ACCOUNT, bucketOf, delivering, MANAGEMENT, smallTrail } from '../small-trails.ts';

const allObjects = {
  Name: 'All objects',
  FieldSelectors: [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
  ],
};

livesOf({
  fix: 'exclude-log-buckets',
  where: 'advanced selectors',
  company: { ...delivering, trails: [{ ...smallTrail, selectors: { advanced: [allObjects] } }] },
  arrange: (company) => {
    bucketOf(company).accessLogging = { bucket: 'bora-access-logs', prefix: '' };
  },
  target: { subject: TRAIL, owner: ACCOUNT },
  riskClass: 'A',
  calls: ['cloudtrail:PutEventSelectors'],
  breaks: {
    'somebody narrowed the selectors': ({ trail }) => {
      trail.selectors = { basic: [MANAGEMENT] };
    },
    'the trail writes to another bucket': ({ trail }) => {
      trail.bucket = 'elsewhere';
    },
    'the access logs go elsewhere': (company) => {
      bucketOf(company).accessLogging = { bucket: 'bora-other-logs', prefix: '' };
    },
  },
  refuses: {
    'no selector takes the log bucket': {
      arrange: ({ trail }) => {
        trail.selectors = { basic: [MANAGEMENT] };
      },
      because: 'already-sound',
    },
    'a selector chooses by endings': {
      arrange: ({ trail }) => {
        const ending = { Field: 'resources.ARN', EndsWith: ['.gz'] };
        trail.selectors = {
          advanced: [{ ...allObjects, FieldSelectors: [...allObjects.FieldSelectors, ending] }],
        };
      },
      because: 'precondition',
    },
  },
});

livesOf({
  fix: 'exclude-log-buckets',
  where: 'basic selectors',
  company: {
    ...delivering,
    trails: [
      {
        ...smallTrail,
        selectors: {
          basic: [
            {
              ...MANAGEMENT,
              DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
            },
          ],
        },
      },
    ],
  },
  target: { subject: TRAIL, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:PutEventSelectors'],
  breaks: {
    'they are advanced by now': ({ trail }) => {
      trail.selectors = { advanced: [allObjects] };
    },
  },
});
