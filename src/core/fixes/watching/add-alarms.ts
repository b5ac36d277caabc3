import { hashOf } from '../../hash.ts';
import type { ApiCall, FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { precondition } from '../trails/own-trail.ts';
import { trailPlan } from '../trails/trail-plan.ts';
import { patternFor } from './patterns.ts';
import { logGroupOf } from './retention.ts';

/** Metric filters that a log group may have (CloudWatch Logs quotas). */
const MOST_FILTERS = 100;
const NAMESPACE = 'Trailwarden';

/** What the plan is made for; these are the fields of its state, too. */
export type AlarmGround = {
  CloudWatchLogsLogGroupArn: string | null;
  /** Sensitive calls whose events raise no alarm that is heard, and why. */
  Missing: { call: string; why: string }[];
  /** How many metric filters the log group has. */
  FilterCount: number;
  /** Of the filters that this fix made, by name: whether it catches every sample that AWS tried it on. */
  Filters: { [name: string]: { pattern: string; catches: boolean } };
  /** Of the alarms that this fix made, by name: whom they tell, and whether they act. */
  Alarms: { [name: string]: { actions: string[]; enabled: boolean } };
  /** The topic that new alarms would tell: somebody has confirmed that he listens. Null: there is none. */
  Topic: string | null;
};

/** The name of the filter and of the alarm for a call: alarms of several log groups may stand in one place. */
export function alarmName(call: string, group: string): string {
  return `trailwarden-${call}-${hashOf(group).slice(0, 6)}`;
}

/**
 * A metric filter and an alarm for each sensitive call that nobody hears of, where the trail records it
 * (reference: fixes 6.3, row CT-30, class A). New alarms tell the topic that the log group's alarms tell
 * already, or the one that is configured: an alarm that nobody hears is none.
 */
export function planAlarms(
  target: FixTarget,
  state: State & AlarmGround,
): { plan: FixPlan; calls: string[] } | 'already-sound' | { cannot: Obstacle } {
  const { CloudWatchLogsLogGroupArn: group, Topic: topic } = state;
  const where = group === null ? undefined : logGroupOf(group);
  if (!group || !where) return NO_GROUP;
  if (state.Missing.length === 0) return 'already-sound';
  const due = state.Missing.filter(({ why }) => why !== 'not-recorded').map(({ call }) => call);
  if (due.length === 0) return NOT_RECORDED;
  if (!topic) return NO_TOPIC;
  if (state.FilterCount + due.length > MOST_FILTERS) return TOO_MANY;
  const names = due.map((call) => alarmName(call, group));
  const taken = names.find((name) => state.Filters[name] || state.Alarms[name]);
  if (taken) return standing(taken);

  const changed = {
    Missing: state.Missing.filter(({ call }) => !due.includes(call)),
    FilterCount: state.FilterCount + due.length,
    Filters: {
      ...state.Filters,
      ...byName(due, group, (call) => ({ pattern: patternFor(call), catches: true })),
    },
    Alarms: {
      ...state.Alarms,
      ...byName(due, group, () => ({ actions: [topic], enabled: true })),
    },
  };
  const plan = trailPlan(target, target.subject, {
    fix: 'add-alarms',
    family: 'logs',
    calls: due.flatMap((call) => callsFor(call, group, where.name, topic)),
    wayBack: [
      { api: 'cloudwatch:DeleteAlarms', parameters: { AlarmNames: names } },
      ...names.map((filterName) => ({
        api: 'logs:DeleteMetricFilter',
        parameters: { logGroupName: where.name, filterName },
      })),
    ],
    before: state,
    after: changed,
    riskClass: 'A',
    feels: {
      en: `Whoever listens to ${topic.split(':').at(-1)} hears within minutes of ${due.length} more kinds of calls.`,
      ko: `${topic.split(':').at(-1)}을(를) 구독하는 사람이 ${due.length}가지 호출을 몇 분 안에 더 알게 됩니다.`,
    },
    keeps: [
      {
        en: 'Filters and alarms that are there, the trail and its log group stay as they are.',
        ko: '기존 필터와 경보, 트레일과 로그 그룹은 그대로입니다.',
      },
    ],
    cost: {
      // In cents, so that no sum of tenths is off by a hair.
      monthly: (due.length * 40) / 100,
      unitPrice: '$0.10 per alarm and $0.30 per metric, a month',
      ko: '매월 경보당 $0.10, 지표당 $0.30',
      assumptions: [{ en: 'The price of us-east-1.', ko: 'us-east-1 가격입니다.' }],
    },
  });
  return { plan, calls: due };
}

function callsFor(call: string, group: string, logGroupName: string, topic: string): ApiCall[] {
  const name = alarmName(call, group);
  return [
    {
      api: 'logs:PutMetricFilter',
      parameters: {
        logGroupName,
        filterName: name,
        filterPattern: patternFor(call),
        metricTransformations: [
          { metricName: name, metricNamespace: NAMESPACE, metricValue: '1', defaultValue: 0 },
        ],
      },
    },
    {
      api: 'cloudwatch:PutMetricAlarm',
      parameters: {
        AlarmName: name,
        AlarmDescription: `Sensitive calls of the audit trail: ${call}`,
        ActionsEnabled: true,
        AlarmActions: [topic],
        MetricName: name,
        Namespace: NAMESPACE,
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
      },
    },
  ];
}

function byName<T>(calls: string[], group: string, of: (call: string) => T): { [name: string]: T } {
  return Object.fromEntries(calls.map((call) => [alarmName(call, group), of(call)]));
}

const NO_GROUP = precondition(
  {
    en: 'The trail delivers to no log group, which filters and alarms would look at.',
    ko: '트레일이 전달하는 로그 그룹이 없어 필터와 경보가 볼 대상이 없습니다.',
  },
  {
    en: 'Let it deliver to one first (deliver-to-cloudwatch-logs).',
    ko: '먼저 로그 그룹으로 전달하게 하세요(deliver-to-cloudwatch-logs).',
  },
);

const NOT_RECORDED = precondition(
  {
    en: 'The filters are there, but the trail does not record these calls.',
    ko: '필터는 있지만 트레일이 이 호출을 기록하지 않습니다.',
  },
  {
    en: 'Let it record all management events (record-management-events).',
    ko: '관리 이벤트를 모두 기록하게 하세요(record-management-events).',
  },
);

const NO_TOPIC = precondition(
  {
    en: 'No alarm of this log group tells anybody, and no topic with a confirmed subscription is configured here.',
    ko: '이 로그 그룹의 경보 중 누군가에게 알리는 것이 없고, 확인된 구독이 있는 주제도 설정되어 있지 않습니다.',
  },
  {
    en: 'Subscribe the security team to an SNS topic of this account and region, and name it in aws.alarmTopics.',
    ko: '이 계정과 리전의 SNS 주제를 보안 팀이 구독하게 하고 aws.alarmTopics에 적으세요.',
  },
);

const TOO_MANY = precondition(
  {
    en: `A log group may have ${MOST_FILTERS} metric filters, and these would be more.`,
    ko: `로그 그룹의 지표 필터는 ${MOST_FILTERS}개까지이며 이를 넘게 됩니다.`,
  },
  { en: 'Delete filters that nobody needs.', ko: '필요 없는 필터를 삭제하세요.' },
);

function standing(name: string) {
  return precondition(
    {
      en: `A filter or an alarm called ${name} is there and does not do its work.`,
      ko: `이름이 ${name}인 필터 또는 경보가 있지만 제 역할을 하지 않습니다.`,
    },
    {
      en: 'Look at what was changed of it, and delete it: then it is made anew.',
      ko: '무엇이 바뀌었는지 확인하고 삭제하세요. 그러면 새로 만듭니다.',
    },
  );
}
