import { gzipSync } from 'node:zlib';
import { createBatchBuilder } from '../../src/archive/batch-builder.ts';
import { batchOf, messageOf } from '../../src/archive/batch-message.ts';
import { scannerModule } from '../../src/archive/open-scanner.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import { takeFile } from '../../src/archive/take-file.ts';
import { uuid } from './archives.ts';

const file = (name: string, bytes: Uint8Array) => ({ name, size: bytes.length, bytes });
const record = (number: number) =>
  `{"eventID":"${uuid(number)}","eventName":"A","eventSource":"b","recipientAccountId":"111122223333"}`;
const FILES = [
  file('two', gzipSync(`{"Records":[${record(1)},${record(2)}]}`)),
  file('none', gzipSync('{"Records":[]}')),
  file('broken', gzipSync(`{"Records":[${record(3)},{}]}`).subarray(0, 60)),
  file('one of two', gzipSync(`{"Records":[${record(4)},{}]}`)),
  { name: 'gone', size: 7, path: `${__dirname}/there-is-no-such-file.json.gz` },
];

async function taken() {
  const builder = createBatchBuilder(LIMITS, scannerModule());
  for (const one of FILES) await takeFile(one, builder, LIMITS);
  return builder.finish();
}

test('a batch that went from thread to thread is the one that was read', async () => {
  const { message, moved } = messageOf(await taken());
  const batch = batchOf(structuredClone(message, { transfer: moved }), FILES);
  const read = await taken();
  expect({ ...batch, evidence: [...batch.evidence] }).toEqual({
    ...read,
    evidence: [...read.evidence],
  });
  expect(batch.files.map(({ name, rows }) => [name, rows])).toEqual([
    ['two', 2],
    ['none', 0],
    ['broken', 0],
    ['one of two', 1],
    ['gone', 0],
  ]);
  expect(batch.files.map(({ troubles, again }) => [troubles !== null, again])).toEqual([
    [false, false],
    [false, false],
    [true, false],
    [true, false],
    [true, true],
  ]);
  expect(message.time).toHaveLength(0);
});
