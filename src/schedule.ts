import { createTask } from 'node-cron';
import type { DigestChannel } from './jobs/send-digest.ts';

/** When a channel gets its digest: `at` is `HH:MM` in `timeZone`. */
export type DigestTime = DigestChannel & { at: string };

/** What the clock starts. */
export type ScheduledJob =
  | { job: 'send-digest'; to: DigestChannel }
  /** Expired proposals are closed, and what a lost worker left behind is brought to its end. */
  | { job: 'recover-fixes' }
  /** What was done is looked at again: the events that our calls caused, and what takes a while to show. */
  | { job: 'follow-fixes' }
  /** The head of the audit log is posted where whoever writes the log cannot change it. */
  | { job: 'post-checkpoint'; to: { channel: string; timeZone: string } }
  /** New log files are taken into the archive. */
  | { job: 'follow-logs' };

export type Appointment = { name: string; cron: string; timeZone: string; run: ScheduledJob };

/**
 * What runs when. node-cron reads it here; on Lambda it will become EventBridge schedules. New log files
 * are followed every so many minutes, where the archive is filled from somewhere.
 */
export function timetable(
  digests: DigestTime[],
  followMinutes: number | null,
  checkpoint: { channel: string; timeZone: string } | null = null,
): Appointment[] {
  return [
    {
      name: 'recover-fixes',
      cron: '* * * * *',
      timeZone: 'UTC',
      run: { job: 'recover-fixes' },
    },
    {
      name: 'follow-fixes',
      cron: '*/5 * * * *',
      timeZone: 'UTC',
      run: { job: 'follow-fixes' },
    },
    ...(followMinutes === null
      ? []
      : [
          {
            name: 'follow-logs',
            cron: everyMinutes(followMinutes),
            timeZone: 'UTC',
            run: { job: 'follow-logs' } as const,
          },
        ]),
    ...(checkpoint === null
      ? []
      : [
          {
            name: 'post-checkpoint',
            // The channel has one in the morning; where the process was away then, every hour tries.
            cron: '30 6-23 * * *',
            timeZone: checkpoint.timeZone,
            run: { job: 'post-checkpoint', to: checkpoint } as const,
          },
        ]),
    ...digests.map(({ at, ...to }): Appointment => {
      const [hour, minute] = at.split(':').map(Number);
      return {
        name: `digest ${to.channel} ${at} ${to.timeZone}`,
        cron: `${minute} ${hour} * * *`,
        timeZone: to.timeZone,
        run: { job: 'send-digest', to },
      };
    }),
  ];
}

/** Cron knows minutes of an hour and hours of a day: what is no whole number of hours is rounded to one. */
function everyMinutes(minutes: number): string {
  if (minutes < 60) return `*/${minutes} * * * *`;
  const hours = Math.min(Math.round(minutes / 60), 24);
  return hours === 24 ? '0 0 * * *' : `0 */${hours} * * *`;
}

/**
 * Keeps the appointments from now on; answers how to stop, which waits for what is still running. A job that is still at it is not started a
 * second time, and one that fails is reported and runs again at its next time.
 */
export function keepAppointments(
  appointments: Appointment[],
  run: (job: ScheduledJob) => Promise<void>,
  report: (trouble: Error) => void,
): { stop(): Promise<void>; next(): { name: string; at: Date | null }[] } {
  const running = new Set<Promise<void>>();
  // node-cron would write to the terminal by itself; what it has to complain about goes our way.
  const complain = (said: string | Error) =>
    report(said instanceof Error ? said : new Error(`the schedule: ${said}`));
  const logger = { info: () => {}, debug: () => {}, warn: complain, error: complain };

  const tasks = appointments.map(({ name, cron, timeZone, run: job }) =>
    createTask(
      cron,
      async () => {
        const work = run(job)
          .catch((error) => report(new Error(`the scheduled job ${name}`, { cause: error })))
          .finally(() => running.delete(work));
        running.add(work);
        await work;
      },
      { name, timezone: timeZone, noOverlap: true, logger },
    ),
  );
  for (const task of tasks) void task.start();
  return {
    stop: async () => {
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.all(running);
    },
    next: () => tasks.map((task) => ({ name: task.name ?? '', at: task.getNextRun() })),
  };
}
