import type { AuditStep } from '../../src/core/audit.ts';
import { type AuditingWorld, audited } from '../../src/jobs/audited-questions.ts';
import type { Conversing } from '../../src/jobs/conversing.ts';
import { anAnswer } from '../slack/samples.ts';
import { alice, inChannel } from './fix-world.ts';

const unused = async (): Promise<never> => {
  throw new Error('not asked for here');
};

function stageWhere(different: Partial<Conversing>) {
  const steps: AuditStep[] = [];
  const auditing: AuditingWorld = {
    appendAudit: async (...some) => void steps.push(...some),
    asker: async () => alice,
  };
  const world: Conversing = {
    now: () => new Date('2026-11-22T09:00:00Z'),
    vocabulary: unused,
    ask: unused,
    answer: unused,
    record: unused,
    keepAnswer: unused,
    keptAnswer: unused,
    lastAnswer: unused,
    tell: unused,
    ...different,
  };
  const request = {
    job: 'answer-question',
    words: 'who deleted i-0abc?',
    replyTo: { ...inChannel, threadTs: '17.1' },
  } as const;
  return { steps, world: audited(world, request, auditing) };
}

test('a question is in the audit log before anybody hears of its answer', async () => {
  const answer = anAnswer({ question: 'who deleted i-0abc?', planHash: 'a'.repeat(64) });
  const { steps, world } = stageWhere({ ask: async () => answer });
  expect(await world.ask('who deleted i-0abc?', inChannel, {})).toBe(answer);
  expect(steps).toEqual([
    {
      at: '2026-11-22T09:00:00.000Z',
      actor: alice,
      action: 'question',
      details: {
        how: 'answer-question',
        where: { channel: inChannel.channel, thread: '17.1' },
        words: 'who deleted i-0abc?',
        planHash: 'a'.repeat(64),
        verdict: answer.verdict,
        total: answer.total,
        notSearched: answer.coverage.gaps.length,
      },
    },
  ]);
});

test('one that could not be answered is in it too, and the trouble goes on its way', async () => {
  const { steps, world } = stageWhere({
    ask: async () => {
      throw new Error('throttled');
    },
  });
  await expect(world.ask('who?', inChannel, {})).rejects.toThrow('throttled');
  expect(steps).toMatchObject([{ details: { words: 'who?', verdict: 'failed' } }]);
});

test('a question that cannot be written down is not answered', async () => {
  const { world } = stageWhere({ ask: async () => anAnswer({}) });
  const closed = audited(
    world,
    { job: 'help', replyTo: inChannel },
    {
      appendAudit: async () => {
        throw new Error('the disk is full');
      },
      asker: async () => alice,
    },
  );
  await expect(closed.ask('who?', inChannel, {})).rejects.toThrow('the disk is full');
});
