import { AwsFault, type Call, type World } from '../service.ts';
import { isReachedByOrganizationTrails, type TrailState, takes } from '../world.ts';

/** Trails as one account and region see them, and who may change them. */

/** True when the trail, or a shadow copy of it, stands in the caller's account and region. */
export function stands(trail: TrailState, call: Call, world: World): boolean {
  return (
    isOf(trail, call.caller.account, world) &&
    (trail.homeRegion === call.region || trail.multiRegion)
  );
}

/** True when an account has the trail at all: its own, or its organization's. */
export function isOf(trail: TrailState, account: string, world: World): boolean {
  return (
    trail.account === account ||
    (trail.organization && isReachedByOrganizationTrails(world, account))
  );
}

/** True when the caller sees a copy: from another region, or as a member of the organization. */
export function isShadow(trail: TrailState, call: Call): boolean {
  return trail.account !== call.caller.account || trail.homeRegion !== call.region;
}

/** The trail as DescribeTrails and GetTrail show it. */
export function shown(trail: TrailState) {
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    S3KeyPrefix: trail.prefix,
    SnsTopicARN: trail.snsTopic,
    IncludeGlobalServiceEvents: trail.globalServiceEvents,
    IsMultiRegionTrail: trail.multiRegion,
    HomeRegion: trail.homeRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: trail.logFileValidation,
    CloudWatchLogsLogGroupArn: trail.logGroup,
    CloudWatchLogsRoleArn: trail.logRole,
    KmsKeyId: trail.kmsKey,
    HasCustomEventSelectors: trail.selectors !== undefined,
    HasInsightSelectors: trail.insights.length > 0,
    IsOrganizationTrail: trail.organization,
  };
}

/**
 * The trail that a name or an ARN means to the caller. A name means a trail of this account whose home is
 * this region; only an ARN reaches a shadow copy.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export function named(nameOrArn: string | undefined, call: Call, world: World): TrailState {
  checkName(nameOrArn);
  const found = world.trails.find((trail) =>
    nameOrArn.startsWith('arn:')
      ? trail.arn === nameOrArn && stands(trail, call, world)
      : trail.name === nameOrArn && !isShadow(trail, call),
  );
  if (found === undefined) throw unknownTrail(nameOrArn, call);
  return found;
}

export function unknownTrail(nameOrArn: string, call: Call): AwsFault {
  return new AwsFault(
    'TrailNotFoundException',
    `Unknown trail: ${nameOrArn} for the user: ${call.caller.account}`,
  );
}

export function checkName(nameOrArn: string | undefined): asserts nameOrArn is string {
  if (nameOrArn === undefined || nameOrArn === '') {
    throw new AwsFault('InvalidTrailNameException', 'Trail name cannot be blank!');
  }
  if (nameOrArn.startsWith('arn:')) {
    if (/^arn:aws[\w-]*:cloudtrail:[\w-]+:\d{12}:trail\/[\w.-]+$/.test(nameOrArn)) return;
    throw new AwsFault(
      'CloudTrailARNInvalidException',
      'The ARN of the resource is not valid. Expected arn:aws:cloudtrail:region:account:trail/name.',
    );
  }
  if (nameOrArn.length < 3 || nameOrArn.length > 128) {
    throw new AwsFault(
      'InvalidTrailNameException',
      'Trail name must be between 3 and 128 characters long.',
    );
  }
  if (/^[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$/.test(nameOrArn)) return;
  throw new AwsFault(
    'InvalidTrailNameException',
    'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
  );
}

/**
 * The trail that a write means, if this caller may write to it from here: only in its home region, an
 * organization trail only from the management account or a delegated administrator, and one write a second.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
 */
export function changeable(nameOrArn: string | undefined, call: Call, world: World): TrailState {
  const quota = `cloudtrail writes ${call.caller.account}/${call.region}`;
  if (!takes(world, quota, 1)) throw new AwsFault('ThrottlingException', 'Rate exceeded');
  checkName(nameOrArn);
  const trail = world.trails.find(
    (one) =>
      isOf(one, call.caller.account, world) &&
      (nameOrArn.startsWith('arn:')
        ? one.arn === nameOrArn
        : one.name === nameOrArn && (one.homeRegion === call.region || one.multiRegion)),
  );
  if (trail === undefined) throw unknownTrail(nameOrArn, call);
  if (trail.organization && !governsOrganizationTrails(call.caller.account, world)) {
    throw new AwsFault(
      'NotOrganizationMasterAccountException',
      'The request was made by an account that is not the management account or a delegated administrator of the organization. An organization trail can be changed only from there.',
    );
  }
  if (trail.homeRegion !== call.region) {
    throw new AwsFault(
      'InvalidHomeRegionException',
      `The home region of the trail ${trail.arn} is ${trail.homeRegion}; it cannot be changed from ${call.region}.`,
    );
  }
  return trail;
}

export function governsOrganizationTrails(account: string, world: World): boolean {
  const { managementAccount, delegatedAdministrators } = world.scenario.organization;
  return (
    account === managementAccount ||
    (delegatedAdministrators['cloudtrail.amazonaws.com'] ?? []).includes(account)
  );
}
