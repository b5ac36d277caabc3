import type { SocketModeReceiver } from '@slack/bolt';
import { type Log, reasonOf } from './log.ts';

type Client = SocketModeReceiver['client'];

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Opens the socket again whenever it closes, for as long as it takes. The client's own reconnecting must
 * be off: it gives up when Slack cannot be reached for some seconds, by a rejection that nobody can
 * catch and that ends the process, with whatever fix is under way.
 */
export function keepConnected(client: Client, log: Log) {
  let stopped = false;
  let stop = () => {};
  const stopping = new Promise<void>((resolve) => {
    stop = () => {
      stopped = true;
      resolve();
    };
  });
  let trying = false;

  async function reconnect(): Promise<void> {
    if (trying) return;
    trying = true;
    for (let wait = FIRST_WAIT_MS; !stopped; wait = longer(wait)) {
      try {
        await client.start();
        break;
      } catch (error) {
        if (stopped) break;
        log('warn', 'Slack cannot be reached; trying again', { reason: reasonOf(error), wait });
        await atMost(wait, stopping);
      }
    }
    trying = false;
  }

  client.on('disconnected', () => {
    if (!stopped) void reconnect();
  });

  return { stop };
}

const longer = (wait: number) => Math.min(wait * 2, LONGEST_WAIT_MS);

/** Waits for something, but no longer than this. */
async function atMost(milliseconds: number, end: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([end, late]);
  clearTimeout(timer);
}
