import { concurrently, inLanes, joined } from '../../src/core/concurrently.ts';

test('never more at a time than allowed, and every answer in its place', async () => {
  let running = 0;
  let most = 0;
  const answers = await concurrently(3, [5, 1, 4, 2, 3], async (wait) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((done) => setTimeout(done, wait));
    running -= 1;
    return wait * 10;
  });
  expect(answers).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(3);
});

test('an exception reaches the caller', async () => {
  const work = async (item: number) => {
    if (item === 2) throw new Error('broken');
    return item;
  };
  await expect(concurrently(2, [1, 2, 3], work)).rejects.toThrow('broken');
});

test('nothing to do is done at once', async () => {
  expect(await concurrently(4, [], async () => 1)).toEqual([]);
});

test('work that comes as it comes runs in lanes, the oldest first, also past one that breaks', async () => {
  const lane = inLanes(2);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const work = (item: number) =>
    lane(async () => {
      running += 1;
      most = Math.max(most, running);
      order.push(item);
      await new Promise((done) => setTimeout(done, 2));
      running -= 1;
      if (item === 2) throw new Error('broken');
      return item;
    });
  const ended = await Promise.allSettled([1, 2, 3, 4, 5].map(work));
  expect(ended.map(({ status }) => status === 'fulfilled')).toEqual([
    true,
    false,
    true,
    true,
    true,
  ]);
  expect(order).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('who asks for work that is under way waits for it and hears of it; after its end it begins anew', async () => {
  let begun = 0;
  const ends: (() => void)[] = [];
  const tells: ((done: number) => void)[] = [];
  const ask = joined<number, [number]>(async (tell) => {
    begun += 1;
    tells.push(tell);
    await new Promise<void>((end) => ends.push(end));
    return begun;
  });
  const heard: string[] = [];
  const first = ask((done) => heard.push(`first ${done}`));
  const second = ask((done) => heard.push(`second ${done}`));
  tells[0]?.(1);
  ends[0]?.();
  expect(await Promise.all([first, second])).toEqual([1, 1]);
  expect(heard).toEqual(['first 1', 'second 1']);

  const third = ask();
  ends[1]?.();
  expect(await third).toBe(2);
});

test('work that breaks breaks for all who wait, and the next one may succeed', async () => {
  const answers = [Promise.reject(new Error('broken')), Promise.resolve('well')];
  const ask = joined(async () => answers.shift());
  await expect(Promise.all([ask(), ask()])).rejects.toThrow('broken');
  expect(await ask()).toBe('well');
});
