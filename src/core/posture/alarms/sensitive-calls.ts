import type { JsonObject } from '../../json.ts';

export type SensitiveCall = { call: string; events: JsonObject[] };

const ACCOUNT = '000000000000';
const USER: JsonObject = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:somebody',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/somebody/session`,
  accountId: ACCOUNT,
};

/** Another kind of caller, in another region: a filter that is about one of each is about a part. */
const PERSON: JsonObject = {
  type: 'IAMUser',
  principalId: 'AIDAEXAMPLE',
  arn: `arn:aws:iam::${ACCOUNT}:user/somebody`,
  accountId: ACCOUNT,
  userName: 'somebody',
};
const ROOT: JsonObject = {
  type: 'Root',
  principalId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:root`,
  accountId: ACCOUNT,
};
const HOME = 'us-east-1';
const ELSEWHERE = 'eu-west-1';
/** Whose events are written in one region only. */
const GLOBAL = ['iam', 'organizations'];

/**
 * The sensitive calls of CIS AWS Foundations (section 4 up to 5.0, section 5 since 6.0), each as the
 * events that CloudTrail would write of it: an alarm is there when it would go off for every one of
 * them. The calls of EC2-Classic are left out, because nobody can make them any more.
 */
export const SENSITIVE_CALLS: SensitiveCall[] = [
  { call: 'unauthorized-calls', events: unauthorized() },
  { call: 'sign-in-without-mfa', events: [signIn({ ConsoleLogin: 'Success' }, { MFAUsed: 'No' })] },
  { call: 'root-use', events: rootUse() },
  {
    call: 'iam-policy-changes',
    events: calls('iam', [
      'AttachGroupPolicy',
      'AttachRolePolicy',
      'AttachUserPolicy',
      'CreatePolicy',
      'CreatePolicyVersion',
      'DeleteGroupPolicy',
      'DeletePolicy',
      'DeletePolicyVersion',
      'DeleteRolePolicy',
      'DeleteUserPolicy',
      'DetachGroupPolicy',
      'DetachRolePolicy',
      'DetachUserPolicy',
      'PutGroupPolicy',
      'PutRolePolicy',
      'PutUserPolicy',
    ]),
  },
  {
    call: 'cloudtrail-changes',
    events: calls('cloudtrail', [
      'CreateTrail',
      'DeleteTrail',
      'StartLogging',
      'StopLogging',
      'UpdateTrail',
    ]),
  },
  {
    call: 'sign-in-failures',
    events: [
      {
        ...signIn({ ConsoleLogin: 'Failure' }, { MFAUsed: 'No' }),
        errorMessage: 'Failed authentication',
      },
    ],
  },
  { call: 'kms-key-loss', events: calls('kms', ['DisableKey', 'ScheduleKeyDeletion']) },
  {
    call: 'bucket-policy-changes',
    events: calls('s3', [
      'DeleteBucketCors',
      'DeleteBucketLifecycle',
      'DeleteBucketPolicy',
      'DeleteBucketReplication',
      'PutBucketAcl',
      'PutBucketCors',
      'PutBucketLifecycle',
      'PutBucketPolicy',
      'PutBucketReplication',
    ]),
  },
  {
    call: 'config-changes',
    events: calls('config', [
      'DeleteDeliveryChannel',
      'PutConfigurationRecorder',
      'PutDeliveryChannel',
      'StopConfigurationRecorder',
    ]),
  },
  {
    call: 'security-group-changes',
    events: calls('ec2', [
      'AuthorizeSecurityGroupEgress',
      'AuthorizeSecurityGroupIngress',
      'CreateSecurityGroup',
      'DeleteSecurityGroup',
      'RevokeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
    ]),
  },
  {
    call: 'network-acl-changes',
    events: calls('ec2', [
      'CreateNetworkAcl',
      'CreateNetworkAclEntry',
      'DeleteNetworkAcl',
      'DeleteNetworkAclEntry',
      'ReplaceNetworkAclAssociation',
      'ReplaceNetworkAclEntry',
    ]),
  },
  {
    call: 'gateway-changes',
    events: calls('ec2', [
      'AttachInternetGateway',
      'CreateCustomerGateway',
      'CreateInternetGateway',
      'DeleteCustomerGateway',
      'DeleteInternetGateway',
      'DetachInternetGateway',
    ]),
  },
  {
    call: 'route-table-changes',
    events: calls('ec2', [
      'CreateRoute',
      'CreateRouteTable',
      'DeleteRoute',
      'DeleteRouteTable',
      'DisassociateRouteTable',
      'ReplaceRoute',
      'ReplaceRouteTableAssociation',
    ]),
  },
  {
    call: 'vpc-changes',
    events: calls('ec2', [
      'AcceptVpcPeeringConnection',
      'CreateVpc',
      'CreateVpcPeeringConnection',
      'DeleteVpc',
      'DeleteVpcPeeringConnection',
      'ModifyVpcAttribute',
      'RejectVpcPeeringConnection',
    ]),
  },
  {
    call: 'organization-changes',
    events: calls('organizations', [
      'AcceptHandshake',
      'AttachPolicy',
      'CreateAccount',
      'CreateOrganizationalUnit',
      'CreatePolicy',
      'DeclineHandshake',
      'DeleteOrganization',
      'DeleteOrganizationalUnit',
      'DeletePolicy',
      'DetachPolicy',
      'DisablePolicyType',
      'EnablePolicyType',
      'InviteAccountToOrganization',
      'LeaveOrganization',
      'MoveAccount',
      'RemoveAccountFromOrganization',
      'UpdateOrganizationalUnit',
      'UpdatePolicy',
    ]),
  },
];

function calls(service: string, names: string[]): JsonObject[] {
  return names.flatMap((eventName) => {
    const made = event({ eventSource: `${service}.amazonaws.com`, eventName });
    const awsRegion = GLOBAL.includes(service) ? HOME : ELSEWHERE;
    return [made, { ...made, userIdentity: PERSON, awsRegion }];
  });
}

/** Services spell a refusal in more than one way; most of what is refused is reading. */
function unauthorized(): JsonObject[] {
  const refused = (service: string, eventName: string, errorCode: string, differs = {}) =>
    event({ eventSource: `${service}.amazonaws.com`, eventName, errorCode, ...differs });
  const reading = { readOnly: true, userIdentity: PERSON };
  return [
    refused('ec2', 'TerminateInstances', 'Client.UnauthorizedOperation', { awsRegion: ELSEWHERE }),
    refused('iam', 'ListUsers', 'AccessDenied', reading),
    refused('kms', 'ListKeys', 'AccessDeniedException', { ...reading, awsRegion: ELSEWHERE }),
  ];
}

function signIn(responseElements: JsonObject, additionalEventData: JsonObject): JsonObject {
  return event({
    eventType: 'AwsConsoleSignIn',
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    userIdentity: PERSON,
    responseElements,
    additionalEventData,
  });
}

/** It changes, reads, and signs in. */
function rootUse(): JsonObject[] {
  const signedIn = signIn({ ConsoleLogin: 'Success' }, { MFAUsed: 'Yes' });
  return [
    event({ eventSource: 'iam.amazonaws.com', eventName: 'CreateAccessKey' }),
    event({
      eventSource: 's3.amazonaws.com',
      eventName: 'ListBuckets',
      readOnly: true,
      awsRegion: ELSEWHERE,
    }),
    signedIn,
  ].map((made) => ({ ...made, userIdentity: ROOT }));
}

/** An event as CloudTrail writes it, of an ordinary person's call; `differs` says what it is of. */
function event(differs: JsonObject): JsonObject {
  return {
    eventVersion: '1.11',
    userIdentity: USER,
    eventTime: '2026-01-01T00:00:00Z',
    awsRegion: HOME,
    sourceIPAddress: '192.0.2.1',
    userAgent: 'aws-cli/2.31',
    requestParameters: {},
    responseElements: {},
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...differs,
  };
}
