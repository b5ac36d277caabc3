import type { Json } from '../json.ts';
import { wasSeen } from '../reading.ts';
import type { TrailFacts, Witnessed } from './facts.ts';
import type { Proof } from './finding.ts';

/** What a finding shows of one reading: where and when, and the fields that matter, or why there are none. */
export function proof<T>(
  reading: Witnessed<T>,
  fields: (seen: T) => { [field: string]: Json },
): Proof {
  return {
    ...reading.by,
    fields: wasSeen(reading) ? fields(reading.seen) : { error: reading.unseen.reason },
  };
}

/** The three readings of a trail. */
export function trailEvidence(trail: TrailFacts) {
  return [
    proof(trail.settings, (settings) => ({ TrailARN: trail.arn, ...settings })),
    proof(trail.logging, (logging) => ({ TrailARN: trail.arn, IsLogging: logging })),
    proof(trail.selectors, (selectors) => ({ TrailARN: trail.arn, ...selectors })),
  ];
}
