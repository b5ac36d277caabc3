import type { LookupAttribute } from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import type { CloudTrailEvent } from '../../core/evidence/event.ts';
import { isAssumedRoot, isIdentityCenterSession } from '../../core/evidence/in-record.ts';
import { issues } from '../../core/evidence/person.ts';
import type { Gap, Issuing, Session } from '../../core/evidence/source.ts';
import { federatedWorkload } from '../../core/evidence/workload.ts';
import type { Where } from '../session.ts';
import type { Look, Lookup } from './lookup.ts';
import { grouped, merged } from './lookup-groups.ts';
import { GLOBAL_REGIONS, NOT_OURS, type Places } from './places.ts';

const DAY = 86_400_000;
/** The clocks of two services, and what lies between a session's birth and its record. */
const AROUND = 5 * 60_000;
const LANES = 32;

/** One key on its way to the call that issued it. */
type Wanted = Session & { window: Window; found: CloudTrailEvent[]; gaps: Gap[] };
type Window = { from: number; to: number };

/**
 * Who was given these credentials, for many keys at once: Event history answers two lookups a second in
 * one place, so a place is asked for keys that were born together with one lookup by the name of the
 * call, and for a single key by the key, which AssumeRole lists among its resources. Looked for where
 * the key was used and where the global STS endpoint writes; then, since a session may be opened at one
 * regional endpoint and used elsewhere, in the other regions; and in the account the caller came from.
 */
export async function issuing(
  sessions: Session[],
  places: Places,
  now: number,
  once: (lookup: Lookup) => Promise<Look>,
): Promise<Map<string, Issuing>> {
  const ask = remembering(once);
  const wanted = sessions.map(
    (session): Wanted => ({ ...session, window: birthOf(session, now), found: [], gaps: [] }),
  );
  const open = () => wanted.filter(({ found }) => found.length === 0);
  const near = (one: Wanted) => [
    ...here(one, places),
    ...(isAssumedRoot(one.usedBy) ? everywhere(one, places) : []),
  ];

  const atHome = (one: Wanted) => near(one).filter(({ region }) => region === one.usedBy.region);
  await search(wanted, atHome, likeliest, 'cheaper', ask);
  await search(open(), near, likeliest, 'cheaper', ask);
  await search(open(), near, anyIssuing, 'name', ask);
  await search(open(), near, likeliest, 'key', ask);
  await search(open(), (one) => otherRegions(one, places), likeliest, 'cheaper', ask);
  const copies = await copiesOf(wanted, places, ask);
  return new Map(
    wanted.map(({ accessKeyId, found, gaps }) => {
      const there = copies.get(accessKeyId) ?? { events: [], gaps: [] };
      // What could not be read on the way matters only where the way found nothing.
      const unread = found.length === 0 ? gaps : [];
      return [
        accessKeyId,
        { events: [...found, ...there.events], gaps: [...unread, ...there.gaps] },
      ];
    }),
  );
}

/** Looks for all keys in all their places, each place asked as seldom as can be. */
async function search(
  wanted: Wanted[],
  placesOf: (one: Wanted) => Where[],
  namesOf: (one: Wanted) => string[],
  by: 'key' | 'name' | 'cheaper',
  ask: (lookup: Lookup) => Promise<Look>,
): Promise<void> {
  const byPlace = grouped(wanted, placesOf);
  const lookups = byPlace.flatMap(({ where, items }) => {
    const byName = namedLookups(where, items, namesOf);
    const byKey = items.map(
      (one): Asked => ({ where, ...keyAttribute(one), window: one.window, items: [one] }),
    );
    return by === 'key' || (by === 'cheaper' && byKey.length <= byName.length) ? byKey : byName;
  });
  await concurrently(LANES, lookups, async ({ where, attribute, window, items }) => {
    const look = await ask({ where, attribute, scan: false, ...instants(window) });
    for (const one of items) {
      one.gaps.push(...look.gaps);
      one.found.push(...look.events.filter((event) => issues(event, one.accessKeyId)));
    }
  });
}

/** The same lookup is made once, however many rounds of the search come by. */
function remembering(ask: (lookup: Lookup) => Promise<Look>): (lookup: Lookup) => Promise<Look> {
  const known = new Map<string, Promise<Look>>();
  return (lookup) => {
    const key = JSON.stringify(lookup);
    const look = known.get(key) ?? ask(lookup);
    known.set(key, look);
    return look;
  };
}

type Asked = { where: Where; attribute: LookupAttribute; window: Window; items: Wanted[] };

/** One lookup per name of call and stretch of time in which sessions were born. */
function namedLookups(where: Where, items: Wanted[], namesOf: (one: Wanted) => string[]): Asked[] {
  const names = [...new Set(items.flatMap(namesOf))];
  return names.flatMap((name) => {
    const called = items.filter((one) => namesOf(one).includes(name));
    return merged(called).map(({ window, items: together }) => ({
      where,
      attribute: { AttributeKey: 'EventName' as const, AttributeValue: name },
      window,
      items: together,
    }));
  });
}

/**
 * The records of the accounts that were left: both accounts received the call that crossed between
 * them, and only the one that was left knows who made it.
 */
async function copiesOf(
  wanted: Wanted[],
  places: Places,
  ask: (lookup: Lookup) => Promise<Look>,
): Promise<Map<string, Issuing>> {
  const crossing = wanted.flatMap((one): Wanted[] => {
    const across = one.found.filter(
      ({ sharedEventID, caller }) =>
        sharedEventID !== null &&
        caller.accountId !== null &&
        caller.accountId !== one.usedBy.account,
    );
    const [call] = across;
    if (!call) return [];
    const at = Date.parse(call.eventTime ?? '') || one.window.to;
    return [{ ...one, usedBy: call, window: around(at, AROUND), found: [], gaps: [] }];
  });
  const left = (one: Wanted) =>
    placesIn(one.usedBy.caller.accountId ?? '', one.usedBy.region, one, places);
  const name = ({ usedBy }: Wanted) => [usedBy.eventName];
  await search(crossing, left, name, 'cheaper', ask);
  const missing = crossing.filter(({ found }) => found.length === 0);
  await search(missing, left, name, 'name', ask);
  return new Map(
    crossing.map(({ accessKeyId, usedBy, found, gaps }) => [
      accessKeyId,
      {
        events: found.filter(({ sharedEventID }) => sharedEventID === usedBy.sharedEventID),
        gaps: found.length === 0 ? gaps : [],
      },
    ]),
  );
}

/** When the session was opened, as closely as its use tells. */
function birthOf({ usedBy }: Session, now: number): Window {
  const born = Date.parse(usedBy.caller.sessionCreatedAt ?? '');
  if (!Number.isNaN(born)) return around(born, AROUND);
  const used = Date.parse(usedBy.eventTime ?? '') || now;
  return { from: used - DAY, to: used + AROUND };
}

function around(at: number, milliseconds: number): Window {
  return { from: at - milliseconds, to: at + milliseconds };
}

function instants({ from, to }: Window): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** Where the key was used, and where the global STS endpoint writes. */
function here(one: Wanted, places: Places): Where[] {
  return placesIn(one.usedBy.account, one.usedBy.region, one, places);
}

function placesIn(account: string, home: string, one: Wanted, { accounts, gaps }: Places): Where[] {
  const known = accounts.find(({ id }) => id === account);
  if (!known) {
    const why = gaps.find((gap) => gap.account === account);
    const gap = why ?? { account, region: '', ...NOT_OURS };
    if (!one.gaps.includes(gap)) one.gaps.push(gap);
  }
  return [...new Set([home, ...GLOBAL_REGIONS])]
    .filter((region) => known?.regions.includes(region))
    .map((region) => ({ account, region }));
}

/** A root session is opened from the management account or a delegated one, whichever that is. */
function everywhere(one: Wanted, places: Places): Where[] {
  return places.accounts
    .filter(({ id }) => id !== one.usedBy.account)
    .flatMap(({ id }) => placesIn(id, one.usedBy.region, one, places));
}

function otherRegions(one: Wanted, places: Places): Where[] {
  const asked = here(one, places);
  const known = places.accounts.find(({ id }) => id === one.usedBy.account);
  return (known?.regions ?? [])
    .filter((region) => !asked.some((where) => where.region === region))
    .map((region) => ({ account: one.usedBy.account, region }));
}

function keyAttribute({ accessKeyId }: Wanted): { attribute: LookupAttribute } {
  return { attribute: { AttributeKey: 'ResourceName', AttributeValue: accessKeyId } };
}

/** The call that made such a session, as its own record lets suppose. */
function likeliest({ usedBy }: Wanted): string[] {
  if (usedBy.caller.type === 'FederatedUser') return ['GetFederationToken'];
  if (isAssumedRoot(usedBy)) return ['AssumeRoot'];
  if (isIdentityCenterSession(usedBy)) return ['AssumeRoleWithSAML'];
  if (federatedWorkload(usedBy)) return ['AssumeRoleWithWebIdentity'];
  return ['AssumeRole'];
}

/** Every call that can have made it. */
function anyIssuing(one: Wanted): string[] {
  const [first = ''] = likeliest(one);
  return first === 'AssumeRole'
    ? ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']
    : [first];
}
