import type { Plan } from '../questions/plan.ts';
import type { AccessReview, Namesake } from './answer.ts';
import { roleNameOf, sessionNameOf } from './caller.ts';
import { callsOf } from './calls.ts';
import type { CloudTrailEvent } from './event.ts';
import { isIdentityCenterSession } from './in-record.ts';
import { isDenial, isReading } from './match.ts';
import { member, text, withoutVersion } from './parse-event.ts';

/**
 * What a person or role did and tried, by kind of call, what changes things first: for questions about
 * somebody that ask for nothing in particular; null for all others.
 */
export function accessReview(plan: Plan, events: CloudTrailEvent[]): AccessReview | null {
  const narrowed =
    plan.verbs.length + plan.eventNames.length + plan.resources.length + plan.addresses.length > 0;
  if (plan.shape !== 'search' || !plan.actor || narrowed || plan.content) return null;
  const calls = callsOf(events).map(({ event }) => event);
  if (calls.length < 2) return null;
  const ok = calls.filter(({ outcome }) => outcome === 'ok');
  const reads = (event: CloudTrailEvent) =>
    event.readOnly ?? isReading(withoutVersion(event.eventName));
  return {
    writes: counted(ok.filter((event) => !reads(event) && assumedRole(event) === null)),
    // To CloudTrail opening a session is reading; here it is told as what it is.
    reads: counted(ok.filter((event) => reads(event) && assumedRole(event) === null)),
    rolesAssumed: [...new Set(ok.flatMap((event) => assumedRole(event) ?? []))].toSorted(),
    denied: counted(calls.filter(({ outcome }) => isDenial(outcome))),
    otherFailures: calls.filter(({ outcome }) => outcome !== 'ok' && !isDenial(outcome)).length,
  };
}

/**
 * All whom a bare name fits, as the records tell them apart, the busiest first; empty where it is one.
 * Users of several accounts may share a name, and anybody may name a session so.
 */
export function namesakes({ actor }: Plan, events: CloudTrailEvent[]): Namesake[] {
  if (actor?.kind !== 'name') return [];
  const known = new Map<string, Namesake>();
  for (const { event } of callsOf(events)) {
    const who = principalOf(event, actor.value);
    const key = JSON.stringify(who);
    const before = known.get(key)?.calls ?? 0;
    known.set(key, { ...who, calls: before + 1 });
  }
  if (known.size < 2) return [];
  return [...known.values()].toSorted(
    (a, b) =>
      b.calls - a.calls || a.name.localeCompare(b.name) || a.account.localeCompare(b.account),
  );
}

function principalOf(event: CloudTrailEvent, wanted: string): Omit<Namesake, 'calls'> {
  const { caller } = event;
  const account = caller.accountId ?? event.account;
  const session = sessionNameOf(caller);
  const role = roleNameOf(caller);
  const user = caller.userName ?? session ?? wanted;
  // One person of Identity Center has sessions in many accounts.
  if (isIdentityCenterSession(event) || caller.type === 'IdentityCenterUser' || ofCenter(event))
    return { kind: 'identity-center', name: session ?? user, account: '' };
  if (caller.type === 'SAMLUser') return { kind: 'saml', name: user, account };
  if (role && role.toLowerCase() === wanted.toLowerCase())
    return { kind: 'role', name: role, account };
  if (role) return { kind: 'session', name: `${role}/${session ?? '?'}`, account };
  if (caller.type === 'IAMUser') return { kind: 'iam-user', name: user, account };
  return { kind: 'other', name: user, account };
}

/** Identity Center signs people in over a provider of its own. */
function ofCenter({ caller, record }: CloudTrailEvent): boolean {
  const provider = text(member(record.userIdentity)?.identityProvider);
  return caller.type === 'SAMLUser' && provider?.includes(':saml-provider/AWSSSO_') === true;
}

function assumedRole({ eventName, record }: CloudTrailEvent): string | null {
  return eventName.startsWith('AssumeRole')
    ? text(member(record.requestParameters)?.roleArn)
    : null;
}

function counted(events: CloudTrailEvent[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { eventName, eventSource } of events) {
    const name = `${eventSource.split('.')[0]}:${withoutVersion(eventName)}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}
