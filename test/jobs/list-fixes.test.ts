import { listFixes } from '../../src/jobs/list-fixes.ts';
import { approve, proposed } from './deciding.ts';
import { alice, bob, jun, mina, openFinding, scanWith, stageWhere } from './fix-world.ts';

const ids = (fixes: { id: string }[]) => fixes.map(({ id }) => id);

/** One that was applied, one that waits for anybody, and one that waits for a second yes. */
async function threeFixes() {
  const { world, stage } = await stageWhere();
  const findings = ['f0000001', 'f0000002', 'f0000003'].map((id) =>
    openFinding({ id, subject: `${openFinding().subject}-${id}` }),
  );
  await stage.store.saveScan(scanWith(findings, { scannedAt: '2026-11-22T09:30:00.000Z' }));
  const done = await proposed(world);
  await approve(done, world);
  stage.trail = { ...stage.trail, LogFileValidationEnabled: false };
  stage.clock.pass(1);
  const waiting = await proposed(world, { finding: 'f0000002', by: jun });
  stage.clock.pass(1);
  world.approversFor = async () => ({ seen: { group: '@cloud-approvers', needed: 2 } });
  const half = await proposed(world, { finding: 'f0000003' });
  await approve(half, world);
  return { world, stage, done, waiting, half };
}

test.each([
  ['an approver', mina, ['fix-2'], []],
  ['a requester who is an approver', alice, ['fix-2'], ['fix-3']],
  ['another approver', jun, ['fix-3'], ['fix-2']],
  ['somebody who approves nothing', bob, [], []],
])(
  '%s sees what waits for them, what they asked for, and what was done',
  async (_, by, waiting, asked) => {
    const { world } = await threeFixes();
    const told = await listFixes({ by, replyTo: null }, world);
    if (told.kind !== 'fixes') throw new Error(`told instead: ${JSON.stringify(told)}`);
    expect(ids(told.waiting)).toEqual(waiting);
    expect(ids(told.asked)).toEqual(asked);
    expect(ids(told.done)).toEqual(['fix-1']);
  },
);

test('what has expired waits for nobody', async () => {
  const { world, stage } = await threeFixes();
  stage.clock.pass(90);
  expect(await listFixes({ by: mina, replyTo: null }, world)).toMatchObject({ waiting: [] });
});

test('where the group cannot be asked nothing is hidden', async () => {
  const { world } = await threeFixes();
  world.isApprover = async () => ({ unseen: { kind: 'failed', reason: 'ratelimited' } });
  const told = await listFixes({ by: bob, replyTo: null }, world);
  expect(told.kind === 'fixes' && ids(told.waiting)).toEqual(['fix-3', 'fix-2']);
});
