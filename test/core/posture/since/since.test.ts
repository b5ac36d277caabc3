import fc from 'fast-check';
import type { JsonObject } from '../../../../src/core/json.ts';
import type { Finding } from '../../../../src/core/posture/finding.ts';
import {
  type KeptState,
  presentRun,
  valueAt,
} from '../../../../src/core/posture/since/kept-states.ts';
import { makerOf, sinceWhen, stillHolds } from '../../../../src/core/posture/since/since.ts';
import type { Trace } from '../../../../src/core/posture/since/trace.ts';
import type { Write } from '../../../../src/core/posture/since/writes.ts';
import { session, soundEvent } from '../../evidence/sound.ts';
import { ARCHIVE, denied, failed, MANAGEMENT, ORG_TRAIL, READ_AT, seen } from '../sound.ts';

const BOB = {
  type: 'IAMUser',
  arn: `arn:aws:iam::${MANAGEMENT}:user/bob`,
  accountId: MANAGEMENT,
  userName: 'bob',
};

/** A call on the organization trail, by bob, in its home region. */
function call(eventTime: string, eventName: string, more: JsonObject = {}) {
  return soundEvent({
    eventID: `${eventTime} ${eventName}`,
    eventTime,
    eventName,
    eventSource: 'cloudtrail.amazonaws.com',
    awsRegion: 'us-east-1',
    recipientAccountId: MANAGEMENT,
    userIdentity: BOB,
    requestParameters: { name: 'org-trail' },
    ...more,
  });
}

function update(eventTime: string, enableLogFileValidation: boolean, more: JsonObject = {}) {
  return call(eventTime, 'UpdateTrail', {
    requestParameters: { name: 'org-trail', enableLogFileValidation },
    ...more,
  });
}

function state(at: string, value: KeptState['value'], deleted = false): KeptState {
  return { at, value, deleted };
}

function kept(states: KeptState[], more: { complete?: boolean; none?: 'not-recorded' } = {}) {
  return seen({ states, complete: true, ...more });
}

/** Validation was on, and Config captured at 14:09 that it is off. */
const OFF = [state('2026-11-17T14:09:00Z', false), state('2026-09-01T00:00:00Z', true)];

function trace(differs: Partial<Trace> & { found?: Trace['events']['found'] } = {}): Trace {
  const { found = [update('2026-11-17T14:05:00Z', false)], ...more } = differs;
  return {
    type: 'AWS::CloudTrail::Trail',
    account: MANAGEMENT,
    alsoFrom: [],
    region: 'us-east-1',
    names: [ORG_TRAIL],
    calls: ['CreateTrail', 'UpdateTrail'],
    change: 'configuration.logFileValidationEnabled',
    history: kept(OFF),
    events: { found, gaps: [], from: '2026-08-24T10:00:00.000Z' },
    issued: new Map(),
    recorder: 'recording',
    live: false,
    readAt: READ_AT,
    ...more,
  };
}

function gap(reason: string): Trace['events'] {
  return {
    found: [],
    gaps: [{ account: MANAGEMENT, region: 'us-east-1', reason }],
    from: '2026-08-24T10:00:00.000Z',
  };
}

test('since when and by whom: the call in the window of Config’s states', () => {
  expect(sinceWhen(trace())).toMatchObject({
    at: '2026-11-17T14:05:00Z',
    event: { eventName: 'UpdateTrail', person: 'bob', proof: 'direct' },
    detail: 'Since 2026-11-17T14:05:00Z: bob, UpdateTrail (proof: direct)',
    ko: '2026-11-17T14:05:00Z부터: bob, UpdateTrail (근거: 직접)',
  });
});

test('lesson 5 of what nobody has: before and after stand next to the call, with both sources', () => {
  const { evidence, event } = sinceWhen(trace());
  expect(evidence).toMatchObject([
    { api: 'cloudtrail:LookupEvents', fields: { eventID: event?.eventID, person: 'bob' } },
    {
      fields: {
        resourceType: 'AWS::CloudTrail::Trail',
        before: { configurationItemCaptureTime: '2026-09-01T00:00:00Z', value: true },
        after: { configurationItemCaptureTime: '2026-11-17T14:09:00Z', value: false },
      },
    },
  ]);
});

test('lesson 5: a resource that was deleted and made again is so since it was made again', () => {
  const states = [
    state('2026-11-17T14:09:00Z', false),
    state('2026-11-10T08:00:00Z', null, true),
    state('2026-09-01T00:00:00Z', false),
  ];
  const made = call('2026-11-17T14:05:00Z', 'CreateTrail', {
    responseElements: { name: 'org-trail', logFileValidationEnabled: false },
  });
  const told = sinceWhen(trace({ history: kept(states), found: [made] }));
  expect(told).toMatchObject({ event: { eventName: 'CreateTrail' }, at: '2026-11-17T14:05:00Z' });
  expect(told.evidence[1]?.fields).toMatchObject({
    before: { configurationItemStatus: 'ResourceDeleted' },
  });
});

test('what Config last saw deleted has no present state, and that is said', () => {
  const history = kept([state('2026-11-10T08:00:00Z', null, true)]);
  expect(sinceWhen(trace({ history })).detail).toContain('last saw it deleted, at 2026-11-10');
});

describe('which of several calls', () => {
  const early = update('2026-11-17T13:00:00Z', false, { eventID: 'early' });
  const late = update('2026-11-17T14:05:00Z', false, { eventID: 'late' });

  test.each<[string, Trace['events']['found'], string | undefined]>([
    ['the last before Config captured it', [early, late], 'late'],
    ['the one that wrote this value', [early, update('2026-11-17T14:06:00Z', true)], 'early'],
    [
      'the one that wrote this value, and not one that wrote another setting',
      [
        early,
        call('2026-11-17T14:06:00Z', 'UpdateTrail', {
          requestParameters: { name: 'org-trail', snsTopicName: 'x' },
        }),
      ],
      'early',
    ],
    ['the one that succeeded', [early, { ...late, outcome: 'AccessDenied' }], 'early'],
    [
      'the one on this trail',
      [
        early,
        update('2026-11-17T14:06:00Z', false, {
          requestParameters: { name: 'other', enableLogFileValidation: false },
        }),
      ],
      'early',
    ],
    ['the one in this account', [early, { ...late, account: '999999999999' }], 'early'],
    ['the one in this region', [early, { ...late, region: 'eu-west-1' }], 'early'],
    [
      'none that came before the last good state',
      [update('2026-08-31T00:00:00Z', false)],
      undefined,
    ],
    ['none of another name', [call('2026-11-17T14:05:00Z', 'StopLogging')], undefined],
  ])('%s', (_, found, eventID) => {
    expect(sinceWhen(trace({ found })).event?.eventID).toBe(eventID);
  });

  test('an administrator of CloudTrail changes the organization trail from its own account, by ARN', () => {
    const found = [
      update('2026-11-17T14:05:00Z', false, {
        recipientAccountId: ARCHIVE,
        requestParameters: { name: ORG_TRAIL, enableLogFileValidation: false },
      }),
    ];
    expect(sinceWhen(trace({ found })).event).toBeNull();
    expect(sinceWhen(trace({ found, alsoFrom: [ARCHIVE] })).event?.person).toBe('bob');
  });

  test('a call that says nothing of values may have written it', () => {
    const put = call('2026-11-17T14:05:00Z', 'PutEventSelectors', {
      requestParameters: { trailName: 'org-trail' },
    });
    const told = sinceWhen(trace({ calls: ['PutEventSelectors'], found: [put] }));
    expect(told.event?.eventName).toBe('PutEventSelectors');
  });

  test('a record that stands twice is one call', () => {
    expect(sinceWhen(trace({ found: [late, late] })).event?.eventID).toBe('late');
  });
});

describe('by whom is not known, and the reason is said', () => {
  const nobody = (differs: Parameters<typeof trace>[0]) => {
    const told = sinceWhen(trace({ found: [], ...differs }));
    expect(told.event).toBeNull();
    expect(told.ko).toMatch(/[가-힣]/);
    return told;
  };

  test('older than the ninety days of Event history', () => {
    const history = kept([
      state('2026-01-05T00:00:00Z', false),
      state('2025-09-01T00:00:00Z', true),
    ]);
    const told = nobody({ history });
    expect(told.at).toBe('2026-01-05T00:00:00Z');
    expect(told.detail).toContain('keeps nothing before 2026-08-24');
  });

  test('so since Config has recorded, or longer', () => {
    const told = nobody({ history: kept(OFF.slice(0, 1)) });
    expect(told.detail).toContain('Since 2026-11-17T14:09:00Z or longer');
  });

  test('the calls could not be read', () => {
    const told = nobody({ events: gap('ThrottlingException: Rate exceeded') });
    expect(told.detail).toContain('could not all be read: ThrottlingException');
    expect(told.evidence).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ error: expect.anything() }) }),
    );
  });

  test('no such call was made in the window', () => {
    expect(nobody({}).detail).toContain('has no CreateTrail, UpdateTrail on it between 2026-09-01');
  });

  test('the recorder was stopped', () => {
    const told = nobody({ recorder: 'stopped' });
    expect(told.detail).toContain('the recorder there is stopped: nothing after 2026-11-17');
  });
});

describe('without Config', () => {
  test.each<[string, Trace['history'], string]>([
    ['no such value is kept', null, 'keeps no state of it'],
    ['it was never recorded', kept([], { none: 'not-recorded' }), 'never recorded it'],
    ['it was refused', denied('AccessDenied: history'), 'AccessDenied: history'],
    ['it was throttled', failed('Throttling: slow'), 'Throttling: slow'],
  ])('the calls alone tell, and why they do is said: %s', (_, history, reason) => {
    const told = sinceWhen(trace({ history }));
    expect(told).toMatchObject({ at: '2026-11-17T14:05:00Z', event: { person: 'bob' } });
    expect(told.detail).toContain(reason);
  });

  test('it is so since the first of the latest calls that wrote the same', () => {
    const found = [
      update('2026-10-01T00:00:00Z', true),
      update('2026-10-02T00:00:00Z', false, { eventID: 'first' }),
      update('2026-10-03T00:00:00Z', false),
    ];
    expect(sinceWhen(trace({ history: null, found })).event?.eventID).toBe('first');
  });

  test('who wrote a thing last may have written what was there already, and is not accused', () => {
    const put = call('2026-11-17T14:05:00Z', 'PutEventSelectors', {
      requestParameters: { trailName: 'org-trail' },
    });
    const told = sinceWhen(
      trace({
        history: null,
        change: null,
        calls: ['PutEventSelectors', 'UpdateTrail'],
        found: [put],
      }),
    );
    expect(told.detail).toMatch(/^Last written 2026-11-17T14:05:00Z: bob, PutEventSelectors/);
    expect(told.detail).toContain('whether it was so before is not known');
    expect(told.ko).toContain('에 마지막으로 변경: bob');
  });

  test('an update of something else is no answer where nobody can tell what it wrote', () => {
    const calls = ['PutEventSelectors', 'UpdateTrail'];
    expect(sinceWhen(trace({ history: null, change: null, calls })).event).toBeNull();
    const only = sinceWhen(trace({ history: null, change: null, calls: ['UpdateTrail'] }));
    expect(only.event?.eventName).toBe('UpdateTrail');
  });

  test('and without calls nothing is known, which is told and not null', () => {
    const told = sinceWhen(trace({ history: denied('AccessDenied: no'), found: [] }));
    expect(told).toMatchObject({ at: '', event: null });
    expect(told.detail).toContain('Since when is not known; Config');
    expect(told.detail).toContain('AccessDenied: no');
  });
});

describe('where the call says one thing and Config another, both are told', () => {
  const on = kept([state('2026-09-01T00:00:00Z', true)]);

  test('Config has not captured the call yet, or its recorder was stopped', () => {
    const told = sinceWhen(trace({ history: on, recorder: 'stopped' }));
    expect(told).toMatchObject({ at: '2026-11-17T14:05:00Z', event: { person: 'bob' } });
    expect(told.detail).toContain('of 2026-09-01T00:00:00Z, is older and still shows true');
    expect(told.detail).toContain('the recorder there is stopped');
    expect(told.ko).toContain('아직 true');
  });

  test('of two calls that Config missed, the one that left what is there now', () => {
    const found = [update('2026-11-18T14:05:00Z', true), update('2026-11-19T14:05:00Z', false)];
    const told = sinceWhen(trace({ history: kept(OFF), found }));
    expect(told.at).toBe('2026-11-19T14:05:00Z');
  });

  test('no call is known, and Config still shows what is no longer so', () => {
    const told = sinceWhen(trace({ history: on, found: [] }));
    expect(told).toMatchObject({ at: '', event: null });
    expect(told.detail).toContain('Since some time after 2026-09-01T00:00:00Z');
  });

  test('a call that changed nothing since is no news', () => {
    const found = [
      update('2026-11-17T14:05:00Z', false, { eventID: 'maker' }),
      update('2026-11-20T00:00:00Z', false),
    ];
    expect(sinceWhen(trace({ found })).event?.eventID).toBe('maker');
  });
});

test('the person behind a session is found with its grade of proof', () => {
  const found = [
    update('2026-11-17T14:05:00Z', false, {
      userIdentity: session('AWSReservedSSO_Engineer_9f1e', 'bob@bora.example', {
        sessionContext: null,
      }),
    }),
  ];
  expect(sinceWhen(trace({ found }))).toMatchObject({
    event: { person: 'bob@bora.example', proof: 'declared' },
    detail: expect.stringContaining('(proof: declared)'),
  });
});

test('a name that is an attack is harmless in the text', () => {
  const userIdentity = { ...BOB, userName: 'bob\u202Eevil\u0007' };
  const told = sinceWhen(
    trace({ found: [update('2026-11-17T14:05:00Z', false, { userIdentity })] }),
  );
  expect(told.detail).toContain('bob\\u{202e}evil\\u{7}');
});

describe('what was found out is kept', () => {
  const finding = (since: Finding['since'], differs: Partial<Finding> = {}) =>
    ({ status: 'FAIL', detail: 'off', since, ...differs }) as Finding;
  const found = sinceWhen(trace());
  const unknown = sinceWhen(trace({ history: null, found: [] }));

  test.each<[string, Finding, string, boolean]>([
    ['with who it was', finding(found), READ_AT, true],
    [
      'of a finding that says something else by now',
      finding(found, { detail: 'x' }),
      READ_AT,
      false,
    ],
    ['of a finding that was mended in between', finding(found, { status: 'PASS' }), READ_AT, false],
    ['of nothing', finding(null), READ_AT, false],
    [
      'what could not be read is read again',
      finding(sinceWhen(trace({ events: gap('Throttling') }))),
      READ_AT,
      false,
    ],
    ['that nobody is known, for a day', finding(unknown), '2026-11-22T20:00:00.000Z', true],
    ['and not for longer', finding(unknown), '2026-11-23T20:00:00.000Z', false],
    ['since when, without by whom', finding(sinceWhen(trace({ found: [] }))), READ_AT, true],
    [
      'but not while the call may still be on its way',
      finding(
        sinceWhen(
          trace({
            found: [],
            history: kept([state('2026-11-22T09:50:00Z', false), OFF[1] as KeptState]),
          }),
        ),
      ),
      READ_AT,
      false,
    ],
  ])('%s', (_, was, readAt, holds) => {
    expect(stillHolds(was, { detail: 'off' }, readAt)).toBe(holds);
  });
});

describe('random histories', () => {
  const minute = (at: number) => new Date(Date.UTC(2026, 10, 1) + at * 60_000).toISOString();
  const value = fc.constantFrom<KeptState['value']>(true, false, null, 'key-1', { a: 1 });
  const states = fc
    .array(fc.record({ value, deleted: fc.boolean() }), { minLength: 1, maxLength: 12 })
    .map((all) => all.map((one, index) => ({ ...one, at: minute((all.length - index) * 10) })));

  test('the window is the one that an obvious search finds', () => {
    fc.assert(
      fc.property(states, (all) => {
        const run = presentRun(all);
        const [newest] = all as [KeptState];
        if (newest.deleted) return expect(run).toBeNull();
        const same = (one: KeptState) =>
          !one.deleted && JSON.stringify(one.value) === JSON.stringify(newest.value);
        // All starts of unbroken runs up to the newest; the oldest of them is the beginning.
        const starts = all.filter((_, index) => all.slice(0, index + 1).every(same));
        const first = starts.at(-1) as KeptState;
        return expect(run).toEqual({
          value: newest.value,
          by: first.at,
          before: all[all.indexOf(first) + 1] ?? null,
          newest: newest.at,
        });
      }),
    );
  });

  const wrote = fc.constantFrom('true', 'false', undefined);
  const writes = fc
    .uniqueArray(fc.record({ at: fc.nat(130), wrote }), { selector: ({ at }) => at, maxLength: 12 })
    .map((all) =>
      all
        .toSorted((a, b) => a.at - b.at)
        .map(
          ({ at, wrote: word }): Write => ({ at: minute(at), wrote: word, event: soundEvent() }),
        ),
    );

  test('the maker is the last fitting call in it, one that says so before one that does not', () => {
    fc.assert(
      fc.property(states, writes, (all, calls) => {
        const run = presentRun(all);
        if (!run) return;
        let said: Write | undefined;
        let silent: Write | undefined;
        for (const one of calls) {
          const inside = one.at <= run.by && (!run.before || one.at > run.before.at);
          if (inside && one.wrote === (run.value === true ? 'true' : 'false')) {
            if (typeof run.value !== 'string' && !isObject(run.value)) said = one;
          } else if (inside && one.wrote === undefined) silent = one;
        }
        expect(makerOf(run, calls)).toBe(said ?? silent);
      }),
    );
  });

  test('a world in which Config captures every change tells who made the last one', () => {
    const changes = fc.array(
      fc.record({ pause: fc.integer({ min: 10, max: 500 }), to: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(changes, fc.integer({ min: 1, max: 9 }), (all, lag) => {
        let at = 0;
        let now: boolean | null = null;
        let maker = '';
        const found: Trace['events']['found'] = [];
        const captured: KeptState[] = [];
        for (const { pause, to } of all) {
          at += pause;
          const event = update(minute(at), to);
          found.push(event);
          if (to === now) continue;
          now = to;
          maker = event.eventID;
          captured.unshift(state(minute(at + lag), to));
        }
        const told = sinceWhen(trace({ history: kept(captured), found, live: now ?? undefined }));
        expect(told.event?.eventID).toBe(maker);
      }),
    );
  });

  const isObject = (one: unknown) => typeof one === 'object' && one !== null;
});

test.each([
  ['configuration.logFileValidationEnabled', false],
  ['supplementaryConfiguration.BucketVersioningConfiguration.isMfaDeleteEnabled', true],
  ['configuration.absent.deeper', null],
  ['configuration.toString', null],
])('the value at %s', (path, value) => {
  const item = {
    configuration: { logFileValidationEnabled: false },
    supplementaryConfiguration: { BucketVersioningConfiguration: { isMfaDeleteEnabled: true } },
  };
  expect(valueAt(item, path)).toEqual(value);
});
