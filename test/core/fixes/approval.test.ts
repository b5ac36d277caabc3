import fc from 'fast-check';
import { refusalOf, samePerson, valid } from '../../../src/core/fixes/approval.ts';
import type { Approval, FixRecord, Member } from '../../../src/core/fixes/fix.ts';
import { hashOf } from '../../../src/core/hash.ts';
import { alice, jun, mina } from '../../jobs/fix-world.ts';
import { approval, proposal } from '../../store/contract.ts';

const decision = { approver: true, group: '@g', at: new Date('2026-11-22T10:30:00.000Z') };
const yes = (fix: FixRecord, different: object = {}) =>
  refusalOf(fix, { by: mina, planHash: fix.planHash, reason: null, ...decision, ...different });

test.each<[string, Partial<FixRecord>, object, object | undefined]>([
  ['an approver', {}, {}, undefined],
  ['the requester', {}, { by: alice }, { kind: 'own-request' }],
  [
    'a second mailbox of the requester',
    {},
    { by: { ...mina, email: ' Alice+ops@BORA.example ' } },
    { kind: 'own-request' },
  ],
  ['who is in no group', {}, { approver: false }, { kind: 'not-an-approver', approvers: '@g' }],
  ['an approver of other bytes', {}, { planHash: '0'.repeat(64) }, { kind: 'plan-changed' }],
  [
    'an approver of a record whose plan was exchanged',
    { planHash: 'a'.repeat(64) },
    { planHash: 'a'.repeat(64) },
    { kind: 'plan-changed' },
  ],
  [
    'one who has approved already',
    { needed: 2, approvals: [approval(proposal())] },
    {},
    { kind: 'approved-already' },
  ],
  [
    'one who has approved already, under another account',
    { needed: 2, approvals: [approval(proposal())] },
    { by: { ...mina, slackId: 'U99' } },
    { kind: 'approved-already' },
  ],
  ['a second one', { needed: 2, approvals: [approval(proposal())] }, { by: jun }, undefined],
  [
    'one who was seen at the sign-in as somebody else',
    {},
    { confirmed: { issuer: 'i', subject: 's', email: 'jun@bora.example', at: '' } },
    {
      kind: 'could-not-read',
      reason: expect.stringContaining('the sign-in of mina'),
      ko: expect.stringContaining('mina 님의 로그인'),
    },
  ],
  [
    'one who was seen at the sign-in under another mailbox',
    {},
    { confirmed: { issuer: 'i', subject: 's', email: 'mina+2@bora.example', at: '' } },
    {
      kind: 'could-not-read',
      reason: expect.stringContaining('the sign-in of mina'),
      ko: expect.stringContaining('mina 님의 로그인'),
    },
  ],
  [
    'one who was seen at the sign-in',
    {},
    { confirmed: { issuer: 'i', subject: 's', email: 'Mina@Bora.example', at: '' } },
    undefined,
  ],
])('%s', (_, fix, different, why) => {
  expect(yes(proposal(fix), different)).toEqual(why);
});

test.each(['B', 'C'] as const)('class %s needs a reason that says something', (riskClass) => {
  const { plan } = proposal();
  const risky = { ...plan, riskClass };
  const fix = proposal({ plan: risky, planHash: hashOf(risky) });
  expect(yes(fix)).toEqual({ kind: 'reason-required' });
  expect(yes(fix, { reason: ' \n' })).toEqual({ kind: 'reason-required' });
  expect(yes(fix, { reason: 'CHG-17' })).toBeUndefined();
});

/** Accounts of few humans: spelled in many ways, some without an address. */
const human = fc.constantFrom('alice', 'mina', 'jun');
const account: fc.Arbitrary<Member> = fc
  .record({
    human,
    slackId: fc.constantFrom('U1', 'U2', 'U3', 'U4', 'U5'),
    tag: fc.constantFrom('', '+a', '+b'),
    loud: fc.boolean(),
    known: fc.boolean(),
  })
  .map(({ human: name, slackId, tag, loud, known }) => {
    const email = `${name}${tag}@bora.example`;
    // One account is one human's: the id says whose.
    return {
      slackId: `${slackId}-${name}`,
      name,
      email: known ? (loud ? ` ${email.toUpperCase()}` : email) : null,
    };
  });

test('whatever accounts people have: only distinct humans count, never the requester, never another plan', () => {
  fc.assert(
    fc.property(
      account,
      fc.array(fc.tuple(account, fc.boolean()), { maxLength: 6 }),
      (requestedBy, given) => {
        const { planHash } = proposal();
        const approvals = given.map(
          ([by, same]): Approval => ({
            ...approval({ planHash: same ? planHash : 'f'.repeat(64) }),
            by,
          }),
        );
        const counted = valid(proposal({ requestedBy, approvals }));
        const humans = counted.map(({ by }) => by.name);
        expect(new Set(humans).size).toBe(humans.length);
        if (requestedBy.email !== null) expect(humans).not.toContain(requestedBy.name);
        expect(counted.every((one) => one.planHash === planHash && one.by.email !== null)).toBe(
          true,
        );
      },
    ),
  );
});

test('to be one person is the same from both sides', () => {
  fc.assert(
    fc.property(account, account, (a, b) => {
      expect(samePerson(a, b)).toBe(samePerson(b, a));
      if (samePerson(a, b)) expect(a.name).toBe(b.name);
    }),
  );
});
