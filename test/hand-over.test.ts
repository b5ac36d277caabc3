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

describe('one conversation', () => {
  const thread = { channel: 'C1', threadTs: '1.1', user: 'U1', language: 'en', timeZone: 'UTC' };
  const alone = { channel: 'D1', user: 'U1', language: 'en', timeZone: 'UTC' };
  const question = (words: string, replyTo: object) =>
    ({ job: 'answer-question', words, replyTo }) as JobRequest;

  async function handedOver(...requests: JobRequest[]) {
    const started: string[] = [];
    const finish: (() => void)[] = [];
    const { handOver, drained } = handOverInProcess((request) => {
      started.push('words' in request ? (request.words ?? '') : request.job);
      return new Promise((resolve) => finish.push(resolve));
    });
    for (const request of requests) await handOver(request);
    return {
      started,
      drained,
      async finishNext() {
        finish.shift()?.();
        await new Promise(setImmediate);
      },
    };
  }

  test('what goes on from a question waits for its answer, and nobody else does', async () => {
    const { started, finishNext, drained } = await handedOver(
      question('who deleted i-0abc?', alone),
      question('지난달은?', alone),
      question('who created it?', alone),
      question('who stopped cloudtrail?', alone),
      question('who else?', { ...alone, channel: 'D2' }),
    );
    expect(started).toEqual(['who deleted i-0abc?', 'who stopped cloudtrail?', 'who else?']);
    await finishNext();
    expect(started).toHaveLength(3);
    await finishNext();
    expect(started.slice(3)).toEqual(['지난달은?']);
    await finishNext();
    await finishNext();
    expect(started.slice(4)).toEqual(['who created it?']);
    await finishNext();
    await drained();
  });

  test.each(['last 90 days', 'in prod', '지난 90일', 'only denied', 'include denied'])(
    '“%s” is no question of its own, so it waits for the one before it',
    async (words) => {
      const { started, finishNext, drained } = await handedOver(
        question('who deleted i-0abc?', alone),
        question(words, alone),
        question('who created bucket logs-a yesterday?', alone),
      );
      expect(started).toEqual(['who deleted i-0abc?', 'who created bucket logs-a yesterday?']);
      await finishNext();
      await finishNext();
      expect(started.at(-1)).toBe(words);
      await finishNext();
      await drained();
    },
  );

  test('in a thread all that is said is answered in its order, also between two people', async () => {
    const { started, finishNext, drained } = await handedOver(
      question('who deleted i-0abc?', thread),
      question('last 90 days', { ...thread, user: 'U2', language: 'ko' }),
    );
    expect(started).toEqual(['who deleted i-0abc?']);
    await finishNext();
    expect(started).toEqual(['who deleted i-0abc?', 'last 90 days']);
    await finishNext();
    await drained();
  });

  test('what is said after a button was pressed goes on from what the button finds', async () => {
    const pressed = { job: 'answer-plan', planHash: 'a'.repeat(32), change: 'all-accounts' };
    const { started, finishNext, drained } = await handedOver(
      { ...pressed, replyTo: thread } as JobRequest,
      question('and last month?', { ...thread, user: 'U2' }),
    );
    expect(started).toEqual(['answer-plan']);
    await finishNext();
    expect(started).toEqual(['answer-plan', 'and last month?']);
    await finishNext();
    await drained();
  });

  test('a button that one person presses twice does its work once; a window is opened each time', async () => {
    const press = (job: string, user: string, responseUrl: string, more: object = {}) =>
      ({
        job,
        planHash: 'a'.repeat(32),
        replyTo: { ...thread, user, responseUrl, ...more },
      }) as unknown as JobRequest;
    const { started, finishNext, drained } = await handedOver(
      press('export-events', 'U1', 'https://hooks.example/1'),
      press('export-events', 'U1', 'https://hooks.example/2'),
      press('export-events', 'U2', 'https://hooks.example/3'),
      press('show-plan', 'U1', 'https://hooks.example/4', { view: 'V1' }),
      press('show-plan', 'U1', 'https://hooks.example/5', { view: 'V2' }),
    );
    expect(started).toEqual(['export-events', 'export-events', 'show-plan', 'show-plan']);
    for (let i = 0; i < 4; i += 1) await finishNext();
    await drained();
  });
});
