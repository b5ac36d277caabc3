/** What users of other tools complain about in Slack (the lessons by their numbers): each is a test that we do not. */
import type { Finding, Scan } from '../../src/core/posture/finding.ts';
import { totalsOf } from '../../src/core/posture/scan.ts';
import { checkMessage } from '../../src/sandbox/slack/block-check.ts';
import type { Message } from '../../src/slack/fit.ts';
import { MAX_BLOCKS } from '../../src/slack/fit.ts';
import { messageOf } from '../../src/slack/message.ts';
import { aFinding, aScan, everythingScan, legacyTrail, readers } from './samples.ts';

function postureOf(scan: Scan): Message {
  return messageOf({ kind: 'posture', scan, scope: {} }, readers.en);
}

const shown = (message: Message) =>
  [message, ...message.thread].map(({ blocks }) => JSON.stringify(blocks)).join('\n');

function scanWith(findings: Finding[], differs: Partial<Scan> = {}): Scan {
  return aScan({ findings, totals: totalsOf(findings), ...differs });
}

test('lesson 12: the failed findings are listed with their severity, not only counted', () => {
  const told = shown(postureOf(everythingScan()));
  for (const words of [
    'FAIL – A trail does not deliver',
    'FAIL – The trail records every region',
    'FAIL – Log files are validated',
    '🔴 Critical',
    '🟠 High',
    '🟡 Medium',
  ])
    expect(told).toContain(words);
});

test('lesson 13: criticals come first, in the first message, and in what a notification shows', () => {
  const noise = Array.from({ length: 200 }, (_, at) =>
    aFinding({
      id: `f-${at}`,
      check: `check-${at}`,
      subject: `s-${at}`,
      severity: 'low',
      fix: null,
    }),
  );
  const worst = aFinding({ id: 'worst', severity: 'critical', title: 'No trail logs', fix: null });
  const message = postureOf(scanWith([...noise, { ...worst, subject: 'z' }]));
  const first = JSON.stringify(message.blocks);
  expect(first).toContain('FAIL – No trail logs');
  expect(first.indexOf('🔴 Critical · ')).toBeLessThan(first.indexOf('🔵 Low · '));
  expect(message.text).toContain('The worst: FAIL – No trail logs');
});

test('lesson 15: account name, resource, since when and by whom, and what to do stand with each finding', () => {
  const told = shown(postureOf(everythingScan()));
  for (const words of [
    'payments-prod (666677778888)',
    'payments-audit',
    'Since ',
    'bob@bora.example',
    'Do: Enable log file validation',
    'Fix…',
  ])
    expect(told).toContain(words);
});

test('lesson 16: what somebody accepted has no button, and that it is accepted is said', () => {
  const exception = { reason: 'r', owner: 'payments', expires: '2026-12-31', expired: false };
  const scan = scanWith([aFinding({ exception })], { excepted: 1 });
  const told = shown(postureOf(scan));
  expect(told).not.toContain('request-fix');
  expect(told).toContain('accepted until 2026-12-31 by payments');
  expect(told).not.toContain('to mend,');
});

test('lesson 18: accounts have their names, and the buttons are ours', () => {
  const { blocks } = postureOf(everythingScan());
  expect(JSON.stringify(blocks)).toContain('acquired-labs (141414141414)');
  const actions = blocks.filter(({ type }) => type === 'actions');
  expect(actions).toHaveLength(2);
  expect(JSON.stringify(actions[0])).toContain('Fix… Log files are validated: payments-audit');
  // What the bot must not touch is called what it is: nobody mistakes a runbook for a fix.
  expect(JSON.stringify(actions[1])).toContain('How to mend it A trail has no owner');
});

test('lesson 19: findings are readable: sentences and names, no JSON and no bare ARNs', () => {
  const { blocks } = postureOf(scanWith([aFinding(), legacyTrail]));
  const text = JSON.stringify(blocks);
  expect(text).not.toContain('arn:aws:cloudtrail');
  expect(text).not.toMatch(/LogFileValidationEnabled|\\"[a-z]+\\":/i);
});

test('lesson 20: a bucket in another account is told with the account in which it is mended', () => {
  const bucket = aFinding({
    check: 'log-bucket-immutable',
    subject: 'arn:aws:s3:::bora-payments-audit-logs',
    owner: '111122223333',
    covers: ['666677778888'],
  });
  expect(shown(postureOf(scanWith([bucket])))).toMatch(
    /bora-payments-audit-logs.*mend in .*management \(111122223333\)/,
  );
});

test('lesson 20: repeated faults are counted, so that no thread hides that more happened', () => {
  const ids = Array.from({ length: 812 }, (_, at) => String(100000000000 + at));
  const findings = ids.map((id) =>
    aFinding({ id, check: 'config-recorder', subject: id, owner: id, covers: [id], fix: null }),
  );
  const message = postureOf(
    scanWith(findings, {
      accounts: ids.map((id) => ({ id, name: `a-${id}`, ou: '', visible: true, reason: null })),
    }),
  );
  expect(JSON.stringify(message.blocks)).toContain('812 × Account');
  expect(JSON.stringify(message.blocks)).toContain('and 807 more');
  expect(message.thread).toEqual([]);
  expect(message.text).toContain('812 findings to mend');
});

test('998 of 1,000 accounts, and the two gaps by name', () => {
  const ids = Array.from({ length: 1_000 }, (_, at) => String(100000000000 + at));
  const [joined = '', legacy = ''] = ids;
  const regions = ['eu-west-1', 'us-east-1', 'us-west-2'];
  const coverage = ids.flatMap((account) =>
    regions.map((region) => {
      const yes = account !== joined && (account !== legacy || region === 'eu-west-1');
      const both = { managementRead: yes, managementWrite: yes };
      return { account, region, ...both, dataEvents: [], trails: [] };
    }),
  );
  const accounts = ids.map((id) => ({ id, name: `a-${id}`, ou: '', visible: true, reason: null }));
  const { text } = postureOf(scanWith([legacyTrail], { accounts, coverage }));
  expect(text).toContain('Management events: 998 of 1,000 accounts fully recorded; 2 gaps: ');
  expect(text).toContain(`a-${legacy} (${legacy}) (2 of 3 regions not recorded)`);
  expect(text).toContain(`a-${joined} (${joined}) (no region recorded)`);
});

test('a scan that went on where another was cut off says so', () => {
  expect(shown(postureOf(everythingScan()))).toContain('2 from the scan that broke off');
});

test('a scan of ten thousand accounts with a fault each is still a message that Slack takes', () => {
  const ids = Array.from({ length: 10_000 }, (_, at) => String(100000000000 + at));
  const findings = ids.flatMap((id) => [
    aFinding({ id, check: 'config-recorder', subject: id, owner: id, covers: ids }),
    aFinding({ id: `${id}-x`, check: 'trail-tags', subject: `trail-${id}`, owner: id }),
  ]);
  const accounts = ids.map((id) => ({ id, name: '', ou: '', visible: true, reason: null }));
  const message = postureOf(scanWith(findings, { accounts }));
  for (const { blocks } of [message, ...message.thread]) {
    expect(checkMessage(blocks)).toEqual([]);
    expect(blocks.length).toBeLessThanOrEqual(MAX_BLOCKS);
  }
});
