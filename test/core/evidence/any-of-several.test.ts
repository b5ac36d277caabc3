import { groupsOf } from '../../../src/core/evidence/groups.ts';
import { matches } from '../../../src/core/evidence/match.ts';
import { searchFor } from '../../../src/jobs/answers/search.ts';
import { soundEvent, soundPlan } from './sound.ts';

const by = (name: string) =>
  soundEvent({
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::111122223333:user/${name}`,
      accountId: '111122223333',
      userName: name,
    },
  });
const either = soundPlan({
  actor: { kind: 'name', value: 'alice' },
  alsoActors: [{ kind: 'name', value: 'bob' }],
});

test('any of several actors fits, and nobody else', () => {
  expect(['alice', 'bob', 'carol'].map((name) => matches(either, by(name)))).toEqual([
    'yes',
    'yes',
    'no',
  ]);
});

test('a source is asked for all of them; for nobody where names and keys are mixed', () => {
  expect(searchFor(either)).toMatchObject({ actors: ['alice', 'bob'], accessKeyIds: [] });
  const mixed = {
    ...either,
    alsoActors: [{ kind: 'access-key' as const, value: 'AKIAQ7Z1ALICE' }],
  };
  expect(searchFor(mixed)).toMatchObject({ actors: [], accessKeyIds: [] });
});

test('groups that count too few are left out', () => {
  const events = ['alice', 'alice', 'alice', 'bob'].map(by);
  const keys = (atLeast: number | null) =>
    groupsOf(soundPlan({ shape: 'count', groupBy: ['actor'], atLeast }), events).map(
      ({ count }) => count,
    );
  expect(keys(null)).toEqual([3, 1]);
  expect(keys(3)).toEqual([3]);
  expect(keys(4)).toEqual([]);
});
