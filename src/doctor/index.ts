import { type Check, failed, ok } from '../core/doctor.ts';
import type { Trailwarden } from '../wire.ts';
import { examineConfirm, examineUnits } from './approvers.ts';
import { examineArchive } from './archive.ts';
import { examineAws } from './aws.ts';
import { examineGates } from './gates.ts';
import { seen } from './seen.ts';
import { examineSlack } from './slack.ts';

/**
 * Looks at everything that must be in place: AWS, Slack, the store. Changes nothing: fix roles are proved
 * by a session that may do nothing.
 */
export async function examine(trailwarden: Trailwarden): Promise<Check[]> {
  return [
    ...(await examineAws(trailwarden)),
    ...(await examineSlack(trailwarden.config)),
    ...(await examineUnits(trailwarden)),
    ...(await examineConfirm(trailwarden.config)),
    await examineGates(trailwarden),
    ...(await examineArchive(trailwarden)),
    await examineStore(trailwarden),
  ];
}

async function examineStore({ store, config }: Trailwarden): Promise<Check> {
  const name = 'Store';
  const audit = await seen('verifying the audit log', store.verifyAudit);
  if (!('value' in audit)) {
    return failed(
      name,
      `${config.store}: ${audit.reason}`,
      'Give the process a folder that it can write to (store: in trailwarden.yml).',
    );
  }
  return audit.value.ok
    ? ok(name, `${config.store}, ${audit.value.entries} audit entries, chain unbroken`)
    : failed(
        name,
        `the audit chain is broken at entry ${audit.value.brokenAt}`,
        'Keep the file as evidence and compare it with your mirror: somebody changed a record.',
      );
}
