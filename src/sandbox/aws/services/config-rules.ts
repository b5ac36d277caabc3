import { momentAt } from '../moments.ts';
import type { ManagedRule } from '../scenario.ts';
import type { World } from '../service.ts';
import { type RecorderState, records } from '../world.ts';
import { managedRules } from './config-managed-rules.ts';
import { viewOf } from './config-view.ts';

/** What Config's rules say in one account and region. */

export type Compliance = 'COMPLIANT' | 'NON_COMPLIANT' | 'INSUFFICIENT_DATA';

export type Evaluation = { type: string; id: string; compliance: Compliance; at: Date };

/**
 * What a rule says in one account and region: from the state that the recorder saw when the rule last ran,
 * unless the scenario says otherwise. No evaluation at all is Config's INSUFFICIENT_DATA.
 */
export function evaluationsOf(
  identifier: ManagedRule,
  recorder: RecorderState,
  world: World,
): Evaluation[] {
  const rule = managedRules[identifier];
  const { account, region } = recorder;
  const { verdictLagMs, verdicts } = world.scenario.config;
  const now = world.now();
  const judged = new Date(now.getTime() - verdictLagMs);
  const at = recorder.stopped ?? (verdictLagMs > 0 ? judged : lastRun(now));
  // Of what the recorder leaves out a rule knows nothing; the account is no resource that it takes.
  if (rule.resource !== 'AWS::::Account' && !records(recorder, rule.resource)) return [];
  const place = viewOf(recorder, world, judged.getTime()).placeOf(account, region);
  const results = rule.evaluate(place).map(({ id, compliant }): Evaluation => {
    return { type: rule.resource, id, compliance: compliant ? 'COMPLIANT' : 'NON_COMPLIANT', at };
  });
  const said = verdicts
    .filter((it) => it.rule === identifier && it.account === account && it.region === region)
    .map((it): Evaluation => {
      const { resource: id, compliance } = it;
      return { type: rule.resource, id, compliance, at: momentAt(it.at, world.started) };
    });
  if (said.length === 0) return results;
  return [...results.filter(({ id }) => !said.some((verdict) => verdict.id === id)), ...said];
}

/** The rules run every six hours. */
function lastRun(now: Date): Date {
  const period = 6 * 3_600_000;
  return new Date(Math.floor(now.getTime() / period) * period);
}
