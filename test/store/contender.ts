import { openStore } from '../../src/store/sqlite.ts';

// One of several processes that want the same things at the same time: the digests of a hundred days, and
// a hundred entries of the audit. Prints the days that it got.

const [, , path = '', name = ''] = process.argv;
const store = openStore(path);
const contend = async () => {
  const won: string[] = [];
  for (let day = 0; day < 100; day += 1) {
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
    if (await store.claimDigest('C02GOVERN', date)) won.push(date);
    await store.appendAudit({
      at: '2026-11-22T10:00:00.000Z',
      actor: 'trailwarden',
      action: 'contended',
      details: { name, day },
    });
  }
  store.close();
  process.stdout.write(JSON.stringify(won));
};
void contend();
