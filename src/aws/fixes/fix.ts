import type { FixPlan, FixTarget, Member } from '../../core/fixes/fix.ts';
import type { Obstacle, Snippet } from '../../core/fixes/obstacle.ts';
import type { State } from '../../core/fixes/plan.ts';
import type { Bilingual } from '../../core/reader.ts';
import type { Reading } from '../../core/reading.ts';
import type { Aws } from '../session.ts';

/** One thing that can be mended. Add a file with one of these and a line in `index.ts`. */
export type Fix = {
  /** As a finding's `fix.id` names it. */
  id: string;
  /** What it does, in the imperative: "Turn log file validation on". */
  title: Bilingual;
  /** IAM actions of the read role that `plan` and `read` need. */
  needs: { read: string[] };
  /**
   * By fix family (so by role), the APIs that its plans call, the way back included; every one stands in
   * `writes/`. `policies/iam/fix-<family>.json` grants what they need and nothing else.
   */
  writes: { [family: string]: string[] };
  /** The families whose calls hand a role to CloudTrail by `UpdateTrail`: they need iam:PassRole as well. */
  passesRole?: string[];
  /** True where it may be asked for by name and subject, without a finding: `fix contain-identity arn:…`. */
  withoutFinding?: true;
  /** The plan from the state as it is now. */
  plan(target: FixTarget, aws: Aws): Promise<Reading<Planned>>;
  /** The state that the plan is about, by the read role: before, and after. */
  read(plan: FixPlan, aws: Aws): Promise<Reading<State>>;
  /** The same change for who owns the thing by code; the command line is made from the calls. */
  asCode(plan: FixPlan): Snippet[];
  /**
   * What only time shows, such as a delivery: undefined while it is too early to tell. Asked for some
   * hours after an application, about every five minutes.
   */
  later?(
    plan: FixPlan,
    applied: { at: string; now: string },
    aws: Aws,
  ): Promise<Reading<{ holds: boolean; told: Bilingual } | undefined>>;
};

export type Planned = { plan: FixPlan } | 'already-sound' | { cannot: Obstacle };

/** Who stands behind an application; they go into the session. */
export type Names = {
  fix: string;
  planHash: string;
  requestedBy: Member;
  approvedBy: Member[];
  fence: number;
};
