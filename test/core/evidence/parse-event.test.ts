import fc from 'fast-check';
import { leavesOf } from '../../../src/core/evidence/leaves.ts';
import { parseEvent, withoutVersion } from '../../../src/core/evidence/parse-event.ts';
import { soundEvent, soundRecord } from './sound.ts';

test.each([
  ['no userIdentity', { userIdentity: null }, { type: null, arn: null, accessKeyId: null }],
  [
    'an empty issuer',
    { userIdentity: { type: 'IAMUser', sessionContext: { sessionIssuer: {} } } },
    { type: 'IAMUser', sessionIssuerArn: null },
  ],
  ['an identity that is text', { userIdentity: 'somebody' }, { type: null, userName: null }],
])('a record with %s is read as far as it goes', (_, difference, caller) => {
  expect(soundEvent(difference).caller).toMatchObject(caller);
});

test.each([
  [true, true],
  ['true', true],
  ['False', false],
  ['perhaps', null],
  [undefined, null],
])('readOnly %p is %p', (readOnly, expected) => {
  expect(soundEvent({ readOnly: readOnly ?? null }).readOnly).toBe(expected);
});

test.each([
  ['2026-11-20T05:32:07Z', '2026-11-20T05:32:07Z'],
  ['2025-03-26 16:43:57.000000000', '2025-03-26T16:43:57Z'],
  ['2022-02-08 09:23:37+11:00', '2022-02-07T22:23:37Z'],
  ['eventTime', null],
  ['2026-99-99T99:99:99Z', null],
  [null, null],
])('the time %p is %p', (eventTime, expected) => {
  expect(soundEvent({ eventTime }).eventTime).toBe(expected);
});

test('a sign-in that failed without an error code has failed', () => {
  const { outcome } = soundEvent({
    eventName: 'ConsoleLogin',
    responseElements: { ConsoleLogin: 'Failure' },
    errorMessage: 'Failed authentication',
  });
  expect(outcome).toBe('Failure');
});

test('records without an id get one of their own, the same every time', () => {
  const one = soundEvent({ eventID: null });
  expect(one.eventID).toMatch(/^sha256-/);
  expect(soundEvent({ eventID: null }).eventID).toBe(one.eventID);
  expect(soundEvent({ eventID: null, awsRegion: 'eu-west-1' }).eventID).not.toBe(one.eventID);
});

test.each([
  [null, 'not a record but nothing'],
  [['x'], 'not a record but a list'],
  ['x', 'not a record but a string'],
  [{ hello: 'world' }, 'a JSON object without eventName and eventSource is no CloudTrail record'],
  [
    { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put' },
    'a notification of aws:s3, not a CloudTrail record',
  ],
])('%p is refused with the reason', (value, rejected) => {
  expect(parseEvent(value, 'test')).toEqual({ rejected });
});

test('nesting without end is set aside, nesting within reason is walked', () => {
  const deep = (levels: number) =>
    JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as object;
  expect(parseEvent(soundRecord({ requestParameters: deep(200_000) as never }), 'test')).toEqual({
    rejected: 'nested deeper than 100',
  });
  expect(leavesOf(soundEvent({ requestParameters: deep(50) as never }))).toHaveLength(1);
});

test('no JSON value makes the parser throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const record = {
        ...soundRecord(),
        userIdentity: one,
        eventTime: other,
        responseElements: one,
      };
      const parsed = parseEvent(record, 'test');
      if ('event' in parsed) leavesOf(parsed.event);
      parseEvent(one, 'test');
    }),
  );
});

test('every field survives a hostile value', () => {
  const hostile = [
    '<!channel> <@U01ALICE>',
    '\u202eevil\u2066',
    'x'.repeat(100_000),
    '__proto__',
    '%E0%A4%A',
    '{"a":',
  ];
  for (const value of hostile)
    for (const field of Object.keys(soundRecord())) {
      const parsed = parseEvent({ ...soundRecord(), [field]: value }, 'test');
      if ('event' in parsed) leavesOf(parsed.event);
    }
  const proto = JSON.parse('{"eventName":"X","__proto__":{"userIdentity":{"type":"Root"}}}');
  expect(parseEvent(proto, 'test')).toMatchObject({ event: { caller: { type: null } } });
});

test.each([
  ['CreateFunction20150331', 'CreateFunction'],
  ['UpdateFunctionCode20150331v2', 'UpdateFunctionCode'],
  ['CreateFunction2020_05_31', 'CreateFunction'],
  ['ListObjectsV2', 'ListObjectsV2'],
  ['RunInstances', 'RunInstances'],
])('%s without its API version is %s', (name, plain) => {
  expect(withoutVersion(name)).toBe(plain);
});
