import { wasSeen } from '../../reading.ts';
import type { AdvancedSelector, FieldSelector, TrailFacts, TrailSettings } from '../facts.ts';
import { type Known, seenBy } from '../known.ts';
import type { Fact } from '../vocabulary.ts';
import { reaches } from './coverage.ts';
import { dataEvents, type EventSet, howMuch } from './event-sets.ts';
import { asAdvanced } from './selectors.ts';

/**
 * The buckets that a trail writes its log files to, or that get the access logs of those, and whose
 * writes the trail records because its selectors take all buckets, or all that are called alike: each
 * log file then becomes an event of the next one. A selector that names such a bucket itself means it.
 */
export function ownBucketsRecorded(trail: TrailFacts, facts: Known): Fact {
  const { selectors, settings, logging } = trail;
  if (!wasSeen(selectors)) return { unseen: selectors.unseen };
  const objects = dataEvents('AWS::S3::Object', '', 'write');
  if (howMuch([selectors.seen], objects) === 'none') return { notApplicable: NO_OBJECTS };
  if (!wasSeen(settings)) return { unseen: settings.unseen };
  if (wasSeen(logging) && !logging.seen) return { notApplicable: STOPPED };

  const { organization, bucketBy } = facts;
  const bucket = bucketBy.get(settings.seen.bucket);
  const logs = bucket?.protection?.accessLogging;
  const target = logs && wasSeen(logs) ? logs.seen?.targetBucket : undefined;
  const written: [string, EventSet][] = [
    [settings.seen.bucket, logFiles(settings.seen, organization.partition)],
  ];
  if (target) written.push([target, serviceWrites(target, '', organization.partition)]);
  const recorded = written
    .filter(([name, writes]) => {
      const broad = broadOf(asAdvanced(selectors.seen), bucketArn(name, organization.partition));
      return howMuch([{ advanced: broad }], writes) !== 'none';
    })
    .map(([name]) => name);
  if (recorded.length === 0) return { seen: [] };

  // The target of access logs lies where the bucket does: S3 takes no other.
  if (!bucket) throw new Error(`the bucket of trail ${trail.arn} was not looked for`);
  if (!wasSeen(bucket.place)) return { unseen: bucket.place.unseen };
  const { account, region } = bucket.place.seen;
  if (!seenBy(trail, facts).includes(account)) {
    const unasked = facts.accountBy.get(account)?.trails;
    return unasked && !wasSeen(unasked) ? { unseen: unasked.unseen } : { seen: [] };
  }
  const records = reaches(trail, region);
  if (typeof records === 'object') return { unseen: records };
  return { seen: records ? recorded : [] };
}

const NO_OBJECTS = {
  en: 'the trail records no writes to objects',
  ko: '이 트레일은 객체 쓰기를 기록하지 않습니다',
};
const STOPPED = {
  en: 'the trail is stopped, so nothing goes round',
  ko: '트레일이 중지되어 있어 순환이 일어나지 않습니다',
};

function bucketArn(name: string, partition: string): string {
  return `arn:${partition}:s3:::${name}/`;
}

function logFiles({ bucket, prefix }: TrailSettings, partition: string): EventSet {
  return serviceWrites(bucket, prefix ? `${prefix}/AWSLogs/` : 'AWSLogs/', partition);
}

/** What a service writes itself: a plain API call without the ARN of a caller. */
function serviceWrites(bucket: string, prefix: string, partition: string): EventSet {
  return {
    ...dataEvents('AWS::S3::Object', bucketArn(bucket, partition) + prefix, 'write'),
    eventName: { oneOf: ['PutObject'] },
    eventSource: { oneOf: ['s3.amazonaws.com'] },
    eventType: { oneOf: ['AwsApiCall'] },
    'userIdentity.arn': { oneOf: [null] },
    sessionCredentialFromConsole: { oneOf: [null] },
  };
}

/** The selectors without the values that name the bucket itself; one of nothing else is left out. */
function broadOf(selectors: AdvancedSelector[], arn: string): AdvancedSelector[] {
  const elsewhere = (value: string) => !value.startsWith(arn);
  return selectors.flatMap((selector) => {
    const wider = selector.map((condition) =>
      condition.field === 'resources.ARN'
        ? {
            ...condition,
            equals: condition.equals.filter(elsewhere),
            startsWith: condition.startsWith.filter(elsewhere),
          }
        : condition,
    );
    const emptied = selector.some((condition, index) => {
      const left = wider[index];
      return left !== undefined && chooses(condition) && !chooses(left);
    });
    return emptied ? [] : [wider];
  });
}

function chooses({ equals, startsWith, endsWith }: FieldSelector): boolean {
  return equals.length + startsWith.length + endsWith.length > 0;
}
