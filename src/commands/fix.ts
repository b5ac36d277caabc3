import { plain } from '../core/prose.ts';
import { planFix } from '../jobs/request-fix.ts';
import { fixPlanProse, noPlanProse } from '../terminal/fix.ts';
import { progressBar } from '../terminal/progress.ts';
import type { Trailwarden } from '../wire.ts';
import { type ExitCode, print } from './stage.ts';

export type FixOptions = { plan?: boolean; approve?: boolean; json?: boolean; sandbox?: boolean };

/** Prints what a fix would do; asking for it and approving it happen in Slack. */
export async function fix(
  finding: string,
  options: FixOptions,
  trailwarden: Trailwarden,
): Promise<ExitCode> {
  // A fresh store knows no finding yet; the id is stable, so a scan brings it.
  if ((await trailwarden.store.lastScans(1)).length === 0) {
    const bar = progressBar('accounts');
    await trailwarden.scan({}, bar.show).finally(bar.stop);
  }
  const planned = await planFix(finding, { ...trailwarden.store, ...trailwarden.fixes });
  if ('plan' in planned) {
    print(options.json ? JSON.stringify(planned.plan) : fixPlanProse(planned.plan));
    return 0;
  }
  process.stderr.write(`${plain(noPlanProse(planned.why))}\n`);
  return planned.why.kind === 'could-not-read' ? 3 : 1;
}
