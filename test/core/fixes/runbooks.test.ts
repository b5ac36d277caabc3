import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { fixes } from '../../../src/aws/fixes/index.ts';
import { runbookFor, runbooks } from '../../../src/core/fixes/runbooks/index.ts';
import { shellWord } from '../../../src/core/fixes/runbooks/words.ts';

const TARGET = {
  id: 'f0000001',
  check: 'log-bucket-mfa-delete',
  subject: 'arn:aws:s3:::bora-payments-audit-logs',
  owner: '222233334444',
  covers: ['222233334444'],
};
const POSTURE = join(__dirname, '../../../policies/posture');
const rules = readdirSync(POSTURE).map((file) => {
  const { id, fix } = parse(readFileSync(join(POSTURE, file), 'utf8'));
  return { id, fix } as { id: string; fix?: { id: string; class: string; ofTrail?: string } };
});

test.each(runbooks)('$id says in both languages why, who, and what to do', ({ id, write }) => {
  const runbook = write(TARGET);
  expect(runbook.id).toBe(id);
  expect(runbook.steps.length).toBeGreaterThan(0);
  const texts = [
    runbook.title,
    runbook.why,
    runbook.who,
    ...runbook.conflicts,
    ...runbook.steps.map(({ say }) => say),
    ...runbook.alternatives.map(({ say }) => say),
  ];
  for (const { en, ko } of texts) {
    expect(en).toMatch(/^\p{Lu}/u);
    expect(ko).toMatch(/\p{Script=Hangul}/u);
  }
});

test.each([
  ['s3', 'get-bucket-policy', 'restore-trail-key'],
  ['digest', 'get-key-policy', 'restore-trail-key'],
  ['cloudwatch-logs', 'describe-log-groups', undefined],
  ['sns', 'get-topic-attributes', undefined],
])('delivery of %s is mended where it is refused', (sink, command, fix) => {
  const subject = 'arn:aws:cloudtrail:eu-west-1:444455556666:trail/own';
  const runbook = runbookFor('mend-delivery')?.write({ ...TARGET, subject: `${subject}#${sink}` });
  const commands = runbook?.steps.map((one) => one.command).join('\n');
  expect(commands).toContain(command);
  expect(commands).toContain(`get-trail --region eu-west-1 --name ${subject}\n`);
  expect(commands).not.toContain('#');
  expect(runbook?.alternatives[0]?.fix).toBe(fix);
});

test('network activity is added in the home region of the trail, or of one that somebody has to name', () => {
  const subject = 'arn:aws:cloudtrail:eu-west-1:444455556666:trail/own';
  const of = (named: string) =>
    runbookFor('record-network-activity')?.write({ ...TARGET, subject: named }).steps[2]?.command;
  expect(of(subject)).toContain(`--region eu-west-1 --trail-name ${subject} `);
  expect(of('444455556666')).toContain('--region HOME-REGION --trail-name TRAIL-ARN ');
});

test('whatever a runbook offers instead exists', () => {
  const known = [...fixes, ...runbooks].map(({ id }) => id);
  for (const { write } of runbooks)
    for (const { fix } of write(TARGET).alternatives)
      if (fix !== undefined) expect(known).toContain(fix);
});

test('MFA delete names the root user of the account that owns the bucket, and never a role', () => {
  const runbook = runbookFor('enable-mfa-delete')?.write(TARGET);
  expect(runbook?.who.en).toContain('root user of account 222233334444');
  expect(runbook?.steps.map(({ command }) => command)).toContainEqual(
    expect.stringMatching(
      /put-bucket-versioning --bucket bora-payments-audit-logs --expected-bucket-owner 222233334444 .*MFADelete=Enabled --mfa "arn:aws:iam::222233334444:mfa\//,
    ),
  );
  expect(JSON.stringify(runbook?.conflicts)).toMatch(/Lifecycle.*Centralized root access/);
  expect(runbook?.alternatives.map(({ fix }) => fix)).toContain('lock-objects');
});

test('whatever a thing is called, the shell takes it as one word and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const word = shellWord(name);
      if (word === name) expect(name).toMatch(/^[\w@%+=:,./-]+$/);
      else expect(word.slice(1, -1).replaceAll(`'\\''`, '')).not.toContain("'");
    }),
  );
});

test('what a rule offers exists: a runbook for class X, a fix for the others', () => {
  for (const { id, fix } of rules) {
    if (!fix) continue;
    const known = fix.class === 'X' ? runbookFor(fix.id) : fixes.find((one) => one.id === fix.id);
    expect({ rule: id, offers: known?.id }).toEqual({ rule: id, offers: fix.id });
    if (fix.ofTrail !== undefined) expect(runbookFor(fix.ofTrail)?.id).toBe(fix.ofTrail);
  }
  const offered = rules.map(({ fix }) => fix?.id);
  expect(offered).toEqual(expect.arrayContaining(['enable-mfa-delete', 'guard-by-scp']));
});
