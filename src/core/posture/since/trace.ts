import type { CloudTrailEvent } from '../../evidence/event.ts';
import type { Issued } from '../../evidence/person.ts';
import type { Gap } from '../../evidence/source.ts';
import type { Json } from '../../json.ts';
import { wasSeen } from '../../reading.ts';
import { nameIn, type Place, placeOf, recorderAt } from '../config/config-place.ts';
import type { RecorderState } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { isOrganizationTrail, type Known } from '../known.ts';
import type { Rule } from '../rule.ts';
import type { KeptHistory } from './kept-states.ts';
import { plainName, type Written } from './writes.ts';

/** What is to be read to learn since when a finding is so: a resource, its value, and the calls on it. */
export type Wanted = Written & {
  type: string;
  /** As Config may call the resource, likeliest first. */
  ids: string[];
  /** The recorder of the place; null where it is not known. */
  recorder: RecorderState | null;
  /** The value as it was read live; undefined where the finding does not show it. */
  live: Json | undefined;
};

/** What was read to learn since when one failing finding is so. */
export type Trace = Omit<Wanted, 'ids'> & {
  /** Null where Config keeps no such value at all. */
  history: KeptHistory | null;
  /** Of the calls, at the place of the resource, no older than `from` (ISO 8601 UTC). */
  events: { found: CloudTrailEvent[]; gaps: Gap[]; from: string };
  issued: Issued;
  readAt: string;
};

/**
 * Where the history of a failing finding is kept: the resource of the rule's type that the subject is or
 * stands for. Null where the rule has no history, or the place is not known.
 */
export function wantedFor(
  finding: Finding,
  { history }: Pick<Rule, 'history'>,
  facts: Known,
): Wanted | null {
  if (!history) return null;
  const resource = resourceOf(finding, history.type, facts);
  if (!resource) return null;
  const { place, names, ids } = resource;
  const state = recorderAt(place, facts)?.state;
  return {
    ...place,
    alsoFrom: deputiesFor(names[0] ?? '', facts),
    type: history.type,
    ids,
    names,
    change: history.change,
    calls: history.calls,
    recorder: state && wasSeen(state) ? state.seen : null,
    live: history.change === null ? undefined : liveValue(finding, history.change),
  };
}

/** Where Organizations is, and writes its calls, in each partition. */
const ORGANIZATIONS: Record<string, string> = {
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-northwest-1',
};

/** Who administers CloudTrail for the organization may change its trail, and CloudTrail writes that down there. */
function deputiesFor(arn: string, facts: Known): string[] {
  const trail = facts.trailBy.get(arn);
  const { administrators } = facts.organization;
  if (!trail || !wasSeen(administrators) || !isOrganizationTrail(trail, facts)) return [];
  return administrators.seen
    .filter(({ services }) => services.includes('cloudtrail.amazonaws.com'))
    .map(({ account }) => account)
    .filter((account) => facts.accountBy.has(account) && account !== trail.owner);
}

type Traced = { place: Place; names: string[]; ids: string[] };

function resourceOf({ subject, owner }: Finding, type: string, facts: Known): Traced | null {
  if (type === 'AWS::Config::ConfigurationRecorder') return recorderOf(subject, facts);
  // Policies of the organization live in no region; CloudTrail writes their calls where Organizations is.
  if (type.startsWith('AWS::Organizations::')) {
    const account = facts.organization.managementAccount ?? owner;
    const region = ORGANIZATIONS[facts.organization.partition] ?? 'us-east-1';
    return { place: { account, region }, names: [], ids: [subject] };
  }
  const arn = arnOf({ subject, owner }, type, facts);
  const place = arn === null ? null : placeOf(arn, facts);
  if (arn === null || place === null) return null;
  const name = nameIn(arn);
  const ids = type === 'AWS::CloudTrail::Trail' ? [arn, name] : [name];
  return { place, names: [arn, name], ids };
}

/**
 * The resource that a finding's subject is, or that its trail names: its key, its log group, its bucket.
 * Of an account, and of what lies in it, its own trail answers.
 */
function arnOf(
  { subject, owner }: Pick<Finding, 'subject' | 'owner'>,
  type: string,
  facts: Known,
): string | null {
  const [, , service] = subject.split(':');
  const wanted = SERVICES[type];
  if (wanted === undefined || service === wanted) return subject.includes(':') ? subject : null;
  const trail = facts.trailBy.get(subject) ?? ownTrail(owner, facts);
  if (!trail) return null;
  if (wanted === 'cloudtrail') return trail.arn;
  if (!wasSeen(trail.settings)) return null;
  const { kmsKey, logGroup, bucket } = trail.settings.seen;
  if (wanted === 'kms') return kmsKey;
  if (wanted === 'logs') return logGroup;
  return wanted === 's3' ? `arn:${facts.organization.partition}:s3:::${bucket}` : null;
}

const SERVICES: Record<string, string> = {
  'AWS::CloudTrail::Trail': 'cloudtrail',
  'AWS::S3::Bucket': 's3',
  'AWS::KMS::Key': 'kms',
  'AWS::Logs::LogGroup': 'logs',
};

/** The one trail that an account has of its own; with several, nobody knows which is meant. */
function ownTrail(account: string, facts: Known) {
  const sighted = facts.accountBy.get(account)?.trails;
  if (!sighted || !wasSeen(sighted)) return undefined;
  const own = sighted.seen.flatMap(({ arn }) => facts.trailBy.get(arn) ?? []);
  const mine = own.filter(({ owner }) => owner === account);
  return mine.length === 1 ? mine[0] : undefined;
}

/**
 * The recorder of the first region that does not record, stopped ones first: one that was never there
 * was stopped by nobody. A region has one recorder of its own, so its calls need name none.
 */
function recorderOf(account: string, facts: Known): Traced | null {
  const recorders = facts.accountBy.get(account)?.recorders;
  if (!recorders || !wasSeen(recorders)) return null;
  const silent = recorders.seen.filter(({ state }) => wasSeen(state) && state.seen !== 'recording');
  const stopped = silent.find(({ state }) => wasSeen(state) && state.seen === 'stopped');
  const { region } = stopped ?? silent[0] ?? {};
  return region === undefined ? null : { place: { account, region }, names: [], ids: ['default'] };
}

/**
 * The value as it was read live, from what the finding shows: `logFileValidation` is what Config calls
 * `configuration.logFileValidationEnabled`.
 */
function liveValue({ evidence }: Finding, change: string): Json | undefined {
  const wanted = plainName(change.split('.').at(-1) ?? '');
  const fitting = evidence
    .flatMap(({ fields }) => Object.entries(fields))
    .filter(([, value]) => typeof value !== 'object' || value === null)
    .filter(([name]) => isNearly(plainName(name), wanted))
    .toSorted(([a], [b]) => b.length - a.length);
  return fitting[0]?.[1];
}

/** `multiRegion` of `isMultiRegionTrail`, but not `bucket` of `destinationBucketName`, which is another one. */
function isNearly(name: string, wanted: string): boolean {
  return wanted.includes(name) && name.length > wanted.length * 0.6;
}
