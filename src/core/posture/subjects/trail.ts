import { wasSeen } from '../../reading.ts';
import type { PostureSettings, TrailFacts, TrailSettings } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf, organizationTrailsOf, seenBy, sightedTrails } from '../known.ts';
import { proof, trailEvidence } from '../proof.ts';
import { duplicateOf } from '../recorded/duplicates.ts';
import { ownBucketsRecorded } from '../recorded/feedback-loop.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

/** Every trail, by its ARN, whoever sees it. */
export function trails(facts: Known, settings: PostureSettings): Subject[] {
  return sightedTrails(facts).map((trail) => trailSubject(trail, facts, settings));
}

function trailSubject(trail: TrailFacts, facts: Known, wanted: PostureSettings): Subject {
  const { settings } = trail;
  const setting = (fact: (seen: TrailSettings) => boolean): Fact =>
    wasSeen(settings) ? { seen: fact(settings.seen) } : settings;
  const through = reachedThrough(trail, facts);
  const duplicate = duplicateOf(trail, facts);
  const named: FactsOf<'trail'> = {
    logFileValidation: setting(({ logFileValidation }) => logFileValidation),
    logging: trail.logging,
    kmsEncryption: setting(({ kmsKey }) => kmsKey !== null),
    cloudWatchLogs: cloudWatchLogs(trail, through),
    notifications: setting(({ snsTopic }) => snsTopic !== null),
    tagsMissing: wasSeen(trail.tags)
      ? { seen: tagsMissing(trail.tags.seen, wanted.requiredTags) }
      : trail.tags,
    ownBucketsRecorded: ownBucketsRecorded(trail, facts),
    paidTwice: duplicate.paidTwice,
  };
  const fields: FieldsOf<'trail'> = {
    alsoRecordedBy: duplicate.alsoRecordedBy,
    trail: nameOf(trail.arn),
    owner: trail.owner,
    homeRegion: trail.homeRegion,
    through: through ? nameOf(through.arn) : 'none',
  };
  return {
    subject: trail.arn,
    owner: trail.owner,
    covers: seenBy(trail, facts),
    facts: named,
    fields,
    evidence: [
      ...trailEvidence(trail),
      proof(trail.tags, (tags) => ({ TrailARN: trail.arn, tags })),
    ],
  };
}

/**
 * `own` log group, or `organization`: the events of the account reach the log group of the
 * organization trail, which is enough. Whether they arrive is judged of the sink (trail-sink).
 */
function cloudWatchLogs({ settings }: TrailFacts, through: TrailFacts | null): Fact {
  if (!wasSeen(settings)) return settings;
  if (settings.seen.logGroup !== null) return { seen: 'own' };
  if (!through) return { seen: 'none' };
  if (!wasSeen(through.settings)) return through.settings;
  return wasSeen(through.logging) ? { seen: 'organization' } : through.logging;
}

/**
 * The organization trail with a log group that reaches the owner of a trail and is logging; one of
 * unknown settings may have one, and one of unknown status may be logging.
 */
function reachedThrough(trail: TrailFacts, facts: Known): TrailFacts | null {
  const owner = facts.accountBy.get(trail.owner);
  if (!owner) return null;
  const others = organizationTrailsOf(owner, facts).flatMap((arn) => {
    const other = facts.trailBy.get(arn);
    return other && arn !== trail.arn && !isStopped(other) ? [other] : [];
  });
  const possible = others.filter(
    ({ settings }) => !wasSeen(settings) || settings.seen.logGroup !== null,
  );
  const certain = possible.find(({ settings, logging }) => wasSeen(settings) && wasSeen(logging));
  return certain ?? possible[0] ?? null;
}

function isStopped({ logging }: TrailFacts): boolean {
  return wasSeen(logging) && !logging.seen;
}

/** The required tags that are not there; where none is required, `any` if there is none of the owner's own. */
function tagsMissing(tags: { [key: string]: string }, required: string[]): string[] {
  if (required.length > 0) return required.filter((key) => !Object.hasOwn(tags, key));
  // What AWS itself attached, such as the stack's name, tells nobody whose trail it is.
  return Object.keys(tags).some((key) => !key.startsWith('aws:')) ? [] : ['any'];
}
