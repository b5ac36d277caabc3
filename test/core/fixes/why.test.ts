import { unread } from '../../../src/core/fixes/unread.ts';
import { type Why, whyInEnglish, whyLine } from '../../../src/core/fixes/why.ts';
import { plain } from '../../../src/core/prose.ts';

const told = (why: Why) => [whyInEnglish(why), plain([whyLine(why, 'ko')], 'Asia/Seoul')];

test('who stopped all fixes, when and why, each reader in their own language and zone', () => {
  const at = '2026-11-22T09:00:00.000Z';
  expect(told({ kind: 'fixes-stopped', by: 'mina', at, reason: 'an incident' })).toEqual([
    'all fixes were stopped by mina at 2026-11-22 09:00:00 UTC: an incident',
    'mina 님이 모든 수정을 중지했습니다 (2026-11-22 18:00:00 KST (09:00:00 UTC)): an incident',
  ]);
  expect(told({ kind: 'fixes-stopped', by: 'mina', at, reason: null })[0]).toBe(
    'all fixes were stopped by mina at 2026-11-22 09:00:00 UTC',
  );
});

test('a freeze says when it ends, or that nobody knows', () => {
  expect(told({ kind: 'frozen', until: null, reason: 'year end' })).toEqual([
    'a change freeze holds with no end in sight: year end',
    '변경이 동결된 기간입니다. 해제: 미정, 사유: year end',
  ]);
  expect(told({ kind: 'frozen', until: '2027-01-04T00:00:00.000Z', reason: 'year end' })[0]).toBe(
    'a change freeze holds until 2027-01-04 00:00:00 UTC: year end',
  );
});

test.each<Why>([
  { kind: 'approver-left', name: 'mina\u202e' },
  { kind: 'unconfirmed', name: 'mina\u202e' },
  { kind: 'approver-unread', reason: 'missing_scope\u202e' },
  { kind: 'approvers-unread', reason: 'AccessDenied\u202e' },
  { kind: 'frozen', until: null, reason: 'year end\u202e' },
])('what people and services wrote into $kind is made harmless', (why) => {
  for (const text of told(why)) {
    expect(text).not.toContain('\u202e');
    expect(text).toContain('\\u{202e}');
  }
});

test('what the worker ran into is told in both languages', () => {
  for (const text of told({ kind: 'too-few-approvals', valid: 1, needed: 2 }))
    expect(text).toMatch(/1.*2|2.*1/);
  const [en, ko] = told({ kind: 'gone-between-calls' });
  expect(en).toBe('the worker stopped after a part of the change was made');
  expect(ko).toMatch(/[가-힣]/);
});

test('what could not be read is told in our own Korean words where there are any, else as AWS said it', () => {
  const own = unread({ reason: 'it hangs under no OU', ko: { reason: '어느 OU에도 없습니다' } });
  expect(told({ kind: 'approvers-unread', ...own })).toEqual([
    'it could not be asked who may approve: it hangs under no OU',
    '누가 승인할 수 있는지 확인하지 못했습니다: 어느 OU에도 없습니다',
  ]);
  expect(told({ kind: 'state-unread', ...unread({ reason: 'AccessDenied' }) })).toEqual([
    'the state could not be read: AccessDenied',
    '상태를 읽지 못했습니다: AccessDenied',
  ]);
});
