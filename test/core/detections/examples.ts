import type { Detector, Threshold } from '../../../src/core/detections/detector.ts';
import { type Judgement, judge, pastIn, type Sight } from '../../../src/core/detections/judge.ts';
import { keyOf } from '../../../src/core/detections/looks.ts';
import type { DetectionRule } from '../../../src/core/detections/rule.ts';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { soundEvent } from '../evidence/sound.ts';

type Example = DetectionRule['examples'][number];

const UNSEEN = { en: 'not seen', ko: '보이지 않음' };

/** The events of an example: each series counts on from a moment, with an event id of its own. */
export function eventsOf(
  given: Example['events'],
  from = '2026-11-20T05:00:00Z',
): CloudTrailEvent[] {
  let number = 0;
  return given.flatMap(({ record, times, every }) =>
    Array.from({ length: times }, (_, index) => {
      number += 1;
      const at = new Date(Date.parse(from) + index * every * 1000);
      return soundEvent({
        eventID: `0ea6b2d5-51d5-4765-ad83-${String(number).padStart(12, '0')}`,
        eventTime: at.toISOString().replace('.000Z', 'Z'),
        ...(record as JsonObject),
      });
    }),
  );
}

/** What a detector says of an example, or of other events in its place. */
export function judged(
  detector: Detector,
  threshold: Threshold,
  example: Example,
  events = eventsOf(example.events),
): Judgement {
  return judge(detector, threshold, sightOf(detector, threshold, example, events), {
    accounts: example.accounts,
  });
}

function sightOf(
  detector: Detector,
  threshold: Threshold,
  { before, unseen, accounts }: Example,
  events: CloudTrailEvent[],
): Sight {
  const bySight = detector.kind === 'by-sight' ? detector : null;
  const readOnly = bySight?.looks.readOnly ?? null;
  const looked = (event: CloudTrailEvent) => readOnly === null || event.readOnly === readOnly;
  const groups = eventsOf(before, '2026-11-10T05:00:00Z')
    .filter(looked)
    .map((event) => ({ key: keyOf(event, bySight?.looks.groupBy ?? []), count: 1 }));
  const past = bySight
    ? pastIn(bySight, threshold, groups)
    : { traits: new Set<string>(), subjects: new Set<string>() };
  const strangers = detector.kind === 'by-name' && detector.strangers && accounts === null;
  return {
    events: events.filter(looked),
    unseen: unseen.length > 0 || strangers ? [UNSEEN] : [],
    before: unseen.includes('before') ? { unseen: UNSEEN } : past,
  };
}
