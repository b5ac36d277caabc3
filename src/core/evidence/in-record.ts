import { wasSeen } from '../reading.ts';
import type { ProofGrade } from './answer.ts';
import { roleNameOf, sessionNameOf } from './caller.ts';
import type { CloudTrailEvent } from './event.ts';
import { both, type Hop } from './hops.ts';
import { flag, member, text } from './parse-event.ts';
import { storeIn, type UserRef, type Users, userKey } from './users.ts';
import { invokingService } from './via.ts';
import { federatedWorkload, podOf, workloadOf } from './workload.ts';

/**
 * What one record says of who called. `open`: the call that issued its credentials would say more, and
 * is looked for; this stands where it is not found. `ends`: AWS's own word, which a chain of keys proves.
 */
export type Known = { name: string; proof: ProofGrade; how: Hop[]; open?: true; ends?: true };

/** What one record says by itself, strongest first; null where it only knows a role's session. */
export function inRecord(event: CloudTrailEvent, users: Users): Known | null {
  const { caller } = event;
  const account = caller.accountId ?? event.account;
  switch (caller.type ?? typeInArn(caller.arn)) {
    case 'IAMUser':
      return {
        name: userNameOf(event),
        proof: 'direct',
        ends: true,
        how: [
          {
            en: `IAM user ${caller.arn ?? `in ${account}`}`,
            ko: `IAM 사용자 ${caller.arn ?? `(계정 ${account})`}`,
          },
        ],
      };
    case 'Root':
      return isAssumedRoot(event) ? assumedRoot(account) : rootOf(account);
    case 'AWSService': {
      const pod = podOf(event);
      if (pod) return { name: pod.name, proof: 'service', how: [pod.how] };
      return service(invokingService(event) ?? event.eventSource);
    }
    case 'SAMLUser':
      return {
        name: caller.userName ?? sessionNameOf(caller) ?? caller.principalId ?? 'unknown',
        proof: 'direct',
        ends: true,
        how: [{ en: 'signed in over SAML', ko: 'SAML로 로그인' }],
      };
    case 'WebIdentityUser': {
      const workload = workloadOf(event);
      if (workload) return { name: workload.name, proof: 'service', how: [workload.how] };
      return {
        name: caller.userName ?? sessionNameOf(caller) ?? caller.principalId ?? 'unknown',
        proof: 'direct',
        ends: true,
        how: [providerToken(event)],
      };
    }
  }
  if (caller.userName && isUserOfCenter(event))
    return { name: caller.userName, proof: 'direct', ends: true, how: [both('Identity Center')] };
  if (caller.onBehalfOf) return ofStore(caller.onBehalfOf, caller.userName, users);
  return inSession(event);
}

/** What the record of a role's session says beyond its name. */
function inSession(event: CloudTrailEvent): Known | null {
  const { caller } = event;
  const role = roleNameOf(caller);
  const session = sessionNameOf(caller);
  if (session && role && isIdentityCenterSession(event))
    return {
      name: session,
      proof: 'declared',
      open: true,
      ends: true,
      how: [both(`Identity Center, ${role}`)],
    };
  if (caller.sessionIssuerArn?.includes(':role/aws-service-role/') || isServiceOnly(event))
    return service(invokingService(event) ?? role ?? 'AWS');
  if (session && isInstanceProfile(event))
    return {
      name: session,
      proof: 'service',
      how: [{ en: 'credentials of an EC2 instance', ko: 'EC2 인스턴스의 자격 증명' }],
    };
  const invoking = invokingService(event);
  // The service acts in a role of its own, so nobody's session was lent to it.
  if (invoking && session && OWN_SESSIONS[invoking]?.test(session))
    return { ...service(invoking), open: true };
  const federated = federatedWorkload(event);
  if (federated)
    return {
      name: role ?? session ?? 'unknown',
      proof: 'service',
      open: true,
      how: [federated],
    };
  return null;
}

/** Before 14 July 2025 Identity Center wrote `Unknown` for the type, and the name beside it. */
function isUserOfCenter({ caller, eventSource }: CloudTrailEvent): boolean {
  return (
    caller.type === 'IdentityCenterUser' ||
    caller.type === 'Directory' ||
    (caller.type === 'Unknown' && eventSource === 'sso.amazonaws.com')
  );
}

/** How services name the sessions of the roles that they were given, by who invoked the call. */
const OWN_SESSIONS: { [service: string]: RegExp } = {
  'cloudformation.amazonaws.com': /^AWSCloudFormation$/,
  'autoscaling.amazonaws.com': /^AutoScaling$/,
  'ssm.amazonaws.com': /^Automation-[0-9a-f-]{36}$/,
  'ecs.amazonaws.com': /^ecs-service-scheduler$/,
  'eks.amazonaws.com': /^(EKS|AmazonEKS)$/,
};

/** Only Identity Center can assume its reserved roles, and it names the session after the user. */
export function isIdentityCenterSession({ caller }: CloudTrailEvent): boolean {
  return (
    roleNameOf(caller)?.startsWith('AWSReservedSSO_') === true &&
    // Exports lose the issuer's ARN; where it is there, it must be of Identity Center's own path.
    (caller.sessionIssuerArn === null ||
      caller.sessionIssuerArn.includes(':role/aws-reserved/sso.amazonaws.com/'))
  );
}

/** The user of an identity store, by the name that the store has for the id. */
function ofStore(ref: UserRef, userName: string | null, users: Users): Known {
  const behalf = both('onBehalfOf, Identity Center');
  const store = storeIn(ref.identityStoreArn);
  const looked = users.get(userKey(ref));
  if (userName) return { name: userName, proof: 'declared', how: [behalf] };
  if (!looked) return { name: ref.userId, proof: 'declared', how: [behalf] };
  if (!wasSeen(looked)) {
    const { reason, ko } = looked.unseen;
    return {
      name: ref.userId,
      proof: 'declared',
      how: [
        behalf,
        {
          en: `the name of user ${ref.userId} could not be read: ${reason}`,
          ko: `사용자 ${ref.userId}의 이름을 읽을 수 없습니다: ${ko?.reason ?? reason}`,
        },
      ],
    };
  }
  if (looked.seen === null)
    return {
      name: ref.userId,
      proof: 'unresolved',
      how: [
        behalf,
        {
          en: `the user ${ref.userId} is no longer in the identity store ${store}`,
          ko: `사용자 ${ref.userId}는 더 이상 자격 증명 저장소 ${store}에 없습니다`,
        },
      ],
    };
  const { name, readAt } = looked.seen;
  return {
    name,
    proof: 'declared',
    how: [
      behalf,
      {
        en: `user ${ref.userId} of identity store ${store} is ${name} (read ${readAt})`,
        ko: `자격 증명 저장소 ${store}의 사용자 ${ref.userId}는 ${name} (${readAt}에 읽음)`,
      },
    ],
  };
}

function service(name: string): Known {
  return { name, proof: 'service', how: [{ en: 'AWS service', ko: 'AWS 서비스' }] };
}

function rootOf(account: string): Known {
  return {
    name: 'root',
    proof: 'direct',
    ends: true,
    how: [{ en: `root user of ${account}`, ko: `${account} 계정의 루트 사용자` }],
  };
}

/** Somebody of the management account acted as this account's root for a while (`sts:AssumeRoot`). */
function assumedRoot(account: string): Known {
  return {
    name: 'root',
    proof: 'unresolved',
    open: true,
    how: [
      {
        en: `root of ${account}, assumed by whoever called AssumeRoot`,
        ko: `${account} 계정의 루트, AssumeRoot를 호출한 사람이 맡음`,
      },
    ],
  };
}

/** A root session that `sts:AssumeRoot` opened. */
export function isAssumedRoot({ record, caller }: CloudTrailEvent): boolean {
  const session = member(member(record.userIdentity)?.sessionContext);
  return caller.type === 'Root' && flag(session?.assumedRoot) === true;
}

/** Some records lose the type; the ARN of a user or of root says as much. */
function typeInArn(arn: string | null): string | null {
  if (/^arn:[^:]*:iam::\d*:user\//.test(arn ?? '')) return 'IAMUser';
  return /^arn:[^:]*:iam::\d*:root$/.test(arn ?? '') ? 'Root' : null;
}

function userNameOf({ caller }: CloudTrailEvent): string {
  return (
    caller.userName ??
    caller.arn?.split('/').at(-1) ??
    caller.principalId ??
    caller.type ??
    'unknown'
  );
}

function providerToken({ record }: CloudTrailEvent): Hop {
  const provider = text(member(record.userIdentity)?.identityProvider);
  return {
    en: `token of ${provider ?? 'an identity provider'}`,
    ko: `${provider ?? '자격 증명 공급자'}의 토큰`,
  };
}

/** A service that called with no caller's key of its own: nobody lent it an identity. */
function isServiceOnly(event: CloudTrailEvent): boolean {
  const { caller } = event;
  return (
    event.record.eventType === 'AwsServiceEvent' ||
    (caller.type === null && caller.arn === null && invokingService(event) !== null)
  );
}

/** EC2 names the session of an instance profile after the instance, and marks how it delivered it. */
function isInstanceProfile({ record, caller }: CloudTrailEvent): boolean {
  const session = member(member(record.userIdentity)?.sessionContext);
  return (
    text(session?.ec2RoleDelivery) !== null &&
    /^i-[0-9a-f]{8,17}$/i.test(sessionNameOf(caller) ?? '')
  );
}
