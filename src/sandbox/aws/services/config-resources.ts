import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../core/json.ts';
import { isoSeconds, momentAt } from '../moments.ts';
import type { World } from '../service.ts';
import type { BucketState, RecorderState, TrailState } from '../world.ts';

/** What Config knows of the organization's resources. */

/** A resource as the advanced queries see it, with Config's names for its properties. */
export type Resource = JsonObject & {
  accountId: string;
  awsRegion: string;
  resourceType: string;
  resourceId: string;
  configurationItemCaptureTime: string;
  configurationItemStatus: string;
};

/**
 * The resources that the recorder of one account and region knows: as they are, or as they were when the
 * recorder stopped. Property names: https://github.com/awslabs/aws-config-resource-schema
 */
export function resourcesIn(world: World, account: string, region: string): Resource[] {
  const recorder = world.recorders.get(`${account}/${region}`);
  if (recorder === undefined) return [];
  const { trails, buckets } = recorder.seen ?? {
    trails: world.trails,
    buckets: [...world.buckets.values()],
  };
  return [
    ...trails
      .filter((trail) => trail.account === account && trail.homeRegion === region)
      .map((trail) => trailResource(trail, recorder)),
    ...buckets
      .filter((bucket) => bucket.account === account && bucket.region === region)
      .map((bucket) => bucketResource(bucket, recorder)),
    ...latest(historyIn(world, account, region)),
  ];
}

/** The older states that the scenario tells, newest first. */
export function historyIn(world: World, account: string, region: string): Resource[] {
  return world.scenario.config.history
    .filter((state) => state.account === account && state.region === region)
    .map((state) => {
      const at = momentAt(state.at, world.started);
      return resource({
        account,
        region,
        type: state.type,
        id: state.id,
        name: state.id.split(/[:/]/).at(-1) ?? state.id,
        arn: state.id.startsWith('arn:') ? state.id : undefined,
        captured: at,
        created: at,
        status: state.status,
        configuration: state.configuration as JsonObject,
        supplementary: {},
        tags: {},
      });
    })
    .sort((a, b) => (a.configurationItemCaptureTime > b.configurationItemCaptureTime ? -1 : 1));
}

function latest(history: Resource[]): Resource[] {
  const derived = ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket'];
  const newest = new Map<string, Resource>();
  for (const state of history) {
    const key = `${state.resourceType} ${state.resourceId}`;
    if (!newest.has(key)) newest.set(key, state);
  }
  return [...newest.values()].filter(
    ({ resourceType, configurationItemStatus }) =>
      !derived.includes(resourceType) && !configurationItemStatus.startsWith('ResourceDeleted'),
  );
}

function trailResource(trail: TrailState, recorder: RecorderState): Resource {
  const changes = [trail.startedLogging, trail.stoppedLogging, trail.validatedSince];
  const changed = [...changes, trail.validatedUntil].flatMap((at) => at?.getTime() ?? []);
  return resource({
    account: trail.account,
    region: trail.homeRegion,
    type: 'AWS::CloudTrail::Trail',
    id: trail.arn,
    name: trail.name,
    arn: trail.arn,
    created: trail.startedLogging,
    captured: captureTime(new Date(Math.max(...changed)), recorder),
    status: 'OK',
    tags: trail.tags,
    configuration: present({
      name: trail.name,
      trailARN: trail.arn,
      homeRegion: trail.homeRegion,
      s3BucketName: trail.bucket,
      s3KeyPrefix: trail.prefix,
      snsTopicARN: trail.snsTopic,
      includeGlobalServiceEvents: trail.globalServiceEvents,
      isMultiRegionTrail: trail.multiRegion,
      isOrganizationTrail: trail.organization,
      logFileValidationEnabled: trail.logFileValidation,
      cloudWatchLogsLogGroupArn: trail.logGroup,
      cloudWatchLogsRoleArn: trail.logRole,
      kmsKeyId: trail.kmsKey,
      hasCustomEventSelectors: trail.selectors !== undefined,
      hasInsightSelectors: trail.insights.length > 0,
    }),
    supplementary: {},
  });
}

function bucketResource(bucket: BucketState, recorder: RecorderState): Resource {
  const { mfaDelete, versioning, objectLock, publicAccessBlock: blocked, kmsKey } = bucket;
  return resource({
    account: bucket.account,
    region: bucket.region,
    type: 'AWS::S3::Bucket',
    id: bucket.name,
    name: bucket.name,
    arn: `arn:aws:s3:::${bucket.name}`,
    created: bucket.created,
    captured: captureTime(bucket.created, recorder),
    status: 'OK',
    tags: bucket.tags,
    configuration: { name: bucket.name, creationDate: bucket.created.toISOString() },
    supplementary: present({
      BucketVersioningConfiguration: {
        status: versioning,
        isMfaDeleteEnabled: versioning === 'Off' ? null : mfaDelete,
      },
      ServerSideEncryptionConfiguration: {
        rules: [
          {
            applyServerSideEncryptionByDefault: present({
              sseAlgorithm: kmsKey === undefined ? 'AES256' : 'aws:kms',
              kmsMasterKeyID: kmsKey,
            }),
            bucketKeyEnabled: kmsKey !== undefined,
          },
        ],
      },
      PublicAccessBlockConfiguration: blocked
        ? {
            blockPublicAcls: true,
            ignorePublicAcls: true,
            blockPublicPolicy: true,
            restrictPublicBuckets: true,
          }
        : undefined,
      ObjectLockConfiguration: objectLock && {
        objectLockEnabled: 'Enabled',
        rule: { defaultRetention: { mode: objectLock.mode, days: objectLock.days } },
      },
      BucketPolicy: { policyText: bucket.policy ? JSON.stringify(bucket.policy) : null },
      BucketLifecycleConfiguration: bucket.lifecycle && {
        rules: bucket.lifecycle.map(({ ID, Status, Expiration }) =>
          present({
            id: ID as string | undefined,
            status: Status as string | undefined,
            expirationInDays: (Expiration as { Days?: number } | undefined)?.Days,
          }),
        ),
      },
    }),
  });
}

/** Config notices a change within minutes, but not before it was started nor after it was stopped. */
function captureTime(changed: Date, recorder: RecorderState): Date {
  const noticed = changed.getTime() + 4 * 60_000;
  const from = Math.max(noticed, recorder.started.getTime());
  return new Date(Math.min(from, recorder.stopped?.getTime() ?? from));
}

type Facts = {
  account: string;
  region: string;
  type: string;
  id: string;
  name: string;
  arn: string | undefined;
  created: Date;
  captured: Date;
  status: string;
  tags: { [key: string]: string };
  configuration: JsonObject;
  supplementary: JsonObject;
};

function resource(facts: Facts): Resource {
  return {
    version: '1.3',
    accountId: facts.account,
    awsRegion: facts.region,
    availabilityZone: 'Regional',
    ...(facts.arn === undefined ? {} : { arn: facts.arn }),
    resourceType: facts.type,
    resourceId: facts.id,
    resourceName: facts.name,
    resourceCreationTime: isoSeconds(facts.created),
    configurationItemCaptureTime: isoSeconds(facts.captured),
    configurationItemStatus: facts.status,
    configurationStateId: String(facts.captured.getTime()),
    configurationItemMD5Hash: createHash('md5')
      .update(JSON.stringify(facts.configuration))
      .digest('hex'),
    tags: Object.entries(facts.tags).map(([key, value]) => ({
      key,
      value,
      tag: `${key}=${value}`,
    })),
    relationships: [],
    configuration: facts.configuration,
    supplementaryConfiguration: facts.supplementary,
  };
}

function present(members: { [name: string]: Json | undefined }): JsonObject {
  const said = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as JsonObject;
}
