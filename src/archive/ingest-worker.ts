import { parentPort, workerData } from 'node:worker_threads';
import { createBatchBuilder } from './batch-builder.ts';
import { messageOf } from './batch-message.ts';
import type { Module } from './open-scanner.ts';
import { LIMITS } from './read-log-file.ts';
import { type FileToTake, takeFile } from './take-file.ts';

/** The body of a worker thread: files in, a batch out. */
const port = parentPort;
if (!port) throw new Error('runs as a worker thread only');
const builder = createBatchBuilder(LIMITS, workerData as Module);

/**
 * One group after the other, and none behind a mistake: what is read value by value lets the next message in,
 * and there is one builder.
 */
let taking = Promise.resolve();

port.on('message', (files: FileToTake[]) => {
  taking = taking.then(() => take(files));
  taking.catch((error: unknown) => {
    // A mistake of our own: the thread ends, and whoever waits for it is told.
    setImmediate(() => {
      throw error;
    });
  });
});

async function take(files: FileToTake[]): Promise<void> {
  for (const file of files) await takeFile(file, builder, LIMITS);
  const { message, moved } = messageOf(builder.finish());
  port?.postMessage(message, moved);
}
