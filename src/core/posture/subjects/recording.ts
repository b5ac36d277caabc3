import type { Unseen } from '../../reading.ts';
import { wasSeen } from '../../reading.ts';
import { isNothing, managementIn, type Trails } from '../coverage.ts';
import type { AccountFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { called, type Known, nameOf, organizationTrailsOf } from '../known.ts';
import { proof, trailEvidence } from '../proof.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

/** Sources that people leave out for their cost, which trail-excluded-sources will judge. */
const COSTLY = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];
const NOTHING_LOGS = {
  en: 'no trail is logging, which trail-logging tells',
  ko: '기록 중인 트레일이 없으며, 이는 trail-logging이 알립니다',
};
const NO_MANAGEMENT_EVENTS = {
  en: 'no region has management events, which trail-multi-region tells',
  ko: '관리 이벤트가 기록되는 리전이 없으며, 이는 trail-multi-region이 알립니다',
};
/** Stands for the regions of an account whose regions could not be read: nobody's home. */
const ANY_REGION = '*';

/**
 * Who answers for the record of each account: the organization trail that reaches it, else the account
 * itself. A fault of the organization trail is thus one finding, however many accounts it concerns.
 */
export function recordings(facts: Known): Subject[] {
  const { trailBy: trails } = facts;
  const answerable = new Map<string, AccountFacts[]>();
  for (const account of facts.accounts) {
    const arn = organizationTrailsOf(account, facts)[0];
    const key = arn ?? account.id;
    const group = answerable.get(key);
    if (group) group.push(account);
    else answerable.set(key, [account]);
  }
  return [...answerable].map(([subject, accounts]) => recording(subject, accounts, trails));
}

function recording(subject: string, accounts: AccountFacts[], trails: Trails): Subject {
  const trail = trails.get(subject);
  const places = accounts.map((account) => judgePlace(account, trails, accounts.length > 1));
  const facts: FactsOf<'recording'> = {
    accountsNotRecorded: gather(places.map(({ notRecorded }) => notRecorded)),
    regionsWithoutTrail: gather(places.map(({ without }) => without)),
    managementEventsMissing: gather(places.map(({ missing }) => missing)),
  };
  const fields: FieldsOf<'recording'> = {
    by: trail ? nameOf(trail.arn) : accounts.map(called).join(', '),
    accounts: String(accounts.length),
    sourcesLeftOut: [...new Set(places.flatMap(({ leftOut }) => leftOut))].join(', ') || 'none',
  };
  return {
    subject,
    owner: trail?.owner ?? subject,
    covers: accounts.map(({ id }) => id),
    facts,
    fields,
    evidence: evidenceOf(accounts, trails),
  };
}

/** What is recorded of one account, fact by fact. `spell` names the account in every place. */
function judgePlace(account: AccountFacts, trails: Trails, spell: boolean) {
  const place = (region: string) => (spell ? `${called(account)}/${region}` : region);
  if (!wasSeen(account.trails)) {
    const unseen: Fact = { unseen: account.trails.unseen };
    return { notRecorded: unseen, without: unseen, missing: unseen, leftOut: [] };
  }
  const logs = account.trails.seen.flatMap(({ arn }) => trails.get(arn)?.logging ?? []);
  const logging = logs.some((log) => wasSeen(log) && log.seen);
  const doubt = logs.flatMap((log) => (wasSeen(log) ? [] : [log.unseen]))[0];
  if (!logging && !doubt) {
    const told: Fact = { notApplicable: NOTHING_LOGS };
    return { notRecorded: { seen: [called(account)] }, without: told, missing: told, leftOut: [] };
  }
  return {
    notRecorded: logging || !doubt ? { seen: [] } : { unseen: doubt },
    ...judgeRegions(account, trails, place),
  };
}

function judgeRegions(account: AccountFacts, trails: Trails, place: (region: string) => string) {
  const regions = wasSeen(account.regions) ? account.regions.seen : [ANY_REGION];
  const bare: string[] = [];
  const missing = new Set<string>();
  const leftOut = new Set<string>();
  const doubts: { bare: Unseen[]; missing: Unseen[] } = { bare: [], missing: [] };
  let covered = 0;
  for (const region of regions) {
    const { known: certain, open } = managementIn(account, region, trails);
    const unknown = open ?? (region === ANY_REGION ? unseenOf(account.regions) : null);
    if (isNothing(certain.read) && isNothing(certain.write)) {
      if (unknown) doubts.bare.push(unknown);
      else bare.push(place(region));
      if (unknown) doubts.missing.push(unknown);
      continue;
    }
    covered += 1;
    const gaps = [...gapsIn('read', certain.read), ...gapsIn('write', certain.write)];
    if (gaps.length > 0 && unknown) doubts.missing.push(unknown);
    else for (const gap of gaps) missing.add(gap);
    for (const sources of [certain.read, certain.write])
      if ('except' in sources) for (const source of sources.except) leftOut.add(source);
  }
  const missingFact: Fact =
    covered === 0 && doubts.missing.length === 0
      ? { notApplicable: NO_MANAGEMENT_EVENTS }
      : certainly([...missing], doubts.missing[0]);
  return { without: certainly(bare, doubts.bare[0]), missing: missingFact, leftOut: [...leftOut] };
}

/** What is certainly missing stands, whatever else is open; "nothing is missing" needs that nothing is open. */
function certainly(missing: string[], doubt: Unseen | undefined): Fact {
  return missing.length > 0 || !doubt ? { seen: missing } : { unseen: doubt };
}

function gapsIn(kind: 'read' | 'write', sources: { except: string[] } | { only: string[] }) {
  if ('only' in sources) return [kind];
  return sources.except
    .filter((source) => !COSTLY.includes(source))
    .map((source) => `${kind} of ${source}`);
}

function unseenOf(reading: AccountFacts['regions']): Unseen | null {
  return wasSeen(reading) ? null : reading.unseen;
}

/** One fact over several accounts: faults add up; a doubt about one leaves the whole open; else it is sound. */
function gather(facts: Fact[]): Fact {
  const faults = facts.flatMap((fact) =>
    'seen' in fact && Array.isArray(fact.seen) ? fact.seen : [],
  );
  if (faults.length > 0) return { seen: [...new Set(faults)] };
  const doubt = facts.find((fact) => 'unseen' in fact);
  if (doubt) return doubt;
  return facts.find((fact) => 'seen' in fact) ?? facts[0] ?? { seen: [] };
}

/** Sightings are shown for so many accounts; a thousand equal ones prove nothing more. */
const SHOWN = 5;

function evidenceOf(accounts: AccountFacts[], trails: Trails) {
  const seen = new Set<string>();
  for (const { trails: sighted } of accounts)
    if (wasSeen(sighted)) for (const { arn } of sighted.seen) seen.add(arn);
  const shown = [...seen].slice(0, SHOWN).flatMap((arn) => {
    const trail = trails.get(arn);
    return trail ? trailEvidence(trail) : [];
  });
  const sightings = accounts
    .slice(0, SHOWN)
    .map(({ trails: sighted }) =>
      proof(sighted, (list) => ({ trails: list.map(({ arn }) => arn) })),
    );
  return [...shown, ...sightings];
}
