import { plain } from '../core/prose.ts';
import { planFix } from '../jobs/request-fix.ts';
import { fixPlanProse, noPlanProse } from '../terminal/fix.ts';
import { progressBar } from '../terminal/progress.ts';
import type { Trailwarden } from '../wire.ts';
import { inTrailwarden, print } from './stage.ts';
import type { ExitCode } from './usage.ts';

export type FixOptions = { plan?: boolean; approve?: boolean; json?: boolean; sandbox?: boolean };

/** Prints what a fix would do; asking for it and approving it happen in Slack. */
export function fix(finding: string, options: FixOptions): Promise<ExitCode> {
  return inTrailwarden(options, (trailwarden) => planned(finding, options, trailwarden));
}

async function planned(
  finding: string,
  options: FixOptions,
  trailwarden: Trailwarden,
): Promise<ExitCode> {
  // A fresh store knows no finding yet; the id is stable, so a scan brings it.
  if ((await trailwarden.store.lastScans(1)).length === 0) {
    const bar = progressBar('accounts');
    await trailwarden.scan({}, bar.show).finally(bar.stop);
  }
  const result = await planFix(finding, { ...trailwarden.store, ...trailwarden.fixes });
  if ('plan' in result) {
    print(options.json ? JSON.stringify(result.plan) : fixPlanProse(result.plan));
    return 0;
  }
  process.stderr.write(`${plain(noPlanProse(result.why))}\n`);
  return result.why.kind === 'could-not-read' ? 3 : 1;
}
