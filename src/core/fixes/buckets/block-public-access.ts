import { canonicalJson, type Json } from '../../json.ts';
import type { FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { first, type Planned } from '../planned.ts';
import { type BucketSeat, bucketPlan, onBucket } from './bucket-plan.ts';

const ALL = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** Everybody, and everybody with an AWS account of their own, which is everybody. */
const STRANGERS = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/**
 * All four settings of the bucket's block of public access, then strangers out of its ACL (reference:
 * fixes 6.2, row CT-14, class B). A public statement of the policy stays and lets nobody in any more.
 */
export function planBlockPublicAccess(target: FixTarget, seat: BucketSeat, state: State): Planned {
  const { PublicAccessBlock: block, Acl: acl } = state;
  if (same(block ?? null, ALL)) return 'already-sound';
  if (state.Website === true) return IS_A_WEB_SITE;
  const closed = withoutStrangers(acl ?? null);
  const opened = same(acl ?? null, closed);
  return {
    plan: bucketPlan(target, seat, {
      fix: 'block-public-access',
      calls: [
        onBucket('PutPublicAccessBlock', seat, { PublicAccessBlockConfiguration: ALL }),
        ...(opened ? [] : [onBucket('PutBucketAcl', seat, { AccessControlPolicy: closed })]),
      ],
      before: state,
      after: { PublicAccessBlock: ALL, Acl: closed },
      // In this order: while public ACLs are blocked, S3 takes none.
      wayBack: [
        block
          ? onBucket('PutPublicAccessBlock', seat, { PublicAccessBlockConfiguration: block })
          : onBucket('DeletePublicAccessBlock', seat),
        ...(opened ? [] : [onBucket('PutBucketAcl', seat, { AccessControlPolicy: acl ?? null })]),
      ],
      riskClass: 'B',
      feels: {
        en: 'Whoever reads or lists the bucket without being let in by name is refused from now on.',
        ko: '지금부터 이름으로 허용되지 않은 사람은 버킷을 읽거나 나열할 수 없습니다.',
      },
      keeps: [
        {
          en: 'CloudTrail is no stranger to the bucket: its deliveries go on.',
          ko: 'CloudTrail의 전달은 퍼블릭 액세스가 아니므로 계속됩니다.',
        },
        {
          en: 'The policy stays as it is, a public statement in it included; it only lets no stranger in any more.',
          ko: '정책은 공개 문을 포함해 그대로입니다. 다만 더 이상 외부인을 허용하지 않습니다.',
        },
      ],
    }),
  };
}

const IS_A_WEB_SITE = first(
  {
    en: 'The bucket is a public web site: strangers are meant to read it, and would be refused.',
    ko: '이 버킷은 공개 웹사이트입니다. 외부인이 읽도록 되어 있으며, 차단하면 거부됩니다.',
  },
  {
    en: 'Move the web site to a bucket of its own, take its configuration away, then ask again.',
    ko: '웹사이트를 별도 버킷으로 옮기고 웹사이트 구성을 제거한 뒤 다시 요청하세요.',
  },
);

/** The ACL without the grants to strangers; the owner and all other grants as they are. */
export function withoutStrangers(acl: Json): Json {
  if (acl === null || typeof acl !== 'object' || Array.isArray(acl)) return acl;
  const { Grants } = acl;
  if (!Array.isArray(Grants)) return acl;
  return { ...acl, Grants: Grants.filter((grant) => !isToStrangers(grant)) };
}

function isToStrangers(grant: Json): boolean {
  if (grant === null || typeof grant !== 'object' || Array.isArray(grant)) return false;
  const { Grantee } = grant;
  if (Grantee === null || typeof Grantee !== 'object' || Array.isArray(Grantee)) return false;
  return typeof Grantee?.URI === 'string' && STRANGERS.test(Grantee.URI);
}

const same = (a: Json, b: Json) => canonicalJson(a) === canonicalJson(b);
