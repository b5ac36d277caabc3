import { echo } from '../../../src/core/questions/index.ts';
import { nothingExcepted, Plan } from '../../../src/core/questions/plan.ts';
import { soundPlan } from '../evidence/sound.ts';

const seoul = {
  from: '2026-11-19T15:00:00Z',
  to: '2026-11-20T15:00:00Z',
  zone: 'Asia/Seoul',
  assumed: false,
};
const assumed = {
  from: '2026-08-24T09:00:00Z',
  to: '2026-11-22T09:00:00Z',
  zone: 'Asia/Seoul',
  assumed: true,
};

test('a window is told in the zone of the asker and in UTC', () => {
  expect(echo(soundPlan({ time: seoul }), 'en')).toContain(
    '2026-11-20 00:00 – 2026-11-21 00:00 KST (2026-11-19 15:00 – 2026-11-20 15:00 UTC)',
  );
  const utc = echo(soundPlan({ time: { ...seoul, zone: 'UTC' } }), 'en');
  expect(utc).toContain('2026-11-19 15:00 – 2026-11-20 15:00 UTC');
  expect(utc).not.toContain('(');
});

test('what was only assumed is called so', () => {
  expect(echo(soundPlan({ time: assumed }), 'en')).toContain('last 90 days (assumed)');
  expect(echo(soundPlan({ time: assumed }), 'ko')).toContain('최근 90일 (가정)');
});

/** Every slot away from its default, one by one, with what must be heard of it. */
const slots: [differs: Partial<Plan>, en: string, ko: string][] = [
  [{ asks: 'when' }, 'when', '언제'],
  [{ asks: 'why' }, 'why', '왜'],
  [{ set: 'logging', eventNames: ['StopLogging'] }, 'logging', '로'],
  [{ alsoResources: ['alice'] }, '+ alice', '+ alice'],
  [{ outcome: 'throttled' }, 'throttled', '호출 제한'],
  [{ content: { kind: 'admin-grant' } }, 'every right', '모든 권한'],
  [{ content: { kind: 'cross-account' } }, 'account', '계정'],
  [{ shape: 'count', measure: 'bytes' }, 'bytes sent out', '내보낸 바이트'],
  [{ shape: 'count', groupBy: ['hour', 'error'] }, 'per hour, error', '시간, 오류별'],
  [
    { shape: 'state', state: { property: 'unencrypted', rule: 'my-rule' } },
    'not encrypted now · rule my-rule',
    '지금 암호화되지 않은 것 · 규칙 my-rule',
  ],
  [{ shape: 'coverage', about: 'trails' }, 'which accounts are recorded', '기록되는 계정'],
  [{ shape: 'detect' }, 'unusual activity', '이상 활동'],
  [{ shape: 'cause' }, 'which change broke the rule', '위반을 만든 변경'],
];

test.each(slots)('%j is said in both languages', (differs, en, ko) => {
  expect(echo(soundPlan(differs), 'en')).toContain(en);
  expect(echo(soundPlan(differs), 'ko')).toContain(ko);
  expect(echo(soundPlan(differs), 'en')).not.toBe(echo(soundPlan(), 'en'));
});

test('what is asked of now names no window that nobody named', () => {
  const now = soundPlan({ shape: 'state', state: { property: 'public', rule: null } });
  expect(echo({ ...now, time: assumed }, 'en')).not.toContain('90 days');
  expect(echo({ ...now, time: seoul }, 'en')).toContain('2026-11-20 00:00');
});

test('whatever was left out is said', () => {
  const except: Plan['except'] = {
    actors: [{ kind: 'root', value: 'root' }],
    accounts: ['111122223333'],
    regions: ['ap-northeast-2'],
    via: ['iac'],
    eventNames: ['RunInstances'],
    eventSources: ['kms.amazonaws.com'],
    resources: ['i-0abc'],
    addresses: ['203.0.113.0/24'],
  };
  for (const key of Object.keys(except) as (keyof typeof except)[]) {
    const only = { ...nothingExcepted(), [key]: except[key] };
    const told = echo(soundPlan({ except: only }), 'en');
    const [value] = except[key];
    expect(told).toMatch(/ · except /);
    expect(told).toContain(typeof value === 'string' ? value : 'by root');
    expect(echo(soundPlan({ except: only }), 'ko')).toMatch(/ 제외/);
  }
});

test('plans that differ are told differently', () => {
  const shapes = Plan.shape.shape.options.map((shape) => echo(soundPlan({ shape }), 'ko'));
  expect(new Set(shapes).size).toBe(shapes.length);
});
