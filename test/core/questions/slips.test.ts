import fc from 'fast-check';
import { asked, planned } from './phrases.ts';

test.each([
  ['who delted i-0dbc91f429e48eeed', 'who deleted i-0dbc91f429e48eeed', 'delted'],
  [
    'who terminted i-0dbc91f429e48eeed yesteday',
    'who terminated i-0dbc91f429e48eeed yesterday',
    'yesteday',
  ],
  ['who deleetd the bucekt finance-reports', 'who deleted the bucket finance-reports', 'bucekt'],
  ['i-0dbc91f429e48eeed 누가 삭재했어', 'i-0dbc91f429e48eeed 누가 삭제했어', '삭재했어'],
])('“%s” is read as it was meant, and that is told', (typed, meant, slip) => {
  expect(planned(typed)).toEqual(planned(meant));
  expect(asked(typed)).toMatchObject({
    assumed: expect.arrayContaining([{ typed: slip, meant: expect.any(String) }]),
  });
});

test('what was typed rightly assumes nothing', () => {
  expect(asked('who deleted i-0dbc91f429e48eeed yesterday')).not.toHaveProperty('assumed');
});

test.each([
  'who cloned sg-04cfb7a4712d75b00',
  'who delegated i-0dbc91f429e48eeed',
  '오늘 날씨 어때',
])('“%s”: another word is no slip', (words) => {
  expect(asked(words)).not.toHaveProperty('plan');
});

test('names of accounts and people are offered, never assumed', () => {
  const understanding = asked('who deleted a bucket in prdo');
  if (!('unclear' in understanding)) throw new Error('not asked back');
  expect(understanding.unclear.question).toContain('prod');
  expect(understanding.unclear.readings.map(({ plan }) => plan.accounts)).toEqual([
    ['444455556666'],
  ]);
});

test('a name in quotes, an id and a name of a thing are never mended', () => {
  for (const name of ['"yesteday"', 'delted-logs', '`bukcet`'])
    expect(planned(`who deleted bucket ${name}`).resources).toEqual([name.replace(/["`]/g, '')]);
});

test('one letter left out of a verb changes no plan to another', () => {
  const verbs = [
    'deleted',
    'terminated',
    'created',
    'modified',
    'launched',
    'detached',
    'rebooted',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...verbs), fc.nat({ max: 9 }), (verb, at) => {
      const slip = verb.slice(0, 1 + at) + verb.slice(2 + at);
      const understanding = asked(`who ${slip} i-0dbc91f429e48eeed`);
      if ('plan' in understanding)
        expect(understanding.plan).toEqual(planned(`who ${verb} i-0dbc91f429e48eeed`));
    }),
  );
});

test.each([
  ['철수님이 지난주에 만든 버킷', { kind: 'email', value: 'chulsoo@example.com' }],
  ['철수가 어제 뭐 했어?', { kind: 'email', value: 'chulsoo@example.com' }],
  ['홍길동님이 그제 지운 것 좀 보여주세요', { kind: 'name', value: '홍길동' }],
  ['what did alice do yesterday', { kind: 'name', value: 'alice' }],
])('“%s”: the person who is called so', (words, actor) => {
  expect(planned(words).actor).toEqual(actor);
});

test('of several people with one name each is offered', () => {
  const vocabulary = {
    accounts: [],
    people: [
      { name: '김철수', email: 'chulsoo@example.com', slackId: null },
      { name: '박철수', email: 'cspark@example.com', slackId: null },
    ],
  };
  const understanding = asked('철수가 어제 뭐 했어?', { vocabulary });
  if (!('unclear' in understanding)) throw new Error('not asked back');
  expect(understanding.unclear.readings.map(({ plan }) => plan.actor?.value)).toEqual([
    'chulsoo@example.com',
    'cspark@example.com',
  ]);
});
