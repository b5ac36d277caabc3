import { membersHeard, membersOf } from '../../../src/aws/facts/named-place.ts';
import { denied, seen } from '../../core/posture/sound.ts';

const SELF = '333344445555';
const SHOP = '444455556666';
const STRANGER = '999999999999';
const shop = { id: SHOP, name: 'shop', ou: '', ouIds: [], state: 'ACTIVE' };

/** What a promise says by now; `waits` where it has said nothing yet. */
async function byNow(answer: Promise<boolean>): Promise<boolean | 'waits'> {
  const later = new Promise<'waits'>((resolve) => setImmediate(() => resolve('waits')));
  return Promise.race([answer, later]);
}

test('who was listed belongs to the organization, and so does the bot', async () => {
  const { isMember } = membersOf({ self: SELF, accounts: seen([shop]) });
  expect(await Promise.all([SELF, SHOP, STRANGER].map(isMember))).toEqual([true, true, false]);
});

test('where nobody could list the accounts, nobody is a stranger', async () => {
  expect(await membersOf({ self: SELF, accounts: denied() }).isMember(STRANGER)).toBe(true);
});

test('while they are listed, who was heard is answered at once, and others wait for the end', async () => {
  let end: (all: ReturnType<typeof membersOf>) => void = () => {};
  const members = membersHeard(
    new Promise((resolve) => {
      end = resolve;
    }),
  );
  const waiting = [members.isMember(SHOP), members.isMember(STRANGER)] as const;
  expect(await Promise.all(waiting.map(byNow))).toEqual(['waits', 'waits']);
  members.heard(SHOP);
  expect(await Promise.all(waiting.map(byNow))).toEqual([true, 'waits']);
  expect(await byNow(members.isMember(SHOP))).toBe(true);
  end(membersOf({ self: SELF, accounts: seen([shop]) }));
  expect(await Promise.all(waiting)).toEqual([true, false]);
  expect(await members.isMember(SELF)).toBe(true);
});
