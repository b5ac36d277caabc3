import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../core/json.ts';
import { uniqueId } from './identity.ts';
import type { AwsFault, Call, World } from './service.ts';

/** Keeps the calls of the bot as CloudTrail records, and lets each appear after the scenario's lag. */
export type Recorder = {
  record(call: Call, userAgent: string, ended: { output?: object; fault?: AwsFault }): void;
  /** Moves every record whose time has come into `world.events`. */
  publish(): void;
};

export function recorder(world: World): Recorder {
  const waiting: { at: number; place: string; record: JsonObject }[] = [];
  return {
    record: (call, userAgent, ended) => {
      const at = call.now.getTime() + world.scenario.eventLagMs;
      for (const record of recordsOf(call, userAgent, ended)) {
        waiting.push({ at, place: `${record.recipientAccountId}/${record.awsRegion}`, record });
      }
    },
    publish: () => {
      const now = world.now().getTime();
      while (waiting[0] && waiting[0].at <= now) {
        const { place, record } = waiting.shift() as (typeof waiting)[number];
        const records = world.events.get(place);
        if (records) records.push(record);
        else world.events.set(place, [record]);
      }
    },
  };
}

/** A recorder for scenarios that do not record calls: memory must not grow with them. */
export const forgetful: Recorder = { record: () => {}, publish: () => {} };

/**
 * The records of one call: none for data events, one in the caller's account, and for a role assumed in
 * another account a second one there, tied to the first by `sharedEventID`.
 */
export function recordsOf(
  call: Call,
  userAgent: string,
  { output, fault }: { output?: object; fault?: AwsFault },
): JsonObject[] {
  if (isDataEvent(call)) return [];
  const assumed = call.service === 'sts' && call.operation === 'AssumeRole' && !fault;
  const owner: string | undefined = assumed ? call.input.RoleArn.split(':')[4] : undefined;
  const shared = owner !== undefined && owner !== call.caller.account ? randomUUID() : undefined;
  const record: JsonObject = {
    eventVersion: '1.11',
    userIdentity: userIdentity(call),
    eventTime: `${call.now.toISOString().slice(0, 19)}Z`,
    eventSource: `${call.service}.amazonaws.com`,
    eventName: eventName(call),
    awsRegion: recordingRegion(call),
    sourceIPAddress: '127.0.0.1',
    userAgent,
    ...(fault && { errorCode: errorCode(call.service, fault), errorMessage: fault.message }),
    requestParameters: fault && isDenial(fault) ? null : parameters(call),
    responseElements: fault ? null : responseElements(call, output ?? {}),
    requestID: call.requestId,
    eventID: randomUUID(),
    readOnly: isReadOnly(call),
    ...(owner !== undefined && {
      resources: [{ accountId: owner, type: 'AWS::IAM::Role', ARN: call.input.RoleArn }],
    }),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: call.caller.account,
    ...(shared && { sharedEventID: shared }),
    eventCategory: 'Management',
  };
  if (owner === undefined || shared === undefined) return [record];
  return [record, asSeenBy(owner, record, call)];
}

/** The owner of an assumed role learns the caller's account and unique id, not its ARN. */
function asSeenBy(owner: string, record: JsonObject, { caller }: Call): JsonObject {
  return {
    ...record,
    userIdentity: {
      type: 'AWSAccount',
      principalId: principalId(caller),
      accountId: caller.account,
    },
    eventID: randomUUID(),
    recipientAccountId: owner,
  };
}

function userIdentity({ caller }: Call): JsonObject {
  const { account, arn, accessKeyId, role } = caller;
  const identity: JsonObject = {
    type: role ? 'AssumedRole' : arn.endsWith(':root') ? 'Root' : 'IAMUser',
    principalId: principalId(caller),
    arn,
    accountId: account,
    accessKeyId,
  };
  if (!role) {
    const userName = arn.split('/').at(-1);
    return identity.type === 'IAMUser' && userName ? { ...identity, userName } : identity;
  }
  return {
    ...identity,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: uniqueId(role.arn),
        arn: role.arn,
        accountId: account,
        userName: role.name,
      },
      attributes: {
        creationDate: `${role.createdAt.toISOString().slice(0, 19)}Z`,
        mfaAuthenticated: 'false',
      },
      ...(role.sourceIdentity && { sourceIdentity: role.sourceIdentity }),
    },
  };
}

function principalId({ arn, role }: Call['caller']): string {
  return role ? `${uniqueId(role.arn)}:${role.sessionName}` : uniqueId(arn);
}

/** Services without regions record in us-east-1, wherever they are called from. */
function recordingRegion({ service, region }: Call): string {
  return ['organizations', 'iam', 'account'].includes(service) ? 'us-east-1' : region;
}

/** CloudTrail names some S3 operations otherwise than the SDK does. */
const EVENT_NAMES: { [operation: string]: string } = {
  's3:GetPublicAccessBlock': 'GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 'PutBucketPublicAccessBlock',
  's3:DeletePublicAccessBlock': 'DeleteBucketPublicAccessBlock',
  's3:GetObjectLockConfiguration': 'GetBucketObjectLockConfiguration',
  's3:PutObjectLockConfiguration': 'PutBucketObjectLockConfiguration',
  's3:GetBucketLifecycleConfiguration': 'GetBucketLifecycle',
  's3:PutBucketLifecycleConfiguration': 'PutBucketLifecycle',
};
function eventName({ service, operation }: Call): string {
  return EVENT_NAMES[`${service}:${operation}`] ?? operation;
}

/** Calls on objects and the listing of a bucket are data events; the simulator's trails record none. */
function isDataEvent({ service, operation }: Call): boolean {
  return service === 's3' && /(Object(s|sV2|Versions)?|^HeadBucket|Part(s)?)$/.test(operation);
}

function isReadOnly({ service, operation }: Call): boolean {
  if (service === 'sts') return true;
  return /^(Get|List|Describe|Lookup|Head|Select|BatchGet)/.test(operation);
}

/** Every service answers a caller's own mistakes in its words; CloudTrail writes denials alike. */
function errorCode(service: string, { code }: AwsFault): string {
  if (service === 'ec2') return `Client.${code}`;
  return isPolicyDenial(service, code) ? 'AccessDenied' : code;
}
function isPolicyDenial(service: string, code: string): boolean {
  return code === 'AccessDeniedException' && service !== 'organizations';
}
function isDenial({ code }: AwsFault): boolean {
  return ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'].includes(code);
}

function parameters({ service, input }: Call): Json {
  const { Bucket, ...rest } = input as { Bucket?: string };
  const written = lowerCased(service === 's3' && Bucket ? { bucketName: Bucket, ...rest } : input);
  return written !== undefined && Object.keys(written as JsonObject).length > 0 ? written : null;
}

function responseElements(call: Call, output: object): Json {
  if (call.operation !== 'AssumeRole' && isReadOnly(call)) return null;
  const written = lowerCased(output) as JsonObject;
  const credentials = written.credentials as JsonObject | undefined;
  if (credentials) {
    const { secretAccessKey: _, ...shown } = credentials;
    return { ...written, credentials: shown };
  }
  return Object.keys(written).length > 0 ? written : null;
}

/** Names as CloudTrail writes them, with a small first letter; bytes are left out. */
function lowerCased(value: unknown): Json | undefined {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) return value.map((item) => lowerCased(item) ?? null);
  if (typeof value === 'object') {
    const members = Object.entries(value).flatMap(([name, member]) => {
      const written = lowerCased(member);
      return written === undefined ? [] : [[name.charAt(0).toLowerCase() + name.slice(1), written]];
    });
    return Object.fromEntries(members);
  }
  return value as Json | undefined;
}
