import type { Answer } from '../../../src/core/evidence/answer.ts';
import { conclude } from '../../../src/core/evidence/conclude.ts';
import { type Recording, recordingMatters, weighed } from '../../../src/core/evidence/recording.ts';
import type { Stretch } from '../../../src/core/evidence/recording-as-of.ts';
import { recordingAsked } from '../../../src/core/evidence/recording-asked.ts';
import type { Searched } from '../../../src/core/evidence/source.ts';
import type { Selectors } from '../../../src/core/posture/facts.ts';
import { howMuch } from '../../../src/core/posture/recorded/event-sets.ts';
import type { Plan } from '../../../src/core/questions/plan.ts';
import { soundPlan } from './sound.ts';

const PLACE = { account: '111122223333', region: 'ap-northeast-2' };
const NOW = '2026-11-30T00:00:00Z';

function searched(categories: Searched['categories']): Searched {
  return {
    from: '2026-11-01T00:00:00Z',
    to: '2026-12-01T00:00:00Z',
    accounts: { searched: [PLACE.account], of: [PLACE.account] },
    regions: { searched: [PLACE.region], of: [PLACE.region] },
    categories,
    gaps: [],
    settledUntil: NOW,
  };
}

/** The answer to a search that found nothing, in a source that looked everywhere. */
function nothingIn(source: string, plan: Plan, language: 'en' | 'ko' = 'en'): Answer {
  const categories: Searched['categories'] =
    source === 'LookupEvents' ? ['management'] : ['management', 'data'];
  return conclude(
    { id: '1', question: '', language, echo: '', plan },
    [{ source, found: { events: [], searched: searched(categories) } }],
    new Map(),
  );
}

const stretch = (more: Partial<Stretch>): Stretch => ({
  from: '2026-11-01T00:00:00Z',
  to: '2026-12-01T00:00:00Z',
  least: 'all',
  most: 'all',
  began: null,
  ended: null,
  ...more,
});

function recorded(kind: 'data' | 'management', ...stretches: Stretch[]): Recording {
  const what = { en: 'data events (GetObject) of cards', ko: 'cards의 데이터 이벤트(GetObject)' };
  return { asked: [{ kind, what, places: [{ ...PLACE, stretches }] }], unread: [] };
}

const DATA = soundPlan({ eventNames: ['GetObject'], resources: ['cards'] });
const MANAGEMENT = soundPlan({ eventNames: ['TerminateInstances'] });
const began = {
  at: '2026-10-25T07:45:19Z',
  arn: 'arn:aws:cloudtrail:ap-northeast-2:111122223333:trail/audit',
  call: 'PutEventSelectors',
  eventID: 'b424913b-ae37-4ace-a0fc-5fb250b2dbbb',
  by: 'mina',
  sets: {},
};

describe('a no is weighed by what was recorded', () => {
  test('recorded throughout and searched: a no', () => {
    const answer = nothingIn('archive', DATA);
    expect(answer.verdict).toBe('none');
    expect(weighed(answer, recorded('data', stretch({})))).toMatchObject({
      verdict: 'none',
      coverage: { gaps: [] },
    });
  });

  test('recorded in part of the window: none visible, with when it was not', () => {
    const told = weighed(
      nothingIn('archive', DATA),
      recorded(
        'data',
        stretch({ to: '2026-11-10T00:00:00Z' }),
        stretch({ from: '2026-11-10T00:00:00Z', least: 'none', most: 'none', began }),
      ),
    );
    expect(told.verdict).toBe('none-visible');
    expect(told.coverage.gaps).toEqual([
      {
        ...PLACE,
        reason: expect.stringMatching(
          /^data events \(GetObject\) of cards were not recorded between 2026-11-10.* \(PutEventSelectors by mina at 2026-10-25T07:45:19Z, event b424913b/,
        ),
        ko: expect.stringContaining('기록되지 않았습니다'),
      },
    ]);
  });

  test.each(['en', 'ko'] as const)(
    'never recorded: it cannot be known, with the why (%s)',
    (language) => {
      const told = weighed(
        nothingIn('archive', DATA, language),
        recorded('data', stretch({ least: 'none', most: 'none', began })),
      );
      expect(told.verdict).toBe('unknowable');
      expect(told.reason).toContain('PutEventSelectors');
      expect(told.reason).toContain(
        language === 'ko' ? '기록되지 않았습니다' : 'were not recorded',
      );
    },
  );

  test('perhaps recorded: never a no, and never “not recorded”', () => {
    const told = weighed(
      nothingIn('archive', DATA),
      recorded('data', stretch({ least: 'none', most: 'all' })),
    );
    expect(told.verdict).toBe('none-visible');
    expect(told.coverage.gaps[0]?.reason).toMatch(/^whether .* is not known$/);
  });

  test('recorded, but only Event history was searched: it says where they are', () => {
    const told = weighed(nothingIn('LookupEvents', DATA), recorded('data', stretch({})));
    expect(told.verdict).toBe('unknowable');
    expect(told.reason).toContain('trails do record them');
    expect(told.reason).toContain('ingest');
  });

  test('an account whose trails nobody could read is a gap', () => {
    const told = weighed(nothingIn('archive', DATA), {
      ...recorded('data', stretch({})),
      unread: [{ account: '444455556666', reason: 'AccessDenied' }],
    });
    expect(told).toMatchObject({
      verdict: 'none-visible',
      coverage: { gaps: [{ account: '444455556666' }] },
    });
  });

  test('management events in an archive, while logging was stopped: none visible', () => {
    const stop = { ...began, call: 'StopLogging', by: 'bob' };
    const told = weighed(
      nothingIn('archive', MANAGEMENT),
      recorded('management', stretch({ least: 'none', most: 'none', began: stop })),
    );
    expect(told.verdict).toBe('none-visible');
    expect(told.coverage.gaps[0]?.reason).toContain('StopLogging by bob');
  });

  test('Event history has management events whatever trails record', () => {
    const answer = nothingIn('LookupEvents', MANAGEMENT);
    const told = weighed(answer, recorded('management', stretch({ least: 'none', most: 'none' })));
    expect(told).toMatchObject({ verdict: 'none', coverage: { gaps: [] } });
    expect(recordingMatters(answer, recordingAsked(MANAGEMENT))).toBe(false);
    expect(recordingMatters(nothingIn('archive', MANAGEMENT), recordingAsked(MANAGEMENT))).toBe(
      true,
    );
    expect(recordingMatters(nothingIn('LookupEvents', DATA), recordingAsked(DATA))).toBe(true);
  });
});

describe('what must have been recorded for a question to be answerable', () => {
  const basic = (values: string[], more: object = {}): Selectors => ({
    basic: [
      {
        readWriteType: 'All',
        managementEvents: true,
        excludedSources: [],
        dataResources: values.map((value) => ({ type: 'AWS::S3::Object', values: [value] })),
        ...more,
      },
    ],
  });
  const amount = (plan: Partial<Plan>, ...trails: Selectors[]) =>
    recordingAsked(soundPlan(plan)).map(({ kind, set }) => [kind, howMuch(trails, set(PLACE))]);

  test.each([
    [['cards'], 'arn:aws:s3:::cards/', 'all'],
    [['s3://cards/a/b'], 'arn:aws:s3:::cards/a/', 'all'],
    [['s3://cards/a/b'], 'arn:aws:s3:::cards/z/', 'none'],
    [['cards'], 'arn:aws:s3:::cards/a/', 'part'],
    [['cards'], 'arn:aws:s3:::cards-2/', 'none'],
    [['arn:aws:s3:::cards/x'], 'arn:aws:s3:::', 'all'],
    [[], 'arn:aws:s3:::cards/', 'part'],
  ])('objects of %j with a selector of %s: %s', (resources, value, expected) => {
    expect(amount({ eventNames: ['GetObject'], resources }, basic([value]))).toEqual([
      ['data', expected],
    ]);
  });

  test('reads are missing where only writes are chosen', () => {
    const writes = basic(['arn:aws:s3:::cards/'], { readWriteType: 'WriteOnly' });
    expect(amount({ eventNames: ['GetObject'], resources: ['cards'] }, writes)).toEqual([
      ['data', 'none'],
    ]);
    expect(amount({ eventNames: ['DeleteObject'], resources: ['cards'] }, writes)).toEqual([
      ['data', 'all'],
    ]);
  });

  test('a function is chosen by its whole ARN, in its own account and region', () => {
    const selectors: Selectors = {
      basic: [
        {
          readWriteType: 'All',
          managementEvents: false,
          excludedSources: [],
          dataResources: [
            {
              type: 'AWS::Lambda::Function',
              values: ['arn:aws:lambda:ap-northeast-2:111122223333:function:pay'],
            },
          ],
        },
      ],
    };
    expect(amount({ eventNames: ['Invoke'], resources: ['pay'] }, selectors)).toEqual([
      ['data', 'all'],
    ]);
    expect(amount({ eventNames: ['Invoke'], resources: ['payroll'] }, selectors)).toEqual([
      ['data', 'none'],
    ]);
  });

  test.each([
    ['Decrypt', { excludedSources: ['kms.amazonaws.com'] }, 'none'],
    ['TerminateInstances', { excludedSources: ['kms.amazonaws.com'] }, 'all'],
    ['GetSecretValue', { readWriteType: 'WriteOnly' }, 'none'],
    ['GetSecretValue', { readWriteType: 'ReadOnly' }, 'all'],
    ['TerminateInstances', { readWriteType: 'WriteOnly' }, 'all'],
  ])('%s with %j: %s', (name, more, expected) => {
    expect(amount({ eventNames: [name] }, basic([], more))).toEqual([['management', expected]]);
  });

  test('a question on both kinds needs both', () => {
    const kinds = recordingAsked(
      soundPlan({ eventNames: ['GetObject', 'PutBucketPolicy'], resources: ['cards'] }),
    ).map(({ kind }) => kind);
    expect(kinds).toEqual(['data', 'management']);
  });
});
