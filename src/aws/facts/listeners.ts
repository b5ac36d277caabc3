import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import type { Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Around, placeIn, witnessedAt } from './named-place.ts';

export const needs = ['sns:ListSubscriptionsByTopic'];

/** The confirmed subscriptions of topics that were asked already, by ARN: alarms share a few topics. */
export type Topics = Map<string, Promise<Witnessed<number>>>;

/**
 * Who hears an alarm: the confirmed subscriptions of its topics, and every action that needs none, such
 * as a function. A topic that cannot be asked leaves it open unless somebody else hears.
 */
export async function listenersOf(
  around: Around,
  where: Where,
  actions: string[],
  topics: Topics,
): Promise<Witnessed<number>> {
  const heard = await Promise.all(
    actions.filter(isTopic).map((arn) => {
      const known = topics.get(arn) ?? readSubscriptions(around, arn, where);
      topics.set(arn, known);
      return known;
    }),
  );
  const direct = actions.length - heard.length;
  const count = heard.reduce((sum, topic) => sum + (wasSeen(topic) ? topic.seen : 0), direct);
  const dark = heard.find((topic) => !wasSeen(topic));
  if (count === 0 && dark) return dark;
  const by = { api: 'cloudwatch:DescribeAlarms', ...where, at: around.now().toISOString() };
  return { seen: count, by: heard.find(wasSeen)?.by ?? by };
}

function isTopic(arn: string): boolean {
  return arn.split(':')[2] === 'sns';
}

/** Who did not answer the question whether he wants it has the text `PendingConfirmation` for an ARN. */
function readSubscriptions(
  around: Around,
  arn: string,
  otherwise: Where,
): Promise<Witnessed<number>> {
  const where = placeIn(arn, otherwise);
  return witnessedAt(around, 'sns:ListSubscriptionsByTopic', where, async () => {
    let confirmed = 0;
    const pages = paginateListSubscriptionsByTopic(
      { client: around.aws.sns(where) },
      { TopicArn: arn },
    );
    for await (const { Subscriptions = [] } of pages)
      for (const { SubscriptionArn = '' } of Subscriptions)
        if (SubscriptionArn.startsWith('arn:')) confirmed += 1;
    return confirmed;
  });
}
