import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { precondition } from './own-trail.ts';

/** Stores of CloudTrail Lake: their termination protection, and their key, which stays once it is set. */

type Planned = { plan: FixPlan } | 'already-sound' | { cannot: Obstacle };

/** Home region and account out of a store's ARN; undefined for anything else. */
export function storeOf(arn: string): { account: string; region: string } | undefined {
  const parts = /^arn:[\w-]+:cloudtrail:([a-z0-9-]+):(\d{12}):eventdatastore\/[\w-]+$/.exec(arn);
  return parts?.[1] && parts[2] ? { region: parts[1], account: parts[2] } : undefined;
}

/** `UpdateEventDataStore(TerminationProtectionEnabled)` (reference: fixes 6.1, row CT-26, class A). */
export function planProtection(target: FixTarget, state: State): Planned {
  if (state.Status === 'PENDING_DELETION') return PENDING;
  if (state.TerminationProtectionEnabled === true)
    return state.KmsKeyId === null ? KEY_IS_MISSING : 'already-sound';
  const update = (on: boolean) => [
    {
      api: 'cloudtrail:UpdateEventDataStore',
      parameters: { EventDataStore: target.subject, TerminationProtectionEnabled: on },
    },
  ];
  const plan: FixPlan = {
    ...baseOf(target),
    fix: 'protect-lake-store',
    calls: update(true),
    wayBack: update(false),
    before: state,
    after: { ...state, TerminationProtectionEnabled: true },
    riskClass: 'A',
    blast: {
      accounts: accountsOf(target, state),
      feels: {
        en: 'Nobody can delete the store before somebody switches its protection off again.',
        ko: '누군가 종료 방지를 다시 끄기 전에는 아무도 이 저장소를 삭제할 수 없습니다.',
      },
      keeps: [
        {
          en: 'What it records, how long it keeps it and who may query it stay as they are.',
          ko: '기록하는 내용, 보존 기간, 쿼리 권한은 그대로입니다.',
        },
      ],
    },
  };
  return { plan };
}

/**
 * `UpdateEventDataStore(KmsKeyId)`, which CloudTrail never takes back (same row, class C). The key's
 * policy must let CloudTrail in without a source, which it does not tell for stores.
 */
export function planEncryption(target: FixTarget, state: State): Planned {
  if (state.Status === 'PENDING_DELETION') return PENDING;
  if (state.KmsKeyId !== null) return 'already-sound';
  const key = state.Key;
  if (typeof key !== 'string') return NO_KEY;
  if (state.KeyState !== 'Enabled' || state.KeyManager !== 'CUSTOMER') return unusable(key);
  if (state.KeyLetsStoresEncrypt !== true) return REFUSED;
  const plan: FixPlan = {
    ...baseOf(target),
    fix: 'encrypt-lake-store',
    calls: [
      {
        api: 'cloudtrail:UpdateEventDataStore',
        parameters: { EventDataStore: target.subject, KmsKeyId: key },
      },
    ],
    wayBack: [],
    before: state,
    after: { ...state, KmsKeyId: key },
    riskClass: 'C',
    blast: {
      accounts: accountsOf(target, state),
      feels: {
        en: `The store is encrypted with ${key}: whoever queries it needs kms:Decrypt on that key from now on.`,
        ko: `저장소가 ${key}(으)로 암호화되며, 이제 쿼리하려면 이 키의 kms:Decrypt 권한이 필요합니다.`,
      },
      keeps: [
        {
          en: 'What it holds and how long it keeps it stay as they are.',
          ko: '저장된 내용과 보존 기간은 그대로입니다.',
        },
      ],
      irreversible: {
        en: 'CloudTrail never takes the key of a store away or exchanges it. Who loses the key loses the store.',
        ko: 'CloudTrail은 저장소의 키를 제거하거나 교체하지 않습니다. 키를 잃으면 저장소도 잃습니다.',
      },
    },
  };
  return { plan };
}

function baseOf(target: FixTarget) {
  const place = storeOf(target.subject);
  if (!place)
    throw new Error(`planning a change of what is no event data store: ${target.subject}`);
  const { account, region } = place;
  return {
    family: 'lake',
    direction: 'forward' as const,
    finding: target.id,
    account,
    region,
    resource: target.subject,
  };
}

function accountsOf(target: FixTarget, { OrganizationEnabled }: State): string[] {
  const account = storeOf(target.subject)?.account ?? target.owner;
  return OrganizationEnabled === true && target.covers.length > 0
    ? [...new Set(target.covers)].sort()
    : [account];
}

export const NO_STORE = precondition(
  {
    en: 'This is no ARN of an event data store.',
    ko: '이벤트 데이터 스토어의 ARN이 아닙니다.',
  },
  {
    en: 'Name the store by its ARN, as its finding shows it.',
    ko: '점검 결과에 나온 대로 저장소의 ARN을 지정하세요.',
  },
);

const PENDING = precondition(
  {
    en: 'Somebody is deleting the store, which is gone after seven days.',
    ko: '누군가 저장소를 삭제했으며 7일 뒤에 완전히 사라집니다.',
  },
  {
    en: 'Restore it first (aws cloudtrail restore-event-data-store), after finding out who deleted it.',
    ko: '누가 삭제했는지 확인한 뒤 먼저 복원하세요(aws cloudtrail restore-event-data-store).',
  },
);

const KEY_IS_MISSING = precondition(
  {
    en: 'Termination protection is on; what the store lacks is a key of your own.',
    ko: '종료 방지는 켜져 있으며, 이 저장소에 없는 것은 자체 키입니다.',
  },
  {
    en: 'Ask for encrypt-lake-store with the ARN of the store. It cannot be taken back.',
    ko: '저장소의 ARN으로 encrypt-lake-store를 요청하세요. 되돌릴 수 없습니다.',
  },
);

const NO_KEY = precondition(
  {
    en: "No key of the store's region is configured.",
    ko: '저장소의 리전에 설정된 키가 없습니다.',
  },
  {
    en: 'Name one in aws.trailKeys whose policy lets CloudTrail in without aws:SourceArn.',
    ko: 'aws:SourceArn 조건 없이 CloudTrail을 허용하는 키를 aws.trailKeys에 지정하세요.',
  },
);

const REFUSED = precondition(
  {
    en: 'The policy of the key does not let CloudTrail encrypt and decrypt for stores, of which it tells no source.',
    ko: '키 정책이 CloudTrail의 저장소 암호화와 복호화를 허용하지 않습니다. 저장소에는 소스 ARN이 전달되지 않습니다.',
  },
  {
    en: 'Allow cloudtrail.amazonaws.com kms:GenerateDataKey and kms:Decrypt without aws:SourceArn first.',
    ko: '먼저 aws:SourceArn 조건 없이 cloudtrail.amazonaws.com의 kms:GenerateDataKey와 kms:Decrypt를 허용하세요.',
  },
);

function unusable(key: string) {
  return precondition(
    {
      en: `The key ${key} is not enabled, or it is one of AWS's own.`,
      ko: `키 ${key}이(가) 활성화되어 있지 않거나 AWS 관리형 키입니다.`,
    },
    {
      en: 'Name an enabled customer managed key in aws.trailKeys.',
      ko: '활성화된 고객 관리형 키를 aws.trailKeys에 지정하세요.',
    },
  );
}
