import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import { parseEvent } from '../../../src/core/evidence/parse-event.ts';
import type { Found, Searched } from '../../../src/core/evidence/source.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { nothingExcepted, type Plan } from '../../../src/core/questions/plan.ts';

/** A person of their own account terminates an instance: nothing odd about it. */
export function soundRecord(difference: JsonObject = {}): JsonObject {
  return {
    eventVersion: '1.11',
    eventID: '0ea6b2d5-51d5-4765-ad83-4db65d506d9c',
    eventTime: '2026-11-20T05:32:07Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'TerminateInstances',
    awsRegion: 'ap-northeast-2',
    recipientAccountId: '111122223333',
    readOnly: false,
    managementEvent: true,
    eventCategory: 'Management',
    eventType: 'AwsApiCall',
    sourceIPAddress: '203.0.113.10',
    userAgent: 'aws-cli/2.31.3',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/alice',
      accountId: '111122223333',
      accessKeyId: 'AKIAQ7Z1ALICE2KEY3X4',
      userName: 'alice',
    },
    requestParameters: { instancesSet: { items: [{ instanceId: 'i-0dbc91f429e48eeed' }] } },
    responseElements: null,
    ...difference,
  };
}

export function soundEvent(difference: JsonObject = {}): CloudTrailEvent {
  const parsed = parseEvent(soundRecord(difference), 'test');
  if ('rejected' in parsed) throw new Error(parsed.rejected);
  return parsed.event;
}

/** A session of a role, whose record names nobody. */
export function session(role: string, name: string, more: JsonObject = {}): JsonObject {
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/${name}`,
    principalId: `AROAQ7Z1ROLE2ID3X4Y5:${name}`,
    accountId: '111122223333',
    accessKeyId: 'ASIAQ7Z1SESSION2KEY3',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: `arn:aws:iam::111122223333:role/${role}`,
        userName: role,
      },
      attributes: { creationDate: '2026-11-20T05:30:00Z', mfaAuthenticated: 'false' },
    },
    ...more,
  };
}

/** Anything at all, in any account, in November 2026. */
export function soundPlan(difference: Partial<Plan> = {}): Plan {
  return {
    shape: 'search',
    asks: 'who',
    verbs: [],
    set: null,
    eventNames: [],
    eventSources: [],
    resourceType: null,
    resources: [],
    alsoResources: [],
    actor: null,
    alsoActors: [],
    time: {
      from: '2026-11-01T00:00:00Z',
      to: '2026-12-01T00:00:00Z',
      zone: 'Asia/Seoul',
      assumed: false,
    },
    accounts: 'all',
    regions: 'all',
    outcome: 'any',
    addresses: [],
    via: [],
    readOnly: null,
    content: null,
    except: nothingExcepted(),
    state: null,
    about: null,
    groupBy: [],
    atLeast: null,
    measure: 'calls',
    order: 'newest',
    limit: 1000,
    ...difference,
  };
}

/** Two accounts and a region, looked at completely. */
export function found(events: CloudTrailEvent[], difference: Partial<Searched> = {}): Found {
  return {
    events,
    searched: {
      from: '2026-11-01T00:00:00Z',
      to: '2026-12-01T00:00:00Z',
      accounts: {
        searched: ['111122223333', '444455556666'],
        of: ['111122223333', '444455556666'],
      },
      regions: { searched: ['ap-northeast-2'], of: ['ap-northeast-2'] },
      categories: ['management'],
      gaps: [],
      settledUntil: null,
      ...difference,
    },
  };
}
