import { AwsFault, type Call, type World } from '../service.ts';
import type { TrailState } from '../world.ts';
import { arnOfRole } from './iam-entities.ts';
import { topicArnOf } from './sns.ts';

/**
 * Whether a trail could deliver to the log group and the topic that a call names. What it has already is
 * not asked about again. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
 */
export function checkSinks({ input }: Call, trail: TrailState, world: World): void {
  const {
    CloudWatchLogsLogGroupArn: group,
    CloudWatchLogsRoleArn: role,
    SnsTopicName: topic,
  } = input;
  if (group || role) checkLogGroup(group ?? trail.logGroup, role ?? trail.logRole, trail, world);
  if (topic) checkTopic(topic, trail, world);
}

function checkLogGroup(
  group: string | undefined,
  role: string | undefined,
  trail: TrailState,
  world: World,
): void {
  if (!group) {
    throw new AwsFault(
      'InvalidCloudWatchLogsLogGroupArnException',
      'You must specify a log group as well as a role ARN.',
    );
  }
  if (!role) {
    throw new AwsFault(
      'InvalidCloudWatchLogsRoleArnException',
      'You must specify a role ARN as well as a log group.',
    );
  }
  const at = `arn:aws:logs:${trail.homeRegion}:${trail.account}:log-group:`;
  const found = world.scenario.logGroups.some(
    ({ account, region, name }) =>
      account === trail.account && region === trail.homeRegion && group === `${at}${name}:*`,
  );
  if (!found) {
    throw new AwsFault(
      'InvalidCloudWatchLogsLogGroupArnException',
      'Access denied. Check the permissions for your log group, and that it is in the account and region of the trail.',
    );
  }
  const delivering = world.scenario.iam.roles.find(
    (each) => each.account === trail.account && arnOfRole(each) === role,
  );
  const texts = JSON.stringify(Object.values(delivering?.inline ?? {}));
  const may = texts.includes('logs:CreateLogStream') && texts.includes('logs:PutLogEvents');
  if (!JSON.stringify(delivering?.trust ?? {}).includes('"cloudtrail.amazonaws.com"') || !may) {
    throw new AwsFault(
      'InvalidCloudWatchLogsRoleArnException',
      'Access denied. Check the trust relationships for your role.',
    );
  }
}

function checkTopic(named: string, trail: TrailState, world: World): void {
  const at = `arn:aws:sns:${trail.homeRegion}:${trail.account}`;
  const arn = named.startsWith('arn:') ? named : `${at}:${named}`;
  const topic = world.scenario.topics.find((one) => topicArnOf(one) === arn);
  if (!topic) {
    throw new AwsFault('InvalidSnsTopicNameException', `SNS Topic does not exist: ${named}`);
  }
  if (!JSON.stringify(topic.policy ?? {}).includes('"cloudtrail.amazonaws.com"')) {
    throw new AwsFault(
      'InsufficientSnsTopicPolicyException',
      'SNS Topic does not exist or the topic policy is incorrect!',
    );
  }
}
