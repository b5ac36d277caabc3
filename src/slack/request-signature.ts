/**
 * Does a request over HTTP come from Slack, now, and for the first time? Socket Mode has no signatures; this
 * is for the Lambda and any other HTTP endpoint. Stricter than Bolt's receiver, which takes requests that are
 * dated into the future, and the same request twice.
 */

/** A request as it arrived: every header as it was sent, and the bytes of the body before anything read them. */
export type SignedRequest = { headers: [name: string, value: string][]; body: Uint8Array };

export type Unsigned =
  | 'too-large'
  | 'wrong-content-type'
  | 'no-signature'
  | 'header-twice'
  | 'unreadable-time'
  | 'too-old'
  | 'from-the-future'
  | 'wrong-signature'
  | 'replayed';

export type Verifying = {
  /** The signing secret; while it is being replaced, the new one and the old one. */
  secrets: string[];
  now: Date;
  /** True for the first time that this key is seen within so many seconds. */
  firstTime(key: string, ttlSeconds: number): Promise<boolean>;
};

/** Slack's own documents say five minutes; its clock and ours may differ both ways. */
const WINDOW_SECONDS = 300;
/** Twice the window: a request is remembered for as long as any clock would take it. */
const REMEMBERED_SECONDS = 600;
/** Slack's largest payloads are some hundred kilobytes. */
const MOST_BYTES = 1_000_000;

const TIME = 'x-slack-request-timestamp';
const SIGNATURE = 'x-slack-signature';
const TYPES = ['application/json', 'application/x-www-form-urlencoded'];

/** Null for a request that Slack signed with one of the secrets just now; else why it is none. */
export async function refusalOfRequest(
  { headers, body }: SignedRequest,
  { secrets, now, firstTime }: Verifying,
): Promise<Unsigned | null> {
  if (body.length > MOST_BYTES) return 'too-large';
  const all = (name: string) =>
    headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value.trim());
  const [times, signatures, types] = [all(TIME), all(SIGNATURE), all('content-type')];
  if ([times, signatures, types].some(({ length }) => length > 1)) return 'header-twice';
  const [time, signature] = [times[0], signatures[0]];
  if (!time || !signature) return 'no-signature';
  if (!TYPES.includes((types[0] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''))
    return 'wrong-content-type';

  // Digits alone: what is no number must not pass as one that is never too old.
  if (!/^[1-9]\d{0,10}$/.test(time)) return 'unreadable-time';
  const age = now.getTime() / 1_000 - Number(time);
  if (age > WINDOW_SECONDS) return 'too-old';
  if (age < -WINDOW_SECONDS) return 'from-the-future';

  const given = /^v0=([0-9a-f]{64})$/.exec(signature)?.[1];
  if (!given || !(await isSigned(time, body, given, secrets))) return 'wrong-signature';
  // Last, so that nobody without the secret can fill the memory.
  return (await firstTime(`signed:${time}:${given}`, REMEMBERED_SECONDS)) ? null : 'replayed';
}

async function isSigned(
  time: string,
  body: Uint8Array,
  signature: string,
  secrets: string[],
): Promise<boolean> {
  const start = new TextEncoder().encode(`v0:${time}:`);
  const signed = new Uint8Array(start.length + body.length);
  signed.set(start);
  signed.set(body, start.length);
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const verdicts = await Promise.all(
    secrets
      .filter((secret) => secret !== '')
      .map(async (secret) => {
        const key = await crypto.subtle.importKey(
          'raw',
          new TextEncoder().encode(secret),
          { name: 'HMAC', hash: 'SHA-256' },
          false,
          ['verify'],
        );
        // Compares in constant time.
        return crypto.subtle.verify('HMAC', key, bytes, signed);
      }),
  );
  return verdicts.includes(true);
}
