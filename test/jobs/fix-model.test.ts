import fc from 'fast-check';
import { partsOf } from '../../src/core/fixes/group.ts';
import { agree, changedFields } from '../../src/core/fixes/plan.ts';
import { lockOf } from '../../src/core/fixes/state.ts';
import { hashOf } from '../../src/core/hash.ts';
import { openStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { edges } from '../store/contract.ts';
import {
  type Act,
  type Actor,
  type Answer,
  aliceAgain,
  everybody,
  peopleBehind,
  play,
  type Script,
  type Seen,
} from './fix-story.ts';
import { alice, jun, mina } from './fix-world.ts';

/** So many stories are told in every run, here and in CI. */
const STORIES = 20_000;
/** One store remembers so many of them before a new one is opened: a full one only makes it slow. */
const STORIES_PER_STORE = 250;

const person = fc.constantFrom(...everybody);
const approver = fc.constantFrom(jun, mina);
/** Slack delivers a click up to five times. */
const times = fc.constantFrom(1, 1, 1, 1, 1, 1, 2, 5);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('approve' as const), by: approver, times }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('approve' as const), by: person, times }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('approve' as const),
      by: approver,
      times,
      forged: fc.constant(true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('decline' as const), by: person }) },
  { weight: 3, arbitrary: fc.constant<Act>({ kind: 'recover' }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), who: approver }) },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'stop' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      minutes: fc.constantFrom(1, 4, 6, 6, 6, 61),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('meddle' as const),
      part: fc.nat(2),
      mends: fc.boolean(),
    }),
  },
);
const actor: fc.Arbitrary<Actor> = fc.record({ act, dies: fc.option(fc.nat(60), { freq: 2 }) });
const answer = fc.constantFrom<Answer>('yes', 'yes', 'no', 'lost', 'lost-but-done', 'late');
/** Two approvers and two workers are in every story; whoever else, and who does what when, is drawn. */
const cast: fc.Arbitrary<Actor[]> = fc
  .tuple(
    fc.record({ by: fc.constantFrom(jun, mina), times, dies: fc.option(fc.nat(60), { freq: 3 }) }),
    fc.record({ by: fc.constantFrom(jun, mina), times, dies: fc.option(fc.nat(60), { freq: 3 }) }),
    fc.array(actor, { maxLength: 3 }),
  )
  .map(([first, second, others]) => [
    { act: { kind: 'approve', by: first.by, times: first.times }, dies: first.dies },
    { act: { kind: 'approve', by: second.by, times: second.times }, dies: second.dies },
    { act: { kind: 'recover' }, dies: null },
    { act: { kind: 'recover' }, dies: null },
    ...others,
  ]);
const script: fc.Arbitrary<Script> = fc.record({
  riskClass: fc.constantFrom('A', 'C', 'C'),
  parts: fc.constantFrom(1, 1, 1, 2),
  calls: fc.constantFrom(1, 2),
  answered: fc.nat(1),
  actors: cast,
  answers: fc.array(answer, { minLength: 2, maxLength: 2 }),
  // Between two calls, which nobody hits by chance.
  stopsBehind: fc.constantFrom(null, null, null, null, null, null, null, 1, 1, 2),
  blind: fc.option(
    fc.record({ from: fc.integer({ min: 1, max: 6 }), times: fc.integer({ min: 1, max: 5 }) }),
    { freq: 6 },
  ),
  deathsAreSeen: fc.boolean(),
  choices: fc.array(fc.nat(5_039), { maxLength: 160, size: 'max' }),
});

test(`${STORIES} stories, whoever acts when and whoever dies where: nothing is applied twice or without its approvals, and every end is true`, async () => {
  const ends = new Map<string, number>();
  const deaths = new Set<string>();
  let told = 0;
  let store: Store | undefined;
  await fc.assert(
    fc.asyncProperty(script, async (drawn) => {
      if (told % STORIES_PER_STORE === 0) {
        await closed(store);
        store = openStore(':memory:');
      }
      told += 1;
      if (!store) throw new Error('no store was opened');
      const seen = await play(drawn, store);
      await holds(seen);
      for (const where of seen.deaths) deaths.add(where);
      ends.set(endOf(seen), (ends.get(endOf(seen)) ?? 0) + 1);
    }),
    { numRuns: STORIES },
  );
  await closed(store);
  expect(told).toBeGreaterThanOrEqual(STORIES);
  // The stories must not all be the same one, and somebody must have died at every step there is.
  expect([...ends.keys()].sort()).toEqual(expect.arrayContaining(EVERY_END));
  expect([...deaths].sort()).toEqual(expect.arrayContaining(EVERY_DEATH));
}, 600_000);

const EVERY_END = [
  'applied',
  'cancelled',
  'expired',
  'failed: applied-unverified',
  'failed: not-visible',
  'failed: nothing',
  'failed: partly',
  'failed: partly, by the switch',
  'failed: unknown',
  'stale',
];
const EVERY_DEATH = [
  'fix',
  'openFixes',
  'moveFix',
  'noteMessage',
  'appendAudit',
  'read',
  'apply',
  'approversFor',
  'isApprover',
  'stopped',
  'tell',
].flatMap((call) => [`before ${call}`, `behind ${call}`]);

/** The audit of a whole store is one chain, when all of its stories are told. */
async function closed(store: Store | undefined): Promise<void> {
  if (!store) return;
  expect(await store.verifyAudit()).toMatchObject({ ok: true });
  expect(await store.openFixes()).toEqual([]);
  store.close();
}

function endOf({ end: { state, outcome } }: Seen): string {
  if (state !== 'failed') return state;
  if (outcome?.kind !== 'failed') return `failed: ${outcome?.kind}`;
  const bySwitch = outcome.changed === 'partly' && outcome.why?.kind === 'fixes-stopped';
  return `failed: ${outcome.changed}${bySwitch ? ', by the switch' : ''}`;
}

/** What must hold of every story. Thrown, not expected: so much is looked at that it has to be cheap. */
async function holds(seen: Seen): Promise<void> {
  const { fix, end, sent, trails, troubles, path } = seen;
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`${what}: ${JSON.stringify({ end, sent }, null, 1)}`);
  };
  const [trouble] = troubles;
  if (trouble) throw trouble;
  const parts = partsOf(fix.plan);
  const needed = fix.plan.riskClass === 'C' ? 2 : 1;
  const hash = hashOf(fix.plan);

  // At most one application of anything, in the order of the plan, the next only behind a sound one.
  const planned = parts.flatMap((part) =>
    part.calls.map((_, call) => `${call} of ${lockOf(part)}`),
  );
  const made = sent.map(({ lock, call }) => `${call} of ${lock}`);
  must(new Set(made).size === made.length, 'something was applied twice');
  must(
    made.every((one, index) => planned[index] === one),
    'the calls were not sent in their order',
  );

  // None without valid approvals of the same hash by enough people, not the requester, still authorized.
  for (const { record, free, members, behindSound } of sent) {
    must(behindSound, 'a part was begun behind one that is not sound');
    must(record?.state === 'applying', 'something was sent before it was written down');
    must(record?.planHash === hash, 'another plan was sent');
    const approvals = record?.approvals ?? [];
    must(peopleBehind(approvals, hash).size >= needed, 'too few people approved');
    must(
      approvals.every(({ by }) => members.has(by.slackId)),
      'somebody was not asked for again before the call',
    );
    must(
      approvals.every(({ by }) => ![alice, aliceAgain].includes(by)),
      'the requester approved',
    );
    must(free, 'something was sent although all fixes were stopped');
    must(record?.claim?.fence === record?.fence, 'the claim lost its number');
  }

  // Along legal edges only, claimed once at most, and never without having been approved.
  must(
    path.slice(1).every((to, index) => LEGAL.has(`${path[index]} -> ${to}`)),
    'an illegal edge',
  );
  must(path.filter((state) => state === 'claimed').length <= 1, 'claimed twice');
  must(path.at(-1) === end.state, 'the record says something else than its story');

  // No yes is lost and none counts twice: every move of an approver stands in the record as a person.
  const given = path.slice(1).filter((state) => state === 'proposed' || state === 'approved');
  must(given.length === end.approvals.length, 'an approval was lost');
  must(peopleBehind(end.approvals, hash).size === given.length, 'an approval counts twice');

  // Every claim ends, and truthfully.
  must(!['proposed', 'approved', 'claimed', 'applying', 'rolled-back'].includes(end.state), 'open');
  must(end.claim === null && end.finishedAt !== null, 'a claim was left behind');
  const { outcome } = end;
  const mended = parts.map((part) =>
    agree(trails.get(lockOf(part)) ?? {}, part.after, changedFields(part)),
  );
  if (end.state === 'applied') must(mended.every(Boolean), 'it is called applied, and is not');
  const claimsNothing =
    outcome?.kind === 'not-visible' ||
    (outcome?.kind === 'failed' && outcome.changed === 'nothing') ||
    ['stale', 'expired', 'cancelled'].includes(end.state);
  if (claimsNothing) must(arrived(seen).length === 0, 'it is called nothing, and was something');
  if (outcome?.kind === 'failed' && outcome.accepted) {
    const { accepted } = outcome;
    must(accepted.length <= sent.length, 'a call is called accepted that was never sent');
    // Of several, one whose last answer was lost may be applied without having been called accepted.
    if (parts.length === 1 && outcome.why?.kind === 'fixes-stopped')
      must(accepted.length === sent.length, 'a call was accepted and is not told');
  }
  for (const [index, told] of partsTold(seen).entries()) {
    if (told.became === 'applied') must(mended[index] === true, 'a part is called applied');
    if (told.became === 'not-begun')
      must(!sent.some(({ lock }) => lock === lockOf(told)), 'a part was begun after all');
    if (told.became === 'failed')
      must(!arrived(seen).includes(lockOf(told)), 'a part is called failed, and was done');
  }
}

const LEGAL = new Set(edges().map(({ from, to }) => `${from} -> ${to}`));

/** The parts that our own calls changed. */
function arrived({ sent, done }: Seen): string[] {
  return sent.map(({ lock }) => lock).filter((lock) => done.has(lock));
}

function partsTold({ end: { outcome } }: Seen) {
  return outcome && 'parts' in outcome ? (outcome.parts ?? []) : [];
}
