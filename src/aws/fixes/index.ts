import { commandLine } from '../../core/fixes/command-line.ts';
import type { FixPlan, FixTarget } from '../../core/fixes/fix.ts';
import type { Snippet } from '../../core/fixes/obstacle.ts';
import type { Sent, WhyNot } from '../../core/fixes/outcome.ts';
import type { State } from '../../core/fixes/plan.ts';
import type { Organization } from '../../core/posture/facts.ts';
import type { Reading } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { addAlarms } from './add-alarms.ts';
import { blockPublicAccess } from './block-public-access.ts';
import { closeSecurityGroup } from './close-security-group.ts';
import { confineBucketPolicy } from './confine-bucket-policy.ts';
import { containIdentity } from './contain-identity.ts';
import { createAggregator } from './create-aggregator.ts';
import { createOrganizationTrail } from './create-organization-trail.ts';
import { deleteRetiredTrail } from './delete-retired-trail.ts';
import { deliverToCloudWatchLogs } from './deliver-to-cloudwatch-logs.ts';
import { enableInsights } from './enable-insights.ts';
import { enableLogFileValidation } from './enable-log-file-validation.ts';
import { enableVersioning } from './enable-versioning.ts';
import { encryptLakeStore } from './encrypt-lake-store.ts';
import { encryptTrail } from './encrypt-trail.ts';
import { excludeLogBuckets } from './exclude-log-buckets.ts';
import type { Fix, Names, Planned } from './fix.ts';
import { obstacleTo } from './guards.ts';
import { lockObjects } from './lock-objects.ts';
import { logBucketAccess } from './log-bucket-access.ts';
import { makeTrailMultiRegion } from './make-trail-multi-region.ts';
import { notifyBySns } from './notify-by-sns.ts';
import { protectLakeStore } from './protect-lake-store.ts';
import { recordDataEvents } from './record-data-events.ts';
import { recordManagementEvents } from './record-management-events.ts';
import { restoreTrail } from './restore-trail.ts';
import { restoreTrailKey } from './restore-trail-key.ts';
import { retireTrail } from './retire-trail.ts';
import { rotateKey } from './rotate-key.ts';
import { sendPlan } from './send.ts';
import { setLifecycle } from './set-lifecycle.ts';
import { setLogRetention } from './set-log-retention.ts';
import { startLogging } from './start-logging.ts';
import { startRecorder } from './start-recorder.ts';

/** Every fix that there is. To add one: its file, and a line here. */
export const fixes: Fix[] = [
  rotateKey,
  restoreTrailKey,
  encryptTrail,
  confineBucketPolicy,
  logBucketAccess,
  setLifecycle,
  lockObjects,
  enableVersioning,
  blockPublicAccess,
  createOrganizationTrail,
  deleteRetiredTrail,
  enableInsights,
  enableLogFileValidation,
  encryptLakeStore,
  excludeLogBuckets,
  makeTrailMultiRegion,
  protectLakeStore,
  recordDataEvents,
  recordManagementEvents,
  restoreTrail,
  retireTrail,
  startLogging,
  startRecorder,
  createAggregator,
  deliverToCloudWatchLogs,
  notifyBySns,
  setLogRetention,
  addAlarms,
  closeSecurityGroup,
  containIdentity,
];

/** The fixes as the jobs need them: by target and by plan. */
export function openFixes(aws: Aws) {
  const byId = (id: string) => fixes.find((fix) => fix.id === id);
  const ofPlan = (plan: FixPlan) => {
    const fix = byId(plan.fix);
    if (!fix) throw new Error(`there is no fix called ${plan.fix}`);
    return fix;
  };
  const rolesFor = ({ writes }: Fix) =>
    Object.keys(writes).every((family) => aws.settings.fixRoles[family]);
  return {
    /** 'no-fix' where this version knows none of this name, or where a role of it is not configured. */
    async plan(id: string, target: FixTarget): Promise<Reading<Planned> | 'no-fix'> {
      const fix = byId(id);
      if (!fix || !rolesFor(fix)) return 'no-fix';
      return target.check === '' && !fix.withoutFinding ? 'no-fix' : fix.plan(target, aws);
    },
    read: (plan: FixPlan): Promise<Reading<State>> => ofPlan(plan).read(plan, aws),
    apply: (plan: FixPlan, names: Names, whyNot: WhyNot): Promise<Sent> =>
      sendPlan(plan, ofPlan(plan), names, whyNot, aws),
    /** The same change by code, for each tool, and as the command line would send it. */
    asCode: (plan: FixPlan): Snippet[] => [...ofPlan(plan).asCode(plan), commandLine(plan)],
    /** See `Fix.later`; null where nothing is to come. */
    async later(plan: FixPlan, applied: { at: string; now: string }) {
      const fix = ofPlan(plan);
      return fix.later ? fix.later(plan, applied, aws) : null;
    },
    /** What would deny or undo a plan; see `guards.ts`. */
    obstaclesUnder: (plan: FixPlan, organization: Organization) =>
      obstacleTo(plan, organization, aws),
  };
}
