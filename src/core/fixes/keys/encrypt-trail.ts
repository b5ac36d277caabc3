import type { Json } from '../../json.ts';
import { cloudTrailAccess } from '../../posture/guards/key-policy.ts';
import { PolicyDocument } from '../../posture/guards/policy-document.ts';
import type { ApiCall, FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { first, type Planned } from '../planned.ts';
import { trailPlan } from '../trails/trail-plan.ts';
import { keyIn } from './key-in.ts';
import { readersIn, withCloudTrail } from './key-policy.ts';

/**
 * `PutKeyPolicy`, merged, in the key's account, then `UpdateTrail(KmsKeyId)` in the trail's (reference:
 * fixes 6.1, row CT-09, class C). `Key` in the state is the configured key of the bucket's region.
 */
export function planEncryptTrail(target: FixTarget, arn: string, state: State): Planned {
  if (typeof state.KmsKeyId === 'string') return 'already-sound';
  const key = state.Key;
  if (typeof state.BucketRegion !== 'string') return noBucket(String(state.S3BucketName));
  if (typeof key !== 'string') return noKey(state.BucketRegion);
  const at = keyIn(key);
  if (!at) return noKey(state.BucketRegion);
  const unfit = unfitness(state);
  if (unfit) return unfit;

  const before = state.KeyPolicy ?? null;
  const readers = readersIn(before);
  if (readers.length === 0) return nobodyReads(key);
  const lets = cloudTrailAccess(PolicyDocument.parse(before), {
    trail: arn,
    account: arn.split(':')[4] ?? '',
    organization: null,
    key,
  });
  const closed = lets === 'refused';
  const after = closed ? withCloudTrail(before, arn) : before;
  const put = (policy: Json): ApiCall => ({
    api: 'kms:PutKeyPolicy',
    parameters: { KeyId: key, Policy: JSON.stringify(policy) },
    at,
    family: 'log-key',
  });
  const update = (KmsKeyId: string): ApiCall => ({
    api: 'cloudtrail:UpdateTrail',
    parameters: { Name: arn, KmsKeyId },
  });
  const plan = trailPlan(target, arn, {
    fix: 'encrypt-trail',
    // CloudTrail tries the key when it is told of it: the policy has to be there before.
    calls: [...(closed ? [put(after)] : []), update(key)],
    before: state,
    after: { KmsKeyId: key, KeyPolicy: after },
    wayBack: [update(''), ...(closed ? [put(before)] : [])],
    riskClass: 'C',
    feels: {
      en: `Log files are encrypted with ${key} from now on; whoever reads them (SIEM, Athena, scripts) needs kms:Decrypt on it. Its policy lets decrypt: ${readers.join(', ')}.`,
      ko: `지금부터 로그 파일이 ${key}(으)로 암호화됩니다. 로그를 읽는 쪽(SIEM, Athena, 스크립트)에는 이 키의 kms:Decrypt 권한이 필요합니다. 키 정책이 복호화를 허용하는 대상: ${readers.join(', ')}.`,
    },
    keeps: [
      {
        en: 'Log files that lie there keep the encryption that they have.',
        ko: '기존 로그 파일의 암호화는 그대로입니다.',
      },
      {
        en: 'Every statement of the key policy stays as it is; what CloudTrail needs for this trail is added where it is missing.',
        ko: '키 정책의 기존 문은 모두 그대로이며, 이 트레일에 필요한 CloudTrail 문만 추가됩니다.',
      },
    ],
    irreversible: {
      en: 'What was encrypted with the key stays so: should the key be deleted, it can never be read again.',
      ko: '이 키로 암호화된 파일은 그대로 남습니다. 키를 삭제하면 다시는 읽을 수 없습니다.',
    },
  });
  return { plan };
}

function unfitness({ Key, KeyState, KeyManager, KeySpec }: State): Planned | undefined {
  if (KeyState === 'Enabled' && KeyManager === 'CUSTOMER' && KeySpec === 'SYMMETRIC_DEFAULT')
    return undefined;
  return first(
    {
      en: `The configured key ${Key} cannot encrypt log files: it is ${KeyState}, ${KeySpec}, of ${KeyManager}.`,
      ko: `설정된 키 ${Key}(으)로는 로그 파일을 암호화할 수 없습니다: 상태 ${KeyState}, 사양 ${KeySpec}, 관리 주체 ${KeyManager}.`,
    },
    {
      en: 'Enable it, or name a symmetric key of your own (aws.trailKeys).',
      ko: '키를 활성화하거나 자체 대칭 키를 지정하세요(aws.trailKeys).',
    },
  );
}

function noBucket(bucket: string): Planned {
  return first(
    {
      en: `The bucket ${bucket} of the trail was not found, so nobody knows which region its key must be in.`,
      ko: `트레일의 버킷 ${bucket}을(를) 찾지 못해 키가 있어야 할 리전을 알 수 없습니다.`,
    },
    {
      en: 'Name the log archive account (aws.logArchiveAccount), or mend the trail first.',
      ko: '로그 보관 계정을 설정하거나(aws.logArchiveAccount) 트레일을 먼저 고치세요.',
    },
  );
}

function noKey(region: string): Planned {
  return first(
    {
      en: `No key for trails is configured in ${region}, the region of the log bucket.`,
      ko: `로그 버킷의 리전 ${region}에 트레일용 키가 설정되어 있지 않습니다.`,
    },
    {
      en: 'Create a symmetric key there, in the log archive account, and name it (aws.trailKeys).',
      ko: '로그 보관 계정의 해당 리전에 대칭 키를 만들고 설정에 추가하세요(aws.trailKeys).',
    },
  );
}

function nobodyReads(key: string): Planned {
  return first(
    {
      en: `The policy of ${key} lets nobody decrypt: log files could be written with it and read by nobody.`,
      ko: `${key}의 정책이 누구에게도 복호화를 허용하지 않습니다. 로그 파일을 쓸 수는 있지만 아무도 읽을 수 없게 됩니다.`,
    },
    {
      en: 'Let the readers of the logs use kms:Decrypt in the policy first.',
      ko: '먼저 정책에서 로그를 읽는 대상에 kms:Decrypt를 허용하세요.',
    },
  );
}
