import type { LookupAttribute } from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import type { CloudTrailEvent } from '../../core/evidence/event.ts';
import { issues } from '../../core/evidence/person.ts';
import type { Gap, Issuing } from '../../core/evidence/source.ts';
import type { Where } from '../session.ts';
import type { Look, Lookup } from './lookup.ts';
import { GLOBAL_REGIONS, NOT_OURS, type Places } from './places.ts';

const DAY = 86_400_000;

/**
 * Who was given these credentials. AssumeRole lists the new key among its resources; where it does not,
 * the calls around the session's birth are read. Looked for where the key was used and where
 * the global STS endpoint writes; by the key also in the other regions, since a session may be opened at
 * one regional endpoint and used elsewhere; and in the account the caller came from.
 */
export async function issuing(
  accessKeyId: string,
  usedBy: CloudTrailEvent,
  { accounts, gaps: unknown }: Places,
  now: number,
  ask: (lookup: Lookup) => Promise<Look>,
): Promise<Issuing> {
  const gaps: Gap[] = [];
  const born = Date.parse(usedBy.caller.sessionCreatedAt ?? usedBy.eventTime ?? '') || now;
  const window = {
    from: new Date(born - (usedBy.caller.sessionCreatedAt ? 5 * 60_000 : DAY)).toISOString(),
    to: new Date(born + 5 * 60_000).toISOString(),
  };
  const at = (account: string, home: string): Where[] => {
    const known = accounts.find(({ id }) => id === account);
    if (!known) gaps.push(whyNot(account, unknown));
    return [...new Set([home, ...GLOBAL_REGIONS])]
      .filter((region) => known?.regions.includes(region))
      .map((region) => ({ account, region }));
  };
  const otherRegions = (asked: Where[]): Where[] =>
    (accounts.find(({ id }) => id === usedBy.account)?.regions ?? [])
      .filter((region) => !asked.some((where) => where.region === region))
      .map((region) => ({ account: usedBy.account, region }));
  const here = at(usedBy.account, usedBy.region);
  const byKey: LookupAttribute = { AttributeKey: 'ResourceName', AttributeValue: accessKeyId };
  const byName = namesOfIssuing(usedBy).map(
    (name): LookupAttribute => ({ AttributeKey: 'EventName', AttributeValue: name }),
  );
  const search = async (places: Where[], attributes: LookupAttribute[]) => {
    const looks = await concurrently(
      8,
      attributes.flatMap((attribute) =>
        places.map((where) => ({ where, attribute, scan: false, ...window })),
      ),
      ask,
    );
    gaps.push(...looks.flatMap((look) => look.gaps));
    return looks.flatMap(({ events }) => events);
  };
  const mine = (events: CloudTrailEvent[]) => events.filter((event) => issues(event, accessKeyId));
  let found = mine(await search(here, [byKey]));
  if (found.length === 0) found = mine(await search(here, byName));
  if (found.length === 0) found = mine(await search(otherRegions(here), [byKey]));
  const shared = found.map(({ sharedEventID }) => sharedEventID).filter((id) => id !== null);
  const callers = found.map(({ caller }) => caller.accountId).filter((id) => id !== null);
  const elsewhere = [...new Set(callers)].filter((account) => account !== usedBy.account);
  if (shared.length === 0 || elsewhere.length === 0) return { events: found, gaps };
  // Both accounts received the call; only the one that was left knows who made it.
  const region = found[0]?.region ?? usedBy.region;
  const there = elsewhere.flatMap((account) => at(account, region));
  const copies = (await search(there, [byKey, ...byName.slice(0, 1)])).filter((event) =>
    shared.includes(event.sharedEventID ?? ''),
  );
  return { events: [...found, ...copies], gaps };
}

function whyNot(account: string, unknown: Gap[]): Gap {
  return unknown.find((gap) => gap.account === account) ?? { account, region: '', ...NOT_OURS };
}

/** The calls that can have made such a session, the likeliest first. */
function namesOfIssuing({ caller }: CloudTrailEvent): string[] {
  return caller.type === 'FederatedUser'
    ? ['GetFederationToken']
    : ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];
}
