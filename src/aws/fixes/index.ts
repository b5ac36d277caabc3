import type { FixPlan } from '../../core/fixes/fix.ts';
import type { Sent } from '../../core/fixes/outcome.ts';
import type { State } from '../../core/fixes/plan.ts';
import type { Finding } from '../../core/posture/finding.ts';
import type { Reading } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { enableLogFileValidation } from './enable-log-file-validation.ts';
import type { Fix, Names } from './fix.ts';

/** Every fix that there is. To add one: its file, and a line here. */
export const fixes: Fix[] = [enableLogFileValidation];

/** The fixes as the jobs need them: by finding and by plan. */
export function openFixes(aws: Aws) {
  const byId = (id: string | undefined) => fixes.find((fix) => fix.id === id);
  const ofPlan = (plan: FixPlan) => {
    const fix = byId(plan.fix);
    if (!fix) throw new Error(`there is no fix called ${plan.fix}`);
    return fix;
  };
  return {
    /** 'no-fix' where this version knows none, or where its role is not configured. */
    async plan(finding: Finding): Promise<Reading<FixPlan | 'already-sound'> | 'no-fix'> {
      const fix = byId(finding.fix?.id);
      return fix && aws.settings.fixRoles[fix.family] ? fix.plan(finding, aws) : 'no-fix';
    },
    read: (plan: FixPlan): Promise<Reading<State>> => ofPlan(plan).read(plan, aws),
    apply: (plan: FixPlan, names: Names, maySend: () => boolean): Promise<Sent> =>
      ofPlan(plan).apply(plan, names, maySend, aws),
  };
}
