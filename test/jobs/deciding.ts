import type { FixRecord, Member } from '../../src/core/fixes/fix.ts';
import type { Telling } from '../../src/core/telling.ts';
import { approveFix } from '../../src/jobs/approve-fix.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { requestFix } from '../../src/jobs/request-fix.ts';
import { alice, inChannel, mina } from './fix-world.ts';

/** Alice asks for the fix of the finding, or of another one. */
export async function proposed(
  world: FixWorld,
  wanted: { finding?: string; subject?: string; findings?: string[]; by?: Member } = {},
): Promise<FixRecord> {
  const told = await requestFix(
    { finding: 'f0000001', by: alice, replyTo: inChannel, ...wanted },
    world,
  );
  return fixOf(told);
}

/** Mina says yes, or somebody else. */
export function approve(
  { id, planHash }: Pick<FixRecord, 'id' | 'planHash'>,
  world: FixWorld,
  different: Partial<Parameters<typeof approveFix>[0]> = {},
): Promise<Telling> {
  const yes = { fix: id, planHash, reason: 'needed', by: mina, replyTo: inChannel };
  return approveFix({ ...yes, ...different } as Parameters<typeof approveFix>[0], world);
}

export function fixOf(telling: Telling): FixRecord {
  if (telling.kind !== 'fix') throw new Error(`told instead: ${JSON.stringify(telling)}`);
  return telling.fix;
}
