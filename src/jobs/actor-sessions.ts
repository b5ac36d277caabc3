import { isBy, roleNameOf, sessionNameOf } from '../core/evidence/caller.ts';
import type { Evidence } from '../core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { member, text } from '../core/evidence/parse-event.ts';
import { issuedKeyOf } from '../core/evidence/person.ts';
import { keysOf, type Reach, reachKey } from '../core/evidence/reach.ts';
import { ANY_EVENT, type Found, type Gap, type Search } from '../core/evidence/source.ts';
import type { IdentityUser } from '../core/evidence/users.ts';
import type { Actor, Plan } from '../core/questions/plan.ts';
import { wasSeen } from '../core/reading.ts';
import type { World } from './answers/world.ts';
import { findIn } from './find-in.ts';

/** The calls that open sessions for whoever makes them. */
const OPENING = ['AssumeRole', 'AssumeRoot', 'GetFederationToken'];
/** No session lasts longer than this, so none that was used began earlier. */
const LONGEST_SESSION = 12 * 3_600_000;
/** Sessions that are followed for one question. */
const SESSIONS = 60;
const HOPS = 8;
/** Other ways in which found calls write the same name. */
const SPELLINGS = 4;

/** What an actor did beyond the records that carry their name, and how it is known. */
export type Reached = { reached: ReadonlyMap<string, Reach>; evidence: Evidence[] };

/** What else the directory calls the actors of a plan: by actor, nothing where it knows nobody so. */
export type Known = ReadonlyMap<string, IdentityUser>;

/** Looks the actors of a plan up in the identity store. */
export async function knownActors(plan: Plan, world: Pick<World, 'people'>): Promise<Known> {
  const found = await Promise.all(
    peopleIn(plan).map(
      async (actor) => [reachKey(actor), await inDirectory(actor, world)] as const,
    ),
  );
  return new Map(found.filter((one): one is [string, IdentityUser] => one[1] !== null));
}

/** The search with every name that the actor goes by, since some records hold another one, or only the id. */
export function byEveryName(wanted: Search, { actor, alsoActors }: Plan, known: Known): Search {
  const users = [actor, ...alsoActors].flatMap((one) => (one && known.get(reachKey(one))) ?? []);
  if (users.length === 0 || wanted.actors.length === 0) return wanted;
  const names = users.flatMap((user) => [...namesOf(user), user.userId]);
  return { ...wanted, actors: [...new Set([...wanted.actors, ...names])] };
}

/**
 * The sessions that were issued to the actor a plan asks for, and the calls made in them: found by the
 * calls that open sessions, from half a day before the window, hop by hop. `evidence` is what was found
 * for the plan, and comes back with the calls of those sessions in it.
 */
export async function actorSessions(
  plan: Plan,
  wanted: Search,
  evidence: Evidence[],
  world: World,
  known: Known,
): Promise<Reached> {
  const reached = new Map<string, Reach>();
  let found = evidence;
  for (const actor of peopleIn(plan)) {
    const user = known.get(reachKey(actor));
    const written = user ? namesOf(user) : [];
    const names = [...written, ...(user ? [user.userId] : [])].map((name) => name.toLowerCase());
    const asked = [...new Set([actor.value, ...written, ...spellings(actor, evidence)])];
    const { openings, gaps } = await sessionsOf(actor, names, asked, plan, world);
    const keys = keysOf(actor, names, openings);
    const counts = actor.kind === 'email' || user !== undefined;
    reached.set(reachKey(actor), { names, keys, counts });
    // What is left out needs no search: its calls are among those that were found.
    if (actor === plan.actor || plan.alsoActors.includes(actor))
      found = await withTheirCalls(found, wanted, openings, keys, world, gaps);
  }
  return { reached, evidence: found };
}

/** The actors that may be people: those that are asked for, and those that are left out. */
function peopleIn({ actor, alsoActors, except }: Plan): Actor[] {
  return [actor, ...alsoActors, ...except.actors].filter(
    (one): one is Actor => one !== null && (one.kind === 'name' || one.kind === 'email'),
  );
}

/** Who of the identity store is meant; nobody where it cannot be read, or where several are. */
async function inDirectory(
  { value }: Actor,
  { people }: Pick<World, 'people'>,
): Promise<IdentityUser | null> {
  const listed = await people?.list();
  if (!listed || !wasSeen(listed)) return null;
  const wanted = value.toLowerCase();
  const fitting = listed.seen.people.filter((user) =>
    [...namesOf(user), user.displayName].some((name) => name?.toLowerCase() === wanted),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** What records may call somebody: the name that they sign in with, and their address. */
function namesOf({ name, email }: IdentityUser): string[] {
  return [...new Set([name, email])].filter((one) => one !== null);
}

/** How the calls that were found already write this actor: “bob” is also the bob of “bob@example.com”. */
function spellings(actor: Actor, evidence: Evidence[]): string[] {
  const names = new Set<string>();
  for (const { found } of evidence) {
    for (const event of found.events) {
      if (!isBy(actor, event)) continue;
      for (const name of [event.caller.userName, sessionNameOf(event.caller)])
        if (name && name.toLowerCase() !== roleNameOf(event.caller)?.toLowerCase()) names.add(name);
    }
  }
  return [...names].slice(0, SPELLINGS);
}

/** Every call that opened a session on the way from the actor, round by round. */
async function sessionsOf(
  actor: Actor,
  names: string[],
  asked: string[],
  { time }: Plan,
  world: World,
): Promise<{ openings: CloudTrailEvent[]; gaps: Gap[] }> {
  const window = {
    ...ANY_EVENT,
    from: new Date(Date.parse(time.from) - LONGEST_SESSION).toISOString(),
    to: time.to,
    eventNames: OPENING,
  };
  const first = await findIn(world.sources, { ...window, actors: asked, sparing: true });
  const openings = first.events;
  const gaps = [...first.gaps];
  const followed = new Set<string>();
  for (let hop = 0; hop < HOPS; hop += 1) {
    const fresh = [...keysOf(actor, names, openings)].filter((key) => !followed.has(key));
    if (fresh.length === 0 || followed.size > SESSIONS) break;
    for (const key of fresh) followed.add(key);
    for (const [account, keys] of byAccount(openings, fresh)) {
      const next = await findIn(world.sources, {
        ...window,
        accounts: [account],
        accessKeyIds: keys,
      });
      openings.push(...next.events);
      gaps.push(...next.gaps);
    }
  }
  return { openings, gaps };
}

/** The evidence with the calls that were made in these sessions; what was not followed is a gap. */
async function withTheirCalls(
  evidence: Evidence[],
  wanted: Search,
  openings: CloudTrailEvent[],
  keys: ReadonlySet<string>,
  world: World,
  gaps: Gap[],
): Promise<Evidence[]> {
  const followed = [...keys].slice(0, SESSIONS);
  const calls: Found[][] = [];
  for (const [account, mine] of byAccount(openings, followed)) {
    if (wanted.accounts !== 'all' && !wanted.accounts.includes(account)) continue;
    const search = { ...wanted, actors: [], accounts: [account], accessKeyIds: mine };
    calls.push(await Promise.all(world.sources.map((source) => source.find(search))));
  }
  const cut: Gap[] =
    keys.size > followed.length
      ? [
          {
            account: '',
            region: '',
            reason: `only ${followed.length} of the ${keys.size} sessions that were opened were followed`,
            ko: `열린 세션 ${keys.size}개 중 ${followed.length}개만 따라갔습니다`,
          },
        ]
      : [];
  return evidence.map(({ source, found }, at) => {
    const more = calls.map((one) => one[at]).filter((one) => one !== undefined);
    const added = [
      ...more.flatMap(({ searched }) => searched.gaps),
      ...(at === 0 ? [...gaps, ...cut] : []),
    ];
    return {
      source,
      found: {
        ...found,
        events: [...found.events, ...more.flatMap(({ events }) => events)],
        searched: { ...found.searched, gaps: distinct([...found.searched.gaps, ...added]) },
      },
    };
  });
}

/** A session is used in the account of its role, which the call that opened it names. */
function byAccount(openings: CloudTrailEvent[], keys: string[]): Map<string, string[]> {
  const wanted = new Set(keys);
  const accounts = new Map<string, Set<string>>();
  for (const event of openings) {
    const key = issuedKeyOf(event);
    if (!key || !wanted.has(key)) continue;
    const role = text(member(event.record.requestParameters)?.roleArn)?.split(':')[4];
    const target = text(member(event.record.requestParameters)?.targetPrincipal);
    const account = role || (target?.match(/\d{12}/)?.[0] ?? event.account);
    accounts.set(account, (accounts.get(account) ?? new Set()).add(key));
  }
  return new Map([...accounts].map(([account, mine]) => [account, [...mine]]));
}

/** The same place and reason is told once. */
function distinct(gaps: Gap[]): Gap[] {
  const known = new Set<string>();
  return gaps.filter((gap) => {
    const key = JSON.stringify([gap.account, gap.region, gap.reason]);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
