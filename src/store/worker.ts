import { hostname } from 'node:os';

/** The name of this process as a worker: `host/pid/start`. `start` tells processes with one pid apart. */
export function workerName(start: string): string {
  return `${hostname()}/${process.pid}/${start}`;
}

/**
 * True when a worker surely is gone: it ran on this host, and its process is not there any more, or its
 * pid is ours now. Of other hosts nothing is known; there the lease decides.
 */
export function isGone(worker: string, self: string): boolean {
  const [host, pid] = worker.split('/');
  if (worker === self || host !== hostname()) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
