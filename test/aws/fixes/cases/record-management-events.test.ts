import type { JsonObject } from '../../../../src/core/json.ts';
import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf } from '../lives.ts';
import { ACCOUNT, delivering, MANAGEMENT, smallTrail } from '../small-trails.ts';

const exports = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::bora-payments-exports/'] }];
const readsOnly = {
  ...smallTrail,
  selectors: { basic: [{ ...MANAGEMENT, ReadWriteType: 'ReadOnly', DataResources: exports }] },
};
const management = (...conditions: JsonObject[]) => ({
  Name: 'Management',
  FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, ...conditions],
});

livesOf({
  fix: 'record-management-events',
  where: 'basic selectors of reads',
  company: { ...delivering, trails: [readsOnly] },
  target: { subject: TRAIL, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:PutEventSelectors'],
  breaks: {
    'somebody put other selectors': ({ trail }) => {
      trail.selectors = { basic: [{ ...MANAGEMENT, ReadWriteType: 'WriteOnly' }] };
    },
    'somebody put advanced selectors': ({ trail }) => {
      trail.selectors = { advanced: [management()] };
    },
    'the trail was stopped': ({ trail }) => {
      trail.logging = false;
    },
    'another trail records them already': ({ running, trail }) => {
      running.world.trails.push({
        ...trail,
        name: 'another',
        arn: trail.arn.replace('payments-audit', 'another'),
        selectors: undefined,
      });
    },
  },
  refuses: {
    'all are recorded': {
      arrange: ({ trail }) => {
        trail.selectors = undefined;
      },
      because: 'already-sound',
    },
    'the trail is stopped': {
      arrange: ({ trail }) => {
        trail.logging = false;
      },
      because: 'precondition',
    },
    'there are five basic selectors already': {
      arrange: ({ trail }) => {
        const one = { ...MANAGEMENT, IncludeManagementEvents: false, ReadWriteType: 'ReadOnly' };
        const of = (index: number) => ({
          ...one,
          DataResources: [{ Type: 'AWS::S3::Object', Values: [`arn:aws:s3:::bora-${index}/`] }],
        });
        trail.selectors = { basic: [1, 2, 3, 4, 5].map(of) };
      },
      because: 'precondition',
    },
  },
});

livesOf({
  fix: 'record-management-events',
  where: 'advanced selectors that leave IAM and KMS out, asked for an account',
  company: {
    ...delivering,
    trails: [
      {
        ...smallTrail,
        selectors: {
          advanced: [
            management({
              Field: 'eventSource',
              NotEquals: ['iam.amazonaws.com', 'kms.amazonaws.com'],
            }),
            {
              FieldSelectors: [
                { Field: 'eventCategory', Equals: ['Data'] },
                { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
                { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::bora-payments-exports/'] },
              ],
            },
          ],
        },
      },
    ],
  },
  target: { subject: ACCOUNT, owner: ACCOUNT },
  riskClass: 'B',
  calls: ['cloudtrail:PutEventSelectors'],
  breaks: {
    'a name was changed': ({ trail }) => {
      trail.selectors = { advanced: [{ ...management(), Name: 'Ours' }] };
    },
  },
});
