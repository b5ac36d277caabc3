import type { AnswerEvent } from './answer.ts';

/** What Config calls the kinds of things that people ask about; a kind that Config does not keep is not here. */
const CONFIG_TYPES: Record<string, string[]> = {
  instance: ['AWS::EC2::Instance'],
  volume: ['AWS::EC2::Volume'],
  'launch-template': ['AWS::EC2::LaunchTemplate'],
  function: ['AWS::Lambda::Function'],
  'function-code': ['AWS::Lambda::Function'],
  'ecs-service': ['AWS::ECS::Service'],
  'ecs-cluster': ['AWS::ECS::Cluster'],
  'eks-cluster': ['AWS::EKS::Cluster'],
  'auto-scaling-group': ['AWS::AutoScaling::AutoScalingGroup'],
  stack: ['AWS::CloudFormation::Stack'],
  trail: ['AWS::CloudTrail::Trail'],
  'trail-logging': ['AWS::CloudTrail::Trail'],
  'config-recorder': ['AWS::Config::ConfigurationRecorder'],
  detector: ['AWS::GuardDuty::Detector'],
  alarm: ['AWS::CloudWatch::Alarm'],
  key: ['AWS::KMS::Key'],
  secret: ['AWS::SecretsManager::Secret'],
  'iam-user': ['AWS::IAM::User'],
  'iam-role': ['AWS::IAM::Role'],
  'trust-policy': ['AWS::IAM::Role'],
  'iam-policy': ['AWS::IAM::Policy'],
  'iam-group': ['AWS::IAM::Group'],
  'security-group': ['AWS::EC2::SecurityGroup'],
  'security-group-rule': ['AWS::EC2::SecurityGroup'],
  'security-group-ingress-rule': ['AWS::EC2::SecurityGroup'],
  'security-group-egress-rule': ['AWS::EC2::SecurityGroup'],
  vpc: ['AWS::EC2::VPC'],
  subnet: ['AWS::EC2::Subnet'],
  'route-table': ['AWS::EC2::RouteTable'],
  'internet-gateway': ['AWS::EC2::InternetGateway'],
  'nat-gateway': ['AWS::EC2::NatGateway'],
  'network-acl': ['AWS::EC2::NetworkAcl'],
  'network-interface': ['AWS::EC2::NetworkInterface'],
  'vpc-endpoint': ['AWS::EC2::VPCEndpoint'],
  'vpc-peering': ['AWS::EC2::VPCPeeringConnection'],
  'transit-gateway': ['AWS::EC2::TransitGateway'],
  'elastic-ip': ['AWS::EC2::EIP'],
  'flow-log': ['AWS::EC2::FlowLog'],
  'load-balancer': [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancing::LoadBalancer',
  ],
  distribution: ['AWS::CloudFront::Distribution'],
  'web-acl': ['AWS::WAFv2::WebACL'],
  bucket: ['AWS::S3::Bucket'],
  'bucket-policy': ['AWS::S3::Bucket'],
  'public-access-block': ['AWS::S3::Bucket'],
  'db-instance': ['AWS::RDS::DBInstance'],
  'db-cluster': ['AWS::RDS::DBCluster'],
  'db-snapshot': ['AWS::RDS::DBSnapshot', 'AWS::RDS::DBClusterSnapshot'],
  table: ['AWS::DynamoDB::Table'],
  'file-system': ['AWS::EFS::FileSystem'],
  repository: ['AWS::ECR::Repository'],
  queue: ['AWS::SQS::Queue'],
  topic: ['AWS::SNS::Topic'],
};

/** Config's types for a kind of thing of the catalogue, or for a type written as Config writes it. */
export function configTypes(kind: string | null): string[] {
  if (kind === null) return [];
  return AWS_TYPE.test(kind) ? [kind] : (CONFIG_TYPES[kind] ?? []);
}

const AWS_TYPE = /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/;

/** The type of which the identifier itself tells: `i-0abc` is an instance, whoever names it. */
export function typeOfId(id: string): string | null {
  const prefix = /^([a-z]+)-[0-9a-f]{8,17}$/i.exec(id)?.[1]?.toLowerCase();
  return (prefix && BY_PREFIX[prefix]) ?? null;
}

const BY_PREFIX: Record<string, string> = {
  i: 'AWS::EC2::Instance',
  vol: 'AWS::EC2::Volume',
  sg: 'AWS::EC2::SecurityGroup',
  vpc: 'AWS::EC2::VPC',
  subnet: 'AWS::EC2::Subnet',
  rtb: 'AWS::EC2::RouteTable',
  igw: 'AWS::EC2::InternetGateway',
  nat: 'AWS::EC2::NatGateway',
  acl: 'AWS::EC2::NetworkAcl',
  eni: 'AWS::EC2::NetworkInterface',
  vpce: 'AWS::EC2::VPCEndpoint',
  tgw: 'AWS::EC2::TransitGateway',
  eipalloc: 'AWS::EC2::EIP',
  fl: 'AWS::EC2::FlowLog',
  lt: 'AWS::EC2::LaunchTemplate',
};

/** A changed thing as Config may know it: its type and the names to ask for, likeliest first. */
export type Changed = { type: string; ids: string[] };

/**
 * Which resource a call changed: by its own id, or by what the service calls it. Null where the event
 * names none, or one of a kind that Config does not keep.
 */
export function changedBy({ eventSource, eventName, resources }: AnswerEvent): Changed | null {
  const ids = resources.filter((one) => one.length <= 768);
  for (const id of ids) {
    const type = typeOfId(nameOf(id));
    if (type) return { type, ids: [nameOf(id)] };
  }
  const types = BY_CALL[eventSource] ?? [];
  const kind = types.find(([pattern]) => pattern.test(eventName));
  if (!kind || ids.length === 0) return null;
  const [, type] = kind;
  // A trail's id is its ARN; everything else goes by its name.
  const names = [...ids.map(nameOf), ...ids];
  const wanted = type === 'AWS::CloudTrail::Trail' ? [...ids, ...ids.map(nameOf)] : names;
  return { type, ids: [...new Set(wanted)].slice(0, 3) };
}

/** By source, which names speak of which type; the first that fits. */
const BY_CALL: Record<string, [RegExp, string][]> = {
  's3.amazonaws.com': [[/Bucket|PublicAccessBlock/, 'AWS::S3::Bucket']],
  'iam.amazonaws.com': [
    [/Role|AssumeRolePolicy/, 'AWS::IAM::Role'],
    [/Group/, 'AWS::IAM::Group'],
    [/User|AccessKey|LoginProfile|MFADevice/, 'AWS::IAM::User'],
    [/Policy/, 'AWS::IAM::Policy'],
  ],
  'cloudtrail.amazonaws.com': [[/Trail|Logging|Selectors/, 'AWS::CloudTrail::Trail']],
  'kms.amazonaws.com': [[/Key/, 'AWS::KMS::Key']],
  'lambda.amazonaws.com': [[/Function|Permission/, 'AWS::Lambda::Function']],
  'rds.amazonaws.com': [
    [/DBCluster(?!.*Snapshot)/, 'AWS::RDS::DBCluster'],
    [/DBSnapshot/, 'AWS::RDS::DBSnapshot'],
    [/DBInstance/, 'AWS::RDS::DBInstance'],
  ],
  'dynamodb.amazonaws.com': [[/Table/, 'AWS::DynamoDB::Table']],
  'ec2.amazonaws.com': [[/SecurityGroup/, 'AWS::EC2::SecurityGroup']],
  'sqs.amazonaws.com': [[/Queue/, 'AWS::SQS::Queue']],
  'sns.amazonaws.com': [[/Topic/, 'AWS::SNS::Topic']],
  'secretsmanager.amazonaws.com': [[/Secret/, 'AWS::SecretsManager::Secret']],
};

/** The name at the end of an ARN; what is no ARN is a name. */
function nameOf(id: string): string {
  return id.startsWith('arn:') ? (id.split(':').slice(5).join(':').split(/[:/]/).at(-1) ?? id) : id;
}
