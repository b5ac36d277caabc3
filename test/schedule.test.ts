import { keepAppointments, type ScheduledJob, timetable } from '../src/schedule.ts';

const digest = {
  channel: 'C02GOVERN',
  at: '09:05',
  timeZone: 'Asia/Seoul',
  language: 'ko' as const,
};

test('the timetable: claims are looked after every minute, digests come by the clock of their channel', () => {
  expect(timetable([digest], null)).toEqual([
    { name: 'recover-fixes', cron: '* * * * *', timeZone: 'UTC', run: { job: 'recover-fixes' } },
    { name: 'follow-fixes', cron: '*/5 * * * *', timeZone: 'UTC', run: { job: 'follow-fixes' } },
    {
      name: 'digest C02GOVERN 09:05 Asia/Seoul',
      cron: '5 9 * * *',
      timeZone: 'Asia/Seoul',
      run: {
        job: 'send-digest',
        to: { channel: 'C02GOVERN', timeZone: 'Asia/Seoul', language: 'ko' },
      },
    },
  ]);
});

test('the head of the audit log is posted in the morning, and tried again every hour', () => {
  const to = { channel: 'C0AUDIT', timeZone: 'Asia/Seoul' };
  expect(timetable([], null, to)).toContainEqual({
    name: 'post-checkpoint',
    cron: '30 6-23 * * *',
    timeZone: 'Asia/Seoul',
    run: { job: 'post-checkpoint', to },
  });
});

test.each([
  [5, '*/5 * * * *'],
  [60, '0 */1 * * *'],
  [90, '0 */2 * * *'],
  [1_440, '0 0 * * *'],
])('log files are followed every %i minutes, or the hours next to it', (minutes, cron) => {
  expect(timetable([], minutes)).toContainEqual({
    name: 'follow-logs',
    cron,
    timeZone: 'UTC',
    run: { job: 'follow-logs' },
  });
  expect(
    keepAppointments(timetable([], minutes), async () => {}, fail).stop(),
  ).resolves.toBeUndefined();
});

test('the next digest is at 09:05 in Seoul, which is 00:05 UTC', async () => {
  const kept = keepAppointments(timetable([digest], null), async () => {}, fail);
  const at = kept.next().find(({ name }) => name.startsWith('digest'))?.at;
  expect(at?.toISOString()).toMatch(/T00:05:00\.000Z$/);
  await kept.stop();
});

test('a job that fails is reported and is not the end of the schedule', async () => {
  const ran: ScheduledJob[] = [];
  const troubles: Error[] = [];
  const everySecond = timetable([], null)
    .slice(0, 1)
    .map((each) => ({ ...each, cron: '* * * * * *' }));
  const kept = keepAppointments(
    everySecond,
    async (job) => {
      ran.push(job);
      throw new Error('the store is away');
    },
    (trouble) => troubles.push(trouble),
  );
  await until(() => ran.length >= 2);
  await kept.stop();
  expect(troubles[0]?.message).toBe('the scheduled job recover-fixes');
  expect(troubles[0]?.cause).toEqual(new Error('the store is away'));
  expect(troubles.length).toBe(ran.length);
});

test('a job that is still at it is not started again, and stopping waits for it', async () => {
  let running = 0;
  let most = 0;
  let starts = 0;
  const troubles: Error[] = [];
  const everySecond = timetable([], null)
    .slice(0, 1)
    .map((each) => ({ ...each, cron: '* * * * * *' }));
  const kept = keepAppointments(
    everySecond,
    async () => {
      starts += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      running -= 1;
    },
    (trouble) => troubles.push(trouble),
  );
  await until(() => starts >= 2);
  await kept.stop();
  expect(most).toBe(1);
  expect(running).toBe(0);
  expect(troubles[0]?.message).toContain('task still running');
});

async function until(reached: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!reached()) {
    if (Date.now() > deadline) throw new Error('the schedule did not start the job in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function fail(trouble: Error): never {
  throw trouble;
}
