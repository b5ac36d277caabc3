import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { followUp, needsPrevious, type Previous } from '../../../src/core/questions/follow-up.ts';
import type { Plan } from '../../../src/core/questions/plan.ts';
import { wider } from '../../../src/core/questions/widen.ts';
import { planned, shared, vocabulary, withShared } from './phrases.ts';

const NOW = '2026-11-22T09:00:00.000Z';
const context = { now: NOW, timeZone: 'Asia/Seoul', vocabulary };
const INSTANCE = 'i-0dbc91f429e48eeed';

/** “who deleted i-0dbc… yesterday in prod?”, found to be Bob. */
function before(
  differs: Partial<Previous> = {},
  words = `who deleted ${INSTANCE} in prod`,
): Previous {
  return {
    plan: planned(words),
    callers: [{ kind: 'arn', value: 'arn:aws:sts::444455556666:assumed-role/ops/bob@example.com' }],
    resources: [INSTANCE],
    askedAt: NOW,
    ...differs,
  };
}

/** The slots in which the plan after the words differs from the one before. */
function change(words: string, previous = before()): Partial<Plan> {
  const heard = followUp(words, previous, context);
  if (heard === null || !('plan' in heard)) throw new Error(`${words}: ${JSON.stringify(heard)}`);
  const slots = Object.entries(heard.plan).filter(
    ([slot, value]) => JSON.stringify(value) !== JSON.stringify(previous.plan[slot as keyof Plan]),
  );
  return Object.fromEntries(slots);
}

const lastMonth = {
  time: {
    from: '2026-09-30T15:00:00.000Z',
    to: '2026-10-31T15:00:00.000Z',
    zone: 'Asia/Seoul',
    assumed: false,
  },
};

const yesterday = before({}, `who deleted ${INSTANCE} yesterday`);

describe('the time beside the one that was asked about', () => {
  const from = (day: string) => `2026-11-${day}T15:00:00.000Z`;

  test.each([
    ['and the day before that?', from('19'), from('20')],
    ['the day before', from('19'), from('20')],
    ['그 전날은?', from('19'), from('20')],
    ['and the next day?', from('21'), NOW],
    ['the week before that', from('08'), from('15')],
    ['그 전주는요?', from('08'), from('15')],
  ])('“%s”', (words, begin, end) => {
    expect(change(words, yesterday)).toEqual({
      time: { from: begin, to: end, zone: 'Asia/Seoul', assumed: false },
    });
  });

  test('beside a time that nobody named there is none', () => {
    const heard = followUp('and the day before that?', before(), context);
    expect(heard !== null && 'plan' in heard).toBe(false);
  });
});

test.each([
  ['and last month?', lastMonth],
  ['last month?', lastMonth],
  ['what about last month', lastMonth],
  ['지난달은?', lastMonth],
  ['그럼 지난달은요?', lastMonth],
  ['지난달', lastMonth],
  ['same for the dev account', { accounts: ['555566667777'] }],
  ['same for dev', { accounts: ['555566667777'] }],
  ['and in dev?', { accounts: ['555566667777'] }],
  ['개발 계정도', { accounts: ['555566667778'] }],
  ['개발 계정은?', { accounts: ['555566667778'] }],
  ['what about eu-west-1', { regions: ['eu-west-1'] }],
  ['eu-west-1?', { regions: ['eu-west-1'] }],
  ['서울 리전은?', { regions: ['ap-northeast-2'] }],
  ['all accounts', { accounts: 'all' }],
  ['전체 계정', { accounts: 'all' }],
  ['everywhere?', { accounts: 'all' }],
  ['only denied', { outcome: 'denied' }],
  ['거부된 것만', { outcome: 'denied' }],
  ['only failures please', { outcome: 'failed' }],
  ['실패한 것만 보여줘', { outcome: 'failed' }],
  ['only the successful ones', { outcome: 'ok' }],
  ['only console', { via: ['console'] }],
  ['콘솔에서만', { via: ['console'] }],
  ['via terraform?', { via: ['iac'] }],
  ['and from 203.0.113.10?', { addresses: ['203.0.113.10'] }],
  ['only writes', { readOnly: false }],
  ['oldest first', { order: 'oldest' }],
  ['per account', { shape: 'count', groupBy: ['account'] }],
  ['사람별로', { shape: 'count', groupBy: ['actor'] }],
  ['and by alice@example.com?', { actor: { kind: 'email', value: 'alice@example.com' } }],
  ['what about i-0aaaaaaaaaaaaaaa1?', { resources: ['i-0aaaaaaaaaaaaaaa1'] }],
  ['i-0aaaaaaaaaaaaaaa1도', { resources: ['i-0aaaaaaaaaaaaaaa1'] }],
  ['why?', { asks: 'why' }],
  ['왜?', { asks: 'why' }],
  ['언제?', { asks: 'when' }],
  ['only denied in dev', { outcome: 'denied', accounts: ['555566667777'] }],
  ['last month in all accounts', { ...lastMonth, accounts: 'all' }],
])('%s changes %j', (words, expected) => {
  const slots = change(words);
  // “only denied in dev” is two changes and no more.
  expect(slots).toEqual(expected);
});

test.each([
  ['include denied', 'any'],
  ['거부된 것도 포함해서', 'any'],
  ['거부된 것도', 'any'],
  ['거부된 것도요', 'any'],
  ['실패한 것까지', 'any'],
  ['the denied ones too', 'any'],
  ['and failed as well', 'any'],
])('%s takes the restriction away', (words, outcome) => {
  const previous = before({}, `who successfully deleted ${INSTANCE} in prod`);
  expect(previous.plan.outcome).toBe('ok');
  expect(change(words, previous)).toEqual({ outcome });
});

test.each(['who else?', '또 누구?', 'anyone else?', '그 외에 누구?'])(
  '%s asks for people that were not named yet',
  (words) => {
    const previous = before();
    expect(change(words, previous)).toEqual({
      except: { ...previous.plan.except, actors: previous.callers },
    });
    const alice: Plan['actor'] = { kind: 'name', value: 'alice' };
    const asked = before({ plan: { ...previous.plan, actor: alice } });
    expect(change(words, asked)).toMatchObject({ actor: null, except: { actors: [alice] } });
    const nobody = followUp(words, before({ callers: [] }), context);
    expect(nobody).toEqual({ notUnderstood: expect.any(String) });
  },
);

test('whoever is named next takes the place of all who were named before', () => {
  const [alice, bob] = ['alice', 'bob'].map((value) => ({ kind: 'name' as const, value }));
  if (!alice || !bob) throw new Error('nobody');
  const { plan } = before();
  const asked = before({ plan: { ...plan, actor: alice, alsoActors: [bob] } });
  expect(change('who else?', asked)).toMatchObject({
    actor: null,
    alsoActors: [],
    except: { actors: [alice, bob] },
  });
  expect(change('only by carol@example.com', asked)).toEqual({
    actor: { kind: 'email', value: 'carol@example.com' },
    alsoActors: [],
  });
});

test.each(['show more', 'more', '더 보여줘', 'show me the rest', '나머지도 보여줘', 'next page'])(
  '%s goes on with the list',
  (words) => {
    expect(followUp(words, before(), context)).toEqual({ act: 'more' });
  },
);

test.each([
  ...['export as csv', 'CSV로 내보내줘', 'CSV로', 'csv please', 'can you export it as csv?'],
  ...['download as excel', '엑셀로 뽑아줘', 'export', '내보내줘'],
])('%s wants the whole list', (words) => {
  expect(followUp(words, before(), context)).toEqual({ act: 'csv' });
});

test('run again asks up to now where the window ended at the moment of asking', () => {
  const later = { ...context, now: '2026-11-23T09:00:00.000Z' };
  const again = followUp('run again', before(), later);
  expect(again).toMatchObject({
    plan: { time: { from: '2026-08-25T09:00:00.000Z', to: later.now, assumed: true } },
  });
  const since = before({}, `who deleted ${INSTANCE} since monday`);
  expect(followUp('다시', since, later)).toMatchObject({
    plan: { time: { from: since.plan.time.from, to: later.now } },
  });
  const past = before({}, `who deleted ${INSTANCE} last month`);
  expect(followUp('again', past, later)).toEqual({ plan: past.plan });
});

test.each([
  ['and who created it?', 'create'],
  ['who created it?', 'create'],
  ['그거 누가 만들었어?', 'create'],
  ['그건 누가 만들었어?', 'create'],
  ['who stopped it yesterday?', 'stop'],
])('%s is about the thing of the answer before, in the same place', (words, verb) => {
  const heard = followUp(words, before(), context);
  expect(heard).toMatchObject({
    plan: { verbs: [verb], resources: [INSTANCE], accounts: ['444455556666'] },
  });
});

test('the thing may be one that only the answer named', () => {
  const previous = before({ resources: ['finance-reports'] }, 'who deleted a bucket in prod');
  expect(followUp('and who created it?', previous, context)).toMatchObject({
    plan: { verbs: ['create'], resources: ['finance-reports'], resourceType: 'bucket' },
  });
});

test('where the answer named several things, it is asked which one', () => {
  const previous = before(
    { resources: ['i-0aaaaaaaaaaaaaaa1', 'i-0aaaaaaaaaaaaaaa2'] },
    'who deleted an instance in prod',
  );
  const heard = followUp('who created it?', previous, context);
  expect(heard).toMatchObject({
    unclear: {
      readings: [
        { plan: { resources: ['i-0aaaaaaaaaaaaaaa1'] } },
        { plan: { resources: ['i-0aaaaaaaaaaaaaaa2'] } },
      ],
    },
  });
});

test.each(['what else did he do yesterday?', '그 사람 어제 뭐 했어?'])(
  '%s is about whoever did it',
  (words) => {
    expect(followUp(words, before(), context)).toMatchObject({
      plan: { actor: { kind: 'arn', value: before().callers[0]?.value } },
    });
  },
);

test('a hostile name is never put into words', () => {
  const previous = before({ resources: ['x" in dev "'] }, 'who deleted a bucket in prod');
  expect(followUp('who created it?', previous, context)).toEqual({
    unclear: { question: expect.any(String), readings: [] },
  });
});

test.each([
  'who created bucket finance-reports?',
  'finance-reports 버킷 누가 만들었어?',
  'did anyone stop cloudtrail?',
  'what did alice@example.com do yesterday?',
  'who got access denied today?',
  'verb:delete resource:i-0abc1234def567890',
  'how many instances were terminated yesterday by account',
  'frobnicate the quux',
  '',
])('“%s” is a question of its own', (words) => {
  expect(followUp(words, before(), context)).toBeNull();
});

test('a question of its own may begin with “and”', () => {
  const heard = followUp('and who created bucket finance-reports last month?', before(), context);
  expect(heard).toMatchObject({ plan: { verbs: ['create'], resources: ['finance-reports'] } });
});

test('what may be the same question or a new one is asked back with both', () => {
  const heard = followUp('i-0aaaaaaaaaaaaaaa1?', before(), context);
  expect(heard).toMatchObject({
    unclear: {
      readings: [
        { plan: { verbs: ['delete'], resources: ['i-0aaaaaaaaaaaaaaa1'] } },
        { plan: { verbs: [], resources: ['i-0aaaaaaaaaaaaaaa1'] } },
      ],
    },
  });
});

test.each(['and not in frobnia?', 'same for the frobnicated account', 'only the blue ones'])(
  '“%s” restricts in a way that is not understood, and is never dropped',
  (words) => {
    const heard = followUp(words, before(), context);
    expect(heard === null || 'unclear' in heard).toBe(true);
  },
);

test('a negation never turns into its opposite', () => {
  for (const words of ['not denied', 'and not the denied ones', 'without failures']) {
    const heard = followUp(words, before(), context);
    const plan = heard && 'plan' in heard ? heard.plan : null;
    expect(['denied', 'failed']).not.toContain(plan?.outcome);
  }
});

test('what is said of an answer that is gone is known as such', () => {
  for (const words of ['show more', 'export as csv', 'who else?', '더 보여줘', '또 누구?', 'CSV로'])
    expect(needsPrevious(words)).toBe(true);
  for (const words of ['who deleted i-0abc?', 'last month', 'help', '누가 지웠어?'])
    expect(needsPrevious(words)).toBe(false);
});

test('windows widen step by step, up to what can be searched', () => {
  const at = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
  const plan = (from: string, to = NOW) => ({
    ...before().plan,
    time: { from, to, zone: 'UTC', assumed: false },
  });
  const next = (from: string, to?: string, reach?: string) =>
    wider(plan(from, to), NOW, reach)?.time.from;
  expect(next(at(0.5))).toBe(at(1));
  expect(next(at(1))).toBe(at(7));
  expect(next(at(2), at(1))).toBe(at(7));
  expect(next(at(7))).toBe(at(30));
  expect(next(at(30))).toBe(at(90));
  expect(next(at(90))).toBeUndefined();
  expect(next(at(90), undefined, at(200))).toBe(at(200));
  expect(next(at(200), undefined, at(200))).toBeUndefined();
});

const phrasings = withShared
  ? (
      JSON.parse(readFileSync(join(shared, 'question-phrasings.json'), 'utf8')) as {
        kind: string;
        en: string[];
        ko: string[];
      }[]
    ).filter(({ kind }) => kind === 'follow-up')
  : [];

test('every phrasing of a follow-up works', () => {
  if (!withShared) {
    console.warn('../shared/data is absent: the given phrasings of follow-ups are not tested');
    return;
  }
  const all = phrasings.flatMap(({ en, ko }) => [...en, ...ko]);
  expect(all.length).toBeGreaterThan(5);
  const lost = all.filter((words) => {
    const heard = followUp(words, before(), context);
    return heard === null || !('plan' in heard || 'act' in heard);
  });
  expect(lost).toEqual([]);
});
