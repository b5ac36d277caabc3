import type { Answer, AnswerEvent, Cause, ConfigChange } from '../../core/evidence/answer.ts';
import type { Asked } from '../../core/evidence/conclude.ts';
import {
  type Broken,
  brokenIn,
  COMPLIANCE,
  changeBefore,
  complianceId,
  isRule,
  stepsOf,
} from '../../core/evidence/config-cause.ts';
import { changedMembers } from '../../core/evidence/config-diff.ts';
import type { ConfigEdge } from '../../core/evidence/config-edge.ts';
import { configTypes } from '../../core/evidence/config-types.ts';
import type { Located } from '../../core/evidence/located.ts';
import { redactedChange } from '../../core/evidence/redact.ts';
import type { Gap } from '../../core/evidence/source.ts';
import type { Plan } from '../../core/questions/plan.ts';
import type { Reader } from '../../core/reader.ts';
import { wasSeen } from '../../core/reading.ts';
import { answerSearch } from './search.ts';
import type { World } from './world.ts';

/** Without a resource in the question, so many of those that broke a rule in its time are traced. */
const TRACED = 3;

/** Config captures a change within minutes, and a recorder that works daily within a day. */
const CAPTURED_MS = 26 * 3_600_000;

export type Thing = Pick<Located, 'account' | 'region' | 'resourceType' | 'resourceId' | 'aliases'>;

/** The named resources where Config knows them; else those that came to break a rule in the time asked about. */
export async function thingsOf(
  plan: Plan,
  config: ConfigEdge,
  { locate }: World,
  gaps: Gap[],
): Promise<Thing[]> {
  const { resources, accounts, regions, resourceType, state, time } = plan;
  const types = configTypes(resourceType);
  if (resources.length > 0) {
    const found = await Promise.all(resources.map((resource) => locate?.(resource)));
    return found.flatMap((one) => {
      if (!one) return [];
      if (wasSeen(one)) return one.seen.filter((thing) => fits(thing.resourceType, types));
      gaps.push({ account: '', region: '', reason: one.unseen.reason });
      return [];
    });
  }
  const read = await config.verdicts({ rule: null, resources: [], accounts, regions });
  if (!wasSeen(read)) {
    gaps.push({ account: '', region: '', reason: read.unseen.reason });
    return [];
  }
  gaps.push(...read.seen.searched.gaps);
  const rule = state?.rule ?? null;
  return read.seen.verdicts
    .filter((one) => rule === null || isRule(one.rule, rule))
    .filter((one) => fits(one.resourceType, types) && one.resourceType !== 'AWS::::Account')
    .filter(({ at }) => at === null || Date.parse(at) >= Date.parse(time.from))
    .toSorted((a, b) => (b.at ?? '').localeCompare(a.at ?? ''))
    .slice(0, TRACED)
    .map((one) => ({ ...one, aliases: [] }));
}

function fits(type: string, types: string[]): boolean {
  return types.length === 0 || types.includes(type);
}

export type Traced = {
  thing: Thing;
  broken: Broken;
  causes: Cause[];
  change: ConfigChange | null;
  found: Answer;
};

export async function trace(
  thing: Thing,
  asked: Asked,
  reader: Reader,
  world: World,
  config: ConfigEdge,
  gaps: Gap[],
): Promise<Traced | null> {
  const { plan } = asked;
  const { account, region, resourceType: type, resourceId: id } = thing;
  const to = earlier(plan.time.to, world.now().toISOString());
  const [verdicts, states] = await Promise.all([
    config.history({ account, region, type: COMPLIANCE, ids: [complianceId(thing)] }, { to }),
    config.history({ account, region, type, ids: [id, ...thing.aliases] }, { to }),
  ]);
  for (const one of [verdicts, states])
    if (!wasSeen(one)) gaps.push({ account, region, reason: one.unseen.reason });
  const rule = plan.state?.rule ?? null;
  const broken =
    wasSeen(verdicts) && verdicts.seen.length > 0
      ? brokenIn(verdicts.seen, rule, to)
      : await brokenNow(thing, rule, config, gaps);
  if (!broken) return null;
  const before = wasSeen(states) ? changeBefore(states.seen, broken) : null;
  const told = before && {
    before: before.previous?.at ?? null,
    after: before.change.at,
    // Against nothing everything is new, which says nothing of this change.
    members: before.previous ? changedMembers(before.previous, before.change).members : [],
  };
  const found = await callBehind(
    thing,
    before?.previous?.at ?? broken.after,
    told?.after ?? broken.at,
    {
      asked,
      reader,
      world,
    },
  );
  const [event] = found.events;
  const name = plan.resources.length === 1 ? (plan.resources[0] ?? id) : id;
  const change: ConfigChange | null =
    told && event
      ? redactedChange({
          eventID: event.eventID,
          resourceType: type,
          resource: id,
          account,
          region,
          before: told.before,
          after: told.after,
          deleted: before?.change.deleted ?? false,
          members: told.members,
        })
      : null;
  const causes = [
    ...stepsOf(name, broken, told),
    ...(event
      ? [callStep(event, found.total === 1 && told !== null && found.coverage.gaps.length === 0)]
      : [NO_CALL]),
  ];
  return { thing, broken, causes, change, found };
}

/** Where Config keeps no history of its compliance, what its rules say now is all there is. */
async function brokenNow(
  { account, region, resourceId }: Thing,
  rule: string | null,
  config: ConfigEdge,
  gaps: Gap[],
): Promise<Broken | null> {
  const scope = { accounts: [account], regions: [region] };
  const read = await config.verdicts({ rule: null, resources: [resourceId], ...scope });
  if (!wasSeen(read)) {
    gaps.push({ account, region, reason: read.unseen.reason });
    return null;
  }
  gaps.push({ account, region, ...NO_HISTORY });
  const broken = read.seen.verdicts
    .filter((one) => one.compliance === 'NON_COMPLIANT' && one.resourceId === resourceId)
    .filter((one) => one.account === account && (rule === null || isRule(one.rule, rule)));
  const at = broken.flatMap((one) => one.at ?? []).toSorted()[0];
  const rules = broken.map((one) => one.rule);
  return at ? { at, after: null, rules, still: true, latest: true } : null;
}

const NO_HISTORY = {
  reason: 'Config keeps no history of compliance here (AWS::Config::ResourceCompliance)',
  ko: '이곳의 Config에는 준수 여부의 이력이 없습니다 (AWS::Config::ResourceCompliance)',
};

/**
 * The writes between two states of a resource: first those of the last day before the younger one, then,
 * where there are none, all since the older.
 */
async function callBehind(
  thing: Thing,
  after: string | null,
  by: string,
  { asked, reader, world }: { asked: Asked; reader: Reader; world: World },
): Promise<Answer> {
  const day = new Date(Date.parse(by) - CAPTURED_MS).toISOString();
  const near = after && Date.parse(after) > Date.parse(day) ? after : day;
  const search = (from: string) =>
    answerSearch(
      { ...asked, plan: writesOn(thing, asked.plan, { from, to: justAfter(by) }) },
      reader,
      withoutChanges(world),
    );
  const found = await search(near);
  const older = earlier(after ?? asked.plan.time.from, near);
  return found.total > 0 || older === near ? found : search(older);
}

/** Config tells milliseconds, CloudTrail seconds: a call of that very second counts. */
function justAfter(instant: string): string {
  return new Date(Date.parse(instant) + 1_000).toISOString();
}

function earlier(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? one : other;
}

/** Every successful write on the resource between two moments, the last one first. */
function writesOn(thing: Thing, plan: Plan, time: { from: string; to: string }): Plan {
  return {
    ...plan,
    shape: 'search',
    asks: 'who',
    verbs: [],
    set: null,
    eventNames: [],
    eventSources: [],
    resourceType: null,
    resources: [...new Set([thing.resourceId, ...thing.aliases])].filter(Boolean),
    alsoResources: [],
    time: { ...plan.time, ...time, assumed: false },
    accounts: [thing.account],
    regions: [thing.region],
    outcome: 'ok',
    readOnly: false,
    content: null,
    state: null,
    groupBy: [],
    order: 'newest',
  };
}

function withoutChanges({ configChanges: _, ...world }: World): World {
  return world;
}

function callStep({ eventID, eventName, person, eventTime }: AnswerEvent, only: boolean): Cause {
  return {
    en: `${eventName} by ${person.name} at ${eventTime}${only ? ', the only write on it in that time' : ', the last of several writes on it in that time'}`,
    ko: `${eventTime} ${person.name}의 ${eventName}${only ? ': 그 사이의 유일한 변경 호출' : ': 그 사이의 여러 변경 호출 중 마지막'}`,
    eventID,
    proven: only,
  };
}

const NO_CALL: Cause = {
  en: 'no write on it was found in that time: who made the change is not known',
  ko: '그 사이에 이 리소스에 대한 변경 호출을 찾지 못해, 누가 바꿨는지 알 수 없습니다',
  eventID: null,
  proven: false,
};
