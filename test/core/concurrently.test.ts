import { concurrently } from '../../src/core/concurrently.ts';

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
