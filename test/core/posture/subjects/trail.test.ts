import type {
  PostureFacts,
  PostureSettings,
  TrailFacts,
  TrailSettings,
} from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { trails } from '../../../../src/core/posture/subjects/trail.ts';
import {
  denied,
  failed,
  LOG_GROUP,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
  soundSettings,
  soundTrail,
  TRAIL_KEY,
} from '../sound.ts';

const OWN = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;

function subjects(differs: Partial<PostureFacts>, settings: Partial<PostureSettings> = {}) {
  return trails(known(soundFacts(differs)), soundSettings(settings));
}

function facts(
  differs: Partial<TrailFacts>,
  trailSettings: Partial<TrailSettings> = {},
  settings: Partial<PostureSettings> = {},
) {
  const [subject] = subjects({ trails: [soundTrail(differs, trailSettings)] }, settings);
  return subject?.facts ?? {};
}

/** An account with a trail of its own beside the organization's. */
function beside(organization: Partial<TrailFacts>, settings: Partial<TrailSettings> = {}) {
  const own = soundTrail(
    { arn: OWN, owner: SHOP, homeRegion: 'eu-west-1' },
    { organization: false, name: 'own', logGroup: null },
  );
  const sighted = seen([
    { arn: ORG_TRAIL, homeRegion: 'us-east-1' },
    { arn: OWN, homeRegion: 'eu-west-1' },
  ]);
  return subjects({
    trails: [soundTrail(organization, settings), own],
    accounts: [soundAccount({ id: MANAGEMENT }), soundAccount({ trails: sighted })],
  }).find(({ subject }) => subject === OWN);
}

test('CT-07: an organization trail that a thousand accounts see is one subject of its owner', () => {
  const accounts = Array.from({ length: 1_000 }, (_, index) =>
    soundAccount({ id: String(100_000_000_000 + index) }),
  );
  const [subject, ...more] = subjects({ accounts });
  expect(more).toEqual([]);
  expect(subject).toMatchObject({ subject: ORG_TRAIL, owner: MANAGEMENT });
  expect(subject?.covers).toHaveLength(1_000);
});

test('CT-01: a trail whose status is unseen is not one that is stopped, nor are the others', () => {
  const other = soundTrail({ arn: OWN, owner: SHOP });
  const sighted = seen([ORG_TRAIL, OWN].map((arn) => ({ arn, homeRegion: 'us-east-1' })));
  const found = subjects({
    trails: [soundTrail({ logging: denied() }), other],
    accounts: [soundAccount({ trails: sighted })],
  });
  expect(found.map(({ facts: { logging } }) => logging)).toMatchObject([
    { unseen: { kind: 'denied' } },
    { seen: true },
  ]);
});

describe('CT-09: encryption', () => {
  test('with a key, as an alias or as an ARN', () => {
    for (const kmsKey of [TRAIL_KEY, 'alias/trail'])
      expect(facts({}, { kmsKey }).kmsEncryption).toEqual({ seen: true });
  });

  test('without a key', () => {
    expect(facts({}, { kmsKey: null }).kmsEncryption).toEqual({ seen: false });
  });

  test('is unseen with the settings, never off', () => {
    expect(facts({ settings: denied() }).kmsEncryption).toMatchObject({
      unseen: { kind: 'denied' },
    });
    expect(facts({ settings: failed() }).kmsEncryption).toMatchObject({
      unseen: { kind: 'failed' },
    });
  });
});

describe('CT-11: events reach CloudWatch Logs', () => {
  test('through a log group of the trail', () => {
    expect(facts({}, { logGroup: LOG_GROUP }).cloudWatchLogs).toEqual({ seen: 'own' });
  });

  test('or not at all', () => {
    expect(facts({}, { logGroup: null }).cloudWatchLogs).toEqual({ seen: 'none' });
  });

  test('lesson 1: of an account’s own trail through the organization trail, wherever its log group is', () => {
    const own = beside({}, { logGroup: LOG_GROUP });
    expect(own?.facts.cloudWatchLogs).toEqual({ seen: 'organization' });
    expect(own?.fields.through).toBe('org-trail');
  });

  test('lesson 2: not through an organization trail without a log group', () => {
    expect(beside({}, { logGroup: null })?.facts.cloudWatchLogs).toEqual({ seen: 'none' });
  });

  test('not through an organization trail that is stopped, and perhaps through one that may be', () => {
    const stopped = beside({ logging: seen(false) }, { logGroup: LOG_GROUP });
    expect(stopped).toMatchObject({
      facts: { cloudWatchLogs: { seen: 'none' } },
      fields: { through: 'none' },
    });
    expect(
      beside({ logging: denied() }, { logGroup: LOG_GROUP })?.facts.cloudWatchLogs,
    ).toMatchObject({ unseen: { kind: 'denied' } });
  });

  test('lesson 6: perhaps through an organization trail whose settings nobody may read', () => {
    expect(beside({ settings: denied() })?.facts.cloudWatchLogs).toMatchObject({
      unseen: { kind: 'denied' },
    });
  });
});

test('CT-27: notifications are on where a topic is set', () => {
  expect(facts({}, { snsTopic: 'arn:aws:sns:us-east-1:1:t' }).notifications).toEqual({
    seen: true,
  });
  expect(facts({}, { snsTopic: null }).notifications).toEqual({ seen: false });
});

describe('CT-28: tags', () => {
  test.each<[string, { [key: string]: string }, string[], string[]]>([
    ['any one will do where none is asked for', { owner: 'x' }, [], []],
    ['none at all', {}, [], ['any']],
    [
      'AWS’s own tell nobody whose the trail is',
      { 'aws:cloudformation:stack-name': 'x' },
      [],
      ['any'],
    ],
    ['all that are asked for', { owner: 'x', cost: '' }, ['owner', 'cost'], []],
    ['one of those is missing', { owner: 'x' }, ['owner', 'cost'], ['cost']],
    ['a name that every object has is no tag', {}, ['constructor'], ['constructor']],
  ])('%s', (_, tags, requiredTags, missing) => {
    expect(facts({ tags: seen(tags) }, {}, { requiredTags }).tagsMissing).toEqual({
      seen: missing,
    });
  });

  test('that are refused are not missing', () => {
    expect(facts({ tags: denied() }).tagsMissing).toMatchObject({ unseen: { kind: 'denied' } });
  });
});

test('a trail with an empty name is known by its ARN', () => {
  const [subject] = subjects({ trails: [soundTrail({}, { name: '' })] });
  expect(subject).toMatchObject({ subject: ORG_TRAIL, fields: { trail: 'org-trail' } });
});
