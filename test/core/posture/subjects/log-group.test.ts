import type { LogGroupFacts, PostureFacts } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { logGroups } from '../../../../src/core/posture/subjects/log-group.ts';
import {
  denied,
  failed,
  LOG_GROUP,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundFacts,
  soundLogGroup,
  soundSettings,
  soundTrail,
} from '../sound.ts';

function subjects(differs: Partial<PostureFacts> = {}, logGroup: string | null = LOG_GROUP) {
  const trails = [soundTrail({}, { logGroup })];
  const facts = soundFacts({ trails, logGroups: [soundLogGroup()], ...differs });
  return logGroups(known(facts), soundSettings());
}

function of(settings: LogGroupFacts['settings']) {
  return subjects({ logGroups: [soundLogGroup({ settings })] })[0];
}

test('a log group is one subject of its own account, with the accounts whose events it holds', () => {
  const [subject, ...more] = subjects();
  expect(more).toEqual([]);
  expect(subject).toMatchObject({
    subject: LOG_GROUP,
    owner: MANAGEMENT,
    covers: [MANAGEMENT, SHOP],
    facts: { keptLongEnough: { seen: true } },
    fields: { logGroup: 'org-trail', retention: '400', wanted: '365', key: 'none' },
  });
});

describe('CT-12: events are kept', () => {
  test.each<[string, number | null, boolean]>([
    ['for ever', null, true],
    ['exactly as long as is asked for', 365, true],
    ['a day too short', 364, false],
  ])('%s', (_, retentionDays, kept) => {
    const subject = of(seen({ retentionDays, kmsKey: null }));
    expect(subject?.facts.keptLongEnough).toEqual({ seen: kept });
    expect(subject?.fields.retention).toBe(retentionDays === null ? 'forever' : `${retentionDays}`);
  });

  test('lesson 6: for nobody knows how long, where the log group may not be read', () => {
    expect(of(denied())?.facts.keptLongEnough).toMatchObject({ unseen: { kind: 'denied' } });
    expect(of(failed())?.facts.keptLongEnough).toMatchObject({ unseen: { kind: 'failed' } });
  });

  test('under a key, which is told', () => {
    expect(of(seen({ retentionDays: 400, kmsKey: 'arn:k' }))?.fields.key).toBe('arn:k');
  });
});

test('the `:*` that CloudTrail writes behind a log group does not make it another one', () => {
  expect(subjects({}, `${LOG_GROUP}:*`)[0]?.subject).toBe(LOG_GROUP);
});

test('a trail without a log group has none to judge', () => {
  expect(subjects({}, null)).toEqual([]);
});

test('a trail whose settings cannot be read leaves its log group open, never out', () => {
  const [subject] = subjects({ trails: [soundTrail({ settings: denied() })], logGroups: [] });
  expect(subject).toMatchObject({
    subject: ORG_TRAIL,
    facts: { keptLongEnough: { unseen: { kind: 'denied' } } },
  });
});
