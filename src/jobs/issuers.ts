import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { isIdentityCenterSession } from '../core/evidence/in-record.ts';
import { copyToFollow, HOP_LIMIT, type Issued, keyToFollow } from '../core/evidence/person.ts';
import { SIGN_IN_EVENTS, SIGN_IN_WINDOW } from '../core/evidence/sign-ins.ts';
import { ANY_EVENT, type EventSource, type Issuing, type Search } from '../core/evidence/source.ts';
import { findIn } from './find-in.ts';

/** Where Identity Center records its sign-ins. */
export type Home = { account: string; region: string };

type Sources = Pick<EventSource, 'issuing' | 'find'>[];

/** The other account writes a call down at the same moment, give or take the delivery of two services. */
const COPY = 10 * 60_000;
/** So many places and moments are looked at for copies and sign-ins of one answer. */
const LIMIT = 40;

/**
 * Follows every session of these events back to what issued it, one round of hops at a time, until
 * nothing new is learnt. Each link is asked for once, all links of a round together. `home` adds the
 * sign-ins at Identity Center that fit sessions of its roles.
 */
export async function issuers(
  events: CloudTrailEvent[],
  sources: Sources,
  home?: () => Promise<Home | null>,
): Promise<Issued> {
  const issued = new Map<string, Issuing>();
  const met: CloudTrailEvent[] = [];
  let frontier = events;
  for (let hop = 0; hop < HOP_LIMIT && frontier.length > 0; hop += 1) {
    met.push(...frontier);
    const keys = unseen(frontier, keyToFollow, issued);
    const copies = unseen(frontier, copyToFollow, issued);
    const [byKey, byCopy] = await Promise.all([
      issuedBy(keys, sources),
      copiesOf([...copies.values()].slice(0, LIMIT), sources),
    ]);
    for (const [link, told] of [...byKey, ...byCopy]) issued.set(link, told);
    for (const link of [...copies.keys()].slice(LIMIT)) issued.set(link, notFollowed('copies'));
    frontier = [...keys.keys(), ...copies.keys()].flatMap((link) => issued.get(link)?.events ?? []);
  }
  if (home) await addSignIns(met, issued, home, sources);
  return issued;
}

/** What is told of a link past the limit: that nobody looked, and not that there is nothing. */
function notFollowed(what: 'copies' | 'sign-ins'): Issuing {
  const ko = what === 'copies' ? '다른 계정의 사본' : '로그인';
  return {
    events: [],
    gaps: [
      {
        account: '',
        region: '',
        reason: `for one answer the ${what} of ${LIMIT} links are looked for, and this is one more`,
        ko: `한 답변에서 ${ko}은 ${LIMIT}개까지만 찾는데, 이것은 그 밖의 것입니다`,
      },
    ],
  };
}

/** The links of these events that were not asked for, each with an event that has it. */
function unseen(
  events: CloudTrailEvent[],
  linkOf: (event: CloudTrailEvent) => string | null,
  issued: Issued,
): Map<string, CloudTrailEvent> {
  const links = new Map<string, CloudTrailEvent>();
  for (const event of events) {
    const link = linkOf(event);
    if (link && !issued.has(link)) links.set(link, event);
  }
  return links;
}

async function issuedBy(
  keys: Map<string, CloudTrailEvent>,
  sources: Sources,
): Promise<Map<string, Issuing>> {
  if (keys.size === 0) return new Map();
  const sessions = [...keys].map(([accessKeyId, usedBy]) => ({ accessKeyId, usedBy }));
  const found = await Promise.all(sources.map((source) => source.issuing(sessions)));
  return new Map(
    sessions.map(({ accessKeyId }) => {
      const told = found.flatMap((one) => one.get(accessKeyId) ?? []);
      return [accessKeyId, together(told)];
    }),
  );
}

/** The records of the caller's own account, where a call reached another account's thing. */
async function copiesOf(
  events: CloudTrailEvent[],
  sources: Sources,
): Promise<Map<string, Issuing>> {
  const found = await Promise.all(
    events.map(async (event) => {
      const shared = event.sharedEventID ?? '';
      const at = Date.parse(event.eventTime ?? '');
      if (!event.caller.accountId || Number.isNaN(at)) return null;
      const looked = await findIn(sources, {
        ...anywhere(at - COPY, at + COPY),
        accounts: [event.caller.accountId],
        regions: [event.region],
        eventNames: [event.eventName],
        sharedEventIds: [shared],
      });
      const copies = looked.events.filter((one) => one.sharedEventID === shared);
      return [shared, { events: copies, gaps: looked.gaps }] as const;
    }),
  );
  return new Map(found.filter((one) => one !== null));
}

/** Beside the keys of Identity Center's sessions that led nowhere: the sign-ins of that time. */
async function addSignIns(
  events: CloudTrailEvent[],
  issued: Map<string, Issuing>,
  homeOf: () => Promise<Home | null>,
  sources: Sources,
): Promise<void> {
  const open = new Map<string, { key: string; born: number }[]>();
  for (const event of events) {
    const key = keyToFollow(event);
    const born = Date.parse(event.caller.sessionCreatedAt ?? '');
    if (!key || Number.isNaN(born) || !isIdentityCenterSession(event)) continue;
    if ((issued.get(key)?.events.length ?? 0) > 0) continue;
    const moment = String(Math.floor(born / SIGN_IN_WINDOW));
    open.set(moment, [...(open.get(moment) ?? []), { key, born }]);
  }
  const home = open.size > 0 ? await homeOf() : null;
  if (!home) return;
  for (const { key } of [...open.values()].slice(LIMIT).flat()) {
    const known = issued.get(key) ?? { events: [], gaps: [] };
    issued.set(key, { ...known, gaps: [...known.gaps, ...notFollowed('sign-ins').gaps] });
  }
  await Promise.all(
    [...open.values()].slice(0, LIMIT).map(async (sessions) => {
      const births = sessions.map(({ born }) => born);
      const signIns = await findIn(sources, {
        ...anywhere(Math.min(...births) - SIGN_IN_WINDOW, Math.max(...births) + 60_000),
        accounts: [home.account],
        regions: [home.region],
        eventNames: SIGN_IN_EVENTS,
      });
      for (const { key } of sessions) {
        const known = issued.get(key) ?? { events: [], gaps: [] };
        issued.set(key, { ...known, events: signIns.events });
      }
    }),
  );
}

function anywhere(from: number, to: number): Search {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...ANY_EVENT,
  };
}

function together(told: Issuing[]): Issuing {
  return {
    events: told.flatMap(({ events }) => events),
    gaps: told.flatMap(({ gaps }) => gaps),
  };
}
