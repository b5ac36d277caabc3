import type { Json, JsonObject } from '../../../core/json.ts';

/** What LookupEvents says beside a record: the user's name and the resources it is about. */

export type EventResource = { ResourceType: string; ResourceName: string };

/** `Username`: a user's name, `root`, or the session name of an assumed role; others have none. */
export function usernameOf(record: JsonObject): string | undefined {
  const identity = (record.userIdentity ?? {}) as JsonObject;
  if (typeof identity.userName === 'string') return identity.userName;
  if (identity.type === 'Root') return 'root';
  if (identity.type !== 'AssumedRole' && identity.type !== 'FederatedUser') return undefined;
  return typeof identity.arn === 'string' ? identity.arn.split('/').at(-1) : undefined;
}

/** Members of requests and answers that name a resource, in every service alike. */
const namesEverywhere: { [member: string]: string } = {
  instanceId: 'AWS::EC2::Instance',
  imageId: 'AWS::EC2::Ami',
  volumeId: 'AWS::EC2::Volume',
  snapshotId: 'AWS::EC2::Snapshot',
  vpcId: 'AWS::EC2::VPC',
  subnetId: 'AWS::EC2::Subnet',
  networkInterfaceId: 'AWS::EC2::NetworkInterface',
  internetGatewayId: 'AWS::EC2::InternetGateway',
  routeTableId: 'AWS::EC2::RouteTable',
  keyName: 'AWS::EC2::KeyPair',
  bucketName: 'AWS::S3::Bucket',
  s3BucketName: 'AWS::S3::Bucket',
  roleArn: 'AWS::IAM::Role',
  policyArn: 'AWS::IAM::Policy',
  functionName: 'AWS::Lambda::Function',
  functionArn: 'AWS::Lambda::Function',
  tableName: 'AWS::DynamoDB::Table',
  dBInstanceIdentifier: 'AWS::RDS::DBInstance',
  dBClusterIdentifier: 'AWS::RDS::DBCluster',
  dBSnapshotIdentifier: 'AWS::RDS::DBSnapshot',
  autoScalingGroupName: 'AWS::AutoScaling::AutoScalingGroup',
  stackName: 'AWS::CloudFormation::Stack',
  stackId: 'AWS::CloudFormation::Stack',
  changeSetName: 'AWS::CloudFormation::ChangeSet',
  secretId: 'AWS::SecretsManager::Secret',
  trailARN: 'AWS::CloudTrail::Trail',
  configurationRecorderName: 'AWS::Config::ConfigurationRecorder',
};

/** Members whose meaning depends on the service that was called. */
const namesByService: { [source: string]: { [member: string]: string } } = {
  'ec2.amazonaws.com': { groupId: 'AWS::EC2::SecurityGroup' },
  'iam.amazonaws.com': {
    userName: 'AWS::IAM::User',
    roleName: 'AWS::IAM::Role',
    groupName: 'AWS::IAM::Group',
    policyName: 'AWS::IAM::Policy',
    instanceProfileName: 'AWS::IAM::InstanceProfile',
    accessKeyId: 'AWS::IAM::AccessKey',
  },
  'sts.amazonaws.com': { accessKeyId: 'AWS::IAM::AccessKey' },
  'cloudtrail.amazonaws.com': {
    name: 'AWS::CloudTrail::Trail',
    trailName: 'AWS::CloudTrail::Trail',
  },
  'kms.amazonaws.com': { keyId: 'AWS::KMS::Key' },
  'ecs.amazonaws.com': {
    service: 'AWS::ECS::Service',
    cluster: 'AWS::ECS::Cluster',
    family: 'AWS::ECS::TaskDefinition',
    taskDefinitionArn: 'AWS::ECS::TaskDefinition',
  },
};

/**
 * The resources that a record names: its `resources`, and every member of its request and answer that holds
 * the id of a resource. AssumeRole names the issued key, the session and the role.
 */
export function resourcesOf(record: JsonObject): EventResource[] {
  const found = new Map<string, EventResource>();
  const add = (ResourceType: string, ResourceName: Json | undefined) => {
    if (typeof ResourceName !== 'string' || ResourceName === '') return;
    found.set(`${ResourceType} ${ResourceName}`, { ResourceType, ResourceName });
  };
  const names = { ...namesEverywhere, ...namesByService[String(record.eventSource)] };
  const walk = (value: Json | undefined): void => {
    if (value === undefined || value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      for (const member of value) walk(member);
      return;
    }
    for (const [member, inner] of Object.entries(value)) {
      const type = Object.hasOwn(names, member) ? names[member] : undefined;
      if (type !== undefined) add(type, inner);
      else if (member === 'assumedRoleUser')
        add('AWS::STS::AssumedRole', (inner as JsonObject).arn);
      walk(inner);
    }
  };
  walk(record.requestParameters);
  walk(record.responseElements);
  for (const resource of Array.isArray(record.resources) ? record.resources : []) {
    const { ARN, type } = resource as JsonObject;
    if (typeof type === 'string') add(type, ARN);
  }
  return [...found.values()];
}
