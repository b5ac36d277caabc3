import { ACCEPT_RISK, riskIn } from '../core/fixes/accept-risk.ts';
import { groupEnding } from '../core/fixes/group.ts';
import type { Ending } from '../core/fixes/outcome.ts';
import type { Edge, KeptFix, Move } from '../core/fixes/state.ts';
import { endedPartly } from '../core/fixes/way-back-of-some.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { type FixWorld, move, tellFix } from './fix-world.ts';

/** Writes down how an application ended, with the first fix of a way back, and tells both. */
export async function close(
  applying: KeptFix,
  ends: Ending[],
  world: FixWorld,
  to: ReplyTo | null,
  toldBefore?: Promise<unknown>,
): Promise<Telling> {
  const ending = groupEnding(applying.plan, ends);
  const finishedAt = world.now().toISOString();
  const undone =
    ending.to === 'applied' ? await takenBackBy(applying, finishedAt, world) : undefined;
  const risk = ending.to === 'applied' ? riskOfPlan(applying) : undefined;
  const closed = await move(applying, { from: 'applying', to: ending.to }, world, {
    change: { outcome: ending.outcome, claim: null, finishedAt },
    details: { outcome: ending.outcome },
    ...(undone && { along: undone }),
    ...(risk && { risk }),
  });
  // The end is recorded whatever Slack does, and told behind what was told before it.
  await toldBefore;
  if (!closed) return tellStanding(applying, world, to);
  if (undone) await tellStanding(undone.fix, world, null);
  return tellFix(closed, world, to);
}

/** What an applied plan accepts, or takes back. */
function riskOfPlan({ plan, id }: KeptFix): Move['risk'] {
  if (plan.fix !== ACCEPT_RISK) return undefined;
  const risk = riskIn(plan, id);
  return plan.direction === 'forward' ? { accept: risk } : { withdraw: risk };
}

/** A way back that was applied turns the fix that it took back into a rolled-back one. */
async function takenBackBy(
  wayBack: KeptFix,
  finishedAt: string,
  world: FixWorld,
): Promise<Move | undefined> {
  const first = wayBack.undoes ? await world.fix(wayBack.undoes) : undefined;
  if (!first || !(first.state === 'applied' || endedPartly(first))) return undefined;
  const from = first.state === 'applied' ? 'applied' : 'failed';
  return {
    fix: first,
    edge: { from, to: 'rolled-back' } satisfies Edge,
    change: {},
    step: {
      at: finishedAt,
      actor: 'trailwarden',
      action: 'fix-rolled-back',
      details: { fix: first.id, planHash: first.planHash, by: wayBack.id },
    },
  };
}

/** Tells what the record says now, whoever wrote it. */
export async function tellStanding(
  fix: KeptFix,
  world: FixWorld,
  to: ReplyTo | null,
): Promise<Telling> {
  return tellFix((await world.fix(fix.id)) ?? fix, world, to);
}
