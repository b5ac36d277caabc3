import { wasSeen } from '../../reading.ts';
import type { AccountFacts, PostureSettings } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { called, type Known, nameOf, organizationTrailsOf } from '../known.ts';
import { proof, trailEvidence } from '../proof.ts';
import { once } from '../recorded/coverage.ts';
import {
  dataEventsMissing,
  insightsMissing,
  type JudgePlace,
  missingKinds,
  networkActivityMissing,
  noTrail,
  sourcesLeftOut,
} from '../recorded/gaps.ts';
import { accountsWithoutGlobalEvents } from '../recorded/global-events.ts';
import { type Missing, missingFact, missingIn, type Record, recordOf } from '../recorded/record.ts';
import type { Fact, FactsOf, FieldsOf, Reason } from '../vocabulary.ts';

/**
 * Who answers for the record of each account: the organization trail that reaches it, else the account
 * itself. A fault of the organization trail is thus one finding, however many accounts it concerns.
 */
export function recordings(facts: Known, settings: PostureSettings): Subject[] {
  const answerable = new Map<string, AccountFacts[]>();
  for (const account of facts.accounts) {
    const key = organizationTrailsOf(account, facts)[0] ?? account.id;
    const group = answerable.get(key);
    if (group) group.push(account);
    else answerable.set(key, [account]);
  }
  const judges = judgesOf(facts, settings);
  return [...answerable].map(([subject, accounts]) =>
    recording(subject, accounts, facts, settings, judges),
  );
}

/** Each place is judged once, however many accounts and regions are like it. */
function judgesOf({ organization }: Known, { dataEvents, networkActivity }: PostureSettings) {
  return {
    noTrail: once(noTrail),
    missingKinds: once(missingKinds),
    sourcesLeftOut: once(sourcesLeftOut),
    dataEvents: once(dataEventsMissing(dataEvents, organization.partition)),
    networkActivity: once(networkActivityMissing(networkActivity)),
    insights: once(insightsMissing),
  } satisfies { [fact: string]: JudgePlace };
}

function recording(
  subject: string,
  accounts: AccountFacts[],
  facts: Known,
  { dataEvents, networkActivity }: PostureSettings,
  judges: ReturnType<typeof judgesOf>,
): Subject {
  const trail = facts.trailBy.get(subject);
  const record = recordOf(accounts, facts);
  const missing = (judge: JudgePlace) => missingFact(record, missingIn(record, judge));
  const leftOut = missingIn(record, judges.sourcesLeftOut);
  const named: FactsOf<'recording'> = {
    accountsNotRecorded: notRecorded(record),
    regionsWithoutTrail: missing(judges.noTrail),
    managementEventsMissing: missing(judges.missingKinds),
    sourcesLeftOut: gravestLeftOut(record, leftOut),
    accountsWithoutGlobalEvents: accountsWithoutGlobalEvents(record, facts),
    dataEventsMissing: dataEvents.length > 0 ? missing(judges.dataEvents) : NO_TYPES,
    networkActivityMissing:
      networkActivity.length > 0 ? missing(judges.networkActivity) : NO_SOURCES,
    insightsMissing: missing(judges.insights),
  };
  const fields: FieldsOf<'recording'> = {
    by: trail ? nameOf(trail.arn) : accounts.map(called).join(', '),
    accounts: String(accounts.length),
    leftOut: [...leftOut.missing.keys()].sort().join(', ') || 'nothing',
    types: dataEvents.join(', ') || 'none',
    sources: networkActivity.join(', ') || 'none',
  };
  return {
    subject,
    owner: trail?.owner ?? subject,
    covers: accounts.map(({ id }) => id),
    facts: named,
    fields,
    evidence: evidenceOf(accounts, facts),
  };
}

const NO_TYPES = notWanted(
  'no type of resource is configured whose data events must be recorded',
  '데이터 이벤트를 기록해야 하는 리소스 유형이 설정되지 않았습니다',
);
const NO_SOURCES = notWanted(
  'no event source is configured whose network activity must be recorded',
  '네트워크 활동을 기록해야 하는 이벤트 소스가 설정되지 않았습니다',
);

function notWanted(en: string, ko: string): { notApplicable: Reason } {
  return { notApplicable: { en, ko } };
}

function notRecorded({ notRecorded: bare, unsure }: Record): Fact {
  return bare.length > 0 || !unsure ? { seen: bare.map(called) } : { unseen: unsure };
}

/** Sources that people leave out for their cost: the use of keys alone can outnumber all other events. */
const COSTLY = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];

function gravestLeftOut(record: Record, leftOut: Missing): Fact {
  const sources = [...leftOut.missing.keys()];
  if (sources.some((source) => !COSTLY.includes(source))) return { seen: 'other' };
  if (leftOut.open) return { unseen: leftOut.open };
  if (sources.length > 0) return { seen: 'costly' };
  const fact = missingFact(record, leftOut);
  return 'seen' in fact ? { seen: 'none' } : fact;
}

/** Sightings are shown for so many accounts; a thousand equal ones prove nothing more. */
const SHOWN = 5;

function evidenceOf(accounts: AccountFacts[], { trailBy }: Known) {
  const seen = new Set<string>();
  for (const { trails: sighted } of accounts)
    if (wasSeen(sighted)) for (const { arn } of sighted.seen) seen.add(arn);
  const shown = [...seen].slice(0, SHOWN).flatMap((arn) => {
    const trail = trailBy.get(arn);
    if (!trail) return [];
    const insights = proof(trail.insights, (list) => ({ TrailARN: arn, InsightSelectors: list }));
    return [...trailEvidence(trail), insights];
  });
  const sightings = accounts
    .slice(0, SHOWN)
    .map(({ trails: sighted }) =>
      proof(sighted, (list) => ({ trails: list.map(({ arn }) => arn) })),
    );
  return [...shown, ...sightings];
}
