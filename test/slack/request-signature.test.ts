import { createHmac } from 'node:crypto';
import { refusalOfRequest, type SignedRequest } from '../../src/slack/request-signature.ts';
import { openStore } from '../../src/store/sqlite.ts';

/** The example of Slack's own documentation ("Verifying requests from Slack"). */
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const TIME = '1531420618';
const BODY =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
const SIGNATURE = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
const FORM = 'application/x-www-form-urlencoded';

const bytes = (text: string) => new TextEncoder().encode(text);
const sign = (time: string, body: string, secret = SECRET) =>
  `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`;

function request(different: { [name: string]: string | null } = {}, body = BODY): SignedRequest {
  const headers = {
    'X-Slack-Request-Timestamp': TIME,
    'X-Slack-Signature': SIGNATURE,
    'Content-Type': FORM,
    ...different,
  };
  return {
    headers: Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [[name, value] as [string, string]],
    ),
    body: bytes(body),
  };
}

const now = new Date(Number(TIME) * 1_000);
const never = async () => true;
const verdict = (signed: SignedRequest, at = now, secrets = [SECRET]) =>
  refusalOfRequest(signed, { secrets, now: at, firstTime: never });
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

test('the example of Slack itself is taken', async () => {
  expect(await verdict(request())).toBeNull();
  const lower = request();
  lower.headers = lower.headers.map(([name, value]) => [name.toLowerCase(), value]);
  expect(await verdict(lower)).toBeNull();
});

test.each([
  [300, null],
  [301, 'too-old'],
  [86_400, 'too-old'],
  [-300, null],
  [-301, 'from-the-future'],
  [-86_400, 'from-the-future'],
])('%i seconds later by our clock: %j', async (seconds, expected) => {
  expect(await verdict(request(), after(seconds))).toBe(expected);
});

test.each([
  ['no signature', { 'X-Slack-Signature': null }, 'no-signature'],
  ['no time', { 'X-Slack-Request-Timestamp': null }, 'no-signature'],
  ['an empty signature', { 'X-Slack-Signature': '' }, 'no-signature'],
  ['another signature', { 'X-Slack-Signature': `v0=${'a'.repeat(64)}` }, 'wrong-signature'],
  ['a short signature', { 'X-Slack-Signature': SIGNATURE.slice(0, -1) }, 'wrong-signature'],
  ['a long signature', { 'X-Slack-Signature': `${SIGNATURE}0` }, 'wrong-signature'],
  [
    'two signs of equality',
    { 'X-Slack-Signature': SIGNATURE.replace('=', '==') },
    'wrong-signature',
  ],
  ['a second part', { 'X-Slack-Signature': `${SIGNATURE}=x` }, 'wrong-signature'],
  ['another version', { 'X-Slack-Signature': SIGNATURE.replace('v0', 'v1') }, 'wrong-signature'],
  ['capital digits', { 'X-Slack-Signature': SIGNATURE.toUpperCase() }, 'wrong-signature'],
  ['a time that is no number', { 'X-Slack-Request-Timestamp': 'now' }, 'unreadable-time'],
  ['a time with a fraction', { 'X-Slack-Request-Timestamp': `${TIME}.0` }, 'unreadable-time'],
  ['a time in hexadecimal', { 'X-Slack-Request-Timestamp': '0x5b47a00a' }, 'unreadable-time'],
  ['an exponent', { 'X-Slack-Request-Timestamp': '1e9' }, 'unreadable-time'],
  ['a negative time', { 'X-Slack-Request-Timestamp': '-1' }, 'unreadable-time'],
  ['another kind of body', { 'Content-Type': 'text/plain' }, 'wrong-content-type'],
  ['no kind of body', { 'Content-Type': null }, 'wrong-content-type'],
])('%s is refused', async (_, different, expected) => {
  expect(await verdict(request(different))).toBe(expected);
});

test('a time that is not a number is refused although it was signed', async () => {
  for (const time of ['NaN', 'Infinity', ' ', '١٢٣٤٥٦٧٨٩٠', `${TIME} `.trimEnd().concat('x')]) {
    const signed = request({
      'X-Slack-Request-Timestamp': time,
      'X-Slack-Signature': sign(time, BODY),
    });
    expect(await verdict(signed)).toMatch(/unreadable-time|no-signature/);
  }
});

test.each(['x-slack-signature', 'X-Slack-Request-Timestamp', 'content-type'])(
  '%s that is there twice is refused, whichever of the two is right',
  async (name) => {
    const twice = request();
    twice.headers.push([name, 'anything']);
    expect(await verdict(twice)).toBe('header-twice');
    twice.headers.reverse();
    expect(await verdict(twice)).toBe('header-twice');
  },
);

test('any byte of the body that is turned is found, and so is a body that was decoded and encoded again', async () => {
  const body = bytes(BODY);
  for (let at = 0; at < body.length; at += 1) {
    const turned = body.slice();
    turned[at] = (turned[at] ?? 0) ^ 1;
    expect(await verdict({ ...request(), body: turned })).toBe('wrong-signature');
  }
  const anew = new URLSearchParams(BODY).toString();
  const spaced = request({ 'X-Slack-Signature': sign(TIME, 'text=a%20b') }, 'text=a%20b');
  expect(await verdict(spaced)).toBeNull();
  expect(await verdict({ ...spaced, body: bytes('text=a+b') })).toBe('wrong-signature');
  expect(anew).toBe(BODY);
});

test('bytes that are no text are signed as they are', async () => {
  const body = Uint8Array.from([0xff, 0xfe, 0, 0x80]);
  const hmac = createHmac('sha256', SECRET).update(`v0:${TIME}:`).update(body).digest('hex');
  const signed = { ...request({ 'X-Slack-Signature': `v0=${hmac}` }), body };
  expect(await verdict(signed)).toBeNull();
});

test('while a secret is being replaced both are good; none and an empty one are good for nothing', async () => {
  expect(await verdict(request(), now, ['the-new-one', SECRET])).toBeNull();
  expect(await verdict(request(), now, ['the-new-one'])).toBe('wrong-signature');
  expect(await verdict(request(), now, [])).toBe('wrong-signature');
  const forged = request({ 'X-Slack-Signature': sign(TIME, BODY, '') });
  expect(await verdict(forged, now, [''])).toBe('wrong-signature');
});

test('a body larger than any of Slack’s is not even looked at', async () => {
  const body = 'x'.repeat(1_000_001);
  const signed = request({ 'X-Slack-Signature': sign(TIME, body) }, body);
  expect(await verdict(signed)).toBe('too-large');
});

test('the same request is taken once, for as long as any clock would take it', async () => {
  const clock = { now };
  const store = openStore(':memory:', () => clock.now);
  const again = (signed = request()) =>
    refusalOfRequest(signed, { secrets: [SECRET], now: clock.now, firstTime: store.firstTime });
  clock.now = after(-300);
  expect(await again()).toBeNull();
  expect(await again()).toBe('replayed');
  clock.now = after(299);
  expect(await again()).toBe('replayed');
  // Nobody without the secret takes up room in the memory.
  expect(await again(request({ 'X-Slack-Signature': `v0=${'b'.repeat(64)}` }))).toBe(
    'wrong-signature',
  );
  const other = request({ 'X-Slack-Signature': sign(TIME, 'another') }, 'another');
  expect(await again(other)).toBeNull();
  store.close();
});
