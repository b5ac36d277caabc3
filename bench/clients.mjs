// A client for every account, against one per service and region that signs as whoever is asking, as the product's
// (src/aws/shared-clients.ts): the same calls in the same lanes over one connection pool, each in a process of its own.
import { fork } from 'node:child_process';
import { answered, started } from './children.mjs';

export async function benchClients({ smoke }) {
  const calls = smoke ? 50 : 2_000;
  const simulator = await started('./simulator.mjs', ['20', '--latency', '0', '--no-quotas']);
  const rows = [];
  try {
    for (const shared of [false, true]) {
      const asked = JSON.stringify({ url: simulator.hello.url, shared, calls });
      const child = fork(new URL('./clients-once.mjs', import.meta.url), [asked]);
      rows.push((await answered(child, ({ row }) => row)).row);
    }
  } finally {
    await simulator.stop();
  }
  return rows;
}
