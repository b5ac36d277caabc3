import type { CloudTrailEvent } from '../evidence/event.ts';
import type { Known } from '../evidence/match.ts';
import type { BySight, Detector, Group, Threshold } from './detector.ts';
import { keyOf } from './looks.ts';

/** What a detector had to look at. */
export type Sight = {
  /** The calls of the time asked about, each once; all of those that the detector asked for. */
  events: CloudTrailEvent[];
  /** What of that time and of the places that were reached could not be looked at; empty: nothing is missing. */
  unseen: Unseen[];
  /** What to say of a clean one, where whole accounts could not be reached at all. */
  reached?: Unseen;
  /** With a detector by sight: what the days before had, or why there is nothing to compare with. */
  before: Before | { unseen: Unseen };
};

/** The traits of the days before, and who has any; of whom nothing is known, nothing is new. */
export type Before = { traits: Set<string>; subjects: Set<string> };

/** A reason for not having looked, for people. */
export type Unseen = { en: string; ko: string };

export type Judgement =
  | { status: 'found'; events: CloudTrailEvent[] }
  | { status: 'clean'; reached?: Unseen }
  | { status: 'not-checkable'; why: Unseen };

/**
 * What one detector says of what it saw. What was found is found, whatever else could not be seen. Nothing
 * found is clean only for the accounts that were fully seen, and says so where there are others.
 */
export function judge(
  detector: Detector,
  threshold: Threshold,
  sight: Sight,
  known: Known,
): Judgement {
  const found = findIn(detector, threshold, sight, known);
  if ('unseen' in found) return { status: 'not-checkable', why: found.unseen };
  if (found.events.length > 0) return { status: 'found', events: found.events };
  const [why] = sight.unseen;
  if (why) return { status: 'not-checkable', why };
  return { status: 'clean', ...(sight.reached && { reached: sight.reached }) };
}

function findIn(
  detector: Detector,
  threshold: Threshold,
  { events, before }: Sight,
  known: Known,
): { events: CloudTrailEvent[] } | { unseen: Unseen } {
  if (detector.kind === 'by-name') return { events: detector.find(events, threshold, known) };
  if (detector.kind === 'by-group') return { events: detector.find(events, threshold) };
  // Without the days before, everything would be new.
  if ('unseen' in before) return before;
  const { traits, subjects } = before;
  return {
    events: events.filter((event) => {
      const key = keyOf(event, detector.looks.groupBy);
      const trait = detector.trait(key, threshold);
      return (
        trait !== null &&
        !traits.has(trait) &&
        subjects.has(detector.subject(key)) &&
        detector.concerns(event)
      );
    }),
  };
}

/** Of groups: what they say of the days before. */
export function pastIn(detector: BySight, threshold: Threshold, groups: Group[]): Before {
  return {
    traits: new Set(groups.flatMap(({ key }) => detector.trait(key, threshold) ?? [])),
    subjects: new Set(groups.map(({ key }) => detector.subject(key))),
  };
}
