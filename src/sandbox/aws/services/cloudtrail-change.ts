import { changeTrail } from '../changes.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import type { TrailState } from '../world.ts';
import { checkSinks } from './cloudtrail-sinks.ts';
import { changeable, shown } from './cloudtrail-trails.ts';
import { letsCloudTrailEncrypt } from './kms-cloudtrail.ts';

/** What changes a trail: UpdateTrail, StartLogging, StopLogging. */

/**
 * `UpdateTrail`: changes what is given and nothing else; everything is checked before anything changes.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
 */
export function updateTrail(call: Call, world: World) {
  const trail = changeable(call.input.Name, call, world);
  const { input } = call;
  const multiRegion: boolean = input.IsMultiRegionTrail ?? trail.multiRegion;
  const globalServiceEvents: boolean =
    input.IncludeGlobalServiceEvents ?? trail.globalServiceEvents;
  if (multiRegion && !globalServiceEvents) {
    throw new AwsFault(
      'InvalidParameterCombinationException',
      'Multi-Region trail must include global service events.',
    );
  }
  const organization: boolean = input.IsOrganizationTrail ?? trail.organization;
  if (
    organization !== trail.organization &&
    call.caller.account !== world.scenario.organization.managementAccount
  ) {
    throw new AwsFault(
      'NotOrganizationManagementAccountException',
      'Only the management account of the organization can make a trail an organization trail, or the reverse.',
    );
  }
  if (multiRegion && !trail.multiRegion) checkRoom(trail, world);
  if (input.S3BucketName !== undefined) checkBucket(input.S3BucketName, world);
  if (input.KmsKeyId) checkKey(input.KmsKeyId, world, trail);
  checkSinks(call, trail, world);
  const validation: boolean = input.EnableLogFileValidation ?? trail.logFileValidation;
  changeTrail(world, trail, call.now, {
    ...(validation && !trail.logFileValidation && { validatedSince: call.now }),
    ...(!validation && trail.logFileValidation && { validatedUntil: call.now }),
    multiRegion,
    globalServiceEvents,
    organization,
    logFileValidation: validation,
    bucket: input.S3BucketName ?? trail.bucket,
    prefix: changed(input.S3KeyPrefix, trail.prefix),
    kmsKey: changed(input.KmsKeyId, trail.kmsKey),
    logGroup: changed(input.CloudWatchLogsLogGroupArn, trail.logGroup),
    logRole: changed(input.CloudWatchLogsRoleArn, trail.logRole),
    snsTopic: changed(topicArn(input.SnsTopicName, trail), trail.snsTopic),
  });
  const { HomeRegion, HasCustomEventSelectors, HasInsightSelectors, ...answer } = shown(trail);
  return { ...answer, SnsTopicName: trail.snsTopic?.split(':').at(-1) };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
export const MOST_TRAILS = 5;

/** A trail of all regions counts in every one of them, and each takes five. */
export function checkRoom(
  { account, homeRegion, arn }: { account: string; homeRegion: string; arn?: string },
  world: World,
  regions = world.accounts.get(account)?.regions ?? [homeRegion],
): void {
  const full = regions.find((region) => {
    const others = world.trails.filter(
      (one) =>
        one.account === account &&
        one.arn !== arn &&
        (one.multiRegion || one.homeRegion === region),
    );
    return others.length >= MOST_TRAILS;
  });
  if (full === undefined) return;
  throw new AwsFault(
    'MaximumNumberOfTrailsExceededException',
    `User: ${account} already has ${MOST_TRAILS} trails in ${full}.`,
  );
}

export function startLogging(call: Call, world: World) {
  const trail = changeable(call.input.Name, call, world);
  if (!trail.logging) {
    changeTrail(world, trail, call.now, { logging: true, startedLogging: call.now });
  }
  return {};
}

export function stopLogging(call: Call, world: World) {
  const trail = changeable(call.input.Name, call, world);
  if (trail.logging) {
    changeTrail(world, trail, call.now, { logging: false, stoppedLogging: call.now });
  }
  return {};
}

/** An empty text takes a setting away; nothing leaves it. */
function changed(given: string | undefined, before: string | undefined): string | undefined {
  return given === undefined ? before : given || undefined;
}

export function topicArn(
  topic: string | undefined,
  trail: { homeRegion: string; account: string },
): string | undefined {
  if (!topic || topic.startsWith('arn:')) return topic;
  return `arn:aws:sns:${trail.homeRegion}:${trail.account}:${topic}`;
}

export function checkBucket(name: string, world: World): void {
  const bucket = world.buckets.get(name);
  if (bucket === undefined) {
    throw new AwsFault('S3BucketDoesNotExistException', `S3 bucket ${name} does not exist!`);
  }
  if (!JSON.stringify(bucket.policy ?? {}).includes('"cloudtrail.amazonaws.com"')) {
    throw new AwsFault(
      'InsufficientS3BucketPolicyException',
      `Incorrect S3 bucket policy is detected for bucket: ${name}`,
    );
  }
}

/** `trail`: whose log files it is to encrypt; CloudTrail tries the key before it takes it. */
export function checkKey(key: string, world: World, trail?: TrailState): void {
  const found = world.scenario.kmsKeys.find(
    ({ id, alias, account, region }) =>
      key === id ||
      key === alias ||
      key === `arn:aws:kms:${region}:${account}:key/${id}` ||
      key === `arn:aws:kms:${region}:${account}:${alias}`,
  );
  if (found === undefined) {
    throw new AwsFault('KmsKeyNotFoundException', `KMS key ${key} does not exist.`);
  }
  if (found.state !== 'Enabled') {
    throw new AwsFault('KmsException', `KMS key ${key} is not enabled.`);
  }
  if (trail === undefined) return;
  const bucket = world.buckets.get(trail.bucket);
  if (bucket !== undefined && bucket.region !== found.region) {
    throw new AwsFault('KmsException', 'The KMS key and the S3 bucket must be in the same region.');
  }
  if (!letsCloudTrailEncrypt(found, trail.arn)) {
    throw new AwsFault(
      'InsufficientEncryptionPolicyException',
      `Insufficient permissions to access S3 bucket ${trail.bucket} or KMS key ${key}.`,
    );
  }
}
