import type { PostureFacts } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { organizationTrail } from '../../../../src/core/posture/subjects/organization-trail.ts';
import {
  denied,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
  soundTrail,
} from '../sound.ts';

function subjects(differs: Partial<PostureFacts>) {
  return organizationTrail(known(soundFacts(differs)));
}

describe('who the organization trail reaches', () => {
  test('all of them: one subject, owned by the management account', () => {
    const [subject, ...more] = subjects({});
    expect(more).toEqual([]);
    expect(subject).toMatchObject({
      subject: ORG_TRAIL,
      owner: MANAGEMENT,
      covers: [MANAGEMENT, SHOP],
      facts: { accountsNotReached: { seen: [] } },
    });
  });

  test('not an account that does not see it', () => {
    const accounts = [soundAccount({ id: MANAGEMENT }), soundAccount({ trails: seen([]) })];
    const [subject] = subjects({ accounts });
    expect(subject).toMatchObject({
      covers: [SHOP],
      facts: { accountsNotReached: { seen: [`shop (${SHOP})`] } },
    });
  });

  test('a trail that is stopped as a whole is another finding', () => {
    const [subject] = subjects({ trails: [soundTrail({ logging: seen(false) })] });
    expect(subject?.facts.accountsNotReached).toEqual({ seen: [] });
  });

  test('nobody knows, while one account cannot be seen and the others are reached', () => {
    const accounts = [soundAccount({ id: MANAGEMENT }), soundAccount({ trails: denied() })];
    const [subject] = subjects({ accounts });
    expect(subject?.facts.accountsNotReached).toHaveProperty('unseen');
  });

  test('an unseen account does not hide one that is certainly not reached', () => {
    const accounts = [soundAccount({ trails: seen([]) }), soundAccount({ trails: denied() })];
    const [subject] = subjects({ accounts });
    expect(subject?.facts.accountsNotReached).toEqual({ seen: [`shop (${SHOP})`] });
  });

  test('without any organization trail the organization itself is the subject', () => {
    const accounts = [soundAccount({ trails: seen([]) })];
    const [subject] = subjects({ accounts, trails: [] });
    expect(subject).toMatchObject({ subject: 'o-sound', owner: MANAGEMENT });
  });
});

test('an account of no organization has no organization trail to be reached by', () => {
  const { organization } = soundFacts();
  expect(subjects({ organization: { ...organization, alone: true } })).toEqual([]);
});
