import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createBatchBuilder } from '../../src/archive/batch-builder.ts';
import { scannerModule } from '../../src/archive/open-scanner.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import { tokenIn } from '../../src/archive/tokens.ts';
import { wordsOfError } from '../../src/archive/vocabulary.ts';
import { uuid } from './archives.ts';

const builder = createBatchBuilder(LIMITS, scannerModule());

/** The tokens of a file with one record, in order. */
function tokensWith(members: object): number[] {
  const record = {
    eventID: uuid(1),
    eventTime: '2026-11-20T05:32:07Z',
    eventName: 'A',
    eventSource: 'ec2.amazonaws.com',
    recipientAccountId: '111122223333',
    ...members,
  };
  const file = gzipSync(JSON.stringify({ Records: [record] }));
  builder.roomForFile(file.length).set(file);
  expect(builder.scan(file.length)).toBe(true);
  expect(builder.troubles()).toEqual([]);
  builder.endFile({ name: 'a', size: file.length, troubles: null, again: false });
  return sorted(builder.finish().parts.flatMap(({ tokens }) => [...tokens]));
}

const sorted = (tokens: number[]) => [...new Set(tokens)].sort((a, b) => a - b);
const without = tokensWith({});

function expectAsTheCoreHasIt(errorMessage: string): void {
  const named = wordsOfError(errorMessage)
    .map(tokenIn)
    .filter((token) => token !== null);
  const told = tokensWith({ errorCode: 'AccessDenied', errorMessage });
  expect({ errorMessage, told }).toEqual({ errorMessage, told: sorted([...without, ...named]) });
}

test.each([
  'User: arn:aws:sts::111122223333:assumed-role/OrgAdmin is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::bucket-of-ours/key/of-ours because no identity-based policy allows the s3:GetObject action',
  'not authorized on resource: arn:aws:iam::111122223333:role/path/name.',
  'not authorized on resource: arn:aws:iam::111122223333:role/path/name.,;:)',
  'on resource:arn:aws:sqs:us-east-1:111122223333:queue.fifo',
  'on resource:    arn:aws:sns:us-east-1:111122223333:',
  'on resource: arn:aws:s3:::one-thing on resource: arn:aws:s3:::another-thing',
  'on resource: arn:aws:s3:::one-thing also on resource: arn:aws:s3:::another-thing',
  'on resource: user bob with an explicit deny',
  'on resource: instance profile webserver with an explicit deny',
  'on resource: arn:.',
  'on resource: arn:aws',
  'on resource:',
  'on resource: ',
  'on resource: \u00a0arn:aws:s3:::bucket-of-ours',
  'on resource: arn:aws:s3:::bucket\\of-ours',
  "The volume 'vol-0abc12345def67890' is in use by i-0abc12345def67890.",
  'The volume "vol-0abc12345def67890" is in use',
  'i-0abc12345def67890-0abc12345def67890 i-0abc1234-9',
  'i-deadbeef-deadbeef1',
  'abcdefghijkl-12345678 abcdefghijklm-12345678 _abc-12345678 Xabc-12345678',
  'i-1234567 i-12345678 i-12345678901234567 i-123456789012345678 i-12345678g i-12345678_ i-12345678é',
  'Rate exceeded',
  `${'x'.repeat(4000)} i-0abc12345def67890 ${'x'.repeat(200)} i-0abc12345def6789a`,
  `${'x'.repeat(4080)} i-0abc12345def67890`,
])('the names in a message are those that the core finds: %s', expectAsTheCoreHasIt);

const pieces = fc.constantFrom(
  ...['on resource:', 'arn:aws:s3:::', 'bucket', 'i', '-', '0abc1234', 'deadbeef0', 'user', 'role'],
  ...[
    ' ',
    '  ',
    '.',
    ',',
    ':',
    ')',
    '/',
    '_',
    "'",
    '"',
    '\\',
    'é',
    '\n',
    'G',
    'x',
    '12345678901234567',
  ],
);

test('so they are in messages of any shape', () => {
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 5, maxLength: 30 }), (parts) => {
      expectAsTheCoreHasIt(parts.join(''));
    }),
    { numRuns: 400 },
  );
}, 60_000);
