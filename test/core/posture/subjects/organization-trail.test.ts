import type { PostureFacts } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { organizationTrail } from '../../../../src/core/posture/subjects/organization-trail.ts';
import {
  denied,
  failed,
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

describe('CT-05: every account of the organization, by its state', () => {
  const listed = (states: { [id: string]: string }) => {
    const { organization } = soundFacts();
    const accounts = Object.entries(states).map(([id, state]) => ({
      id,
      name: '',
      ou: '',
      ouIds: [],
      state,
    }));
    return { ...organization, accounts: seen(accounts) };
  };

  test.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'PENDING_ACTIVATION'])(
    'a %s account has nothing to be recorded, and is counted',
    (state) => {
      const [subject] = subjects({
        organization: listed({ [SHOP]: 'ACTIVE', '999900001111': state }),
        accounts: [soundAccount(), soundAccount({ id: '999900001111', trails: denied() })],
      });
      expect(subject?.facts.accountsNotReached).toEqual({ seen: [] });
      expect(subject?.fields).toMatchObject({ accounts: '1', unanswered: '0', inactive: '1' });
    },
  );

  test('where the accounts cannot be listed, nobody knows whether all are reached', () => {
    const organization = { ...soundFacts().organization, accounts: denied('AccessDenied: list') };
    const [subject] = subjects({ organization });
    expect(subject?.facts.accountsNotReached).toMatchObject({
      unseen: { reason: 'AccessDenied: list' },
    });
  });

  test('an account that did not answer in time is an error, not a gap', () => {
    const [subject] = subjects({ accounts: [soundAccount(), soundAccount({ trails: failed() })] });
    expect(subject?.facts.accountsNotReached).toMatchObject({ unseen: { kind: 'failed' } });
  });
});

describe('what other tools get wrong', () => {
  const member = (index: number, differs = {}) =>
    soundAccount({ id: String(100000000000 + index), name: '', ...differs });

  test('lesson 1: seen from a thousand members, the organization trail is one finding', () => {
    const accounts = Array.from({ length: 1000 }, (_, index) =>
      member(index, index < 3 ? { trails: seen([]) } : {}),
    );
    const found = subjects({ accounts });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      subject: ORG_TRAIL,
      owner: MANAGEMENT,
      covers: ['100000000000', '100000000001', '100000000002'],
    });
  });

  test('lesson 2: a member that only sees the organization trail, and may not read it, is reached', () => {
    const [subject] = subjects({ trails: [soundTrail({ settings: denied(), logging: denied() })] });
    expect(subject?.facts.accountsNotReached).toEqual({ seen: [] });
  });

  test('lesson 9: of many members none is dropped in silence', () => {
    const accounts = Array.from({ length: 40 }, (_, index) =>
      member(index, index >= 8 ? { trails: denied() } : {}),
    );
    const [subject] = subjects({ accounts });
    expect(subject?.facts.accountsNotReached).toHaveProperty('unseen');
    expect(subject?.fields).toMatchObject({ accounts: '8', unanswered: '32' });
  });

  test('a trail of its own does not make up for the organization trail', () => {
    const arn = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;
    const own = soundTrail({ arn, owner: SHOP }, { organization: false });
    const accounts = [soundAccount({ trails: seen([{ arn, homeRegion: 'eu-west-1' }]) })];
    const [subject] = subjects({ accounts, trails: [soundTrail(), own] });
    expect(subject?.facts.accountsNotReached).toEqual({ seen: [`shop (${SHOP})`] });
  });

  test('the proof of missing accounts stays small', () => {
    const accounts = Array.from({ length: 500 }, (_, index) => member(index, { trails: seen([]) }));
    expect(subjects({ accounts })[0]?.evidence.length).toBeLessThan(20);
  });
});

test('an account of no organization has no organization trail to be reached by', () => {
  const { organization } = soundFacts();
  expect(subjects({ organization: { ...organization, alone: true } })).toEqual([]);
});
