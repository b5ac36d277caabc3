import type { Answer } from '../../src/core/evidence/answer.ts';
import { conclude, type Evidence } from '../../src/core/evidence/conclude.ts';
import { cutGap } from '../../src/core/evidence/remaining.ts';
import type { EventSource, Tally } from '../../src/core/evidence/source.ts';
import { withExactFigures } from '../../src/jobs/exact-figures.ts';
import { found, soundEvent, soundPlan } from '../core/evidence/sound.ts';

const SINCE = '2026-11-18T00:00:00Z';
const plan = soundPlan({ shape: 'count', groupBy: ['event'], limit: 1 });
const asked = { id: 'q', question: 'how many?', language: 'en' as const, echo: '', plan };
const archive = (events = [soundEvent()]): Evidence => ({
  source: 'archive',
  found: { ...found(events, { gaps: [cutGap(events.length, SINCE)] }), completeFrom: SINCE },
});
const TALLY: Tally = {
  total: 900_000,
  calls: 899_000,
  groups: [
    { key: { event: 'RunInstances' }, count: 500_000 },
    { key: { event: 'StopInstances' }, count: 399_000 },
  ],
  spread: null,
};

function figures(evidence: Evidence[], tally: Tally | null): Promise<Answer> {
  const source: EventSource = {
    name: 'archive',
    needs: [],
    find: async () => found([]),
    issuing: async () => new Map(),
    tally: async () => tally,
  };
  const answer = conclude(asked, evidence, new Map());
  return withExactFigures(answer, plan, evidence, [source], { accounts: null });
}

test('what was not cut is as it was counted', async () => {
  const whole: Evidence = { source: 'archive', found: found([soundEvent()]) };
  expect(await figures([whole], TALLY)).toMatchObject({ total: 1 });
});

test('figures come from the source that counts to the letter', async () => {
  const answer = await figures([archive()], TALLY);
  expect(answer).toMatchObject({
    total: 900_000,
    calls: 899_000,
    groups: [{ key: { event: 'RunInstances' }, count: 500_000 }],
  });
  expect(answer.events).toHaveLength(1);
  expect(answer.coverage.gaps).toEqual([]);
});

test.each<[string, Evidence[], Tally | null]>([
  ['it cannot count so', [archive()], null],
  [
    'another source has found something, too',
    [archive(), { source: 'LookupEvents', found: found([soundEvent({ eventID: 'x' })]) }],
    TALLY,
  ],
])('where %s, what was cut is a gap', async (_, evidence, tally) => {
  const answer = await figures(evidence, tally);
  expect(answer.total).toBeLessThan(10);
  expect(answer.coverage.gaps.map(({ reason }) => reason)).toEqual([
    `cut after 1 events: nothing before ${SINCE} was read`,
  ]);
});

test('nothing among what was handed over is no no', async () => {
  const answer = await figures([archive([])], null);
  expect(answer.verdict).toBe('none-visible');
});
