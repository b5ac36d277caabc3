import { createHash } from 'node:crypto';
import { denied } from '../authorization.ts';
import type { TopicSetup } from '../scenario.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { pageOf } from './config-pages.ts';

/** The simulated SNS: who is subscribed to which topic, without the messages. */
export const sns: Handlers = {
  'sns:ListSubscriptionsByTopic': listSubscriptionsByTopic,
};

/**
 * `ListSubscriptionsByTopic`: at most 100 a page. A subscription that nobody confirmed has the text
 * `PendingConfirmation` for an ARN. No topic of this organization lets another account list it.
 * https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
function listSubscriptionsByTopic(call: Call, world: World) {
  const { TopicArn = '', NextToken } = call.input;
  const parts = String(TopicArn).split(':');
  if (parts.length !== 6 || parts[2] !== 'sns') {
    throw new AwsFault('InvalidParameterException', 'Invalid parameter: TopicArn');
  }
  if (parts[4] !== call.caller.account) {
    const need = { action: 'SNS:ListSubscriptionsByTopic', resource: TopicArn };
    throw denied(call, need, 'resource-based', 'no-allow');
  }
  const topic = world.scenario.topics.find((one) => arnOf(one) === TopicArn);
  if (topic === undefined || topic.region !== call.region) {
    throw new AwsFault('NotFoundException', 'Topic does not exist');
  }
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

function arnOf({ region, account, name }: TopicSetup): string {
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
