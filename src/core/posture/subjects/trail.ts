import { wasSeen } from '../../reading.ts';
import type { TrailFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf, seenBy, sightedTrails } from '../known.ts';
import { trailEvidence } from '../proof.ts';
import type { FactsOf, FieldsOf } from '../vocabulary.ts';

/** Every trail, by its ARN, whoever sees it. */
export function trails(facts: Known): Subject[] {
  return sightedTrails(facts).map((trail) => trailSubject(trail, facts));
}

function trailSubject(trail: TrailFacts, facts: Known): Subject {
  const named: FactsOf<'trail'> = {
    logFileValidation: wasSeen(trail.settings)
      ? { seen: trail.settings.seen.logFileValidation }
      : trail.settings,
    logging: trail.logging,
  };
  const fields: FieldsOf<'trail'> = {
    trail: nameOf(trail.arn),
    owner: trail.owner,
    homeRegion: trail.homeRegion,
  };
  return {
    subject: trail.arn,
    owner: trail.owner,
    covers: seenBy(trail, facts),
    facts: named,
    fields,
    evidence: trailEvidence(trail).slice(0, 2),
  };
}
