import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../core/json.ts';
import { isoSeconds } from '../moments.ts';
import type { KeySetup } from '../scenario.ts';
import type { BucketState, RecorderState, TrailState } from '../world.ts';

/** Configuration items: a thing of the organization as Config writes it down. */

/** A resource as the advanced queries see it, with Config's names for its properties. */
export type Resource = JsonObject & {
  accountId: string;
  awsRegion: string;
  resourceType: string;
  resourceId: string;
  configurationItemCaptureTime: string;
  configurationItemStatus: string;
};

export const RECORDER = 'AWS::Config::ConfigurationRecorder';

/** A recorder of a place, as Config's own drift detection keeps it: also after it was stopped. */
export function recorderResource(
  { account, region, started, excludes, only }: RecorderState,
  { at, recording }: { at: Date; recording: boolean },
): Resource {
  const arn = `arn:aws:config:${region}:${account}:configuration-recorder/default/bora0recorder0001`;
  return resource({
    account,
    region,
    type: RECORDER,
    id: 'default',
    name: 'default',
    arn,
    created: started,
    captured: at,
    status: 'OK',
    tags: {},
    configuration: {
      Arn: arn,
      Name: 'default',
      RoleARN: `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      Recording: recording,
      RecordingScope: 'PAID',
      RecordingGroup: {
        AllSupported: !excludes && !only,
        IncludeGlobalResourceTypes: !excludes && !only && region === 'us-east-1',
        ResourceTypes: only ?? [],
        ExclusionByResourceTypes: { ResourceTypes: excludes ?? [] },
        RecordingStrategy: {
          UseOnly: strategyOf({ excludes, only }),
        },
      },
    },
    supplementary: {},
  });
}

/** By which of its lists a recorder goes. */
export function strategyOf({ excludes, only }: Pick<RecorderState, 'excludes' | 'only'>): string {
  if (excludes) return 'EXCLUSION_BY_RESOURCE_TYPES';
  return only ? 'INCLUSION_BY_RESOURCE_TYPES' : 'ALL_SUPPORTED_RESOURCE_TYPES';
}

export const ACCOUNT_BLOCK = 'AWS::S3::AccountPublicAccessBlock';

/** The block of public access that an account has switched on for all of its buckets. */
export function accountBlockResource({ account, region, started }: RecorderState): Resource {
  return resource({
    account,
    region,
    type: ACCOUNT_BLOCK,
    id: account,
    name: account,
    arn: undefined,
    created: started,
    captured: started,
    status: 'OK',
    tags: {},
    configuration: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    },
    supplementary: {},
  });
}

export function keyResource(key: KeySetup, recorder: RecorderState): Resource {
  const { account, region, id, state } = key;
  const arn = `arn:aws:kms:${region}:${account}:key/${id}`;
  return resource({
    account,
    region,
    type: 'AWS::KMS::Key',
    id,
    name: id,
    arn,
    created: recorder.started,
    captured: recorder.started,
    status: 'OK',
    tags: {},
    configuration: {
      awsaccountId: account,
      keyId: id,
      arn,
      keyState: state,
      enabled: state === 'Enabled',
      keyManager: key.manager,
      keyRotationEnabled: key.rotation,
    },
    supplementary: {},
  });
}

export function trailResource(trail: TrailState, recorder: RecorderState, lag: number): Resource {
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
    captured: captureTime(trail.changed, new Date(Math.max(...changed)), recorder, lag),
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

export function bucketResource(
  bucket: BucketState,
  recorder: RecorderState,
  lag: number,
): Resource {
  const { mfaDelete, versioning, objectLock, publicAccessBlock: blocked, kmsKey } = bucket;
  return resource({
    account: bucket.account,
    region: bucket.region,
    type: 'AWS::S3::Bucket',
    id: bucket.name,
    name: bucket.name,
    arn: `arn:aws:s3:::${bucket.name}`,
    created: bucket.created,
    captured: captureTime(bucket.changed, bucket.created, recorder, lag),
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
      PublicAccessBlockConfiguration:
        blocked === true
          ? {
              blockPublicAcls: true,
              ignorePublicAcls: true,
              blockPublicPolicy: true,
              restrictPublicBuckets: true,
            }
          : blocked || undefined,
      BucketLoggingConfiguration: {
        destinationBucketName: bucket.accessLogging?.bucket ?? null,
        logFilePrefix: bucket.accessLogging?.prefix ?? null,
      },
      ObjectLockConfiguration: objectLock && {
        objectLockEnabled: 'Enabled',
        rule: { defaultRetention: { mode: objectLock.mode, days: objectLock.days } },
      },
      AccessControlList: accessControlList(bucket),
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

/** Config keeps an ACL as a text of JSON, with its own names for groups and permissions. */
function accessControlList({ grants, account }: BucketState): string {
  const word = (permission: string) =>
    permission
      .toLowerCase()
      .split('_')
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join('');
  const owner = { id: account, displayName: null };
  return JSON.stringify({
    grantSet: null,
    grantList: [
      { grantee: owner, permission: 'FullControl' },
      ...grants.map(({ to, permission }) => ({
        grantee: /^\d/.test(to) ? { id: to, displayName: null } : to,
        permission: word(permission),
      })),
    ],
    owner,
    isRequesterCharged: false,
  });
}

/**
 * When Config noticed: of a call's change after the scenario's lag; of what was before the start within
 * minutes, but not before the recorder was started nor after it was stopped.
 */
function captureTime(
  changed: Date | undefined,
  before: Date,
  recorder: RecorderState,
  lag: number,
): Date {
  if (changed !== undefined) return new Date(changed.getTime() + lag);
  const noticed = before.getTime() + 4 * 60_000;
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

const texts = new WeakMap<Date, string>();

/** A time as Config writes it; thousands of recorders share theirs. */
function written(at: Date): string {
  const text = texts.get(at) ?? isoSeconds(at);
  texts.set(at, text);
  return text;
}

export function resource(facts: Facts): Resource {
  return {
    version: '1.3',
    accountId: facts.account,
    awsRegion: facts.region,
    availabilityZone: 'Regional',
    ...(facts.arn === undefined ? {} : { arn: facts.arn }),
    resourceType: facts.type,
    resourceId: facts.id,
    resourceName: facts.name,
    resourceCreationTime: written(facts.created),
    configurationItemCaptureTime: written(facts.captured),
    configurationItemStatus: facts.status,
    get configurationStateId() {
      return String(facts.captured.getTime());
    },
    // Hashed only where somebody asks: aggregators read a hundred thousand rows.
    get configurationItemMD5Hash() {
      return createHash('md5').update(JSON.stringify(facts.configuration)).digest('hex');
    },
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
