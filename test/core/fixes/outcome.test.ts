import fc from 'fast-check';
import { endingOf, type Sent, staleness } from '../../../src/core/fixes/outcome.ts';
import { planLogFileValidation, type State } from '../../../src/core/fixes/plan.ts';
import type { Reading } from '../../../src/core/reading.ts';
import { openFinding } from '../../jobs/fix-world.ts';

const off: State = { LogFileValidationEnabled: false, S3BucketName: 'logs' };
const on: State = { ...off, LogFileValidationEnabled: true };
const maybePlan = planLogFileValidation(openFinding(), off);
if (!maybePlan) throw new Error('the state is sound already');
const plan = maybePlan;

const sents = {
  accepted: { requestIds: ['r-1'] },
  refused: { refused: 'AccessDenied' },
  unsure: { unsure: 'TimeoutError' },
  crashed: null,
} satisfies { [name: string]: Sent | null };
const worlds = {
  after: { seen: on },
  before: { seen: off },
  neither: { seen: { ...off, LogFileValidationEnabled: null } },
  unseen: { unseen: { kind: 'failed', reason: 'Throttling' } },
} satisfies { [name: string]: Reading<State> };

// Every case there is: what became of the call, and what the world shows afterwards.
test.each<[keyof typeof sents, keyof typeof worlds, string]>([
  ['accepted', 'after', 'applied'],
  ['accepted', 'before', 'unknown'],
  ['accepted', 'neither', 'unknown'],
  ['accepted', 'unseen', 'applied-unverified'],
  ['refused', 'after', 'nothing'],
  ['refused', 'before', 'nothing'],
  ['refused', 'neither', 'nothing'],
  ['refused', 'unseen', 'nothing'],
  ['unsure', 'after', 'applied'],
  ['unsure', 'before', 'unknown'],
  ['unsure', 'neither', 'unknown'],
  ['unsure', 'unseen', 'unknown'],
  ['crashed', 'after', 'applied'],
  ['crashed', 'before', 'nothing'],
  ['crashed', 'neither', 'unknown'],
  ['crashed', 'unseen', 'unknown'],
])('a call %s, the state %s: %s', (sent, world, end) => {
  const { to, outcome } = endingOf(plan, sents[sent], worlds[world]);
  expect(outcome.kind === 'failed' ? outcome.changed : outcome.kind).toBe(end);
  expect(to).toBe(end === 'applied' ? 'applied' : 'failed');
  if (outcome.kind === 'applied') expect(outcome.recovered).toBe(sent === 'crashed');
});

test('a change of another field since then does not hide that ours is in place', () => {
  const { to } = endingOf(plan, sents.accepted, { seen: { ...on, S3BucketName: 'moved' } });
  expect(to).toBe('applied');
});

test('any field that differs from the plan makes it stale, but for what is sound already', () => {
  expect(staleness(plan, { ...off })).toBeUndefined();
  expect(staleness(plan, on)).toEqual({ kind: 'already-sound' });
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (field, value) => {
      const now = JSON.parse(JSON.stringify({ ...off, [field]: value }));
      const same = JSON.stringify(now[field]) === JSON.stringify(off[field]);
      const verdict = staleness(plan, now);
      if (same) expect(verdict).toBeUndefined();
      else expect(verdict?.kind).toMatch(/^(stale|already-sound)$/);
    }),
  );
});
