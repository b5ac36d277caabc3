import type { JsonObject } from '../../../core/json.ts';
import { momentAt } from '../moments.ts';
import type { ManagedRule } from '../scenario.ts';
import type { World } from '../service.ts';
import type { BucketState, RecorderState, TrailState } from '../world.ts';
import { isOf } from './cloudtrail-trails.ts';

/** The managed rules of Config that this organization uses, and what each says of its resources. */

export type Compliance = 'COMPLIANT' | 'NON_COMPLIANT' | 'INSUFFICIENT_DATA';

export type Evaluation = { type: string; id: string; compliance: Compliance; at: Date };

type Place = { account: string; region: string; trails: TrailState[]; buckets: BucketState[] };

type Definition = {
  /** As the console names the rule when it is made. */
  name: string;
  description: string;
  resource: string;
  /** Whether it is asked by the clock; the others are asked when a resource changes. */
  periodic: boolean;
  evaluate(place: Place): { id: string; compliant: boolean }[];
};

/** https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html */
export const managedRules: { [identifier in ManagedRule]: Definition } = {
  CLOUD_TRAIL_ENABLED: {
    name: 'cloudtrail-enabled',
    description: 'Checks if an AWS CloudTrail trail is enabled in your AWS account.',
    resource: 'AWS::::Account',
    periodic: true,
    evaluate: (place) => ofAccount(place, ({ logging }) => logging),
  },
  MULTI_REGION_CLOUD_TRAIL_ENABLED: {
    name: 'multi-region-cloudtrail-enabled',
    description: 'Checks if there is at least one multi-region AWS CloudTrail.',
    resource: 'AWS::::Account',
    periodic: true,
    evaluate: (place) =>
      ofAccount(
        place,
        (trail) => trail.logging && trail.multiRegion && recordsAllManagementEvents(trail),
      ),
  },
  CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED: {
    name: 'cloud-trail-log-file-validation-enabled',
    description: 'Checks if AWS CloudTrail creates a signed digest file with logs.',
    resource: 'AWS::CloudTrail::Trail',
    periodic: true,
    evaluate: (place) => ofTrails(place, ({ logFileValidation }) => logFileValidation),
  },
  CLOUD_TRAIL_ENCRYPTION_ENABLED: {
    name: 'cloud-trail-encryption-enabled',
    description: 'Checks if AWS CloudTrail is configured to use SSE-KMS encryption.',
    resource: 'AWS::CloudTrail::Trail',
    periodic: true,
    evaluate: (place) => ofTrails(place, ({ kmsKey }) => kmsKey !== undefined),
  },
  CLOUDTRAIL_S3_DATAEVENTS_ENABLED: {
    name: 'cloudtrail-s3-dataevents-enabled',
    description: 'Checks if at least one trail logs S3 data events for all S3 buckets.',
    resource: 'AWS::::Account',
    periodic: true,
    evaluate: (place) => ofAccount(place, (trail) => trail.logging && recordsAllBuckets(trail)),
  },
  S3_BUCKET_MFA_DELETE_ENABLED: {
    name: 's3-bucket-mfa-delete-enabled',
    description:
      'Checks if MFA Delete is enabled in the Amazon S3 bucket versioning configuration.',
    resource: 'AWS::S3::Bucket',
    periodic: true,
    // MFA delete and a lifecycle exclude each other, so such buckets are not judged.
    evaluate: ({ buckets }) =>
      buckets
        .filter(({ lifecycle }) => lifecycle === undefined)
        .map(({ name, mfaDelete }) => ({ id: name, compliant: mfaDelete })),
  },
  S3_BUCKET_DEFAULT_LOCK_ENABLED: {
    name: 's3-bucket-default-lock-enabled',
    description: 'Checks if the S3 bucket has lock enabled, by default.',
    resource: 'AWS::S3::Bucket',
    periodic: false,
    evaluate: ({ buckets }) =>
      buckets.map(({ name, objectLock }) => ({ id: name, compliant: objectLock !== undefined })),
  },
};

/**
 * What a rule says in one account and region: from the state that the recorder sees, unless the scenario
 * says otherwise. No evaluation at all is Config's INSUFFICIENT_DATA.
 */
export function evaluationsOf(
  identifier: ManagedRule,
  recorder: RecorderState,
  world: World,
): Evaluation[] {
  const rule = managedRules[identifier];
  const { account, region } = recorder;
  const at = recorder.stopped ?? lastRun(world.now());
  const results = rule.evaluate(placeOf(recorder, world)).map(({ id, compliant }): Evaluation => {
    return { type: rule.resource, id, compliance: compliant ? 'COMPLIANT' : 'NON_COMPLIANT', at };
  });
  const said = world.scenario.config.verdicts
    .filter((it) => it.rule === identifier && it.account === account && it.region === region)
    .map((it): Evaluation => {
      const { resource: id, compliance } = it;
      return { type: rule.resource, id, compliance, at: momentAt(it.at, world.started) };
    });
  return [...results.filter(({ id }) => !said.some((verdict) => verdict.id === id)), ...said];
}

/** The rules run every six hours. */
function lastRun(now: Date): Date {
  const period = 6 * 3_600_000;
  return new Date(Math.floor(now.getTime() / period) * period);
}

function placeOf({ account, region, seen }: RecorderState, world: World): Place {
  const trails = seen?.trails ?? world.trails;
  const buckets = seen?.buckets ?? [...world.buckets.values()];
  return {
    account,
    region,
    trails: trails.filter(
      (trail) => isOf(trail, account, world) && (trail.homeRegion === region || trail.multiRegion),
    ),
    buckets: buckets.filter((bucket) => bucket.account === account && bucket.region === region),
  };
}

function ofAccount({ account, trails }: Place, meets: (trail: TrailState) => boolean) {
  return [{ id: account, compliant: trails.some(meets) }];
}

/** Trails are judged once: where they live. */
function ofTrails({ account, region, trails }: Place, meets: (trail: TrailState) => boolean) {
  return trails
    .filter((trail) => trail.account === account && trail.homeRegion === region)
    .map((trail) => ({ id: trail.arn, compliant: meets(trail) }));
}

type FieldSelector = { Field: string; Equals?: string[]; StartsWith?: string[] };

function fieldsOf(selector: JsonObject): FieldSelector[] {
  return (selector.FieldSelectors ?? []) as FieldSelector[];
}

function recordsAllManagementEvents({ selectors }: TrailState): boolean {
  if (selectors === undefined) return true;
  if ('advanced' in selectors) {
    return selectors.advanced.some((selector) => {
      const fields = fieldsOf(selector);
      return fields.length === 1 && fields[0]?.Equals?.[0] === 'Management';
    });
  }
  return selectors.basic.some(
    ({ ReadWriteType = 'All', IncludeManagementEvents = true, ...selector }) =>
      ReadWriteType === 'All' &&
      IncludeManagementEvents === true &&
      ((selector.ExcludeManagementEventSources ?? []) as string[]).length === 0,
  );
}

function recordsAllBuckets({ selectors }: TrailState): boolean {
  if (selectors === undefined) return false;
  const all = ['arn:aws:s3', 'arn:aws:s3:::'];
  if ('advanced' in selectors) {
    return selectors.advanced.some((selector) => {
      const fields = fieldsOf(selector);
      const only = (field: string) => fields.find(({ Field }) => Field === field);
      const buckets = only('resources.ARN');
      return (
        only('resources.type')?.Equals?.includes('AWS::S3::Object') === true &&
        only('readOnly') === undefined &&
        only('eventName') === undefined &&
        (buckets === undefined || buckets.StartsWith?.some((arn) => all.includes(arn)) === true)
      );
    });
  }
  return selectors.basic.some(({ ReadWriteType = 'All', DataResources = [] }) =>
    (DataResources as { Type: string; Values: string[] }[]).some(
      ({ Type, Values }) =>
        ReadWriteType === 'All' &&
        Type === 'AWS::S3::Object' &&
        Values.some((arn) => all.includes(arn)),
    ),
  );
}
