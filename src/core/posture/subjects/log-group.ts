import { type Unseen, wasSeen } from '../../reading.ts';
import type { LogGroupFacts, PostureSettings, TrailFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf, seenBy, sightedTrails } from '../known.ts';
import { proof } from '../proof.ts';
import type { FactsOf, FieldsOf } from '../vocabulary.ts';

/**
 * Every log group that trails deliver to, once, in the account that owns it. A trail whose settings
 * could not be read stands for its log group: nobody knows whether there is one.
 */
export function logGroups(facts: Known, settings: PostureSettings): Subject[] {
  const byGroup = new Map<string, TrailFacts[]>();
  const unread: Subject[] = [];
  for (const trail of sightedTrails(facts)) {
    if (!wasSeen(trail.settings))
      unread.push(groupOfUnread(trail, trail.settings.unseen, settings, facts));
    else if (trail.settings.seen.logGroup !== null) {
      const delivering = byGroup.get(trail.settings.seen.logGroup);
      if (delivering) delivering.push(trail);
      else byGroup.set(trail.settings.seen.logGroup, [trail]);
    }
  }
  const read = [...byGroup].map(([arn, by]) =>
    logGroup(logGroupCalled(arn, facts), by, settings, facts),
  );
  return [...read, ...unread];
}

/** A log group by its ARN, which CloudTrail writes with a `:*` at its end and everybody else without. */
export function logGroupCalled(arn: string, { logGroupBy }: Known): LogGroupFacts {
  const group = logGroupBy.get(arn) ?? logGroupBy.get(arn.replace(/:\*$/, ''));
  if (!group) throw new Error(`the log group ${arn} was named and not looked for`);
  return group;
}

function logGroup(
  { arn, account, settings }: LogGroupFacts,
  by: TrailFacts[],
  { retentionDays: wanted }: PostureSettings,
  facts: Known,
): Subject {
  const days = wasSeen(settings) ? settings.seen.retentionDays : null;
  const named: FactsOf<'log-group'> = {
    keptLongEnough: wasSeen(settings) ? { seen: days === null || days >= wanted } : settings,
  };
  const fields: FieldsOf<'log-group'> = {
    logGroup: logGroupName(arn),
    owner: account,
    retention: wasSeen(settings) ? (days === null ? 'forever' : String(days)) : 'unknown',
    wanted: String(wanted),
    key: wasSeen(settings) ? (settings.seen.kmsKey ?? 'none') : 'unknown',
    trails: by.map((trail) => nameOf(trail.arn)).join(', '),
  };
  return {
    subject: arn,
    owner: account,
    covers: [...new Set(by.flatMap((trail) => seenBy(trail, facts)))],
    facts: named,
    fields,
    evidence: [
      proof(settings, ({ retentionDays, kmsKey }) => ({
        logGroupArn: arn,
        retentionInDays: retentionDays,
        kmsKeyId: kmsKey,
      })),
    ],
  };
}

/** `arn:aws:logs:region:account:log-group:NAME`, in which the name may hold colons no more. */
export function logGroupName(arn: string): string {
  return arn.split(':')[6] ?? arn;
}

function groupOfUnread(
  trail: TrailFacts,
  unseen: Unseen,
  { retentionDays }: PostureSettings,
  facts: Known,
): Subject {
  const named: FactsOf<'log-group'> = { keptLongEnough: { unseen } };
  return {
    subject: trail.arn,
    owner: trail.owner,
    covers: seenBy(trail, facts),
    facts: named,
    fields: { trails: nameOf(trail.arn), wanted: String(retentionDays) },
    evidence: [proof(trail.settings, () => ({}))],
  };
}
