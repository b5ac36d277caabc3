import { createHash } from 'node:crypto';
import { denied } from '../authorization.ts';
import type { TopicSetup } from '../scenario.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { pageOf } from './config-pages.ts';

/** The simulated SNS: who is subscribed to which topic, without the messages. */
export const sns: Handlers = {
  'sns:ListSubscriptionsByTopic': listSubscriptionsByTopic,
  'sns:CreateTopic': createTopic,
  'sns:GetTopicAttributes': (call, world) => ({ Attributes: attributesOf(topicOf(call, world)) }),
};

/**
 * `ListSubscriptionsByTopic`: at most 100 a page. A subscription that nobody confirmed has the text
 * `PendingConfirmation` for an ARN. No topic of this organization lets another account list it.
 * https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
function listSubscriptionsByTopic(call: Call, world: World) {
  const { TopicArn = '', NextToken } = call.input;
  const topic = topicOf(call, world);
  const subscriptions = topic.subscriptions.map(({ protocol, endpoint, confirmed }) => ({
    SubscriptionArn: confirmed
      ? `${TopicArn}:${idOf(`${TopicArn} ${protocol} ${endpoint}`)}`
      : 'PendingConfirmation',
    Owner: topic.account,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn,
  }));
  const { page, next } = pageOf(subscriptions, [TopicArn], {
    size: 100,
    token: NextToken,
    most: 100,
  });
  return { Subscriptions: page, NextToken: next };
}

function topicOf(call: Call, world: World): TopicSetup {
  const { TopicArn = '' } = call.input;
  const parts = String(TopicArn).split(':');
  if (parts.length !== 6 || parts[2] !== 'sns') {
    throw new AwsFault('InvalidParameterException', 'Invalid parameter: TopicArn');
  }
  if (parts[4] !== call.caller.account) {
    const need = { action: `SNS:${call.operation}`, resource: TopicArn };
    throw denied(call, need, 'resource-based', 'no-allow');
  }
  const topic = world.scenario.topics.find((one) => topicArnOf(one) === TopicArn);
  if (topic === undefined || topic.region !== call.region) {
    throw new AwsFault('NotFoundException', 'Topic does not exist');
  }
  return topic;
}

/**
 * `CreateTopic`: again with the same attributes it answers the topic that is there, with others it refuses.
 * https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
function createTopic(call: Call, world: World) {
  const { Name: name = '', Attributes = {} } = call.input;
  const { account } = call.caller;
  if (!/^[\w-]{1,256}$/.test(name)) {
    throw new AwsFault('InvalidParameterException', 'Invalid parameter: Topic Name');
  }
  const { Policy, ...others } = Attributes as { [attribute: string]: string };
  if (Object.keys(others).length > 0) {
    throw new AwsFault(
      'NotImplemented',
      `topics with ${Object.keys(others)} are not simulated`,
      501,
    );
  }
  const made = { name, account, region: call.region, subscriptions: [] };
  const known = world.scenario.topics.find((one) => topicArnOf(one) === topicArnOf(made));
  if (known && Policy && attributesOf(known).Policy !== Policy) {
    throw new AwsFault(
      'InvalidParameterException',
      'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    );
  }
  if (!known)
    world.scenario.topics.push({ ...made, ...(Policy && { policy: JSON.parse(Policy) }) });
  return { TopicArn: topicArnOf(made) };
}

function attributesOf(topic: TopicSetup) {
  const waiting = topic.subscriptions.filter(({ confirmed }) => !confirmed).length;
  return {
    TopicArn: topicArnOf(topic),
    Owner: topic.account,
    Policy: JSON.stringify(topic.policy ?? ownersOwn(topic)),
    SubscriptionsConfirmed: String(topic.subscriptions.length - waiting),
    SubscriptionsPending: String(waiting),
  };
}

/** The policy of a topic that nobody wrote one for, shortened to what matters: its owner alone. */
function ownersOwn(topic: TopicSetup) {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes'],
        Resource: topicArnOf(topic),
        Condition: { StringEquals: { 'AWS:SourceOwner': topic.account } },
      },
    ],
  };
}

export function topicArnOf({ region, account, name }: TopicSetup): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}

function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [8, 4, 4, 4, 12]
    .map((length, index, lengths) => {
      const from = lengths.slice(0, index).reduce((sum, each) => sum + each, 0);
      return hex.slice(from, from + length);
    })
    .join('-');
}
