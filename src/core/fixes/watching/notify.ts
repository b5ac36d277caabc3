import type { Json, JsonObject } from '../../json.ts';
import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import { partitionOf } from '../partition.ts';
import { type State, trailOf } from '../plan.ts';
import { precondition } from '../trails/own-trail.ts';
import { trailPlan } from '../trails/trail-plan.ts';

/** The topic that a trail is given, and its policy: CloudTrail may publish for this trail, and for no other. */
export function topicFor(trail: string): { arn: string; name: string; policy: JsonObject } {
  const seat = trailOf(trail);
  if (!seat) throw new Error(`planning a topic for what is no trail: ${trail}`);
  const name = `trailwarden-${(trail.split('/').at(-1) ?? '').replaceAll('.', '-')}`;
  const arn = `arn:${partitionOf(seat.region)}:sns:${seat.region}:${seat.account}:${name}`;
  return {
    arn,
    name,
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'CloudTrailAnnouncesLogFiles',
          Effect: 'Allow',
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Action: 'SNS:Publish',
          Resource: arn,
          Condition: { StringEquals: { 'aws:SourceArn': trail } },
        },
      ],
    },
  };
}

/**
 * A topic and the trail that announces its log files there (reference: fixes 6.1, row CT-27, class B).
 * `TopicTakenBy`: the policy of a topic of this name that is not ours. `CreateTopic` with the same policy
 * answers the topic that is there, so that nothing is overwritten. The way back ends the announcements; the
 * topic stays with whoever subscribed to it.
 */
export function planNotify(
  target: FixTarget,
  state: State & { TopicTakenBy: Json },
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  if (state.SnsTopicARN) return 'already-sound';
  const topic = topicFor(target.subject);
  if (state.TopicTakenBy !== null)
    return precondition(
      {
        en: `A topic called ${topic.name} exists, and its policy is not the one that this fix writes.`,
        ko: `이름이 ${topic.name}인 주제가 있으며 정책이 이 수정이 쓰는 것과 다릅니다.`,
      },
      {
        en: 'Let it accept cloudtrail.amazonaws.com for this trail and set it on the trail, or delete it.',
        ko: '이 트레일에 대해 cloudtrail.amazonaws.com을 허용하고 트레일에 설정하거나, 삭제하세요.',
      },
    );
  const set = (SnsTopicName: string) => ({
    api: 'cloudtrail:UpdateTrail',
    parameters: { Name: target.subject, SnsTopicName },
  });
  const plan = trailPlan(target, target.subject, {
    fix: 'notify-by-sns',
    family: 'logs',
    calls: [
      {
        api: 'sns:CreateTopic',
        parameters: { Name: topic.name, Attributes: { Policy: JSON.stringify(topic.policy) } },
      },
      set(topic.arn),
    ],
    wayBack: [set('')],
    before: state,
    after: { SnsTopicARN: topic.arn },
    riskClass: 'B',
    feels: {
      en: `Each log file is announced to the topic ${topic.name}; nobody hears until somebody subscribes.`,
      ko: `로그 파일마다 주제 ${topic.name}에 알림이 갑니다. 구독하는 사람이 없으면 아무도 받지 않습니다.`,
    },
    keeps: [
      {
        en: 'Log files, their bucket and what is recorded stay as they are.',
        ko: '로그 파일, 버킷, 기록 대상은 그대로입니다.',
      },
      {
        en: 'Taking it back ends the announcements; the topic stays with its subscriptions.',
        ko: '되돌리면 알림을 멈춥니다. 주제와 구독은 그대로 남습니다.',
      },
    ],
    cost: {
      monthly: null,
      unitPrice: '$0.50 per million announcements, the first million of a month free',
      ko: '알림 100만 건당 $0.50, 매월 처음 100만 건은 무료',
      assumptions: [
        {
          en: 'One per log file, of which each active region writes about 288 a day.',
          ko: '로그 파일마다 한 건이며, 활성 리전마다 하루 약 288개가 만들어집니다.',
        },
      ],
    },
  });
  return { plan };
}
