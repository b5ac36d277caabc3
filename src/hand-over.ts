import { goesOn } from './core/questions/goes-on.ts';
import type { JobRequest } from './core/request.ts';
import { conversationOf } from './jobs/conversing.ts';

/** How many jobs of one process run at a time; the others wait in the order in which they came. */
const LANES = 4;

/**
 * The hand-over of the long-lived process: takes a job as JSON, answers at once, and runs it behind. What
 * cannot travel as JSON would not travel through a queue either, so it is refused here already. Stopping all
 * fixes waits for nothing; “and last month?” waits for the answer that it goes on from; a button that
 * somebody presses twice does its work once.
 */
export function handOverInProcess(run: (request: JobRequest) => Promise<void>) {
  const waiting: JobRequest[] = [];
  const running = new Map<Promise<void>, JobRequest>();

  function next(): void {
    while (running.size < LANES) {
      const at = waiting.findIndex((request, place) => {
        const earlier = [...running.values(), ...waiting.slice(0, place)];
        return !earlier.some((other) => isAnsweredBefore(other, request));
      });
      const [request] = at < 0 ? [] : waiting.splice(at, 1);
      if (!request) return;
      begin(request);
    }
  }

  function begin(request: JobRequest): void {
    const job = run(request).finally(() => {
      running.delete(job);
      next();
    });
    running.set(job, request);
  }

  return {
    async handOver(request: JobRequest): Promise<void> {
      const copy = JSON.parse(JSON.stringify(request)) as JobRequest;
      if (copy.job === 'stop-fixes') {
        begin(copy);
        return;
      }
      if ([...running.values(), ...waiting].some((other) => isSamePress(other, copy))) return;
      waiting.push(copy);
      next();
    },
    /** Resolves when all that was handed over has been done. */
    async drained(): Promise<void> {
      while (running.size > 0) await Promise.allSettled(running.keys());
    },
  };
}

/**
 * Does `request` go on from a question of the same conversation that has no answer yet, typed or asked
 * by a button? In a thread everything may; elsewhere a question of its own need not wait for a slow one.
 */
function isAnsweredBefore(other: JobRequest, request: JobRequest): boolean {
  return (
    request.job === 'answer-question' &&
    ANSWERING.includes(other.job) &&
    conversationOf(other.replyTo) === conversationOf(request.replyTo) &&
    (request.replyTo.threadTs !== undefined || goesOn(request.words))
  );
}

/** After which “and last month?” and “show more” mean something else than before. */
const ANSWERING: JobRequest['job'][] = ['answer-question', 'answer-plan', 'list-events'];

/** One person, one button, one message; each press has a `response_url` of its own. */
function isSamePress(other: JobRequest, request: JobRequest): boolean {
  return PRESSED.includes(request.job) && pressOf(other) === pressOf(request);
}

const pressOf = ({ replyTo: { responseUrl: _, ...place }, ...asked }: JobRequest) =>
  JSON.stringify([asked, place]);

/** Buttons that post something; of windows each press has its own to be filled. */
const PRESSED: JobRequest['job'][] = ['answer-plan', 'list-events', 'export-events'];
