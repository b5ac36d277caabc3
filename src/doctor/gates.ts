import { type Check, ok, warning } from '../core/doctor.ts';
import { frozenAt } from '../core/fixes/freeze.ts';
import type { Trailwarden } from '../wire.ts';
import { gatesOf } from '../wire-gates.ts';

const CLASSES = ['A', 'B', 'C'] as const;

/** Whether fixes can be made at all now: the kill switch, freezes, the hourly limit. */
export async function examineGates({
  config,
  store,
  organization,
  now,
}: Trailwarden): Promise<Check> {
  const name = 'Fixes';
  const { stopped, perHour, expireAfterMinutes } = gatesOf(config, store, organization, now);
  const stop = await stopped();
  if (stop) {
    return warning(
      name,
      `all are stopped by ${stop.by.email ?? stop.by.name} since ${stop.at}${stop.reason === null ? '' : `: ${stop.reason}`}`,
      'Let them go on: /trail fixes start, or fixes.enabled in trailwarden.yml.',
    );
  }
  const frozen = CLASSES.flatMap((riskClass) => {
    const found = frozenAt(config.fixes.freezes, { fix: '', riskClass }, now());
    return found ? [{ riskClass, ...found }] : [];
  });
  const [first] = frozen;
  if (first) {
    return warning(
      name,
      `frozen for class ${frozen.map(({ riskClass }) => riskClass).join(', ')} until ${first.until ?? 'no end is in sight'}: ${first.reason}`,
      'Wait, or correct fixes.freezes in trailwarden.yml.',
    );
  }
  const freezes = config.fixes.freezes.length;
  return ok(
    name,
    `at most ${perHour} an hour, requests expire after ${expireAfterMinutes} minutes, ${freezes === 0 ? 'no freezes' : `${freezes} freezes, none of them now`}`,
  );
}
