import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { conclude } from '../../../src/core/evidence/conclude.ts';
import { resourcesOf } from '../../../src/core/evidence/details.ts';
import { matches } from '../../../src/core/evidence/match.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { EVENT_SETS } from '../../../src/core/questions/catalogue/event-sets.ts';
import {
  classified,
  eventsFrom,
  sourcesOf,
} from '../../../src/core/questions/catalogue/known-events.ts';
import { everyOverlaid } from '../../../src/core/questions/catalogue/overlay.ts';
import { SERVICE_WORDS } from '../../../src/core/questions/catalogue/services.ts';
import {
  eventsFor,
  knownEvent,
  RESOURCE_TYPES,
  withoutVersion,
} from '../../../src/core/questions/catalogue.ts';
import { understand } from '../../../src/core/questions/index.ts';
import { found, soundEvent, soundPlan } from '../evidence/sound.ts';

describe('the generated catalogue', () => {
  test('is what the SDK and IAM data that are installed give', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(__dirname, '../../../scripts/generate-events.mjs'), '--check'],
      { encoding: 'utf8' },
    );
    expect({ status, stderr: stderr.replace(/^npm warn.*\n/gm, '') }).toEqual({
      status: 0,
      stderr: '',
    });
  });

  test.each([
    // What people say and what CloudTrail writes differ (reference: questions, 2.3).
    ['s3.amazonaws.com', 'PutBucketPublicAccessBlock', 'change', 'permissions'],
    ['s3.amazonaws.com', 'PutAccountPublicAccessBlock', 'change', 'permissions'],
    ['s3.amazonaws.com', 'PutBucketLifecycle', 'change', 'write'],
    ['s3.amazonaws.com', 'ListObjects', 'read', 'list'],
    ['lambda.amazonaws.com', 'CreateFunction', 'create', 'write'],
    ['monitoring.amazonaws.com', 'DeleteAlarms', 'delete', 'write'],
    ['ce.amazonaws.com', 'GetCostAndUsage', 'read', 'read'],
    ['es.amazonaws.com', 'CreateDomain', 'create', 'write'],
    ['states.amazonaws.com', 'CreateStateMachine', 'create', 'write'],
    ['signin.amazonaws.com', 'ConsoleLogin', 'sign-in', 'write'],
    ['sso.amazonaws.com', 'GetRoleCredentials', 'assume', 'write'],
    ['sso-directory.amazonaws.com', 'AddMemberToGroup', 'attach', 'write'],
    ['ec2.amazonaws.com', 'BidEvictedEvent', 'delete', 'write'],
    ['secretsmanager.amazonaws.com', 'EndSecretVersionDelete', 'delete', 'write'],
    ['iam.amazonaws.com', 'AttachRolePolicy', 'attach', 'permissions'],
    ['kms.amazonaws.com', 'ScheduleKeyDeletion', 'delete', 'write'],
    ['bedrock.amazonaws.com', 'InvokeModel', 'use', 'read'],
  ])('%s %s', (source, name, verb, access) => {
    expect(classified(source, name)).toMatchObject({ name, verb, access });
  });

  test('knows the API names that CloudTrail never writes as unknown', () => {
    expect(classified('s3.amazonaws.com', 'PutPublicAccessBlock')).toBeUndefined();
    expect(classified('s3.amazonaws.com', 'ListObjectsV2')).toBeUndefined();
    expect(classified('iam.amazonaws.com', 'PassRole')).toBeUndefined();
  });

  test('says what a call touches in the words of IAM, and of which services a name is', () => {
    expect(classified('ec2.amazonaws.com', 'deletevolume')?.types).toEqual(['volume']);
    expect(sourcesOf('CreateCluster')).toEqual(
      expect.arrayContaining([
        'ecs.amazonaws.com',
        'eks.amazonaws.com',
        'redshift.amazonaws.com',
        'sagemaker.amazonaws.com',
      ]),
    );
    expect(eventsFrom('athena.amazonaws.com').length).toBeGreaterThan(50);
    expect(eventsFrom('nowhere.amazonaws.com')).toEqual([]);
  });

  test('classes almost every name', () => {
    const all = ['ec2', 's3', 'iam', 'rds', 'lambda', 'kms', 'glue', 'sagemaker', 'ssm'].flatMap(
      (service) => eventsFrom(`${service}.amazonaws.com`),
    );
    const other = all.filter(({ verb }) => verb === 'other');
    expect(all.length).toBeGreaterThan(1500);
    expect(other.length / all.length).toBeLessThan(0.02);
  });
});

describe('names that were written by hand', () => {
  test('of kinds of things are events of a service of that kind', () => {
    const wrong = RESOURCE_TYPES.flatMap(({ id, sources, events, permission }) =>
      [...Object.values(events), permission ?? '']
        .flatMap((names) => names.split(' '))
        .filter((name) => name !== '')
        .filter(
          (name) =>
            // Tags are written by every service: a kind without sources is told by any of them.
            !(sources.length === 0 && sourcesOf(name).length > 0) &&
            !sources.some((source) => classified(source, name)?.name === name) &&
            !(TOLD_ELSEWHERE[id]?.includes(name) && sourcesOf(name).length > 0),
        )
        .map((name) => `${id}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('of sets are events of the service that they stand under', () => {
    const wrong = EVENT_SETS.flatMap(({ id, bySource }) =>
      Object.entries(bySource).flatMap(([source, names]) =>
        names
          .filter((name) => classified(source, name)?.name !== name)
          .map((name) => `${id}: ${source} ${name}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('of sets stand there once, and every set has a name in both languages', () => {
    for (const { en, ko, bySource } of EVENT_SETS) {
      expect(en).toMatch(/[a-z]/);
      expect(ko).toMatch(/[가-힣]/);
      for (const names of Object.values(bySource)) expect(new Set(names).size).toBe(names.length);
    }
  });
});

/** What is done with a thing is often told by another service than its own; each was looked at. */
const TOLD_ELSEWHERE: Record<string, string[]> = {
  instance: [
    'TerminateInstanceInAutoScalingGroup',
    'SendCommand',
    'StartSession',
    'SendSSHPublicKey',
    'SendSerialConsoleSSHPublicKey',
  ],
  'iam-role': [
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'SwitchRole',
    'GetRoleCredentials',
  ],
  'login-profile': ['PasswordUpdated'],
  'instance-profile': [
    'AssociateIamInstanceProfile',
    'ReplaceIamInstanceProfileAssociation',
    'DisassociateIamInstanceProfile',
  ],
};

describe('the overlay', () => {
  test.each(everyOverlaid().map((one) => [`${one.source} ${one.name}`, one] as const))(
    '%s is an event, said in both languages',
    (_, { source, name, en, ko }) => {
      expect(classified(source, name)?.name).toBe(name);
      expect(en).toMatch(/[a-z]/);
      expect(ko).toMatch(/[가-힣]/);
    },
  );

  test('says where the thing stands, which comes before what else the call names', () => {
    const record = (eventName: string, more: JsonObject, eventSource = 'iam.amazonaws.com') =>
      resourcesOf(soundEvent({ eventName, eventSource, ...more }), [])[0];
    const policyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    expect(record('AttachRolePolicy', { requestParameters: { policyArn, roleName: 'web' } })).toBe(
      'web',
    );
    expect(
      record(
        'RunInstances',
        {
          requestParameters: { imageId: 'ami-1', keyName: 'k' },
          responseElements: {
            reservationId: 'r-1',
            instancesSet: { items: [{ instanceId: 'i-9' }] },
          },
        },
        'ec2.amazonaws.com',
      ),
    ).toBe('i-9');
    const deleted = { DeleteFlowLogsRequest: { FlowLogId: { content: 'fl-1', tag: 1 } } };
    expect(record('DeleteFlowLogs', { requestParameters: deleted }, 'ec2.amazonaws.com')).toBe(
      'fl-1',
    );
  });
});

describe('the API of the catalogue', () => {
  test('finds a name whatever its case and version', () => {
    expect(knownEvent('createfunction20150331')).toBe('CreateFunction');
    expect(knownEvent('startqueryexecution')).toBe('StartQueryExecution');
    expect(knownEvent('nosuchevent')).toBeUndefined();
  });

  test('takes from the generated catalogue what the hand-written one leaves out', () => {
    expect(eventsFor('reboot', 'cache-cluster').names).toEqual(['RebootCacheCluster']);
    expect(eventsFor('stop', 'notebook').names).toEqual(['StopNotebookInstance']);
  });
});

test.each([
  ['anything in athena today?', 'athena.amazonaws.com'],
  ['what happened in sagemaker yesterday', 'sagemaker.amazonaws.com'],
  ['오늘 아테나 활동 보여줘', 'athena.amazonaws.com'],
  ['any activity in AWS Glue this week?', 'glue.amazonaws.com'],
])('%s is asked of its service', (words, source) => {
  const understood = understand(words, {
    now: '2026-11-22T09:00:00Z',
    timeZone: 'UTC',
    vocabulary: { accounts: [], people: [] },
  });
  expect(understood).toMatchObject({ plan: { eventSources: [source], eventNames: [] } });
});

test('every service that words name is one whose events are known', () => {
  const unknown = SERVICE_WORDS.filter(({ source }) => eventsFrom(source).length === 0);
  expect(unknown).toEqual([]);
});

test('an event that the catalogue does not know is found, and called unclassified', () => {
  const plan = soundPlan({ resources: ['i-0dbc91f429e48eeed'] });
  const told = (eventName: string) =>
    conclude(
      { id: '1', question: '', language: 'en', echo: '', plan },
      [{ source: 's', found: found([soundEvent({ eventName })]) }],
      new Map(),
    );
  expect(told('FrobnicateInstances')).toMatchObject({
    verdict: 'found',
    events: [{ unclassified: true }],
  });
  expect(told('TerminateInstances').events[0]).not.toHaveProperty('unclassified');
  // A verb alone finds it by the first word of its name.
  const asked = soundPlan({ verbs: ['delete'] });
  expect(matches(asked, soundEvent({ eventName: 'DeleteFrobnicator' }))).toBe('yes');
});

const RECORDS = join(__dirname, '../../../../shared/data/cloudtrail');

(existsSync(RECORDS) ? test : test.skip)(
  'of the recorded events nearly all are known (skipped where the records are absent)',
  () => {
    const pairs = new Map<string, boolean>();
    for (const folder of readdirSync(RECORDS))
      for (const file of readdirSync(join(RECORDS, folder)).filter((name) => name.endsWith('.gz')))
        for (const line of gunzipSync(readFileSync(join(RECORDS, folder, file)))
          .toString('utf8')
          .split('\n')
          .filter((one) => one !== '')) {
          const { eventSource, eventName } = JSON.parse(line) as Record<string, string>;
          const name = withoutVersion(eventName ?? '');
          const known = classified(eventSource ?? '', name)?.name === name;
          pairs.set(`${eventSource} ${name}`, known);
        }
    const known = [...pairs.values()].filter((one) => one).length;
    expect(pairs.size).toBeGreaterThan(300);
    expect(known / pairs.size).toBeGreaterThan(0.97);
  },
);
