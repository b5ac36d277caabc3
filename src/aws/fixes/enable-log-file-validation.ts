import { GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import type { FixPlan } from '../../core/fixes/fix.ts';
import { planLogFileValidation, type State, trailOf } from '../../core/fixes/plan.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import { ARRIVING, digestsAfter } from './deliveries-after.ts';
import type { Fix } from './fix.ts';

/** `UpdateTrail(EnableLogFileValidation)` with the trail's ARN, in its owner account and home region. */
export const enableLogFileValidation: Fix = {
  id: 'enable-log-file-validation',
  title: { en: 'Turn log file validation on', ko: '로그 파일 검증 켜기' },
  needs: { read: ['cloudtrail:GetTrail', ...ARRIVING] },
  writes: { trail: ['cloudtrail:UpdateTrail'] },

  async plan(target, aws) {
    const where = trailOf(target.subject);
    if (!where) throw new Error(`finding ${target.id} is about no trail: ${target.subject}`);
    const state = await readTrail({ ...where, resource: target.subject }, aws);
    if (!wasSeen(state)) return state;
    const plan = planLogFileValidation(target, state.seen);
    return { seen: plan ? { plan } : 'already-sound' };
  },
  read: readTrail,
  asCode: () => [
    { tool: 'terraform', text: 'enable_log_file_validation = true' },
    { tool: 'cloudformation', text: 'EnableLogFileValidation: true' },
  ],
  later: digestsAfter,
};

/** What the fix changes, and what makes its plan stale when somebody else changes it (GetTrail). */
function readTrail(
  { account, region, resource }: Pick<FixPlan, 'account' | 'region' | 'resource'>,
  aws: Aws,
): Promise<Reading<State>> {
  return reading(`cloudtrail:GetTrail in ${account}`, async () => {
    const { Trail } = await aws
      .cloudTrail({ account, region })
      .send(new GetTrailCommand({ Name: resource }));
    if (Trail?.TrailARN !== resource)
      throw new Error(`GetTrail answered another trail than ${resource}`);
    return {
      LogFileValidationEnabled: Trail.LogFileValidationEnabled ?? false,
      HomeRegion: Trail.HomeRegion ?? null,
      S3BucketName: Trail.S3BucketName ?? null,
      S3KeyPrefix: Trail.S3KeyPrefix ?? null,
      KmsKeyId: Trail.KmsKeyId ?? null,
      IsMultiRegionTrail: Trail.IsMultiRegionTrail ?? false,
      IsOrganizationTrail: Trail.IsOrganizationTrail ?? false,
      IncludeGlobalServiceEvents: Trail.IncludeGlobalServiceEvents ?? false,
    };
  });
}
