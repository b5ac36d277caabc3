import { type Unseen, wasSeen } from '../../reading.ts';
import { answersTo, type Filter, filtersOf, type Meanings } from '../alarms/heard.ts';
import { SENSITIVE_CALLS } from '../alarms/sensitive-calls.ts';
import type { LogGroupFacts, PostureSettings, TrailFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import {
  isOrganizationTrail,
  type Known,
  nameOf,
  organizationTrailsOf,
  seenBy,
  sightedTrails,
} from '../known.ts';
import { proof } from '../proof.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';
import { logGroupCalled } from './log-group.ts';

const NO_LOG_GROUP = {
  en: 'no trail that is logging has a log group, which trail-logging or trail-cloudwatch-logs tells',
  ko: '로그 그룹이 있는 기록 중인 트레일이 없으며, 이는 trail-logging 또는 trail-cloudwatch-logs가 알립니다',
};

/**
 * Who is alarmed by sensitive calls: judged once for the trails of the organization together, and once
 * for every account that they do not reach, or reach without a log group. What counts is whether an event
 * of each call would be recorded and match a metric filter whose alarm acts and is heard; not how the filter is written,
 * nor how many events the alarm waits for, which is its owner's choice.
 * Rules of EventBridge are not looked for: each account and region has its own, and what one account has
 * proves nothing of the others. Who is alarmed elsewhere says so in the configuration.
 */
export function alarms(facts: Known, settings: PostureSettings): Subject[] {
  const groups = new Map<string, TrailFacts[]>();
  for (const trail of sightedTrails(facts)) {
    const organization = isOrganizationTrail(trail, facts);
    if (!organization && isHeardAnyway(trail, facts)) continue;
    const whose = organization ? 'organization' : trail.owner;
    const group = groups.get(whose);
    if (group) group.push(trail);
    else groups.set(whose, [trail]);
  }
  const meanings: Meanings = { patterns: new Map(), selectors: new Map() };
  return [...groups.values()].map((trails) =>
    alarmsOf(trails.sort(byArn), facts, settings, meanings),
  );
}

const byArn = (a: TrailFacts, b: TrailFacts) => (a.arn < b.arn ? -1 : 1);

/** True for a trail of an account that an organization trail reaches which has a log group. */
function isHeardAnyway(trail: TrailFacts, facts: Known): boolean {
  return overOwner(trail, facts).some(
    ({ settings, logging }) =>
      wasSeen(settings) && settings.seen.logGroup !== null && !(wasSeen(logging) && !logging.seen),
  );
}

function overOwner({ owner }: TrailFacts, facts: Known): TrailFacts[] {
  const account = facts.accountBy.get(owner);
  if (!account) return [];
  return organizationTrailsOf(account, facts).flatMap((arn) => facts.trailBy.get(arn) ?? []);
}

function alarmsOf(
  trails: TrailFacts[],
  facts: Known,
  settings: PostureSettings,
  meanings: Meanings,
): Subject {
  const delivering = trails.flatMap(({ settings: read, logging, selectors }) =>
    wasSeen(read) && read.seen.logGroup && !(wasSeen(logging) && !logging.seen)
      ? [
          {
            group: logGroupCalled(read.seen.logGroup, facts),
            // Of a trail that may be stopped, perhaps nothing arrives.
            selectors: wasSeen(logging) ? selectors : logging,
          },
        ]
      : [],
  );
  const logGroups = delivering.map(({ group }) => group);
  const filters = delivering.flatMap(({ group, selectors }) =>
    filtersOf(group, selectors, meanings),
  );
  const named: FactsOf<'alarms'> = {
    callsWithoutAlarm: callsWithoutAlarm(filters, { logGroups, trails, facts, settings }),
  };
  const [first] = trails;
  const fields: FieldsOf<'alarms'> = {
    trails: trails.map(({ arn }) => nameOf(arn)).join(', '),
    owner: first?.owner ?? '',
    calls: String(SENSITIVE_CALLS.length),
    notUnderstood:
      filters.flatMap(({ name, matches }) => (matches ? [] : [name])).join(', ') || 'none',
  };
  return {
    subject: first?.arn ?? '',
    owner: first?.owner ?? '',
    covers: [...new Set(trails.flatMap((trail) => seenBy(trail, facts)))],
    facts: named,
    fields,
    evidence:
      logGroups.length > 0
        ? logGroups.map(({ arn, filters: read }) =>
            proof(read, (seen) => ({ logGroupArn: arn, filters: seen.map(({ name }) => name) })),
          )
        : trails.map(({ settings: read }) => proof(read, ({ logGroup }) => ({ logGroup }))),
  };
}

type Judged = {
  logGroups: LogGroupFacts[];
  trails: TrailFacts[];
  facts: Known;
  settings: PostureSettings;
};

function callsWithoutAlarm(
  filters: Filter[],
  { logGroups, trails, facts, settings }: Judged,
): Fact {
  const { alarmsElsewhere } = settings;
  if (alarmsElsewhere !== null)
    return {
      notApplicable: {
        en: `the configuration declares that ${alarmsElsewhere} alarms, which is declared and not proved`,
        ko: `설정은 ${alarmsElsewhere}에서 경보가 울린다고 선언합니다. 선언일 뿐 증명된 것은 아닙니다`,
      },
    };
  const doubt = doubtAbout(trails, logGroups, facts);
  if (logGroups.length === 0 && !doubt) return { notApplicable: NO_LOG_GROUP };
  const answers = answersTo(filters);
  // A filter that nobody could read may be the one that is missing.
  const missing = doubt ? [] : answers.filter(({ why }) => why !== 'heard' && why !== 'unknown');
  if (missing.length > 0) return { seen: missing.map(({ call, why }) => `${call} (${why})`) };
  const open = answers.find(({ why }) => why !== 'heard');
  if (!open) return { seen: [] };
  const unseen = open.unseen ?? doubt;
  return unseen ? { unseen } : { seen: [] };
}

/** What of these trails, of their log groups, or of the trails above them could not be read. */
function doubtAbout(trails: TrailFacts[], logGroups: LogGroupFacts[], facts: Known): Unseen | null {
  const above = trails.flatMap((trail) => overOwner(trail, facts));
  for (const { settings } of [...trails, ...above]) if (!wasSeen(settings)) return settings.unseen;
  for (const { filters } of logGroups) if (!wasSeen(filters)) return filters.unseen;
  for (const { settings, logging } of trails)
    if (wasSeen(settings) && settings.seen.logGroup !== null && !wasSeen(logging))
      return logging.unseen;
  return null;
}
