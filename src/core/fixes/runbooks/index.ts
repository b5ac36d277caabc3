import type { RunbookFor } from '../runbook.ts';
import { administerByExpectedAccounts } from './administer-by-expected-accounts.ts';
import { disableRegion } from './disable-region.ts';
import { enableMfaDelete } from './enable-mfa-delete.ts';
import { forwardEvents } from './forward-events.ts';
import { guardByScp } from './guard-by-scp.ts';
import { mendDelivery } from './mend-delivery.ts';
import { moveLogBucket } from './move-log-bucket.ts';
import { narrowAccess } from './narrow-access.ts';
import { reachEveryAccount } from './reach-every-account.ts';
import { recordNetworkActivity } from './record-network-activity.ts';
import { tagTrail } from './tag-trail.ts';

/** Every runbook that there is. To add one: its file, and a line here. */
export const runbooks: RunbookFor[] = [
  administerByExpectedAccounts,
  disableRegion,
  enableMfaDelete,
  forwardEvents,
  guardByScp,
  mendDelivery,
  moveLogBucket,
  narrowAccess,
  reachEveryAccount,
  recordNetworkActivity,
  tagTrail,
];

export const runbookFor = (id: string): RunbookFor | undefined =>
  runbooks.find((runbook) => runbook.id === id);
