import { gzipSync } from 'node:zlib';
import { startWorkers, type Workers } from '../../src/archive/workers.ts';
import { uuid } from './archives.ts';
import { rowsOf } from './batches.ts';

let workers: Workers;
beforeAll(() => {
  workers = startWorkers(1);
});
afterAll(() => workers.close());

const record = (number: number) =>
  `{"eventID":"${uuid(number)}","eventName":"A","eventSource":"b","recipientAccountId":"111122223333"}`;
const file = (name: string, bytes: Uint8Array) => ({ name, size: bytes.length, bytes });
const quick = (number: number) =>
  file(`quick ${number}`, gzipSync(`{"Records":[${record(number)}]}`));
/** A list is read value by value, which other work of the thread may come in between. */
const slow = (number: number) =>
  file(`slow ${number}`, Buffer.from(`[${record(number)},\n${record(number + 1)}]`));

test('groups that wait at one thread are read one after the other, each with its own files', async () => {
  const gone = { name: 'gone', size: 7, path: `${__dirname}/there-is-no-such-file.json.gz` };
  const groups = [
    [slow(1), gone, quick(3)],
    [quick(4), quick(5)],
    [quick(6), slow(7), slow(9)],
    [quick(11)],
  ];
  const batches = await Promise.all(groups.map((group) => workers.take(group)));
  const ids = (numbers: number[]) => numbers.map((number) => expect.stringContaining(uuid(number)));
  expect(batches.map((batch) => rowsOf(batch).map(({ text }) => text))).toEqual([
    ids([1, 2, 3]),
    ids([4, 5]),
    ids([6, 7, 8, 9, 10]),
    ids([11]),
  ]);
  expect(
    batches.map(({ files }) => files.map(({ name, rows, again }) => [name, rows, again])),
  ).toEqual([
    [
      ['slow 1', 2, false],
      ['gone', 0, true],
      ['quick 3', 1, false],
    ],
    [
      ['quick 4', 1, false],
      ['quick 5', 1, false],
    ],
    [
      ['quick 6', 1, false],
      ['slow 7', 2, false],
      ['slow 9', 2, false],
    ],
    [['quick 11', 1, false]],
  ]);
}, 60_000);
