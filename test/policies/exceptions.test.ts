import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exceptionsIn, standingExceptions } from '../../src/policies.ts';
import { ConfigError } from '../../src/yaml-file.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const checks = new Set([
  'trail-duplicates',
  'org-trail-covers-accounts',
  'log-bucket-access-logging',
  'log-bucket-lifecycle',
]);
const read = (text: string) => exceptionsIn(text, 'exceptions.yml', { checks, now: NOW });

const SHIPPED = readFileSync(join(__dirname, '../../policies/exceptions.yml'), 'utf8');
const SOUND = `- check: trail-duplicates
  account: '666677778888'
  reason: a contract
  owner: payments
  expires: 2027-03-31
`;

test('the product is delivered without any exception', () => {
  expect(standingExceptions(undefined, NOW)).toEqual([]);
});

test('the examples of the delivered file are sound', () => {
  const [, examples = ''] = SHIPPED.split('must name the trail.\n#\n');
  const text = examples.replace(/^# ?/gm, '').replace(/\[\]\s*$/, '');
  expect(read(text)).toMatchObject([
    { check: ['trail-duplicates'], owner: 'payments', expires: '2027-03-31' },
    { check: ['org-trail-covers-accounts'], account: '141414141414' },
    { check: ['log-bucket-access-logging', 'log-bucket-lifecycle'], ou: 'Sandbox' },
  ]);
});

test('an empty file holds no exception', () => {
  expect(read('')).toEqual([]);
});

test.each<[string, string, number, string, string]>([
  [
    'a check that there is not',
    SOUND.replace('duplicates', 'colour'),
    1,
    '`0.check`',
    'the id of a check',
  ],
  [
    'all checks at once',
    SOUND.replace('trail-duplicates', "'*'"),
    1,
    '`0.check`',
    'no word for all',
  ],
  [
    'more than a year',
    SOUND.replace('2027-03-31', '2027-11-23'),
    5,
    '`0.expires`',
    'at most a year ahead',
  ],
  ['no day at all', SOUND.replace(/ {2}expires.*\n/, ''), 1, '`0.expires`', 'at most a year ahead'],
  ['an account without quotes', SOUND.replaceAll("'", ''), 2, '`0.account`', 'in quotes'],
  ['an unknown key', `${SOUND}  untill: 2027-01-01\n`, 6, '`0.untill` is not a key', 'such as'],
  [
    'a mapping where a list belongs',
    'check: trail-duplicates\n',
    1,
    'is not right',
    'a list of exceptions',
  ],
  [
    'the second of two',
    `${SOUND}${SOUND.replace('reason: a contract', 'reason: ""')}`,
    8,
    '`1.reason`',
    'why',
  ],
])('%s is refused with its line', (_, text, line, what, expected) => {
  expect(() => read(text)).toThrow(ConfigError);
  expect(() => read(text)).toThrow(`exceptions.yml line ${line}: `);
  expect(() => read(text)).toThrow(what);
  expect(() => read(text)).toThrow(expected);
});

test('a wrong place is named once, also where two rules refuse it', () => {
  const twice = SOUND.replace('trail-duplicates', "'*'");
  expect(() => read(twice)).toThrow(/^exceptions\.yml line 1: .*$/);
  expect(() => read(twice)).not.toThrow(/\n/);
});

test('a year ahead to the day is accepted', () => {
  expect(read(SOUND.replace('2027-03-31', '2027-11-22'))).toHaveLength(1);
});

test('an exception that expired stays in the file, so that its finding can say so', () => {
  expect(read(SOUND.replace('2027-03-31', '2026-01-01'))).toHaveLength(1);
});

test('the configuration may name another file; one that is missing is refused, not taken for empty', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trailwarden-')), 'exceptions.yml');
  expect(() => standingExceptions(file, NOW)).toThrow(ConfigError);
  writeFileSync(file, SOUND.replace('trail-duplicates', 'trail-logging'));
  expect(standingExceptions(file, NOW)).toHaveLength(1);
});
