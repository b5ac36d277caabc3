import fc from 'fast-check';
import {
  takesAccessLogs,
  withAccessLogs,
} from '../../../../src/core/fixes/buckets/access-log-target.ts';
import { confinedPolicy } from '../../../../src/core/fixes/buckets/confined-policy.ts';
import { apart } from '../../../../src/core/fixes/buckets/policy-merge.ts';
import { letsCloudTrailIn, withCloudTrail } from '../../../../src/core/fixes/keys/key-policy.ts';
import type { Json, JsonObject } from '../../../../src/core/json.ts';
import { policyGaps } from '../../../../src/core/posture/guards/log-bucket-policy.ts';
import { PolicyDocument } from '../../../../src/core/posture/guards/policy-document.ts';

const BUCKET = 'arn:aws:s3:::logs';
const TRAIL = 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/ours';
const around = {
  bucketArn: BUCKET,
  owner: '222222222222',
  organization: 'o-bora12345',
  accounts: new Set(['111111111111', '222222222222']),
  breakGlassRoles: [],
};

const sid = fc.constantFrom('A', 'B', 'TrailwardenTlsOnly', 'TrailwardenAccessLogs', 'Trails');
const condition = fc.constantFrom<JsonObject>(
  {},
  { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
  { stringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
  { StringEquals: { 'aws:SourceArn': TRAIL } },
  { StringEquals: { 'aws:SourceAccount': '111111111111' } },
  { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/*' } },
);
/** Any statement of anybody: CloudTrail's own, of other services, of people, denials, half unknown ones. */
const statement: fc.Arbitrary<JsonObject> = fc.record(
  {
    Sid: sid,
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.constantFrom<Json>(
      { Service: 'cloudtrail.amazonaws.com' },
      { Service: ['cloudtrail.amazonaws.com'] },
      { Service: 'logging.s3.amazonaws.com' },
      { Service: 'config.amazonaws.com' },
      { AWS: 'arn:aws:iam::222222222222:role/auditor' },
      '*',
    ),
    Action: fc.constantFrom<Json>('s3:PutObject', 's3:GetBucketAcl', ['s3:GetObject'], 's3:*'),
    Resource: fc.constantFrom<Json>(BUCKET, `${BUCKET}/AWSLogs/111111111111/*`, [`${BUCKET}/*`]),
    Condition: condition,
    Unheard: fc.constant('of'),
  },
  { requiredKeys: ['Effect', 'Principal', 'Action', 'Resource'] },
);
const policy: fc.Arbitrary<Json> = fc.oneof(
  fc.constant(null),
  fc.record({
    Version: fc.constant('2012-10-17'),
    Id: fc.string({ maxLength: 5 }),
    Statement: fc.oneof(
      statement as fc.Arbitrary<Json>,
      fc.array(statement as fc.Arbitrary<Json>, { maxLength: 5 }),
    ),
  }),
);
const trails = [{ arn: TRAIL, prefix: null, organization: false }];

const isCloudTrails = (one: Json) => JSON.stringify(one).includes('cloudtrail.amazonaws.com');

test('a confined policy loses and moves no statement, and changes none but those of CloudTrail', () => {
  fc.assert(
    fc.property(policy, (before) => {
      const confined = confinedPolicy(before, trails, around);
      if ('undecided' in confined) return;
      const [was, is] = [apart(before), apart(confined.policy)];
      if (before !== null) expect(is.rest).toEqual(was.rest);
      for (const [index, one] of was.statements.entries()) {
        if (!isCloudTrails(one)) expect(is.statements[index]).toEqual(one);
        else {
          const { Condition: _, ...rest } = one as JsonObject;
          expect(is.statements[index]).toMatchObject(rest);
        }
      }
      expect(is.statements.length - was.statements.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});

test('afterwards CloudTrail is no gap any more, and neither is plain HTTP', () => {
  fc.assert(
    fc.property(policy, (before) => {
      const confined = confinedPolicy(before, trails, around);
      if ('undecided' in confined) return;
      const gaps = policyGaps(
        confined.policy === null ? null : PolicyDocument.parse(confined.policy),
        around,
      );
      expect(gaps).not.toContain('plain-http-allowed');
      expect(gaps).not.toContain('cloudtrail.amazonaws.com (source-not-confined)');
    }),
    { numRuns: 300 },
  );
});

test('to confine twice changes nothing', () => {
  fc.assert(
    fc.property(policy, (before) => {
      const once = confinedPolicy(before, trails, around);
      if ('undecided' in once) return;
      expect(confinedPolicy(once.policy, trails, around)).toEqual(once);
    }),
    { numRuns: 300 },
  );
});

test('a policy that would grow beyond what S3 takes is left to a person', () => {
  const open = {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${BUCKET}/*`,
  };
  const many = Array.from({ length: 400 }, (_, n) => ({
    arn: `arn:aws:cloudtrail:eu-west-1:111111111111:trail/trail-number-${n}`,
    prefix: null,
    organization: false,
  }));
  const confined = confinedPolicy({ Version: '2012-10-17', Statement: [open] }, many, around);
  expect(confined).toMatchObject({ undecided: 'too-large' });
});

const logs = {
  source: BUCKET,
  account: '222222222222',
  target: 'arn:aws:s3:::access',
  prefix: 'logs/',
};

test('access logs are let in beside every statement that is there, once', () => {
  fc.assert(
    fc.property(policy, (before) => {
      const after = withAccessLogs(before, logs);
      const [was, is] = [apart(before), apart(after)];
      expect(is.statements.slice(0, was.statements.length)).toEqual(was.statements);
      expect(is.statements).toHaveLength(was.statements.length + 1);
      expect(takesAccessLogs(after, logs)).toBe(true);
      const sids = is.statements.flatMap((one) => ((one as JsonObject).Sid ?? []) as string[]);
      expect(sids.filter((one) => one === sids.at(-1))).toHaveLength(1);
    }),
  );
});

test.each([
  ['another account', { StringEquals: { 'aws:SourceAccount': '999999999999' } }],
  ['another bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::other' } }],
  ['a condition that nobody knows', { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } }],
  ['everybody but us', { StringNotEquals: { 'aws:SourceAccount': '222222222222' } }],
])('a statement for %s is not sure to let the access logs in', (_, Condition) => {
  const Statement = {
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::access/*',
    Condition,
  };
  expect(takesAccessLogs({ Statement }, logs)).toBe(false);
  expect(takesAccessLogs({ Statement: { ...Statement, Condition: {} } }, logs)).toBe(true);
});

test('the policy of a key keeps every statement, and lets CloudTrail in for the trail', () => {
  fc.assert(
    fc.property(policy, (before) => {
      const after = withCloudTrail(before, TRAIL);
      const [was, is] = [apart(before), apart(after)];
      expect(is.statements.slice(0, was.statements.length)).toEqual(was.statements);
      expect(is.statements).toHaveLength(was.statements.length + 2);
      expect(letsCloudTrailIn(after)).toBe(true);
    }),
  );
});
