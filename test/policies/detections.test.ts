import { DETECTORS, detectorsFor } from '../../src/core/detections/registry.ts';
import type { DetectionRule } from '../../src/core/detections/rule.ts';
import { EVENT_SETS } from '../../src/core/questions/catalogue/event-sets.ts';
import { detectionIn, detectionRules } from '../../src/policies.ts';
import { judged } from '../core/detections/examples.ts';

function detectorOf({ id }: DetectionRule) {
  const detector = DETECTORS.find((one) => one.id === id);
  if (!detector) throw new Error(`no detector ${id}`);
  return detector;
}

const examples = detectionRules().flatMap((rule) =>
  rule.examples.map((example) => ({ name: `${rule.id}: ${example.case}`, rule, example })),
);

test.each(examples)('$name', ({ rule, example }) => {
  const judgement = judged(detectorOf(rule), rule.threshold, example);
  expect(judgement.status).toBe(example.status);
  const count = judgement.status === 'found' ? judgement.events.length : 0;
  expect(count).toBe(example.count);
});

test.each(detectionRules())(
  '$id has an example of every outcome, and speaks both languages',
  (rule) => {
    expect(new Set(rule.examples.map(({ status }) => status))).toEqual(
      new Set(['found', 'clean', 'not-checkable']),
    );
    for (const { en, ko } of [rule.title, rule.why, rule.do]) {
      expect(en).toMatch(/[a-z]/);
      expect(ko).toMatch(/[가-힣]/);
    }
  },
);

test('every detector has a rule, and the gravest come first', () => {
  expect(detectionRules().map(({ id }) => id)).toEqual([
    'logging-tampered',
    'root-use',
    'privilege-escalation',
    'exposure-or-sharing',
    'bulk-deletion',
    'sign-in-without-mfa',
    'failed-sign-in-burst',
    'long-lived-key-created',
    'new-address-for-key',
    'denied-burst',
    'new-region',
    'first-seen-call',
    'aws-insights',
  ]);
  expect(DETECTORS.map(({ id }) => id)).toEqual(detectionRules().map(({ id }) => id));
});

test('a detector by name asks for names that there are, and sees nothing of others', () => {
  expect(detectorsFor(null)).toHaveLength(13);
  expect(detectorsFor('root-use').map(({ id }) => id)).toEqual(['root-use']);
  expect(detectorsFor('logging').map(({ id }) => id)).toEqual(['logging-tampered']);
  expect(detectorsFor('no-such-set')).toEqual([]);
  for (const { id } of EVENT_SETS.filter(({ id: set }) => !NO_DETECTOR.includes(set)))
    expect(detectorsFor(id).length).toBeGreaterThan(0);
});

/** Sets of events of which nothing is unusual by itself. */
const NO_DETECTOR = ['data-access', 'cost', 'network'];

describe('a faulty rule is refused, and the file is named', () => {
  const sound = detectionRules().find(({ id }) => id === 'denied-burst');
  const text = (differs: object) => JSON.stringify({ ...sound, ...differs });

  test.each<[string, object, RegExp]>([
    ['an unknown key', { colour: 'red' }, /colour/],
    ['a text without Korean', { title: { en: 'only' } }, /ko/],
    [
      'a number that the detector does not ask for',
      { threshold: { calls: 1, minutes: 1, moons: 2 } },
      /moons/,
    ],
    ['a number that is missing', { threshold: { calls: 1 } }, /minutes/],
    ['a number that is none', { threshold: { calls: 0, minutes: 1 } }, /calls/],
  ])('%s', (_, differs, message) => {
    expect(() => detectionIn('denied-burst.yml', text(differs))).toThrow(message);
  });

  test('another file name, or a detector that there is not', () => {
    expect(() => detectionIn('other.yml', text({}))).toThrow(
      /other\.yml holds the rule denied-burst/,
    );
    expect(() => detectionIn('moon.yml', text({ id: 'moon' }))).toThrow(
      /there is no detector moon/,
    );
  });
});
