import type { JobRequest } from './core/request.ts';

/** How many jobs of one process run at a time; the others wait in the order in which they came. */
const LANES = 4;

/**
 * The hand-over of the long-lived process: takes a job as JSON, answers at once, and runs it behind. What
 * cannot travel as JSON would not travel through a queue either, so it is refused here already. Stopping all
 * fixes waits for nothing.
 */
export function handOverInProcess(run: (request: JobRequest) => Promise<void>) {
  const waiting: JobRequest[] = [];
  const running = new Set<Promise<void>>();

  function next(): void {
    const request = running.size < LANES ? waiting.shift() : undefined;
    if (request) begin(request);
  }

  function begin(request: JobRequest): void {
    const job = run(request).finally(() => {
      running.delete(job);
      next();
    });
    running.add(job);
  }

  return {
    async handOver(request: JobRequest): Promise<void> {
      const copy = JSON.parse(JSON.stringify(request)) as JobRequest;
      if (copy.job === 'stop-fixes') {
        begin(copy);
        return;
      }
      waiting.push(copy);
      next();
    },
    /** Resolves when all that was handed over has been done. */
    async drained(): Promise<void> {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
