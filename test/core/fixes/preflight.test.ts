import fc from 'fast-check';
import { guardOf, ownerIn } from '../../../src/core/fixes/preflight.ts';
import { PolicyDocument } from '../../../src/core/posture/guards/policy-document.ts';

const TRAIL = 'arn:aws:cloudtrail:eu-west-1:666677778888:trail/payments';
const ROLE = 'arn:aws:iam::666677778888:role/trailwarden-fix-trail';

function guarded(statement: object, name = 'protect-trails') {
  const document = PolicyDocument.parse({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'cloudtrail:UpdateTrail', Resource: '*', ...statement }],
  });
  const policies = [{ id: 'p-1', name, document, targets: ['r-root'] }];
  const over = { policies, open: null };
  return guardOf([{ action: 'cloudtrail:UpdateTrail', resource: TRAIL, role: ROLE, over }]);
}

const guard = {
  kind: 'guarded',
  by: 'protect-trails',
  action: 'cloudtrail:UpdateTrail',
  controlTower: false,
};

describe('a service control policy', () => {
  test.each([
    ['that denies everybody', {}],
    ['with wildcards', { Action: 'cloudtrail:*', Resource: 'arn:aws:cloudtrail:*:*:trail/*' }],
    ['that lets only others past', { Condition: notLike('arn:aws:iam::*:role/ops-breakglass') }],
    ['that means us', { Condition: { ArnLike: { 'aws:PrincipalArn': '*role/trailwarden-*' } } }],
    [
      'that lets AWS itself past',
      { Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } } },
    ],
  ])('%s is told before anything is proposed', (_, statement) => {
    expect(guarded(statement)).toEqual(guard);
  });

  test.each([
    ['about another call', { Action: 'cloudtrail:StopLogging' }],
    ['about another trail', { Resource: `${TRAIL}-2` }],
    ['that lets our role past', { Condition: notLike('arn:aws:iam::*:role/trailwarden-fix-*') }],
    ['that only allows', { Effect: 'Allow' }],
    [
      'whose condition is about something that nobody knows here',
      { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } },
    ],
  ])('%s is no obstacle that we could promise', (_, statement) => {
    expect(guarded(statement)).toBeNull();
  });

  test.each([
    ['by its name', {}, 'aws-guardrails-NllhqI'],
    ['by its statement', { Sid: 'GRCLOUDTRAILENABLED' }, 'protect-trails'],
  ])('of Control Tower is known %s', (_, statement, name) => {
    expect(guarded(statement, name)).toEqual({ ...guard, by: name, controlTower: true });
  });
});

describe('tags', () => {
  test.each([
    [{ 'aws:cloudformation:stack-name': 'audit-baseline' }, 'cloudformation', 'audit-baseline'],
    [{ 'managed-by': 'Terraform' }, 'terraform', 'managed-by=Terraform'],
    [{ ManagedBy: 'terragrunt' }, 'terraform', 'ManagedBy=terragrunt'],
    [{ 'terraform:workspace': 'prod' }, 'terraform', 'terraform:workspace=prod'],
    [{ Terraform: 'true' }, 'terraform', 'Terraform=true'],
    [{ 'provisioned-by': 'aws-cdk' }, 'cloudformation', 'provisioned-by=aws-cdk'],
    [{ createdBy: 'pulumi' }, 'other', 'createdBy=pulumi'],
  ])('%j tell whose code owns a thing', (tags, tool, where) => {
    expect(ownerIn(tags as { [key: string]: string })).toEqual({ kind: 'owned', tool, where });
  });

  test.each([
    [{}],
    [{ Terraform: 'false' }],
    [{ 'managed-by': 'platform team' }],
    [{ owner: 'terraform' }],
  ])('%j tell of no code', (tags) => {
    expect(ownerIn(tags as { [key: string]: string })).toBeNull();
  });

  test('of whatever kind are read without harm', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
        (tags) => {
          const owner = ownerIn(tags);
          if (owner?.kind === 'owned') expect(JSON.stringify(tags)).not.toBe('{}');
        },
      ),
    );
  });
});

function notLike(role: string) {
  return { ArnNotLike: { 'aws:PrincipalArn': [role] } };
}
