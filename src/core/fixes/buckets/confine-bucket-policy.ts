import { canonicalJson, type Json } from '../../json.ts';
import { policyGaps } from '../../posture/guards/log-bucket-policy.ts';
import type { Surroundings } from '../../posture/guards/own-sources.ts';
import { PolicyDocument } from '../../posture/guards/policy-document.ts';
import type { FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { first, type Planned } from '../planned.ts';
import { type BucketSeat, bucketPlan, onBucket } from './bucket-plan.ts';
import { type Confined, confinedPolicy } from './confined-policy.ts';
import { trailsIn } from './delivering-trail.ts';

/**
 * `PutBucketPolicy`, merged: TLS only, and CloudTrail for our trails only (reference: fixes 6.2, row
 * CT-20, class C). `Trails` in the state are all that deliver to the bucket, in any account.
 */
export function planConfineBucketPolicy(
  target: FixTarget,
  seat: BucketSeat,
  state: State,
  around: Surroundings,
): Planned {
  const before = state.Policy ?? null;
  const trails = trailsIn(state.Trails ?? null);
  const confined = confinedPolicy(before, trails, around);
  if ('undecided' in confined) return toDecide(confined);
  const after = confined.policy;
  const open = gapsIn(after, around);
  if (canonicalJson(before) === canonicalJson(after))
    return open.length > 0 ? otherGaps(open) : 'already-sound';
  const put = (policy: Json) =>
    onBucket('PutBucketPolicy', seat, { Policy: JSON.stringify(policy) });
  const names = trails.map(({ arn }) => arn).join(', ');
  return {
    plan: bucketPlan(target, seat, {
      fix: 'confine-bucket-policy',
      calls: [put(after)],
      before: state,
      after: { Policy: after },
      wayBack: [before === null ? onBucket('DeleteBucketPolicy', seat) : put(before)],
      riskClass: 'C',
      feels: {
        en: 'Requests without TLS are refused, and CloudTrail delivers for these trails only; a trail that somebody lets deliver here later must be added to the policy.',
        ko: 'TLS가 아닌 요청은 거부되고 CloudTrail은 아래 트레일에 대해서만 전달합니다. 나중에 이 버킷으로 전달하는 트레일은 정책에 추가해야 합니다.',
      },
      keeps: [
        {
          en:
            trails.length > 0
              ? `These trails go on delivering: ${names}.`
              : 'No trail delivers here.',
          ko:
            trails.length > 0
              ? `다음 트레일은 계속 전달합니다: ${names}.`
              : '전달하는 트레일이 없습니다.',
        },
        {
          en: 'Every other statement of the policy stays as it is, in its place.',
          ko: '정책의 다른 모든 문은 제자리에 그대로 남습니다.',
        },
        ...(open.length > 0
          ? [
              {
                en: `Who else it lets in is not changed, and the finding goes on to say so: ${open.join(', ')}.`,
                ko: `그 밖에 허용된 대상은 바뀌지 않으며 항목에 계속 표시됩니다: ${open.join(', ')}.`,
              },
            ]
          : []),
      ],
    }),
  };
}

function gapsIn(policy: Json, around: Surroundings): string[] {
  return policyGaps(policy === null ? null : PolicyDocument.parse(policy), around);
}

function otherGaps(open: string[]): Planned {
  return first(
    {
      en: `TLS and CloudTrail are in order; what the policy lets in beside them is a decision of its owner: ${open.join(', ')}.`,
      ko: `TLS와 CloudTrail은 문제가 없습니다. 정책이 그 밖에 허용하는 대상은 소유자가 결정해야 합니다: ${open.join(', ')}.`,
    },
    {
      en: 'Narrow or drop those statements in the code that owns the bucket.',
      ko: '버킷을 소유한 코드에서 해당 정책 문을 좁히거나 제거하세요.',
    },
  );
}

function toDecide(confined: Extract<Confined, { undecided: string }>): Planned {
  const { statement } = confined;
  switch (confined.undecided) {
    case 'others-too':
      return first(
        {
          en: `Statement ${statement} lets in CloudTrail together with others, whom the trails of CloudTrail would shut out.`,
          ko: `정책 문 ${statement}이(가) CloudTrail과 다른 대상을 함께 허용합니다. 트레일 조건을 추가하면 다른 대상이 차단됩니다.`,
        },
        {
          en: 'Give CloudTrail a statement of its own first.',
          ko: '먼저 CloudTrail을 별도 정책 문으로 분리하세요.',
        },
      );
    case 'names-strangers':
      return first(
        {
          en: `Statement ${statement} names sources that are not known to be ours.`,
          ko: `정책 문 ${statement}이(가) 우리 것으로 확인되지 않은 원본을 지정합니다.`,
        },
        {
          en: 'Find out whose they are, and take out of the statement what is not ours.',
          ko: '누구의 것인지 확인하고 우리 것이 아닌 원본을 정책 문에서 제거하세요.',
        },
      );
    case 'nobody-delivers':
      return first(
        {
          en: 'No trail of ours delivers to this bucket: there is none to name.',
          ko: '이 버킷으로 전달하는 우리 트레일이 없어 지정할 트레일이 없습니다.',
        },
        {
          en: 'Take the statements of CloudTrail out of the policy, or let a trail deliver here.',
          ko: '정책에서 CloudTrail 문을 제거하거나 트레일이 이 버킷으로 전달하게 하세요.',
        },
      );
    case 'too-large':
      return first(
        {
          en: 'With all trails named the policy would be larger than the 20 KB that S3 takes.',
          ko: '모든 트레일을 지정하면 정책이 S3의 한도인 20KB를 넘습니다.',
        },
        {
          en: 'Name the organization instead (aws:SourceOrgID) in the statements of CloudTrail.',
          ko: 'CloudTrail 문에 트레일 대신 조직을 지정하세요(aws:SourceOrgID).',
        },
      );
    case 'shuts-out':
      return first(
        {
          en: 'A trail that delivers now would be shut out by the merged policy.',
          ko: '병합된 정책이 현재 전달 중인 트레일을 차단하게 됩니다.',
        },
        {
          en: 'Look at the statements of CloudTrail in the policy; this should not be, and nothing was proposed.',
          ko: '정책의 CloudTrail 문을 확인하세요. 예상하지 못한 상태이므로 제안하지 않습니다.',
        },
      );
  }
}
