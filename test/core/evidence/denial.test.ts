import { denialOf } from '../../../src/core/evidence/denial.ts';
import { carries } from '../../../src/core/evidence/identifiers.ts';
import { soundEvent } from './sound.ts';

const refused = (errorCode: string, errorMessage: string | null) =>
  soundEvent({ errorCode, errorMessage, requestParameters: null });
const WHO = 'User: arn:aws:iam::111122223333:user/alice is';

test.each([
  [
    'IAM names the action, the thing and why',
    refused(
      'AccessDenied',
      `${WHO} not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k because no identity-based policy allows the s3:GetObject action`,
    ),
    {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::b/k',
      because: 'no identity-based policy allows',
    },
  ],
  [
    'EC2 says it twice',
    refused(
      'Client.UnauthorizedOperation',
      `You are not authorized to perform this operation. ${WHO} not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance/* with an explicit deny in a service control policy. Encoded authorization failure message: AAAA`,
    ),
    {
      action: 'ec2:RunInstances',
      resource: 'arn:aws:ec2:us-east-1:111122223333:instance/*',
      because: 'explicit deny in a service control policy',
    },
  ],
  [
    'S3 says nothing, and the call itself is all there is',
    refused('AccessDenied', 'Access Denied'),
    { action: 'ec2:TerminateInstances', resource: null, because: null },
  ],
  [
    'no message at all',
    refused('AccessDeniedException', null),
    { action: 'ec2:TerminateInstances', resource: null, because: null },
  ],
  [
    'the kind of a thing stands before its name',
    refused(
      'AccessDenied',
      `${WHO} not authorized to perform: iam:DeleteUser on resource: user bob because no identity-based policy allows it`,
    ),
    { action: 'iam:DeleteUser', resource: 'bob', because: 'no identity-based policy allows' },
  ],
  [
    'a kind of two words',
    refused(
      'AccessDenied',
      `${WHO} not authorized to perform: iam:AddRoleToInstanceProfile on resource: instance profile web because x`,
    ),
    { action: 'iam:AddRoleToInstanceProfile', resource: 'web', because: null },
  ],
  [
    'everything is nothing in particular',
    refused(
      'AccessDenied',
      `${WHO} not authorized to perform: organizations:LeaveOrganization on resource: *`,
    ),
    { action: 'organizations:LeaveOrganization', resource: null, because: null },
  ],
  [
    'a call without a thing',
    refused(
      'AccessDenied',
      `${WHO} not authorized to perform: config:StopConfigurationRecorder because no identity-based policy allows the action`,
    ),
    {
      action: 'config:StopConfigurationRecorder',
      resource: null,
      because: 'no identity-based policy allows',
    },
  ],
])('%s', (_, event, denial) => {
  expect(denialOf(event)).toEqual(denial);
});

test('a call that succeeded or failed otherwise was not refused', () => {
  expect(denialOf(soundEvent())).toBeNull();
  expect(denialOf(refused('Throttling', 'Rate exceeded'))).toBeNull();
});

test('a refused call carries the thing that only its message names, and not its kind', () => {
  const event = refused(
    'AccessDenied',
    `${WHO} not authorized to perform: iam:DeleteUser on resource: user bob because …`,
  );
  expect(carries(event, 'bob')).toBe(true);
  expect(carries(event, 'user')).toBe(false);
  const policy = refused(
    'AccessDenied',
    `${WHO} not authorized to perform: iam:SetDefaultPolicyVersion on resource: policy arn:aws:iam::111122223333:policy/p1`,
  );
  expect(carries(policy, 'p1')).toBe(true);
});
