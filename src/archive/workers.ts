import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Batch } from './batch.ts';
import { type BatchMessage, batchOf } from './batch-message.ts';
import { scannerModule } from './open-scanner.ts';
import type { FileToTake } from './take-file.ts';

/** Threads that read log files, as many as there are cores. */
export type Workers = {
  /** Reads these files; the batch comes back in its own time. */
  take(files: FileToTake[]): Promise<Batch>;
  /** Groups of files that should be under way, so that no thread waits. */
  wanted: number;
  close(): Promise<void>;
};

/** Groups that wait at each thread while the batches before them are written. */
const QUEUE = 6;

export function startWorkers(many = Math.max(1, availableParallelism())): Workers {
  const threads = Array.from({ length: many }, () => {
    const thread = new Worker(join(__dirname, `ingest-worker${extname(__filename)}`), {
      workerData: scannerModule(),
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
      // Where the sources run as they are, as in tests, Node would remark on it for every thread.
      execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    });
    const waiting: {
      files: FileToTake[];
      resolve(batch: Batch): void;
      reject(error: unknown): void;
    }[] = [];
    let ended: unknown = null;
    const end = (error: unknown) => {
      ended ??= error;
      for (const { reject } of waiting.splice(0)) reject(error);
    };
    thread.on('message', (message: BatchMessage) => {
      const first = waiting.shift();
      first?.resolve(batchOf(message, first.files));
    });
    thread.on('error', end);
    thread.on('exit', (code) => end(new Error(`a thread that reads log files ended with ${code}`)));
    return {
      load: () => waiting.length,
      take: (files: FileToTake[]) =>
        new Promise<Batch>((resolve, reject) => {
          if (ended) return reject(ended);
          waiting.push({ files, resolve, reject });
          thread.postMessage(files);
        }),
      close: () => thread.terminate(),
    };
  });
  return {
    wanted: many * QUEUE,
    take(files) {
      const [idlest] = threads.toSorted((a, b) => a.load() - b.load());
      if (!idlest) throw new Error('there is no thread to read log files');
      return idlest.take(files);
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}
