import { echo } from '../../../src/core/questions/echo.ts';
import { exactForm, parseExactForm } from '../../../src/core/questions/exact-form.ts';
import { understand } from '../../../src/core/questions/understand.ts';
import { asked, planned } from './phrases.ts';

const now = '2024-08-01T14:30:00Z';
const vocabulary = { accounts: [], people: [] };
const utc = { now, timeZone: 'UTC' };

describe('what is only asked about what is found chooses no events', () => {
  test.each([
    ['who launched i-0aa11bb22cc33dd44', ', which instance type?'],
    ['who launched i-0aa11bb22cc33dd44', ' - type & ami?'],
    ['who launched i-0aa11bb22cc33dd44', '? did it succeed'],
    ['who launched i-0aa11bb22cc33dd44', ' and did it work?'],
    ['i-0aa11bb22cc33dd44 누가 띄웠어?', ' 인스턴스 타입이 뭐였어요?'],
    ['i-0aa11bb22cc33dd44 누가 띄웠어?', ' 성공했나요?'],
    ['i-0aa11bb22cc33dd44 띄운 사람', '이랑 인스턴스 타입'],
  ])('%s%s', (question, beside) => {
    expect(planned(`${question}${beside}`, utc)).toEqual(planned(question, utc));
  });

  test.each(['who launched instances of type t2.micro', 'who deleted snapshots, buckets?'])(
    'beside a value, or as the thing itself, the words stay, and are asked back: “%s”',
    (question) => {
      expect(asked(question, utc)).toEqual({ unclear: expect.anything() });
    },
  );

  test('a name that ends in such a word stays a name, a wish for an outcome a wish', () => {
    expect(planned('who deleted prod-role', utc)).toMatchObject({ resources: ['prod-role'] });
    expect(planned('did alice succeed in deleting bucket reports-2024', utc)).toMatchObject({
      outcome: 'ok',
    });
  });
});

describe('several of whom any may have acted', () => {
  test.each([
    'what did alice and bob delete yesterday',
    'what did alice or bob delete yesterday',
    'alice랑 bob이 어제 삭제한 것',
  ])('“%s”', (question) => {
    expect(planned(question, utc)).toMatchObject({
      actor: { kind: 'name', value: 'alice' },
      alsoActors: [{ kind: 'name', value: 'bob' }],
      verbs: ['delete'],
      resources: [],
    });
  });

  test('they are echoed, written down and read back', () => {
    const plan = planned('what did alice or bob delete yesterday', utc);
    expect(echo(plan, 'en')).toContain('by alice or by bob');
    expect(parseExactForm(exactForm(plan), { ...utc, vocabulary })).toEqual({ plan });
    expect(parseExactForm('verb:delete also-actor:name=bob', { ...utc, vocabulary })).toMatchObject(
      { odd: expect.any(String) },
    );
  });

  test('things that are joined stay things', () => {
    expect(asked('who deleted bucket alpha-1 and bucket beta-2', utc)).not.toMatchObject({
      plan: { actor: { value: 'alpha-1' } },
    });
  });
});

describe('at least so many', () => {
  test.each([
    ['accounts with more than 20 calls by alice today', 21, 'account'],
    ['which users were denied at least 5 times this week', 5, 'actor'],
    ['오늘 호출 30번 이상인 계정', 30, 'account'],
  ])('“%s”', (question, atLeast, group) => {
    expect(planned(question, utc)).toMatchObject({ shape: 'count', atLeast, groupBy: [group] });
  });

  test('it is echoed, written down and read back', () => {
    const plan = planned('accounts with more than 20 calls by alice today', utc);
    expect(echo(plan, 'en')).toContain('21 or more');
    expect(echo(plan, 'ko')).toContain('21건 이상');
    expect(parseExactForm(exactForm(plan), { ...utc, vocabulary })).toEqual({ plan });
  });

  test('where nothing is grouped the number is asked back, not dropped', () => {
    expect(asked('who deleted more than 5 instances', utc)).toEqual({ unclear: expect.anything() });
  });
});

test.each([
  ['security group changes before 1pm today', '2024-08-01T00:00 2024-08-01T13:00'],
  ['오늘 오후 1시 이전 보안 그룹 변경 누가', '2024-08-01T00:00 2024-08-01T13:00'],
  ['who stopped i-0aa11bb22cc33dd44 2 hours ago', '2024-08-01T12:00 2024-08-01T14:30'],
  ['2시간 전에 i-0aa11bb22cc33dd44 누가 껐어', '2024-08-01T12:00 2024-08-01T14:30'],
  ['2024-08-01 12:20~12:40 버킷 누가 지웠어', '2024-08-01T12:20 2024-08-01T12:40'],
])('“%s”: %s', (question, range) => {
  const { time } = planned(question, utc);
  expect(`${time.from.slice(0, 16)} ${time.to.slice(0, 16)}`).toBe(range);
});

test('the particle of a time is not that of the name before it', () => {
  expect(planned('bob이 8월에 삭제한 것', utc).actor).toEqual({ kind: 'name', value: 'bob' });
});

test('whom something was given is no place', () => {
  expect(
    understand('who gave 123456789012 access to ami-0123456789abcdef0', { ...utc, vocabulary }),
  ).toMatchObject({ plan: { verbs: ['share'], accounts: 'all', alsoResources: ['123456789012'] } });
});
