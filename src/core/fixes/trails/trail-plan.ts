import type { FixPlan, FixTarget } from '../fix.ts';
import { type State, trailOf } from '../plan.ts';

/** What the plans of all fixes of trails have alike. */

/** What one fix says of its plan; the place and the accounts come from the trail. */
export type TrailChange = Pick<FixPlan, 'calls' | 'wayBack' | 'riskClass'> & {
  fix: string;
  family?: string;
  before: State;
  /** Only what differs from before. */
  after: State;
  feels: FixPlan['blast']['feels'];
  keeps: FixPlan['blast']['keeps'];
  irreversible?: FixPlan['blast']['irreversible'];
  cost?: FixPlan['cost'];
};

/**
 * The plan of a change of one trail, made in its owner's account and home region, where CloudTrail takes
 * writes (reference: fixes 6.0). An organization trail is felt by all accounts that it covers.
 */
export function trailPlan(target: FixTarget, arn: string, change: TrailChange): FixPlan {
  const seat = trailOf(arn);
  if (!seat) throw new Error(`planning a change of what is no trail: ${arn}`);
  const { fix, family = 'trail', calls, wayBack, riskClass, before, after, cost } = change;
  const covered = before.IsOrganizationTrail === true ? target.covers : [];
  const { feels, keeps, irreversible } = change;
  return {
    fix,
    family,
    direction: 'forward',
    finding: target.id,
    account: seat.account,
    region: seat.region,
    resource: arn,
    calls,
    before,
    after: { ...before, ...after },
    wayBack,
    riskClass,
    blast: {
      accounts: covered.length > 0 ? [...covered].sort() : [seat.account],
      feels,
      keeps,
      ...(irreversible && { irreversible }),
    },
    ...(cost && { cost }),
  };
}
