import type { JsonObject } from '../json.ts';
import type { ProofGrade } from './answer.ts';
import { roleNameOf, sessionNameOf } from './caller.ts';
import type { CloudTrailEvent } from './event.ts';
import { both, type Hop, hopOf, sameCall, traceEnd } from './hops.ts';
import { member, text } from './parse-event.ts';
import type { Issuing } from './source.ts';
import { invokingService } from './via.ts';

export type Person = {
  name: string;
  proof: ProofGrade;
  /** How it is known, hop by hop, in English and in Korean. */
  chain: string[];
  chainKo: string[];
};

/** For each temporary access key that was followed: the events that issued it, and what could not be read. */
export type Issued = ReadonlyMap<string, Issuing>;

/** Sessions that call sessions: more hops than this is no organization's habit but a loop. */
export const HOP_LIMIT = 8;

/**
 * The person (or workload) behind a call, with the grade of proof and the hops. The record itself is
 * asked first, then the event that issued its credentials, and so on backwards in time
 * (reference: questions, 3). A session name alone proves nothing: whoever assumes the role picks it.
 */
export function personBehind(event: CloudTrailEvent, issued: Issued): Person {
  const hops: Hop[] = [];
  const walked = new Set<string>();
  // `sourceIdentity` was set once and cannot change within a session, however long the chain grows.
  let declared: string | null = null;
  let here = event;
  let looked: Issuing | undefined;
  while (hops.length <= HOP_LIMIT) {
    const known = inRecord(here);
    if (known) return graded(known, hops);
    declared ??= here.caller.sourceIdentity;
    const key = keyToFollow(here);
    const copy = here.caller.type === 'AWSAccount';
    const mark = `${key} ${copy}`;
    looked = key === null ? undefined : issued.get(key);
    const candidates = walked.has(mark) ? [] : (looked?.events ?? []);
    const before = copy ? copyOf(candidates, here) : issuerOf(candidates, here);
    if (!key || !before) break;
    walked.add(mark);
    hops.push(copy ? sameCall(before) : hopOf(before, key));
    here = before;
  }
  if (declared) return person(declared, 'declared', [...hops, both('sourceIdentity')]);
  return byNameOnly(here, event, [...hops, traceEnd(here, looked)]);
}

function person(name: string, proof: ProofGrade, hops: Hop[]): Person {
  return { name, proof, chain: hops.map(({ en }) => en), chainKo: hops.map(({ ko }) => ko) };
}

/**
 * The key whose issuing event would tell more about this caller; null where the record says it all. The
 * account that was entered knows only the other account: there the copy of the same call is wanted,
 * which is found by the key that it handed out.
 */
export function keyToFollow(event: CloudTrailEvent): string | null {
  if (inRecord(event)) return null;
  const key = event.caller.type === 'AWSAccount' ? issuedKeyOf(event) : event.caller.accessKeyId;
  return key && isTelling(key) ? key : null;
}

/** Does this event hand out these credentials? */
export function issues(event: CloudTrailEvent, accessKeyId: string): boolean {
  return issuedKeyOf(event) === accessKeyId;
}

/** The access key that an event handed out: AssumeRole*, GetFederationToken, GetSessionToken and their kin. */
export function issuedKeyOf(event: CloudTrailEvent): string | null {
  const credentials = member(member(event.record.responseElements)?.credentials);
  return text(credentials?.accessKeyId);
}

type Known = { name: string; proof: ProofGrade; how: Hop };

/** What one record says by itself, strongest first; null where it only knows a role's session. */
function inRecord(event: CloudTrailEvent): Known | null {
  const { caller } = event;
  const account = caller.accountId ?? event.account;
  switch (caller.type ?? typeInArn(caller.arn)) {
    case 'IAMUser':
      return {
        name: userNameOf(event),
        proof: 'direct',
        how: {
          en: `IAM user ${caller.arn ?? `in ${account}`}`,
          ko: `IAM 사용자 ${caller.arn ?? `(계정 ${account})`}`,
        },
      };
    case 'Root':
      return {
        name: 'root',
        proof: 'direct',
        how: { en: `root user of ${account}`, ko: `${account} 계정의 루트 사용자` },
      };
    case 'AWSService':
      return {
        name: invokingService(event) ?? event.eventSource,
        proof: 'service',
        how: SERVICE,
      };
    case 'SAMLUser':
    case 'WebIdentityUser':
      return {
        name: caller.userName ?? sessionNameOf(caller) ?? caller.principalId ?? 'unknown',
        proof: 'direct',
        how:
          caller.type === 'SAMLUser'
            ? { en: 'signed in over SAML', ko: 'SAML로 로그인' }
            : providerToken(event),
      };
    case 'IdentityCenterUser':
    case 'Directory':
      if (caller.userName)
        return { name: caller.userName, proof: 'direct', how: both('Identity Center') };
      break;
  }
  if (caller.onBehalfOf)
    return {
      name: caller.userName ?? caller.onBehalfOf.userId,
      proof: 'declared',
      how: both('onBehalfOf, Identity Center'),
    };
  const role = roleNameOf(caller);
  const session = sessionNameOf(caller);
  // Only Identity Center can assume its reserved roles, and it names the session after the user.
  if (session && role?.startsWith('AWSReservedSSO_') && isReserved(event))
    return { name: session, proof: 'declared', how: both(`Identity Center, ${role}`) };
  if (caller.sessionIssuerArn?.includes(':role/aws-service-role/') || isServiceOnly(event))
    return { name: invokingService(event) ?? role ?? 'AWS', proof: 'service', how: SERVICE };
  if (session && isInstanceProfile(event))
    return {
      name: session,
      proof: 'service',
      how: { en: 'credentials of an EC2 instance', ko: 'EC2 인스턴스의 자격 증명' },
    };
  return null;
}

const SERVICE: Hop = { en: 'AWS service', ko: 'AWS 서비스' };

/** Some records lose the type; the ARN of a user or of root says as much. */
function typeInArn(arn: string | null): string | null {
  if (/^arn:[^:]*:iam::\d*:user\//.test(arn ?? '')) return 'IAMUser';
  return /^arn:[^:]*:iam::\d*:root$/.test(arn ?? '') ? 'Root' : null;
}

/** The end of a chain whose every hop was linked by a key is proven as well as its last record is. */
function graded({ name, proof, how }: Known, hops: Hop[]): Person {
  const proven =
    proof === 'direct' || (proof === 'declared' && how.en.startsWith('Identity Center'));
  return person(name, hops.length > 0 && proven ? 'proven-chain' : proof, [...hops, how]);
}

/** Nothing led to a person: the session's name is shown as what it is. `hops` end in why. */
function byNameOnly(last: CloudTrailEvent, event: CloudTrailEvent, hops: Hop[]): Person {
  const session = sessionNameOf(last.caller);
  const issuer = /:user\/(?:.*\/)?([^/]+)$/.exec(last.caller.sessionIssuerArn ?? '')?.[1];
  // AWS itself writes which user a federated session was made by.
  if (issuer && last.caller.type === 'FederatedUser') {
    const by = last.caller.sessionIssuerArn;
    return person(issuer, hops.length > 1 ? 'proven-chain' : 'direct', [
      ...hops.slice(0, -1),
      { en: `session issued by ${by}`, ko: `${by}의 호출로 만든 세션` },
    ]);
  }
  if (session && !isMachineMade(session)) return person(session, 'session-name-only', hops);
  const name =
    roleNameOf(last.caller) ?? last.caller.userName ?? last.caller.arn ?? last.caller.principalId;
  return person(name ?? event.caller.accountId ?? 'unknown', 'unresolved', hops);
}

/**
 * The copy that knows most: the account that was entered sees only another account's principal, the
 * account that was left sees who it was. Nothing can have been issued after it was used.
 */
function issuerOf(candidates: CloudTrailEvent[], used: CloudTrailEvent): CloudTrailEvent | null {
  const fitting = candidates.filter((candidate) => issuedThis(candidate, used));
  const telling = ({ caller }: CloudTrailEvent) =>
    (caller.type === 'AWSAccount' ? 0 : 2) + (caller.arn ? 1 : 0);
  return fitting.toSorted((a, b) => telling(b) - telling(a))[0] ?? null;
}

/** The same call as the other account recorded it, joined by `sharedEventID`. */
function copyOf(candidates: CloudTrailEvent[], event: CloudTrailEvent): CloudTrailEvent | null {
  return (
    candidates.find(
      (copy) =>
        copy.caller.type !== 'AWSAccount' &&
        copy.sharedEventID !== null &&
        copy.sharedEventID === event.sharedEventID,
    ) ?? null
  );
}

/**
 * Could this call have issued the credentials that were used? Samples and redacted exports repeat one
 * key in unrelated records, so whatever else both records say must agree too.
 */
function issuedThis(issuing: CloudTrailEvent, used: CloudTrailEvent): boolean {
  if (issuing.eventID === used.eventID || issuing.outcome !== 'ok') return false;
  if (issuing.eventTime && used.eventTime && issuing.eventTime > used.eventTime) return false;
  const born = used.caller.sessionCreatedAt;
  if (born && issuing.eventTime && apart(born, issuing.eventTime) > BIRTH) return false;
  const answer = member(issuing.record.responseElements);
  const session =
    text(member(answer?.assumedRoleUser)?.arn) ?? text(member(answer?.federatedUser)?.arn);
  return !session || !used.caller.arn || session === used.caller.arn;
}

/** `creationDate` is the moment of the issuing call, give or take the clocks of two services. */
const BIRTH = 15 * 60_000;

function apart(one: string, other: string): number {
  return Math.abs(Date.parse(one) - Date.parse(other));
}

/**
 * Only temporary keys (`ASIA…`) were issued by a call that can be found. Placeholders such as `ASIA****`
 * or `ASIAXXXXXXXX` stand in many records and lead astray.
 */
function isTelling(key: string): boolean {
  return /^ASIA[A-Z0-9]{8,}$/.test(key) && new Set(key.slice(4)).size > 3;
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

function providerToken(event: CloudTrailEvent): Hop {
  const identity: JsonObject = member(event.record.userIdentity) ?? {};
  const provider = text(identity.identityProvider);
  return {
    en: `token of ${provider ?? 'an identity provider'}`,
    ko: `${provider ?? '자격 증명 공급자'}의 토큰`,
  };
}

/** Exports lose the issuer's ARN; where it is there, it must be of Identity Center's own path. */
function isReserved({ caller }: CloudTrailEvent): boolean {
  return (
    caller.sessionIssuerArn === null ||
    caller.sessionIssuerArn.includes(':role/aws-reserved/sso.amazonaws.com/')
  );
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
function isInstanceProfile(event: CloudTrailEvent): boolean {
  const session = member(member(event.record.userIdentity)?.sessionContext);
  return (
    text(session?.ec2RoleDelivery) !== null &&
    /^i-[0-9a-f]{8,17}$/i.test(sessionNameOf(event.caller) ?? '')
  );
}

/** Names that SDKs and services make up: they tell apart sessions, not people. */
function isMachineMade(session: string): boolean {
  return (
    /^(botocore-session-|aws-sdk-[a-z]+-session-|aws-go-sdk-|aws-sdk-java-|AWSCLI-Session|boto3-session)/i.test(
      session,
    ) || /^\d{6,}$/.test(session)
  );
}
