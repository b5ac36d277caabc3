import type { PostureSettings } from '../facts.ts';
import type { Subject } from '../judge.ts';
import type { Known } from '../known.ts';
import type { SubjectKind } from '../vocabulary.ts';
import { accounts } from './account.ts';
import { aggregators } from './aggregator.ts';
import { alarms } from './alarms.ts';
import { eventDataStores } from './event-data-store.ts';
import { logBuckets } from './log-bucket.ts';
import { logGroups } from './log-group.ts';
import { organizations } from './organization.ts';
import { organizationTrail } from './organization-trail.ts';
import { recordings } from './recording.ts';
import { sensitiveBuckets } from './sensitive-bucket.ts';
import { trails } from './trail.ts';
import { trailKeys } from './trail-key.ts';
import { trailSinks } from './trail-sink.ts';

/** Every kind of subject, and how its subjects come out of the facts. */
const KINDS: { [K in SubjectKind]: (facts: Known, settings: PostureSettings) => Subject[] } = {
  trail: trails,
  'trail-sink': trailSinks,
  'trail-key': trailKeys,
  'log-group': logGroups,
  alarms,
  'event-data-store': eventDataStores,
  recording: recordings,
  'organization-trail': organizationTrail,
  'log-bucket': logBuckets,
  organization: organizations,
  'sensitive-bucket': sensitiveBuckets,
  aggregator: aggregators,
  account: accounts,
};

/** Every subject of a kind that these facts speak of. */
export function subjectsOf(kind: SubjectKind, facts: Known, settings: PostureSettings): Subject[] {
  return KINDS[kind](facts, settings);
}
