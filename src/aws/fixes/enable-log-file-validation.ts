import {
  type CloudTrailClient,
  GetTrailCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import type { FixPlan } from '../../core/fixes/fix.ts';
import type { Sent } from '../../core/fixes/outcome.ts';
import { planLogFileValidation, type State, trailOf } from '../../core/fixes/plan.ts';
import { hashOf } from '../../core/hash.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import type { Fix, Names } from './fix.ts';

/** `UpdateTrail(EnableLogFileValidation)` with the trail's ARN, in its owner account and home region. */
export const enableLogFileValidation: Fix = {
  id: 'enable-log-file-validation',
  family: 'trail',
  needs: { read: ['cloudtrail:GetTrail'], fix: ['cloudtrail:UpdateTrail'] },

  async plan(finding, aws) {
    const where = trailOf(finding.subject);
    if (!where) throw new Error(`finding ${finding.id} is about no trail: ${finding.subject}`);
    const state = await readTrail({ ...where, resource: finding.subject }, aws);
    if (!wasSeen(state)) return state;
    return { seen: planLogFileValidation(finding, state.seen) ?? 'already-sound' };
  },
  read: readTrail,
  apply,
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

async function apply(plan: FixPlan, names: Names, maySend: () => boolean, aws: Aws): Promise<Sent> {
  const updates = plan.calls.map(({ api, parameters }) => {
    const { Name, EnableLogFileValidation: on, ...rest } = parameters;
    const known = api === 'cloudtrail:UpdateTrail' && Object.keys(rest).length === 0;
    if (!known || Name !== plan.resource || typeof on !== 'boolean') {
      throw new Error(
        `the plan of fix ${names.fix} holds a call that this fix does not make: ${api}`,
      );
    }
    return { Name, EnableLogFileValidation: on };
  });

  const session = await reading(`sts:AssumeRole of the fix role in ${plan.account}`, () =>
    aws.fixSession(sessionFor(plan, names, aws)),
  );
  if (!wasSeen(session)) return { refused: session.unseen.reason };

  const requestIds: string[] = [];
  try {
    for (const update of updates) {
      requestIds.push(await sendPatiently(new UpdateTrailCommand(update), session.seen, maySend));
    }
    return { requestIds };
  } catch (error) {
    const ended = whatBecameOf(error);
    // Behind a call that went through, a refusal of the next one is no "nothing was changed".
    return 'refused' in ended && requestIds.length > 0 ? { unsure: ended.refused } : ended;
  }
}

/**
 * CloudTrail takes one write a second per account and region (reference: fixes 6.0). A throttled call
 * was not executed, so that it, and nothing else, is sent again. Answers the request id.
 */
async function sendPatiently(
  update: UpdateTrailCommand,
  session: CloudTrailClient,
  maySend: () => boolean,
  waits = [1100, 2200, 4400],
): Promise<string> {
  if (!maySend()) throw new TooLate('the claim was about to end before the call could be sent');
  try {
    const { $metadata } = await session.send(update);
    return $metadata.requestId ?? '';
  } catch (error) {
    const [wait, ...later] = waits;
    if (!(error instanceof Error) || error.name !== 'ThrottlingException' || wait === undefined) {
      throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
    return sendPatiently(update, session, maySend, later);
  }
}

/** May call only what the plan calls, on only this trail, and is named after the plan. */
export function sessionFor(
  plan: FixPlan,
  { fix, planHash, ...people }: Names,
  aws: Pick<Aws, 'settings'>,
) {
  const role = aws.settings.fixRoles[enableLogFileValidation.family];
  if (!role) throw new Error('no fix role is configured (aws.fixRoles.trail)');
  return {
    role,
    where: { account: plan.account, region: plan.region },
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: enableLogFileValidation.needs.fix, Resource: plan.resource },
      ],
    },
    // 64 characters at most; no e-mail address, since the session's name is seen in other accounts.
    sessionName: `tw-${planHash.slice(0, 8)}-${hashOf(people.requestedBy.slackId).slice(0, 8)}`,
    sourceIdentity: `tw-${fix}`,
    tags: {
      'tw:plan': planHash.slice(0, 32),
      'tw:req': people.requestedBy.slackId,
      'tw:appr': people.approvedBy.slackId,
    },
  };
}

/** Our own no: the call was not sent. */
class TooLate extends Error {}

/** An answer that says no changed nothing; without an answer, or with a fault of AWS, nobody knows. */
function whatBecameOf(error: unknown): Sent {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) {
    throw error;
  }
  if (error instanceof TooLate) return { refused: error.message };
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  const reason = `${error.name}: ${error.message}`;
  return status >= 400 && status < 500 ? { refused: reason } : { unsure: reason };
}
