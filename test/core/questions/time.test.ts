import { asked, planned } from './phrases.ts';

/** Saturday, 3 August 2024, 18:00 in Seoul. */
const now = '2024-08-03T09:00:00Z';
const subject = 'bucket finance-reports';

function rangeOf(words: string, timeZone: string): string {
  const { time } = planned(`who deleted ${subject} ${words}`, { now, timeZone });
  return `${time.from.slice(0, 16)} ${time.to.slice(0, 16)}${time.assumed ? ' assumed' : ''}`;
}

test.each([
  ['', '2024-05-05T09:00 2024-08-03T09:00 assumed'],
  ['today', '2024-08-03T00:00 2024-08-03T09:00'],
  ['yesterday', '2024-08-02T00:00 2024-08-03T00:00'],
  ['the day before yesterday', '2024-08-01T00:00 2024-08-02T00:00'],
  ['last night', '2024-08-02T18:00 2024-08-03T06:00'],
  ['last night between 2am and 4am', '2024-08-03T02:00 2024-08-03T04:00'],
  ['yesterday afternoon', '2024-08-02T12:00 2024-08-02T18:00'],
  ['yesterday between 2pm and 4pm', '2024-08-02T14:00 2024-08-02T16:00'],
  ['yesterday at 3pm', '2024-08-02T15:00 2024-08-02T16:00'],
  ['this week', '2024-07-29T00:00 2024-08-03T09:00'],
  ['last week', '2024-07-22T00:00 2024-07-29T00:00'],
  ['in the past week', '2024-07-27T09:00 2024-08-03T09:00'],
  ['last month', '2024-07-01T00:00 2024-08-01T00:00'],
  ['in the last 24 hours', '2024-08-02T09:00 2024-08-03T09:00'],
  ['in the past three days', '2024-07-31T09:00 2024-08-03T09:00'],
  ['over the last 2 months', '2024-06-03T09:00 2024-08-03T09:00'],
  ['3 days ago', '2024-07-31T00:00 2024-08-01T00:00'],
  ['since monday', '2024-07-29T00:00 2024-08-03T09:00'],
  ['since saturday', '2024-08-03T00:00 2024-08-03T09:00'],
  ['last saturday', '2024-07-27T00:00 2024-07-28T00:00'],
  ['since aug 1', '2024-08-01T00:00 2024-08-03T09:00'],
  ['since december 24', '2023-12-24T00:00 2024-08-03T09:00'],
  ['on 2024-08-01', '2024-08-01T00:00 2024-08-02T00:00'],
  ['between 30 jul and 3 aug 2024', '2024-07-30T00:00 2024-08-03T09:00'],
  ['from 2024-07-01 to 2024-07-03', '2024-07-01T00:00 2024-07-04T00:00'],
  ['between 2024-08-01T10:00Z and 2024-08-01T11:00Z', '2024-08-01T10:00 2024-08-01T11:00'],
  ['in july', '2024-07-01T00:00 2024-08-01T00:00'],
  ['in may 2023', '2023-05-01T00:00 2023-06-01T00:00'],
  ['after aug 1', '2024-08-01T00:00 2024-08-03T09:00'],
  ['after 2024-08-01', '2024-08-01T00:00 2024-08-03T09:00'],
  ['after last tuesday', '2024-07-30T00:00 2024-08-03T09:00'],
  ['before aug 1', '2024-05-05T09:00 2024-08-01T00:00'],
  ['before yesterday', '2024-05-05T09:00 2024-08-02T00:00'],
  ['on the 1st', '2024-08-01T00:00 2024-08-02T00:00'],
  ['on the 7th', '2024-07-07T00:00 2024-07-08T00:00'],
  ['on the 31st', '2024-07-31T00:00 2024-08-01T00:00'],
  ['yesterday KST', '2024-08-01T15:00 2024-08-02T15:00'],
])('English, asked in UTC: “%s” is %s', (words, range) => {
  expect(rangeOf(words, 'UTC')).toBe(range);
});

test.each([
  ['오늘', '2024-08-02T15:00 2024-08-03T09:00'],
  ['어제', '2024-08-01T15:00 2024-08-02T15:00'],
  ['그제', '2024-07-31T15:00 2024-08-01T15:00'],
  ['어젯밤', '2024-08-02T09:00 2024-08-02T21:00'],
  ['어제 오후 3시~4시', '2024-08-02T06:00 2024-08-02T07:00'],
  ['어제 오후 2시부터 4시 사이에', '2024-08-02T05:00 2024-08-02T07:00'],
  ['오늘 새벽에', '2024-08-02T15:00 2024-08-02T21:00'],
  ['새벽 3시 반~4시', '2024-08-02T18:30 2024-08-02T19:00'],
  ['이번 주', '2024-07-28T15:00 2024-08-03T09:00'],
  ['지난주에', '2024-07-21T15:00 2024-07-28T15:00'],
  ['지난달', '2024-06-30T15:00 2024-07-31T15:00'],
  ['최근 24시간 안에', '2024-08-02T09:00 2024-08-03T09:00'],
  ['최근 7일 동안', '2024-07-27T09:00 2024-08-03T09:00'],
  ['3일 전', '2024-07-30T15:00 2024-07-31T15:00'],
  ['월요일부터', '2024-07-28T15:00 2024-08-03T09:00'],
  ['5월 24일(2023)에', '2023-05-23T15:00 2023-05-24T15:00'],
  ['2023년 5월 24일에', '2023-05-23T15:00 2023-05-24T15:00'],
  ['7월 30일부터 8월 2일까지', '2024-07-29T15:00 2024-08-02T15:00'],
  ['지난주 화요일에', '2024-07-22T15:00 2024-07-23T15:00'],
  ['이번 주 월요일에', '2024-07-28T15:00 2024-07-29T15:00'],
  ['저번주 금요일', '2024-07-25T15:00 2024-07-26T15:00'],
  ['지난주 화요일 오후에', '2024-07-23T03:00 2024-07-23T15:00'],
  ['7일에', '2024-07-06T15:00 2024-07-07T15:00'],
  ['8월 1일 이전에', '2024-05-05T09:00 2024-07-31T15:00'],
  ['8월 1일 이후에', '2024-07-31T15:00 2024-08-03T09:00'],
  ['7월에', '2024-06-30T15:00 2024-07-31T15:00'],
])('Korean, asked in Seoul: “%s” is %s', (words, range) => {
  const { time } = planned(`${words} finance-reports 버킷 누가 지웠어?`, {
    now,
    timeZone: 'Asia/Seoul',
  });
  expect(`${time.from.slice(0, 16)} ${time.to.slice(0, 16)}`).toBe(range);
});

test('a day has as many hours as the clocks of its zone give it', () => {
  const { time } = planned('who deleted a bucket yesterday', {
    now: '2026-03-30T12:00:00Z',
    timeZone: 'Europe/Berlin',
  });
  expect((Date.parse(time.to) - Date.parse(time.from)) / 3_600_000).toBe(23);
});

test.each([
  'on 03/04/2026',
  'on 3/4',
  'yesterday and last week',
  'on 2030-01-01',
  'on 30 feb 2024',
  'between 2 and 4',
  'tomorrow',
  'before aug 1 2020',
  'after the migration',
  'on the 32nd',
  'of the 3rd',
  'at 15:30',
])('“%s” can be read in several ways, or none: it is asked back', (words) => {
  expect(asked(`who deleted ${subject} ${words}`, { now, timeZone: 'UTC' })).toEqual({
    unclear: { question: expect.any(String), readings: expect.any(Array) },
  });
});

test.each([
  'sun-prod-bucket',
  'web-2024-01-02',
  'march-reports',
  'yesterday-logs',
  'backup-7d',
  'q3-2024-report',
])('the name %s holds no time', (name) => {
  const plan = planned(`who deleted bucket ${name}`, { now, timeZone: 'UTC' });
  expect(plan).toMatchObject({ resources: [name], time: { assumed: true } });
});

test.each(['who deleted the 3rd bucket', 'who deleted bucket 7th', '3번째 버킷 누가 지웠어?'])(
  '“%s”: an ordinal is no name and no day',
  (words) => {
    expect('plan' in asked(words, { now, timeZone: 'UTC' })).toBe(false);
  },
);

test('a range ends at the minute that ends it, and takes no letter of the word behind', () => {
  const { time } = planned('2026-11-20T05:00Z부터 2026-11-20T06:00Z까지 삭제');
  expect(time).toMatchObject({ from: '2026-11-20T05:00:00.000Z', to: '2026-11-20T06:00:00.000Z' });
  expect(planned('오늘 오전 9시부터 11시 반까지 에러 많은 서비스 순위')).toMatchObject({
    shape: 'count',
    outcome: 'failed',
    groupBy: ['source'],
  });
});

/** Sunday, 22 November 2026, 18:00 in Seoul. */
test.each([
  ['9월 초에 버킷 지운 사람', '2026-09-01 00:00', '2026-09-11 00:00'],
  ['지난달 말에 버킷 지운 사람', '2026-10-21 00:00', '2026-11-01 00:00'],
  ['11월 둘째 주에 버킷 지운 사람', '2026-11-09 00:00', '2026-11-16 00:00'],
  ['who deleted buckets week of nov 9', '2026-11-09 00:00', '2026-11-16 00:00'],
  ['early october bucket deletions', '2026-10-01 00:00', '2026-10-11 00:00'],
  ['11월 10일부터 12일까지 버킷 지운 사람', '2026-11-10 00:00', '2026-11-13 00:00'],
  ['who deleted buckets november 1-15', '2026-11-01 00:00', '2026-11-16 00:00'],
  ['11/3 오후에 버킷 지운 사람', '2026-11-03 12:00', '2026-11-04 00:00'],
  ['who deleted buckets on 11/14', '2026-11-14 00:00', '2026-11-15 00:00'],
  ['엊그제 버킷 지운 사람', '2026-11-20 00:00', '2026-11-21 00:00'],
  ['이틀 전 밤에 버킷 지운 사람', '2026-11-20 18:00', '2026-11-21 06:00'],
  ['그저께부터 오늘까지 버킷 지운 사람', '2026-11-20 00:00', '2026-11-22 18:00'],
  ['오늘 9시 반부터 버킷 지운 사람', '2026-11-22 09:30', '2026-11-22 18:00'],
  ['11월 18일 09시~11시 사이에 버킷 지운 사람', '2026-11-18 09:00', '2026-11-18 11:00'],
  [
    'who deleted buckets between 22:30 and 01:15 last night',
    '2026-11-21 22:30',
    '2026-11-22 01:15',
  ],
  ['who deleted buckets since noon', '2026-11-22 12:00', '2026-11-22 18:00'],
  ['자정 이후 버킷 지운 사람', '2026-11-22 00:00', '2026-11-22 18:00'],
  ['작년 12월 버킷 지운 사람', '2025-12-01 00:00', '2026-01-01 00:00'],
  ['어제 점심때 버킷 지운 사람', '2026-11-21 11:00', '2026-11-21 14:00'],
  ['연초부터 버킷 지운 사람', '2026-01-01 00:00', '2026-11-22 18:00'],
  ['who deleted buckets since the 20th', '2026-11-20 00:00', '2026-11-22 18:00'],
  ['who deleted buckets in 2026-10', '2026-10-01 00:00', '2026-11-01 00:00'],
  ['2026-11-20T10:00~12:00 버킷 지운 사람', '2026-11-20 10:00', '2026-11-20 12:00'],
  ['buckets deleted 2026-11-20T01:00Z/2026-11-20T02:30Z', '2026-11-20 10:00', '2026-11-20 11:30'],
])('“%s” is %s to %s in Seoul', (words, from, to) => {
  const { time } = planned(words);
  const instant = (local: string) => new Date(`${local.replace(' ', 'T')}:00+09:00`).toISOString();
  expect({ from: time.from, to: time.to }).toEqual({ from: instant(from), to: instant(to) });
});

test.each(['who deleted buckets on 3/4', '9시 반부터 버킷 지운 사람'])(
  '“%s” has two readings, and is asked back',
  (words) => {
    const understanding = asked(words, { now: '2026-11-22T14:00:00Z' });
    expect('plan' in understanding).toBe(false);
  },
);
