import type { FixPlan, Member } from '../../core/fixes/fix.ts';
import type { Sent } from '../../core/fixes/outcome.ts';
import type { State } from '../../core/fixes/plan.ts';
import type { Finding } from '../../core/posture/finding.ts';
import type { Reading } from '../../core/reading.ts';
import type { Aws } from '../session.ts';

/** One thing that can be mended. Add a file with one of these and a line in `index.ts`. */
export type Fix = {
  /** As a finding's `fix.id` names it. */
  id: string;
  /** Which fix role it needs, and so which policy document under policies/iam grants it. */
  family: string;
  /** IAM actions: of the read role, and of the fix role. */
  needs: { read: string[]; fix: string[] };
  /** The plan from the state as it is now. */
  plan(finding: Finding, aws: Aws): Promise<Reading<FixPlan | 'already-sound'>>;
  /** The state that the plan is about, by the read role: before, and after. */
  read(plan: FixPlan, aws: Aws): Promise<Reading<State>>;
  /**
   * Sends the plan's calls, in a session that can do nothing else. `maySend` says, right before each
   * sending, whether the claim still holds.
   */
  apply(plan: FixPlan, names: Names, maySend: () => boolean, aws: Aws): Promise<Sent>;
};

export type Names = { fix: string; planHash: string; requestedBy: Member; approvedBy: Member };
