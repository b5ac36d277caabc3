import type { Answer, AnswerEvent } from '../../../src/core/evidence/answer.ts';
import { chaptersOf, tellAnswer } from '../../../src/core/evidence/tell.ts';
import { tellCauses } from '../../../src/core/evidence/tell-causes.ts';
import { plain } from '../../../src/core/prose.ts';
import { anAnswer, anEvent } from '../../slack/samples.ts';
import { soundPlan } from './sound.ts';

const understood = (plan: Partial<ReturnType<typeof soundPlan>> = {}) => ({
  echo: 'who · deleted',
  plan: soundPlan(plan),
});
const told = (answer: Partial<Answer>, language: 'en' | 'ko' = 'en') =>
  plain(tellAnswer(anAnswer({ lang: language, understood: understood(), ...answer })), 'UTC').split(
    '\n',
  );
const denied: AnswerEvent = {
  ...anEvent,
  eventID: 'b7f5c1d2-2222-4222-8333-944445555666',
  outcome: 'Client.UnauthorizedOperation',
  person: { name: 'carol', proof: 'direct' },
};

test('the answer is two lines: who, what; when, where, how', () => {
  const { headline } = chaptersOf(anAnswer({ understood: understood() }));
  expect(plain(headline, 'Asia/Seoul').split('\n')).toEqual([
    'bob@bora.example (proven chain) called TerminateInstances on i-0a1b2c3d4e5f60718',
    '2026-11-17 14:32:07 KST (05:32:07 UTC) · account 444455556666 · ap-northeast-2 · CLI · address 203.0.113.10',
  ]);
});

test('what was tried and failed stands apart from what was done, and after it', () => {
  const lines = told({ total: 2, events: [denied, anEvent] });
  expect(lines[0]).toMatch(/^bob@bora.example \(proven chain\) called/);
  const apart = lines.indexOf('Tried but failed:');
  expect(apart).toBeGreaterThan(1);
  expect(lines[apart + 1]).toMatch(/^carol \(direct\) tried TerminateInstances, which failed/);
  expect(told({ total: 2, events: [denied, anEvent] }, 'ko')).toContain('시도했지만 실패한 호출:');
  expect(told({ total: 1, events: [denied] })).not.toContain('Tried but failed:');
});

test('two who both did it are both in the first line', () => {
  const other = { ...anEvent, eventID: 'x', person: { name: 'alice', proof: 'direct' as const } };
  const spread = {
    ...{ first: null, last: null, accounts: ['1'], regions: ['r'], failed: 0 },
    actors: [{ name: 'bob', count: 1 }],
    eventNames: [{ name: 'TerminateInstances', count: 2 }],
  };
  expect(told({ total: 2, events: [anEvent, other], spread })[0]).toMatch(
    /^2 events by bob@bora.example, alice/,
  );
});

test('of the latest of many, the others are counted', () => {
  const picked = understood({ limit: 1 });
  expect(told({ total: 7, understood: picked })).toContain('This is the latest of 7 events.');
  const first = understood({ limit: 1, order: 'oldest' });
  expect(told({ total: 7, understood: first }, 'ko')).toContain('7건 중 첫 번째입니다.');
});

test('who asks why hears first what set it off, with what proves it', () => {
  const causes = [
    { en: 'the stack shop was deleted', ko: '스택 shop 삭제', eventID: 'e-1', proven: true },
    { en: 'by <!channel>', ko: '<!channel>', eventID: null, proven: false },
  ];
  const lines = told({ causes, understood: understood({ asks: 'why' }) });
  expect(lines.slice(2, 5)).toEqual([
    'What set it off:',
    '1. the stack shop was deleted (proven, event e-1)',
    '2. by <!channel> (implied, not proven)',
  ]);
  expect(told({ causes }, 'ko')).toContain('1. 스택 shop 삭제 (증명됨, 이벤트 e-1)');
});

test('the times of causes are told in the zone of the reader', () => {
  const cause = { en: 'broke at 2026-11-17T05:40:00Z', ko: '', eventID: null, proven: true };
  const prose = tellCauses([cause], false);
  expect(plain(prose, 'Asia/Seoul')).toContain(
    '1. broke at 2026-11-17 14:40:00 KST (05:40:00 UTC) (proven)',
  );
});

test('what Config kept before and after is told member by member', () => {
  const change = {
    eventID: anEvent.eventID,
    resourceType: 'AWS::EC2::Instance',
    resource: 'i-0a1b2c3d4e5f60718',
    account: '444455556666',
    region: 'ap-northeast-2',
    before: '2026-11-17T05:00:00Z',
    after: '2026-11-17T05:40:00Z',
    deleted: false,
    members: [{ path: 'state', before: '"running"', after: null }],
  };
  expect(told({ changes: [change] })).toEqual(
    expect.arrayContaining([
      'Before and after (AWS Config):',
      'i-0a1b2c3d4e5f60718 · AWS::EC2::Instance · 444455556666 · ap-northeast-2 · before 2026-11-17 05:00:00 UTC · after 2026-11-17 05:40:00 UTC',
      '• state: "running" → (absent)',
    ]),
  );
  const gone = { ...change, deleted: true, members: [], unseen: 'not recorded' };
  const lines = told({ changes: [gone] }, 'ko');
  expect(lines.join('\n')).toMatch(/삭제됨, 확인 .*\n {2}알 수 없는 것: not recorded/);
});

test('every check is told with what became of it', () => {
  const one = (id: string, status: 'found' | 'clean' | 'not-checkable') => ({
    id,
    title: { en: `Check ${id}`, ko: `점검 ${id}` },
    status,
    reason: { en: `because ${id}`, ko: `이유 ${id}` },
    count: status === 'found' ? 4 : 0,
    events: status === 'found' ? [anEvent] : [],
  });
  const detections = [one('a', 'clean'), one('b', 'found'), one('c', 'not-checkable')];
  const detect = understood({ shape: 'detect' });
  const lines = told({ detections, understood: detect });
  expect(lines[0]).toBe('1 of 3 checks found something · 1 clean · 1 not checkable');
  expect(lines[1]).toBe('Found: Check b');
  expect(lines).toEqual(
    expect.arrayContaining([
      '🔎 Check b (4) · because b',
      '… and 1 more',
      '• Check c · because c',
      'Clean: Check a',
    ]),
  );
  const unchecked = told({ detections: [one('c', 'not-checkable')], understood: detect }, 'ko');
  expect(unchecked[0]).toBe('점검 1개 중 0개에서 발견 · 이상 없음 0개 · 확인 불가 1개');
  expect(unchecked[1]).toContain('확인하지 못한 점검이 있습니다');
});

test('what Config says of resources begins with how many are wrong', () => {
  const state = (resource: string, wrong: boolean) => ({
    resource,
    resourceType: 'AWS::S3::Bucket',
    account: '444455556666',
    region: 'ap-northeast-2',
    says: wrong ? 'NON_COMPLIANT s3-bucket-public-read-prohibited' : 'COMPLIANT',
    wrong,
    at: '2026-11-20T05:00:00Z',
  });
  const states = [state('fine', false), state('finance-reports', true)];
  const asked = understood({ shape: 'state' });
  const lines = told({ states, total: 2, understood: asked });
  expect(lines[0]).toBe('1 resource of 2 that Config told of · as AWS Config says');
  expect(lines[1]).toMatch(/^✗ finance-reports · AWS::S3::Bucket · .*NON_COMPLIANT/);
  expect(told({ states: [], verdict: 'none', events: [], total: 0, understood: asked })[0]).toMatch(
    /^No\. AWS Config knows of no such resource/,
  );
  expect(
    told({ states: [], verdict: 'none-visible', events: [], total: 0, understood: asked })[0],
  ).toMatch(/^None found, but/);
});

test('bytes are told as people speak of them, and exactly', () => {
  const count = understood({ shape: 'count', groupBy: ['actor'], measure: 'bytes' });
  const groups = [
    { key: { actor: 'bob' }, count: 1_500_000_000 },
    { key: { actor: 'al' }, count: 12 },
  ];
  const spread = {
    ...{ first: null, last: null, accounts: [], regions: [], failed: 0 },
    ...{ actors: [], eventNames: [] },
  };
  const lines = told({ groups, spread, understood: count });
  expect(lines).toContain('• bob: 1.5 GB (1,500,000,000 bytes)');
  expect(lines).toContain('• al: 12 bytes');
});

test('what was done through roles is told beside and said not to be counted', () => {
  const throughRoles = {
    calls: 3,
    roles: ['ops'],
    eventNames: ['RunInstances'],
    first: '2026-11-17T05:00:00Z',
    last: '2026-11-17T06:00:00Z',
  };
  expect(told({ throughRoles }).join('\n')).toMatch(
    /Also through roles: 3 calls · ops · RunInstances · .* not counted above/,
  );
});

test('the answer ends with what else was looked for, the plan, its hash and how to ask it again', () => {
  const hash = 'a81c2f3d4e5f60718293a4b5c6d7e8f90112233445566778899aabbccddeeff0';
  const lines = told({
    understood: understood({ verbs: ['delete'], resources: ['i-0a1b2c3d4e5f60718'] }),
    alsoLookedFor: ['StopInstances', 'BidEvictedEvent'],
    planHash: hash,
  });
  expect(lines).toContain('Also looked for, and not found: StopInstances, BidEvictedEvent');
  const plan = lines.find((line) => line.startsWith('Plan a81c2f3d4e5f · verb:delete'));
  expect(plan).toContain('resource:i-0a1b2c3d4e5f60718');
});
