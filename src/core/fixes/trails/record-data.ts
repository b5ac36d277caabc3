import { wildcard } from '../../posture/alarms/wildcard.ts';
import type { SensitiveBuckets } from '../../posture/facts.ts';
import { dataEvents, howMuch } from '../../posture/recorded/event-sets.ts';
import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { dataEventsOf, objectEventsOf } from './data-selectors.ts';
import { costOf } from './event-cost.ts';
import { asAdvancedSet, losesNothing, recordsTheSame } from './merge-selectors.ts';
import { precondition } from './own-trail.ts';
import {
  type AdvancedSelector,
  fits,
  meaningOf,
  putSelectors,
  selectorState,
  selectorsIn,
} from './selector-set.ts';
import { trailPlan } from './trail-plan.ts';

/** What must be recorded: the objects of one bucket, or all resources of some types. */
export type Wanted =
  | { bucketArn: string; access: 'write' | 'read-write' }
  | { types: string[]; partition: string };

/** The kinds of events that the configuration asks for a bucket of this name and these tags; null: none. */
export function accessWanted(
  bucket: { name: string; tags: { [key: string]: string } },
  sensitive: SensitiveBuckets[],
): 'write' | 'read-write' | null {
  const wanted = sensitive.filter(({ by }) => {
    if ('name' in by) return wildcard(by.name, bucket.name);
    const [key = '', ...value] = by.tag.split('=');
    return bucket.tags[key] === value.join('=');
  });
  if (wanted.length === 0) return null;
  return wanted.some(({ record }) => record === 'read-write') ? 'read-write' : 'write';
}

/**
 * What is there as advanced selectors, and what is missing beside it, by `PutEventSelectors` (reference:
 * fixes 6.1, rows CT-21 and CT-22, class B). `LogBuckets` of the state are kept out of all objects.
 */
export function planDataEvents(
  target: FixTarget,
  arn: string,
  wanted: Wanted,
  state: State,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const before = selectorsIn(state);
  const logBuckets = (state.LogBuckets ?? []) as string[];
  const missing = missingOf(wanted, logBuckets, before);
  if (missing.length === 0) return 'already-sound';
  if ('bucketArn' in wanted && logBuckets.includes(wanted.bucketArn)) return ITSELF;
  const as = asAdvancedSet(before);
  const after = { advanced: [...as, ...missing] };
  if (as.length > 0 && !recordsTheSame(before, { advanced: as }))
    throw new Error(`the selectors of ${arn} cannot be told as advanced ones`);
  if (!losesNothing(before, after)) throw new Error(`a merge of selectors of ${arn} loses events`);
  if (!fits(after)) return TOO_MANY;
  const converted = 'basic' in before;
  const plan = trailPlan(target, arn, {
    fix: 'record-data-events',
    calls: [putSelectors(arn, after)],
    wayBack: [putSelectors(arn, before)],
    before: state,
    after: selectorState(after),
    riskClass: 'B',
    cost: costOf('data'),
    feels: feelsOf(wanted),
    keeps: [
      {
        en: 'Whatever the trail records now it goes on recording.',
        ko: '지금 기록하는 것은 모두 계속 기록합니다.',
      },
      ...(converted ? [CONVERTED] : []),
      ...(converted && takesAllObjects(before) ? [OTHERS_BUCKETS] : []),
    ],
  });
  return { plan };
}

/** What of it the selectors do not record. */
function missingOf(
  wanted: Wanted,
  logBuckets: string[],
  set: ReturnType<typeof selectorsIn>,
): AdvancedSelector[] {
  const meaning = meaningOf(set);
  if ('bucketArn' in wanted) {
    const events = dataEvents('AWS::S3::Object', `${wanted.bucketArn}/`, wanted.access);
    const all = howMuch([meaning], events) === 'all';
    return all ? [] : [objectEventsOf(wanted.bucketArn, wanted.access)];
  }
  return wanted.types
    .map((type) => dataEventsOf(type, logBuckets))
    .filter((selector) => !losesNothing({ advanced: [selector] }, set));
}

function takesAllObjects(set: ReturnType<typeof selectorsIn>): boolean {
  return (
    'basic' in set &&
    set.basic.some(({ DataResources = [] }) =>
      DataResources.some(({ Type, Values = [] }) =>
        Values.some((value) => Type === 'AWS::S3::Object' && /^arn:[^:]+:s3(:::)?$/.test(value)),
      ),
    )
  );
}

function feelsOf(wanted: Wanted) {
  const what = 'bucketArn' in wanted ? nameOf(wanted.bucketArn) : wanted.types.join(', ');
  const writes = 'bucketArn' in wanted && wanted.access === 'write';
  return {
    en: `From now on ${writes ? 'all writes' : 'all reads and writes'} of ${what} are recorded, each as an event that is paid for.`,
    ko: `지금부터 ${what}의 ${writes ? '모든 쓰기가' : '모든 읽기와 쓰기가'} 기록되며, 이벤트마다 비용이 듭니다.`,
  };
}

const nameOf = (arn: string) => arn.split(':').at(-1) ?? arn;

export const CONVERTED = {
  en: 'Basic selectors become advanced ones that record the same events; the way back restores the basic ones.',
  ko: '기본 선택기는 같은 이벤트를 기록하는 고급 선택기로 바뀌며, 되돌리면 기본 선택기로 복원됩니다.',
};

export const OTHERS_BUCKETS = {
  en: "One thing may differ: a basic selector of all buckets also records what this account's own principals do in other accounts' buckets. AWS does not say so of advanced ones.",
  ko: '한 가지는 달라질 수 있습니다. 모든 버킷을 뜻하는 기본 선택기는 이 계정의 주체가 다른 계정의 버킷에서 한 일도 기록하지만, 고급 선택기에 대해서는 AWS 문서에 그런 언급이 없습니다.',
};

const ITSELF = precondition(
  {
    en: 'The bucket holds the log files of this very trail: each log file would become an event of the next one.',
    ko: '이 트레일의 로그 파일이 저장되는 버킷이므로 로그 파일마다 다음 로그의 이벤트가 됩니다.',
  },
  {
    en: 'Record it with another trail, or keep something else than logs in a sensitive bucket.',
    ko: '다른 트레일로 기록하거나, 민감한 데이터와 로그의 버킷을 나누세요.',
  },
);

export const TOO_MANY = precondition(
  {
    en: 'CloudTrail takes 500 values in the advanced selectors of a trail, and this would be more.',
    ko: 'CloudTrail은 트레일의 고급 선택기에 값을 500개까지만 받으며, 이 변경은 한도를 넘습니다.',
  },
  {
    en: 'Bring the selectors together by hand first.',
    ko: '먼저 선택기를 직접 정리하세요.',
  },
);
