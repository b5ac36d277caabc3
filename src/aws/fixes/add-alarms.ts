import { GetEventSelectorsCommand } from '@aws-sdk/client-cloudtrail';
import { type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { concurrently } from '../../core/concurrently.ts';
import type { State } from '../../core/fixes/plan.ts';
import { precondition } from '../../core/fixes/trails/own-trail.ts';
import { type AlarmGround, alarmName, planAlarms } from '../../core/fixes/watching/add-alarms.ts';
import { alarmsAsCode } from '../../core/fixes/watching/alarms-as-code.ts';
import { patternFor, samplesOf } from '../../core/fixes/watching/patterns.ts';
import { answersTo, filtersOf } from '../../core/posture/alarms/heard.ts';
import { SENSITIVE_CALLS } from '../../core/posture/alarms/sensitive-calls.ts';
import type { LogGroupFacts, MetricFilter } from '../../core/posture/facts.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { selectorsOf } from '../facts/event-selectors.ts';
import { listenersOf } from '../facts/listeners.ts';
import { needs as logGroups, readLogGroup } from '../facts/log-groups.ts';
import { placeIn } from '../facts/named-place.ts';
import { reading } from '../reading.ts';
import type { Aws, Where } from '../session.ts';
import type { Fix } from './fix.ts';
import { readSettings, type Seat, seatOfTrail } from './trail-state.ts';

/** Metric filters and alarms for the sensitive calls that nobody hears of. */
export const addAlarms: Fix = {
  id: 'add-alarms',
  title: { en: 'Raise an alarm for sensitive calls', ko: '민감한 호출에 경보 울리기' },
  needs: {
    read: [
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetTrail',
      ...logGroups,
      'logs:TestMetricFilter',
      'sns:ListSubscriptionsByTopic',
    ],
  },
  writes: {
    logs: [
      'logs:PutMetricFilter',
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:DeleteAlarms',
      'logs:DeleteMetricFilter',
    ],
  },

  async plan(target, aws) {
    const seat = seatOfTrail(target.subject);
    const state = await readAlarms(seat, aws);
    if (!wasSeen(state)) return state;
    const planned = planAlarms(target, state.seen);
    if (planned === 'already-sound' || 'cannot' in planned) return { seen: planned };
    const { plan, calls } = planned;
    // AWS itself tells whether it understands the patterns as we do, before anybody is asked for them.
    const tried = await concurrently(4, calls, (call) =>
      catches(patternFor(call), call, plan, aws),
    );
    const dark = tried.find((one) => !wasSeen(one));
    if (dark && !wasSeen(dark)) return dark;
    return { seen: tried.every((one) => wasSeen(one) && one.seen) ? { plan } : MISUNDERSTOOD };
  },
  read: readAlarms,
  asCode: ({ calls }) => alarmsAsCode(calls),
};

const MISUNDERSTOOD = precondition(
  {
    en: 'CloudWatch Logs does not match a sample of these calls with the pattern that is meant for them.',
    ko: 'CloudWatch Logs가 이 호출의 예시를 준비된 패턴으로 찾지 못합니다.',
  },
  {
    en: 'Report it: the pattern must be mended first.',
    ko: '먼저 패턴을 고쳐야 하니 알려 주세요.',
  },
);

/** Which sensitive calls nobody hears of, with the filters and alarms that this fix made before. */
async function readAlarms(seat: Seat, aws: Aws): Promise<Reading<State & AlarmGround>> {
  const settings = await readSettings(seat, aws);
  if (!wasSeen(settings)) return settings;
  const arn = settings.seen.CloudWatchLogsLogGroupArn;
  if (typeof arn !== 'string') return { seen: { ...settings.seen, ...NOTHING } };

  const selectors = await reading(`cloudtrail:GetEventSelectors in ${seat.account}`, async () =>
    selectorsOf(
      await aws.cloudTrail(seat).send(new GetEventSelectorsCommand({ TrailName: seat.resource })),
    ),
  );
  if (!wasSeen(selectors)) return selectors;
  const around = anywhere(aws);
  const group = await readLogGroup(around, arn, seat, new Map());
  if (!wasSeen(group.filters)) return { unseen: group.filters.unseen };
  const meanings = { patterns: new Map(), selectors: new Map() };
  const answers = answersTo(filtersOf(group, selectors, meanings));
  const unknown = answers.find(({ unseen }) => unseen);
  if (unknown?.unseen) return { unseen: unknown.unseen };

  const where = placeIn(arn, seat);
  const alarms = await alarmsOf(where, aws);
  if (!wasSeen(alarms)) return alarms;
  const topic = await heardTopic(group.filters.seen, alarms.seen, where, aws);
  if (!wasSeen(topic)) return topic;
  const filters = await ownFilters(group, group.filters.seen, where, aws);
  if (!wasSeen(filters)) return filters;
  const own = SENSITIVE_CALLS.map(({ call }) => alarmName(call, arn));
  return {
    seen: {
      ...settings.seen,
      CloudWatchLogsLogGroupArn: arn,
      Missing: answers.filter(({ why }) => why !== 'heard').map(({ call, why }) => ({ call, why })),
      FilterCount: group.filters.seen.length,
      Filters: filters.seen,
      Alarms: Object.fromEntries(
        alarms.seen.flatMap(({ AlarmName: name = '', AlarmActions, ActionsEnabled }) =>
          own.includes(name)
            ? [[name, { actions: AlarmActions ?? [], enabled: ActionsEnabled === true }]]
            : [],
        ),
      ),
      Topic: topic.seen,
    },
  };
}

/** Whoever is named by a trail of the organization, or by its alarms, is asked. */
function anywhere(aws: Aws) {
  return { aws, now: () => new Date(), members: null, isMember: async () => true };
}

const NOTHING: AlarmGround = {
  CloudWatchLogsLogGroupArn: null,
  Missing: [],
  FilterCount: 0,
  Filters: {},
  Alarms: {},
  Topic: null,
};

/** The filters that this fix made, each tried by AWS on the samples of its call. */
async function ownFilters(
  { arn }: LogGroupFacts,
  filters: MetricFilter[],
  where: Where,
  aws: Aws,
): Promise<Reading<AlarmGround['Filters']>> {
  const found: AlarmGround['Filters'] = {};
  for (const { call } of SENSITIVE_CALLS) {
    const own = filters.find(({ name }) => name === alarmName(call, arn));
    if (!own) continue;
    const caught = await catches(own.pattern, call, where, aws);
    if (!wasSeen(caught)) return caught;
    found[own.name] = { pattern: own.pattern, catches: caught.seen };
  }
  return { seen: found };
}

/** Whether a pattern matches every sample of a call, as CloudWatch Logs says. */
function catches(
  filterPattern: string,
  call: string,
  { account, region }: Where,
  aws: Aws,
): Promise<Reading<boolean>> {
  return reading(`logs:TestMetricFilter in ${account}`, async () => {
    const logEventMessages = samplesOf(call);
    const { matches = [] } = await aws
      .logs({ account, region })
      .send(new TestMetricFilterCommand({ filterPattern, logEventMessages }));
    return matches.length === logEventMessages.length;
  });
}

function alarmsOf(where: Where, aws: Aws): Promise<Reading<MetricAlarm[]>> {
  return reading(`cloudwatch:DescribeAlarms in ${where.account}`, async () => {
    const alarms: MetricAlarm[] = [];
    const pages = paginateDescribeAlarms(
      { client: aws.cloudWatch(where), pageSize: 100 },
      { AlarmTypes: ['MetricAlarm'] },
    );
    for await (const { MetricAlarms = [] } of pages) alarms.push(...MetricAlarms);
    return alarms;
  });
}

/** The configured topic of the place, else the one that most heard alarms of the log group tell. */
async function heardTopic(
  filters: MetricFilter[],
  alarms: MetricAlarm[],
  where: Where,
  aws: Aws,
): Promise<Reading<string | null>> {
  const configured = (aws.settings.fixing?.alarmTopics ?? []).filter((arn) => {
    const place = placeIn(arn, { account: '', region: '' });
    return place.account === where.account && place.region === where.region;
  });
  const watching = new Set(filters.flatMap((one) => one.alarms.map(({ name }) => name)));
  const told = alarms
    .filter(({ AlarmName = '', ActionsEnabled }) => ActionsEnabled && watching.has(AlarmName))
    .flatMap(({ AlarmActions = [] }) => AlarmActions)
    .filter((arn) => arn.split(':')[2] === 'sns');
  const often = (arn: string) => told.filter((one) => one === arn).length;
  const used = [...new Set(told)].sort((a, b) => often(b) - often(a) || (a < b ? -1 : 1));
  const around = anywhere(aws);
  for (const arn of [...configured, ...used]) {
    const listeners = await listenersOf(around, where, [arn], new Map());
    if (!wasSeen(listeners)) return { unseen: listeners.unseen };
    if (listeners.seen > 0) return { seen: arn };
  }
  return { seen: null };
}
