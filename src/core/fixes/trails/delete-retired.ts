import type { Json } from '../../json.ts';
import type { ApiCall, FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { precondition } from './own-trail.ts';
import { RETIRED_DAYS } from './replacement.ts';
import { obstacleTo } from './retire-trail.ts';
import { putSelectors, selectorsIn } from './selector-set.ts';
import { trailPlan } from './trail-plan.ts';

/**
 * `DeleteTrail` of a trail that was retired a month ago (reference: fixes 6.1, row CT-29, class C). The way
 * back creates it again from its definition, stopped as it was; its chain of digests ends here.
 * `longEnough`: the organization trail has delivered for so long since.
 */
export function planDeletion(
  target: FixTarget,
  arn: string,
  state: State,
  longEnough: boolean,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  if (state.Exists !== true) return 'already-sound';
  if (state.IsLogging === true) return STILL_LOGGING;
  const obstacle = obstacleTo(state);
  if (obstacle) return obstacle;
  if (!longEnough) return TOO_EARLY;
  if (state.CloudWatchLogsLogGroupArn !== null) return DELIVERS_TO_A_GROUP;
  const gone = Object.fromEntries(Object.keys(state).map((field) => [field, null]));
  const plan = trailPlan(target, arn, {
    fix: 'delete-retired-trail',
    family: 'trail-retire',
    calls: [{ api: 'cloudtrail:DeleteTrail', parameters: { Name: arn } }],
    wayBack: again(arn, state),
    before: state,
    after: { ...gone, Exists: false },
    riskClass: 'C',
    feels: {
      en: `The trail, which has been stopped for more than ${RETIRED_DAYS} days, is deleted.`,
      ko: `${RETIRED_DAYS}일 넘게 중지되어 있던 트레일이 삭제됩니다.`,
    },
    keeps: [
      {
        en: 'Its log files and digests stay in the bucket, and can be verified there.',
        ko: '로그 파일과 다이제스트는 버킷에 남으며 그곳에서 계속 검증할 수 있습니다.',
      },
    ],
    irreversible: {
      en: 'A trail that is created anew from this definition begins a new chain of digests.',
      ko: '이 정의로 다시 만든 트레일은 다이제스트 체인을 새로 시작합니다.',
    },
  });
  return { plan };
}

/** Creates the trail as it was; a new trail logs nothing before somebody starts it, as this one did. */
function again(arn: string, state: State): ApiCall[] {
  const tags = Object.entries((state.Tags ?? {}) as { [key: string]: string });
  const text = (parameter: string, value: Json | undefined) =>
    typeof value === 'string' ? { [parameter]: value } : {};
  const create = {
    api: 'cloudtrail:CreateTrail',
    family: 'trail-create',
    parameters: {
      Name: arn.split('/').at(-1) ?? '',
      IsMultiRegionTrail: state.IsMultiRegionTrail ?? false,
      IncludeGlobalServiceEvents: state.IncludeGlobalServiceEvents ?? false,
      EnableLogFileValidation: state.LogFileValidationEnabled ?? false,
      ...text('S3BucketName', state.S3BucketName),
      ...text('S3KeyPrefix', state.S3KeyPrefix),
      ...text('KmsKeyId', state.KmsKeyId),
      ...text('SnsTopicName', state.SnsTopicARN),
      ...(tags.length > 0 && { TagsList: tags.map(([Key, Value]) => ({ Key, Value })) }),
    },
  };
  const insights = (state.InsightSelectors ?? []) as Json[];
  return [
    create,
    { ...putSelectors(arn, selectorsIn(state)), family: 'trail' },
    ...(insights.length > 0
      ? [
          {
            api: 'cloudtrail:PutInsightSelectors',
            family: 'trail',
            parameters: { TrailName: arn, InsightSelectors: insights },
          },
        ]
      : []),
  ];
}

const STILL_LOGGING = precondition(
  { en: 'The trail is logging.', ko: '트레일이 아직 기록하고 있습니다.' },
  {
    en: `Retire it first (retire-trail), and wait ${RETIRED_DAYS} days.`,
    ko: `먼저 기록을 멈추고(retire-trail) ${RETIRED_DAYS}일을 기다리세요.`,
  },
);

const TOO_EARLY = precondition(
  {
    en: `The organization trail has not delivered for ${RETIRED_DAYS} days since this one was stopped.`,
    ko: `이 트레일이 중지된 뒤 조직 트레일이 전달해 온 기간이 아직 ${RETIRED_DAYS}일이 되지 않았습니다.`,
  },
  {
    en: 'Wait: until then a mistake can be taken back by starting it.',
    ko: '기다리세요. 그 전까지는 다시 시작하는 것만으로 되돌릴 수 있습니다.',
  },
);

const DELIVERS_TO_A_GROUP = precondition(
  {
    en: 'The trail still names a log group, which the way back could not give it again.',
    ko: '트레일에 아직 로그 그룹이 지정되어 있어, 되돌릴 때 다시 지정할 수 없습니다.',
  },
  {
    en: 'Take the log group from the trail first (aws cloudtrail update-trail --cloud-watch-logs-log-group-arn "").',
    ko: '먼저 트레일에서 로그 그룹을 제거하세요(aws cloudtrail update-trail --cloud-watch-logs-log-group-arn "").',
  },
);
