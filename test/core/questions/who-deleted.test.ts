import { echo, understand } from '../../../src/core/questions/index.ts';

const context = {
  now: '2026-11-22T09:00:00Z',
  timeZone: 'UTC',
  vocabulary: { accounts: [], people: [] },
};

test.each([
  [
    'who deleted i-0a1b2c3d4e5f60718?',
    'en',
    'who · deleted, terminated · instance i-0a1b2c3d4e5f60718',
  ],
  ['i-0a1b2c3d4e5f60718 누가 지웠어?', 'ko', '누가 · 삭제·종료 · 인스턴스 i-0a1b2c3d4e5f60718'],
] as const)('%s', (words, language, beginning) => {
  const understood = understand(words, context);
  if (!('plan' in understood)) throw new Error(JSON.stringify(understood));
  expect(understood.plan).toMatchObject({
    shape: 'search',
    verbs: ['delete'],
    resourceType: 'instance',
    resources: ['i-0a1b2c3d4e5f60718'],
    outcome: 'any',
    time: { assumed: true },
  });
  expect(understood.plan.eventNames).toContain('TerminateInstances');
  expect(echo(understood.plan, language)).toContain(beginning);
});
