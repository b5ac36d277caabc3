import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingId, judge } from '../../src/core/posture/judge.ts';
import { type Fact, VOCABULARY } from '../../src/core/posture/vocabulary.ts';
import { postureRules, ruleIn } from '../../src/policies.ts';

const READ_AT = '2026-11-22T10:00:00.000Z';
const STATUSES = ['PASS', 'FAIL', 'NOT_APPLICABLE', 'NOT_VISIBLE', 'ERROR'];

type Given = ReturnType<typeof postureRules>[number]['examples'][number]['given'][string];

/** A sound subject of a kind, with what an example says differs. */
function subjectOf(kind: keyof typeof VOCABULARY, given: { [fact: string]: Given }) {
  const { facts, fields } = VOCABULARY[kind];
  const sound = Object.entries(facts).map(([name, value]) => [name, { seen: value }]);
  const differing = Object.entries(given).map(([name, value]) => [name, factOf(value)]);
  return {
    subject: 'example',
    owner: '',
    covers: [],
    facts: Object.fromEntries([...sound, ...differing]) as { [fact: string]: Fact },
    fields,
    evidence: [],
  };
}

function factOf(given: Given): Fact {
  if (typeof given !== 'object' || Array.isArray(given)) return { seen: given };
  if ('notApplicable' in given)
    return { notApplicable: { en: given.notApplicable, ko: given.notApplicable } };
  if ('denied' in given) return { unseen: { kind: 'denied', reason: given.denied } };
  return { unseen: { kind: 'failed', reason: given.failed } };
}

const examples = postureRules().flatMap((rule) =>
  rule.examples.map((example) => ({ name: `${rule.id}: ${example.case}`, rule, example })),
);

test.each(examples)('$name', ({ rule, example }) => {
  const finding = judge(rule, subjectOf(rule.every, example.given), READ_AT);
  expect(finding.status).toBe(example.status);
  for (const text of [finding.detail, finding.ko?.detail ?? '']) {
    expect(text).not.toBe('');
    expect(text).not.toMatch(/[{}]|\?/);
  }
});

test.each(postureRules().map((rule) => [rule.id, rule] as const))(
  '%s has an example of every outcome',
  (_, rule) => {
    const shown = new Set(rule.examples.map(({ status }) => status));
    expect([...shown].sort()).toEqual([...STATUSES].sort());
  },
);

test('the checks of this version are these', () => {
  expect(postureRules().map(({ id }) => id)).toEqual([
    'alarms-for-sensitive-calls',
    'config-aggregator',
    'config-recorder',
    'data-events-feedback-loop',
    'data-events-other',
    'data-events-s3',
    'delegated-administrators',
    'insights',
    'lake-stores',
    'log-archive-account',
    'log-bucket-access-logging',
    'log-bucket-immutable',
    'log-bucket-lifecycle',
    'log-bucket-mfa-delete',
    'log-bucket-not-public',
    'log-bucket-object-lock',
    'log-bucket-policy',
    'log-bucket-versioning',
    'log-group-retention',
    'logging-guarded-by-scp',
    'network-activity-events',
    'org-trail-covers-accounts',
    'regions-opted-in',
    'trail-cloudwatch-logs',
    'trail-delivery',
    'trail-duplicates',
    'trail-excluded-sources',
    'trail-global-services',
    'trail-kms-encryption',
    'trail-kms-key-usable',
    'trail-log-file-validation',
    'trail-logging',
    'trail-management-events',
    'trail-multi-region',
    'trail-notifications',
    'trail-tags',
  ]);
});

test('no two checks of one subject share an id', () => {
  const ids = postureRules().map(({ id }) => findingId(id, 'arn:x'));
  expect(new Set(ids).size).toBe(ids.length);
});

describe('a faulty rule is refused, and the file is named', () => {
  const sound = postureRules().find(({ id }) => id === 'config-recorder');
  const text = (differs: object) => JSON.stringify({ ...sound, ...differs });

  test.each<[string, object, RegExp]>([
    ['an unknown key', { colour: 'red' }, /colour/],
    ['a fact that the kind does not have', { must: { moonPhase: true } }, /no `moonPhase`/],
    [
      'a word in a text that nobody fills in',
      { detail: { pass: { en: '{moon}', ko: '{moon}' }, fail: { en: 'x', ko: 'x' } } },
      /no `moon`/,
    ],
    [
      'an operator that the grammar does not have',
      { must: { regionsNotRecording: { atMost: 3 } } },
      /must/,
    ],
    ['a text without Korean', { title: { en: 'only' } }, /ko/],
    ['an unknown kind of subject', { every: 'planet' }, /every/],
  ])('%s', (_, differs, complaint) => {
    const read = () => ruleIn('config-recorder.yml', text(differs));
    expect(read).toThrow(complaint);
    expect(read).toThrow('config-recorder.yml');
  });

  test('a file that is called otherwise than its rule', () => {
    expect(() => ruleIn('other.yml', text({}))).toThrow('other.yml holds the rule config-recorder');
  });

  test('a file that is no YAML', () => {
    expect(() => ruleIn('x.yml', 'a: [')).toThrow();
  });
});

describe('policies/README.md', () => {
  const readme = readFileSync(join(__dirname, '../../policies/README.md'), 'utf8');

  test.each(postureRules().map((rule) => [rule.id, rule] as const))(
    'lists %s as it is',
    (_, rule) => {
      const config = rule.config ? ` \`${rule.config.rule}\`` : '';
      expect(readme).toContain(
        `| \`${rule.id}\` | ${rule.every} | ${rule.severity} | ${rule.title.en} |${config} |`,
      );
    },
  );

  test.each(Object.entries(VOCABULARY))('lists the facts of a %s', (kind, { facts }) => {
    const names = Object.keys(facts).map((name) => `\`${name}\``);
    expect(readme).toContain(`| \`${kind}\` | ${names.join(', ')} |`);
  });
});
