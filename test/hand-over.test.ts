import type { JobRequest } from '../src/core/request.ts';
import { handOverInProcess } from '../src/hand-over.ts';

const job = (channel: string): JobRequest => ({
  job: 'help',
  replyTo: { channel, user: 'U1', language: 'en', timeZone: 'UTC' },
});

test('handing over answers before the job is done', async () => {
  let finish = () => {};
  const { handOver, drained } = handOverInProcess(
    () => new Promise((resolve) => (finish = resolve)),
  );
  await handOver(job('C1'));
  finish();
  await drained();
});

test('four jobs run at a time, the others in the order in which they came', async () => {
  const started: string[] = [];
  const finish: (() => void)[] = [];
  const { handOver, drained } = handOverInProcess((request) => {
    started.push(request.replyTo.channel);
    return new Promise((resolve) => finish.push(resolve));
  });
  for (const channel of ['C1', 'C2', 'C3', 'C4', 'C5', 'C6']) await handOver(job(channel));
  expect(started).toEqual(['C1', 'C2', 'C3', 'C4']);
  finish[1]?.();
  await new Promise(setImmediate);
  expect(started).toEqual(['C1', 'C2', 'C3', 'C4', 'C5']);
  for (let i = 0; i < 6; i += 1) {
    finish[i]?.();
    await new Promise(setImmediate);
  }
  await drained();
  expect(started).toHaveLength(6);
});

test('whoever stops all fixes waits behind nobody', async () => {
  const started: string[] = [];
  const finish: (() => void)[] = [];
  const { handOver, drained } = handOverInProcess((request) => {
    started.push(request.job);
    return new Promise((resolve) => finish.push(resolve));
  });
  for (const channel of ['C1', 'C2', 'C3', 'C4', 'C5']) await handOver(job(channel));
  await handOver({
    job: 'stop-fixes',
    reason: null,
    by: { slackId: 'U1', name: 'alice', email: 'alice@bora.example' },
    replyTo: { channel: 'C1', user: 'U1', language: 'en', timeZone: 'UTC' },
  });
  expect(started).toEqual(['help', 'help', 'help', 'help', 'stop-fixes']);
  for (let i = 0; i < 6; i += 1) {
    finish[i]?.();
    await new Promise(setImmediate);
  }
  await drained();
  expect(started).toHaveLength(6);
});

test('what runs is a copy that went through JSON', async () => {
  const request = job('C1');
  let ran: JobRequest | undefined;
  const { handOver, drained } = handOverInProcess(async (copy) => {
    ran = copy;
  });
  await handOver(request);
  await drained();
  expect(ran).toEqual(request);
  expect(ran).not.toBe(request);
});
