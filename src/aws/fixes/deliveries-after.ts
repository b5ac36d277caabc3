import { GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import {
  type ArrivedSince,
  type DeliveryStatus,
  deliveriesSince,
  digestsSince,
} from '../../core/fixes/trails/arrived-since.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import type { Seat } from './trail-state.ts';

/** IAM actions of what is asked here. */
export const ARRIVING = ['cloudtrail:GetTrailStatus'];

/** Whether log files of the trail have arrived since the fix, in its home region. */
export async function deliveriesAfter(
  plan: Seat,
  applied: { at: string; now: string },
  aws: Aws,
): Promise<Reading<ArrivedSince | undefined>> {
  const status = await reading(`cloudtrail:GetTrailStatus in ${plan.account}`, () =>
    readDeliveryStatus(plan, aws),
  );
  return wasSeen(status) ? { seen: deliveriesSince(status.seen, applied) } : status;
}

/** Whether a digest file of the trail has arrived since the fix, in its home region. */
export async function digestsAfter(
  plan: Seat,
  applied: { at: string; now: string },
  aws: Aws,
): Promise<Reading<ArrivedSince | undefined>> {
  const status = await reading(`cloudtrail:GetTrailStatus in ${plan.account}`, async () => {
    const { LatestDigestDeliveryTime: at, LatestDigestDeliveryError } = await aws
      .cloudTrail(plan)
      .send(new GetTrailStatusCommand({ Name: plan.resource }));
    return { lastSuccess: at?.toISOString() ?? null, error: LatestDigestDeliveryError || null };
  });
  return wasSeen(status) ? { seen: digestsSince(status.seen, applied) } : status;
}

async function readDeliveryStatus(plan: Seat, aws: Aws): Promise<DeliveryStatus> {
  const { LatestDeliveryTime, LatestDeliveryError } = await aws
    .cloudTrail(plan)
    .send(new GetTrailStatusCommand({ Name: plan.resource }));
  return {
    lastSuccess: LatestDeliveryTime?.toISOString() ?? null,
    error: LatestDeliveryError || null,
  };
}
