import type { ProofGrade } from './answer.ts';
import { roleNameOf, sessionNameOf } from './caller.ts';
import { joinsCopies } from './calls.ts';
import type { CloudTrailEvent } from './event.ts';
import {
  both,
  type Hop,
  hopOf,
  sameCall,
  sameCallElsewhere,
  severalIssuers,
  traceEnd,
} from './hops.ts';
import { inRecord, isAssumedRoot, isIdentityCenterSession, type Known } from './in-record.ts';
import { member, text } from './parse-event.ts';
import { madeUp } from './session-names.ts';
import { signInFor } from './sign-ins.ts';
import type { Issuing } from './source.ts';
import type { Users } from './users.ts';

export type Person = {
  name: string;
  proof: ProofGrade;
  /** How it is known, hop by hop, in English and in Korean. */
  chain: string[];
  chainKo: string[];
};

/**
 * For each link that was followed, the events that it led to, and what could not be read. A link is a
 * temporary access key, or the `sharedEventID` of a call that another account knows more of.
 */
export type Issued = ReadonlyMap<string, Issuing>;

/** Sessions that call sessions: more hops than this is no organization's habit but a loop. */
export const HOP_LIMIT = 8;

const NOBODY: Users = new Map();

/**
 * The person (or workload) behind a call, with the grade of proof and the hops. The record itself is
 * asked first, then the event that issued its credentials, and so on backwards in time
 * (reference: questions, 3). A session name alone proves nothing: whoever assumes the role picks it.
 * The order of the events in `issued` changes nothing.
 */
export function personBehind(
  event: CloudTrailEvent,
  issued: Issued,
  users: Users = NOBODY,
): Person {
  const hops: Hop[] = [];
  const walked = new Set<string>();
  // `sourceIdentity` was set once and cannot change within a session, however long the chain grows.
  let declared: string | null = null;
  let here = event;
  for (;;) {
    const known = inRecord(here, users);
    if (known && !known.open) return graded(known, hops);
    declared ??= here.caller.sourceIdentity;
    const link = linkOf(here);
    const looked = link === null ? undefined : issued.get(link);
    const before =
      link === null || walked.has(mark(link, here)) || hops.length >= HOP_LIMIT
        ? null
        : predecessor(looked?.events ?? [], here);
    if (!link || !before || before === 'several') {
      const end = before === 'several' ? severalIssuers(here) : traceEnd(here, looked);
      if (known && (declared === null || known.proof === 'service'))
        return graded(known, hops, besideIt(known, here, looked, end, users));
      if (declared) return person(declared, 'declared', [...hops, both('sourceIdentity')]);
      return byNameOnly(here, event, [...hops, end]);
    }
    walked.add(mark(link, here));
    hops.push(
      here.caller.type !== 'AWSAccount'
        ? hopOf(before, link)
        : issuedKeyOf(here) === link
          ? sameCall(before)
          : sameCallElsewhere(before),
    );
    here = before;
  }
}

function person(name: string, proof: ProofGrade, hops: Hop[]): Person {
  return { name, proof, chain: hops.map(({ en }) => en), chainKo: hops.map(({ ko }) => ko) };
}

/** A copy and the call itself carry the same link, and are two steps of one way. */
function mark(link: string, { caller }: CloudTrailEvent): string {
  return `${link} ${caller.type === 'AWSAccount'}`;
}

/** What leads from this call to the one that made it possible: a key, or a shared event; null: nothing. */
function linkOf(event: CloudTrailEvent): string | null {
  return keyToFollow(event) ?? copyToFollow(event);
}

/**
 * The key whose issuing event would tell more about this caller; null where the record says it all. The
 * account that was entered knows only the other account: there the copy of the same call is wanted,
 * which is found by the key that it handed out.
 */
export function keyToFollow(event: CloudTrailEvent): string | null {
  const known = inRecord(event, NOBODY);
  if (known && !known.open) return null;
  const key = event.caller.type === 'AWSAccount' ? issuedKeyOf(event) : event.caller.accessKeyId;
  return key && isTelling(key) ? key : null;
}

/**
 * The `sharedEventID` by which the account that made this call knows it, where the record tells only
 * that it came from another account and handed out no key; null where there is nothing to follow.
 */
export function copyToFollow(event: CloudTrailEvent): string | null {
  const { caller, sharedEventID } = event;
  return caller.type === 'AWSAccount' && issuedKeyOf(event) === null && joinsCopies(sharedEventID)
    ? sharedEventID
    : null;
}

/** Does this event hand out these credentials? */
export function issues(event: CloudTrailEvent, accessKeyId: string): boolean {
  return issuedKeyOf(event) === accessKeyId;
}

/**
 * The access key that an event handed out: AssumeRole*, GetFederationToken, GetSessionToken and their kin.
 * IAM's keys are words (`[\w]*`, says its API reference); asterisks or a document in that place are none.
 */
export function issuedKeyOf(event: CloudTrailEvent): string | null {
  const credentials = member(member(event.record.responseElements)?.credentials);
  const key = text(credentials?.accessKeyId);
  return key !== null && /^\w+$/.test(key) ? key : null;
}

/** The end of a chain whose every hop was linked by a key is proven as well as its last record is. */
function graded({ name, proof, how, ends }: Known, hops: Hop[], beside: Hop[] = []): Person {
  const grade = hops.length > 0 && ends ? 'proven-chain' : proof;
  return person(name, grade, [...hops, ...how, ...beside]);
}

/** What stands beside a name that AWS itself wrote: a sign-in that fits it, or why no more is known. */
function besideIt(
  known: Known,
  here: CloudTrailEvent,
  looked: Issuing | undefined,
  end: Hop,
  users: Users,
): Hop[] {
  if (!looked) return [];
  if (!isIdentityCenterSession(here)) return [end];
  const fitting = signInFor(here, known.name, looked.events, users);
  return fitting ? [fitting] : [];
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
  const convention = session ? madeUp(session) : null;
  if (session && !convention) return person(session, 'session-name-only', hops);
  const name =
    roleNameOf(last.caller) ?? last.caller.userName ?? last.caller.arn ?? last.caller.principalId;
  return person(name ?? event.caller.accountId ?? 'unknown', 'unresolved', [
    ...hops,
    ...(convention ? [convention] : []),
  ]);
}

/** The call before this one; 'several' where different callers could have made it. */
function predecessor(
  candidates: CloudTrailEvent[],
  here: CloudTrailEvent,
): CloudTrailEvent | 'several' | null {
  return here.caller.type === 'AWSAccount' ? copyOf(candidates, here) : issuerOf(candidates, here);
}

/**
 * The copy that knows most: the account that was entered sees only another account's principal, the
 * account that was left sees who it was. Nothing can have been issued after it was used.
 */
function issuerOf(
  candidates: CloudTrailEvent[],
  used: CloudTrailEvent,
): CloudTrailEvent | 'several' | null {
  const fitting = candidates.filter((candidate) => issuedThis(candidate, used));
  const telling = ({ caller }: CloudTrailEvent) =>
    (caller.type === 'AWSAccount' ? 0 : 2) + (caller.arn ? 1 : 0);
  const most = Math.max(...fitting.map(telling));
  const best = fitting.filter((one) => telling(one) === most).toSorted(byTimeAndId);
  const callers = new Set(best.map(({ caller }) => caller.arn ?? caller.principalId));
  // A key is one session's. Redacted exports repeat one key: there, nobody knows whose it was.
  if (callers.size > 1) return 'several';
  return best[0] ?? null;
}

/** The same call as the other account recorded it, joined by `sharedEventID`. */
function copyOf(candidates: CloudTrailEvent[], event: CloudTrailEvent): CloudTrailEvent | null {
  return (
    candidates
      .filter(
        (copy) =>
          copy.caller.type !== 'AWSAccount' &&
          joinsCopies(copy.sharedEventID) &&
          copy.sharedEventID === event.sharedEventID,
      )
      .toSorted(byTimeAndId)[0] ?? null
  );
}

function byTimeAndId(a: CloudTrailEvent, b: CloudTrailEvent): number {
  return (b.eventTime ?? '').localeCompare(a.eventTime ?? '') || a.eventID.localeCompare(b.eventID);
}

/**
 * Could this call have issued the credentials that were used? Samples and redacted exports repeat one
 * key in unrelated records, so whatever else both records say must agree too.
 */
function issuedThis(issuing: CloudTrailEvent, used: CloudTrailEvent): boolean {
  if (issuing.eventID === used.eventID || issuing.outcome !== 'ok') return false;
  if (used.caller.accessKeyId === null || !issues(issuing, used.caller.accessKeyId)) return false;
  if (issuing.eventTime && used.eventTime && issuing.eventTime > used.eventTime) return false;
  if (isAssumedRoot(used) && issuing.eventName !== 'AssumeRoot') return false;
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
