import { crc32, gzipSync } from 'node:zlib';
import type { Json } from '../../src/core/json.ts';
import { recordsUntil } from '../evidence-records.ts';
import { uuid } from './archives.ts';

/** Throws dice that fall the same way for the same number. */
export type Dice = { below(many: number): number; one<T>(of: readonly T[]): T };

export function diceFrom(seed: number): Dice {
  let state = seed | 0;
  const below = (many: number) => {
    state = (state + 0x9e3779b9) | 0;
    let h = state ^ (state >>> 16);
    h = Math.imul(h, 0x21f0aaad);
    h ^= h >>> 15;
    h = Math.imul(h, 0x735a2d97);
    return ((h ^ (h >>> 15)) >>> 0) % many;
  };
  return { below, one: (of) => of[below(of.length)] as (typeof of)[number] };
}

/**
 * A log file as no trail would deliver it, but near to one: records with members twice, missing, of other
 * types and in other letters, odd white space, broken bytes, ends cut off, gzip files that lie.
 */
export function mutatedFile(dice: Dice): Buffer {
  const rate = dice.one([8, 25, 60, 200]);
  const many = dice.below(8) === 0 ? dice.below(60) : 1 + dice.below(4);
  const isLines = dice.below(4) === 0;
  const write = writer(dice, rate, isLines);
  const texts = Array.from({ length: many }, () => write(dice.one(RECORDS), 0));
  const space = () => (dice.below(6) === 0 ? dice.one(SPACES) : '');
  const text = isLines
    ? texts.join(dice.one(['\n', '\n', '\r\n', '\n\n', ' \n']))
    : `${space()}{${space()}"Records"${space()}:${space()}[${texts.join(`,${space()}`)}${space()}]${space()}}${dice.one(['', '', '', '', '\n', ' ', ' x', ',"Records":[]}'])}`;
  return zipped(damaged(Buffer.from(text), dice), dice);
}

const RECORDS = recordsUntil(new Date('2026-11-20T06:00:00Z'));
const SPACES = [' ', '\n', '\t', '\r\n', '  '];

/** Writes JSON, and something else in one of `rate` places. */
function writer(dice: Dice, rate: number, isLines: boolean) {
  const rarely = (times = 1) => dice.below(rate * times) === 0;
  const space = () => (isLines || dice.below(12) > 0 ? '' : dice.one(SPACES));
  const numbered = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const letters = (text: string) => {
    const usual = JSON.stringify(text);
    if (dice.below(40) > 0) return usual;
    const odd = text.split('').map((unit) =>
      // Half of a pair of surrogates can only be written as its number, and then so must the other.
      dice.below(4) === 0 || /\p{Surrogate}/u.test(unit)
        ? numbered(unit)
        : JSON.stringify(unit).slice(1, -1),
    );
    return `"${odd.join('')}"`;
  };
  const write = (value: Json, depth: number): string => {
    if (depth > 0 && rarely()) return dice.one(VALUES);
    if (typeof value === 'string') return letters(value);
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    if (Array.isArray(value))
      return `[${value.map((one) => space() + write(one, depth + 1) + space()).join(',')}${space()}]`;
    const members = Object.entries(value).map(
      ([name, one]) =>
        `${space()}${letters(name)}${space()}:${space()}${write(one, depth + 1)}${space()}`,
    );
    const somewhere = () => dice.below(members.length + 1);
    if (rarely()) members.splice(somewhere(), 0, `${letters(dice.one(NAMES))}:${dice.one(VALUES)}`);
    if (rarely(2) && members.length > 0) members.splice(somewhere(), 0, dice.one(members));
    if (rarely(2)) members.splice(somewhere(), 1);
    if (rarely(2)) members.sort(() => dice.below(3) - 1);
    return `{${members.join(',')}${space()}}`;
  };
  return write;
}

function damaged(bytes: Buffer, dice: Dice): Buffer {
  if (bytes.length > 0 && dice.below(10) === 0)
    for (let many = dice.below(3); many >= 0; many -= 1)
      bytes[dice.below(bytes.length)] = dice.one([
        0xff, 0xe2, 0xc3, 0x22, 0x5c, 0x2c, 0x7d, 0, 0x0a,
      ]);
  return dice.below(25) === 0 ? bytes.subarray(0, dice.below(bytes.length + 1)) : bytes;
}

function zipped(bytes: Buffer, dice: Dice): Buffer {
  const level = dice.one([0, 1, 6, 9]);
  const zip = (part: Buffer) => gzipSync(part, { level, strategy: dice.below(5) });
  const half = dice.below(bytes.length + 1);
  const file = zip(bytes);
  switch (dice.below(32)) {
    case 0:
      return Buffer.concat([zip(bytes.subarray(0, half)), zip(bytes.subarray(half))]);
    case 1:
      return Buffer.concat([file, file]);
    case 2: // Another checksum.
      file.writeUInt32LE((crc32(bytes) ^ (1 << dice.below(32))) >>> 0, file.length - 8);
      return file;
    case 3: // Another length.
      file.writeUInt32LE(dice.one([0, bytes.length + 1, half, 0xffffffff]), file.length - 4);
      return file;
    case 4:
      return file.subarray(0, dice.below(file.length + 1));
    case 5:
      return Buffer.concat([file, Buffer.from(dice.one(['x', '\0', '\x1f\x8b', '{}']))]);
    case 6: // A byte anywhere.
      file[dice.below(file.length)] = dice.below(256);
      return file;
    case 7: // A name behind the header.
      file[3] = 8;
      return Buffer.concat([file.subarray(0, 10), Buffer.from('a.json\0'), file.subarray(10)]);
    default:
      return dice.below(2) === 0 ? file : bytes;
  }
}

/** Members that something depends on, and some that nothing may depend on. */
const NAMES = [
  ...['eventID', 'eventTime', 'eventSource', 'eventName', 'awsRegion', 'recipientAccountId'],
  ...['errorCode', 'errorMessage', 'readOnly', 'eventCategory', 'eventType', 'sourceIPAddress'],
  ...['userAgent', 'sharedEventID', 'sessionCredentialFromConsole', 'userIdentity', 'resources'],
  ...['requestParameters', 'responseElements', 'serviceEventDetails', 'additionalEventData'],
  ...['credentials', 'accessKeyId', 'creationDate', 'sessionContext', 'arn', 'userName'],
  ...['principalId', 'ConsoleLogin', 'managementEvent', 'x', '__proto__', 'toString', 'Records'],
  ...['detail', 'message', 'CloudTrailEvent', '@message', 'Events', '', 'EventId', 'EventTime'],
];

const texts = (...list: string[]) => list.map((one) => JSON.stringify(one));

/** Values, as they are written, that some rule treats in its own way. */
const VALUES = [
  ...['null', 'true', 'false', '0', '-0', '1e999', '12345678', '123456789', '-123456789', '1.0'],
  ...['100000000000e-3', '1E5', '123456789012345678901', '9007199254740993', '{}', '[]', '[[]]'],
  ...['"\\u006eull"', '"\\ud83d"', '"\\ud83d\\ude00ab"', '"\\u0000abc"', '"\\u00e9tude"', '"\\/a"'],
  ...texts('', 'null', 'Success', 'Failure', 'arn:', 'arn:aws:iam::1:', 'arn:a:b:c:d:e:f/g'),
  ...texts('ARN:aws:iam::1:x', 'a@b', '@@@', 'x:y:z', 'a/b@c/d:e@f', '...', 'abc.', 'abc..'),
  ...texts('{"a":"i-12345678"}', ' {"a":["qwerty"]}', '%7B%22a%22%3A%22zxcvb%22%7D', '%zz', '100%'),
  ...texts('%41bc', '한글이름', 'É-name', '\u212aelvin', '10.1.2.3', '010.1.2.3', '::1'),
  ...texts('2026-01-31T05:32:07Z', '2026-02-31T05:32:07Z', '2026-11-20T05:32:07z'),
  ...texts('1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-11-20T24:00:00Z'),
  ...texts(uuid(7), uuid(7).toUpperCase().replace('4', 'A'), '****', 'ec2.amazonaws.com'),
  ...texts('AWS Internal', 'aws:x', 'Insight', 'DATA', 'NetworkX', 'AwsConsoleSignIn'),
  ...texts('AwsServiceEvent', 'Root', 'AccessDenied', 'on resource: arn:aws:s3:::abc/def'),
  ...texts("'quoted-thing' i-0123456789abcdef0", '"dq-thing" x', 'q'.repeat(639)),
  ...texts('w'.repeat(641), `${'w/'.repeat(700)}%`, '\r', 'true'),
  ...['{"a":{}}', '{"accessKeyId":"ASIAXX11"}', '{"credentials":{"accessKeyId":"ASIAYY11"}}'],
  ...['{"ConsoleLogin":"Failure"}', '{"ConsoleLogin":null}', '{"ConsoleLogin":""}'],
  ...['{"ConsoleLogin":{"ConsoleLogin":"x"}}', '{"Console\\u004cogin":"Failure"}', '[{"a":[1]}]'],
  '{"credentials":"{\\"accessKeyId\\":\\"ASIAZZ11\\",\\"x\\":\\"%22\\"}"}',
  `${'['.repeat(70)}"deep"${']'.repeat(70)}`,
  `${'{"a":'.repeat(120)}1${'}'.repeat(120)}`,
];
