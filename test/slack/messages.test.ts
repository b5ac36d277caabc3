import type { FixRecord } from '../../src/core/fixes/fix.ts';
import type { Scan } from '../../src/core/posture/finding.ts';
import { checkMessage } from '../../src/sandbox/slack/block-check.ts';
import type { Message } from '../../src/slack/fit.ts';
import { messageOf } from '../../src/slack/message.ts';
import { expectGolden } from '../golden.ts';
import {
  accounts,
  aFinding,
  anAnswer,
  anEvent,
  aScan,
  fixes,
  readers,
  tellings,
} from './samples.ts';

for (const language of ['en', 'ko'] as const) {
  const reader = readers[language];
  const all = Object.entries(tellings(language));

  test.each(all)(`%s reads as its golden file says (${language})`, (name, telling) => {
    expectGolden(`${name}.${language}`, messageOf(telling, reader));
  });

  test.each(all)(`Slack takes the blocks of %s (${language})`, (_name, telling) => {
    const message = messageOf(telling, reader);
    for (const part of [message, ...message.thread]) expect(checkMessage(part.blocks)).toEqual([]);
  });

  test.each(all)(`%s can be pressed, found again and heard (${language})`, (_name, telling) => {
    const message = messageOf(telling, reader);
    expect(message.text.length).toBeGreaterThan(10);
    for (const part of [message, ...message.thread]) expectIds(part);
  });
}

describe('what the reader must not be led to believe', () => {
  const told = (scan: Partial<Scan>) =>
    JSON.stringify(messageOf({ kind: 'posture', scan: aScan(scan), scope: {} }, readers.en));
  const seen = accounts.filter(({ visible }) => visible);
  const sound = { PASS: 9, FAIL: 0, NOT_APPLICABLE: 0, NOT_VISIBLE: 0, ERROR: 0 };

  test('green is said only when every account was seen', () => {
    expect(told({ accounts: seen, findings: [], totals: sound })).toContain('✅');
    const blind = told({ findings: [], totals: sound });
    expect(blind).not.toContain('✅');
    expect(blind).toContain('could not see everything');
  });

  test('what somebody accepted is not called sound, and the first of many roles is an example', () => {
    const exception = { reason: 'r', owner: 'o', expires: '2027-01-01', expired: false };
    const fault = aFinding({ exception });
    expect(told({ accounts: seen, findings: [fault] })).not.toContain('✅');
    const dark = ['1', '2'].map((id) => ({
      ...accounts[0],
      id: id.repeat(12),
      name: 'dark',
      ou: '',
      visible: false,
      reason: `AccessDenied: ${id.repeat(12)}`,
    }));
    expect(told({ accounts: [...seen, ...dark] })).toContain('for example: ');
  });

  test('a closed account is no blind spot, but it is said that nobody asked it', () => {
    const closed = {
      id: '161616161616',
      name: 'old-campaign',
      ou: 'Suspended',
      visible: false,
      reason: 'SUSPENDED: not asked',
      closed: true as const,
    };
    const message = told({ accounts: [...seen, closed], findings: [], totals: sound });
    expect(message).toContain('✅');
    expect(message).toContain('1 closed account was not asked');
    expect(message).not.toContain('old-campaign');
  });

  test('an account that could not be read is named once, not once for each check', () => {
    const of = (check: string) =>
      aFinding({ id: check, check, status: 'NOT_VISIBLE', owner: '151515151515', title: check });
    const message = told({ findings: [of('trail-logging'), of('trail-multi-region')] });
    expect(message.match(/`?team-sandbox/g)).toHaveLength(1);
    expect(message).not.toContain('trail-multi-region');
  });

  test('a way back is offered only where something was changed', () => {
    const offered = Object.entries(fixes).filter(([, fix]) =>
      JSON.stringify(
        messageOf({ kind: 'fix', fix, approvers: '@cloud-approvers' }, readers.en),
      ).includes('request-way-back'),
    );
    expect(offered.map(([name]) => name)).toEqual([
      'applied',
      'applied-recovered',
      'class-c-applied',
      'aftermath',
      'failed-partly',
      'stopped-partly',
      'several-ended',
    ]);
  });

  test('of a fix that ended partly no way back is offered that could not work', () => {
    const fix = fixes['failed-partly'] as FixRecord;
    const { plan, outcome } = fix;
    if (outcome?.kind !== 'failed') throw new Error('the sample did not fail');
    const { left: _, ...unread } = outcome;
    const told = (different: Partial<FixRecord>) =>
      JSON.stringify(
        messageOf(
          { kind: 'fix', fix: { ...fix, ...different }, approvers: '@cloud-approvers' },
          readers.en,
        ),
      );
    const offers = /request-way-back|To go back/;
    expect(told({})).toMatch(offers);
    expect(told({ outcome: unread })).not.toMatch(offers);
    // What AWS took leaves nothing that is taken back, such as a log group.
    const back = { ...plan, wayBack: [{ api: 'iam:DeleteRole', parameters: { RoleName: 'r' } }] };
    expect(told({ plan: back })).not.toMatch(offers);
  });

  test('what is heard of a fix is in the tense of its state, with the change before and after', () => {
    const heard = (name: string) => {
      const fix = fixes[name] as FixRecord;
      const telling = { kind: 'fix' as const, fix, approvers: '', finding: aFinding() };
      return messageOf(telling, readers.en).text;
    };
    expect(heard('proposed')).toMatch(/What is wrong: .*What will change .*: false → true/s);
    expect(heard('applied')).toMatch(/What was wrong: .*What was changed .*: false → true/s);
    expect(heard('expired')).toMatch(/when it was proposed: .*What was proposed/s);
    expect(heard('way-back')).toMatch(/Takes back the fix .*What will change .*: true → false/s);
    expect(heard('way-back')).not.toContain(aFinding().detail);
  });

  test('only an open request can be decided', () => {
    const open = Object.entries(fixes).filter(([, fix]) =>
      JSON.stringify(
        messageOf({ kind: 'fix', fix, approvers: '@cloud-approvers' }, readers.en),
      ).includes('approve-fix'),
    );
    expect(open.map(([name]) => name)).toEqual([
      'proposed',
      'class-c',
      'class-c-approved-once',
      'several',
      'accept-risk',
      'way-back',
    ]);
  });
});

function expectIds({ blocks }: Message): void {
  for (const block of blocks) {
    expect(block.block_id).toMatch(/./);
    if (block.type !== 'actions') continue;
    for (const element of block.elements) {
      expect(element.action_id).toMatch(/^[a-z-]+(-\d)?$/);
      // A menu says what it is by its placeholder.
      const spoken = element.type === 'static_select' ? 'placeholder' : 'accessibility_label';
      expect(element).toHaveProperty(spoken);
    }
  }
}

test('what could not be seen stands below its heading, however much of it there is', () => {
  const gaps = Array.from({ length: 8 }, (_, at) => ({
    account: `44445555666${at}`,
    region: '',
    reason: `AccessDenied: ${'not authorized '.repeat(15)}${at}`,
  }));
  const answer = anAnswer({ verdict: 'none-visible', events: [], total: 0 });
  const told = { ...answer, coverage: { ...answer.coverage, gaps } };
  const { blocks } = messageOf({ kind: 'answer', answer: told }, readers.en);
  const drawn = JSON.stringify(blocks);
  const places = ['Could not see', ...gaps.map(({ account }) => account), 'Understood'].map((it) =>
    drawn.indexOf(it),
  );
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
});

test('of evidence that goes on in the thread nobody is told a number that counts nothing', () => {
  const events = Array.from({ length: 30 }, (_, at) => ({
    ...anEvent,
    eventID: `0ea6b2d5-51d5-4765-ad83-4db65d506d${at + 10}`,
    eventName: `DeleteThing${at}`,
    resources: [`thing-${at}-${'x'.repeat(100)}`],
  }));
  for (const language of ['en', 'ko'] as const) {
    const answer = anAnswer({ lang: language, events, total: 30 });
    const message = messageOf({ kind: 'answer', answer }, readers[language]);
    expect(message.thread.length).toBeGreaterThan(0);
    const drawn = JSON.stringify(message);
    expect(drawn).toMatch(/The rest of the evidence is in the thread|나머지 증거는 스레드/);
    expect(drawn).not.toMatch(/and \d+ more, in the thread|그 외 \d+건 \(스레드/);
  }
});
