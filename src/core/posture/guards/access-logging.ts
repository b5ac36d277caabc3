import { type Reading, wasSeen } from '../../reading.ts';
import type { BucketFacts } from '../facts.ts';
import type { Known } from '../known.ts';
import { coverageOf, recordedIn } from '../recorded/coverage.ts';
import { dataEvents } from '../recorded/event-sets.ts';

/** How the accesses to a bucket are written down, or why its access logs do not arrive. */
export type AccessLogged =
  | 'server-access-logs'
  | 'data-events'
  | 'target-missing'
  | 'target-elsewhere'
  | 'target-locked'
  | 'off';

/**
 * Server access logs that can arrive (within the region, not into a bucket with Object Lock), or data
 * events of reads and writes of all objects, which say the same and more.
 */
export function accessLogged(
  { name, place, protection }: BucketFacts,
  facts: Known,
): Reading<AccessLogged> {
  if (!wasSeen(place)) return place;
  const logs = serverAccessLogs(place.seen.region, protection);
  if ('seen' in logs && logs.seen === 'server-access-logs') return logs;
  const { account, region } = place.seen;
  const owner = facts.accountBy.get(account);
  if (!owner) return 'seen' in logs ? { unseen: notAsked(account) } : logs;
  if (!wasSeen(owner.trails)) return 'seen' in logs ? owner.trails : logs;
  const objects = `arn:${facts.organization.partition}:s3:::${name}/`;
  const events = dataEvents('AWS::S3::Object', objects, 'read-write');
  const recorded = recordedIn(coverageOf(facts)(owner, region), events);
  if ('seen' in recorded && recorded.seen === 'all') return { seen: 'data-events' };
  return 'unseen' in recorded && 'seen' in logs ? recorded : logs;
}

function serverAccessLogs(
  region: string,
  protection: BucketFacts['protection'],
): Reading<AccessLogged> {
  if (!protection) throw new Error('the protection of a log bucket is always read');
  const { accessLogging } = protection;
  if (!wasSeen(accessLogging)) return accessLogging;
  if (!accessLogging.seen) return { seen: 'off' };
  const { targetRegion, targetLocked } = accessLogging.seen;
  if (targetRegion && wasSeen(targetRegion)) {
    if (targetRegion.seen === null) return { seen: 'target-missing' };
    if (targetRegion.seen !== region) return { seen: 'target-elsewhere' };
  }
  if (wasSeen(targetLocked) && targetLocked.seen) return { seen: 'target-locked' };
  if (targetRegion && !wasSeen(targetRegion)) return targetRegion;
  return wasSeen(targetLocked) ? { seen: 'server-access-logs' } : targetLocked;
}

function notAsked(account: string) {
  return {
    kind: 'denied' as const,
    reason: `account ${account}, which owns the bucket, was not asked for its trails`,
    wouldNeed: `a scan that includes account ${account}`,
    ko: {
      reason: `버킷을 소유한 계정 ${account}의 트레일을 조회하지 않았습니다`,
      wouldNeed: `계정 ${account}을(를) 포함하는 점검`,
    },
  };
}
