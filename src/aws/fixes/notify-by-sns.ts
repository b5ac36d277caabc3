import { GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { planNotify, topicFor } from '../../core/fixes/watching/notify.ts';
import { sinkSince } from '../../core/fixes/watching/sink-since.ts';
import { hashOf } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { readSettings, type Seat, seatOfTrail } from './trail-state.ts';

/** A topic, and the trail that announces its log files there. */
export const notifyBySns: Fix = {
  id: 'notify-by-sns',
  title: { en: 'Announce log files to an SNS topic', ko: '로그 파일을 SNS 주제로 알리기' },
  needs: {
    read: ['cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus', 'sns:GetTopicAttributes'],
  },
  writes: { logs: ['sns:CreateTopic', 'cloudtrail:UpdateTrail'] },

  async plan(target, aws) {
    const state = await readNotifying(seatOfTrail(target.subject), aws);
    return wasSeen(state) ? { seen: planNotify(target, state.seen) } : state;
  },
  read: readNotifying,
  asCode: () => [
    { tool: 'terraform', text: 'sns_topic_name = aws_sns_topic.trail.arn' },
    { tool: 'cloudformation', text: 'SnsTopicName: !Ref TrailTopic' },
  ],

  async later(plan, applied, aws) {
    const status = await reading(`cloudtrail:GetTrailStatus in ${plan.account}`, async () => {
      const { LatestNotificationTime: at, LatestNotificationError: error } = await aws
        .cloudTrail(plan)
        .send(new GetTrailStatusCommand({ Name: plan.resource }));
      return { lastSuccess: at?.toISOString() ?? null, error: error || null };
    });
    return wasSeen(status) ? { seen: sinkSince('SNS', status.seen, applied) } : status;
  },
};

/** The trail's settings, and whose policy stands on a topic of the name that it would be given. */
async function readNotifying(
  seat: Seat,
  aws: Aws,
): Promise<Reading<Parameters<typeof planNotify>[1]>> {
  const settings = await readSettings(seat, aws);
  if (!wasSeen(settings)) return settings;
  const { arn, policy } = topicFor(seat.resource);
  const taken = await reading(`sns:GetTopicAttributes in ${seat.account}`, () =>
    orNone('NotFoundException', null, async () => {
      const { Attributes } = await aws
        .sns(seat)
        .send(new GetTopicAttributesCommand({ TopicArn: arn }));
      if (!Attributes?.Policy) throw new Error('SNS answered a topic without its policy');
      const found = JSON.parse(Attributes.Policy) as Json;
      return hashOf(found) === hashOf(policy) ? null : found;
    }),
  );
  return wasSeen(taken) ? { seen: { ...settings.seen, TopicTakenBy: taken.seen } } : taken;
}
