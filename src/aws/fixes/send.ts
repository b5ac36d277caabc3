import type { ApiCall, FixPlan, Place } from '../../core/fixes/fix.ts';
import type { Sent, WhyNot } from '../../core/fixes/outcome.ts';
import { sessionNameOf } from '../../core/fixes/session-name.ts';
import type { Why } from '../../core/fixes/why.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Clock } from '../evidence/pace.ts';
import { reading } from '../reading.ts';
import type { Aws, ClientOf, FixSession } from '../session.ts';
import type { Fix, Names } from './fix.ts';
import { writeOf } from './writes/index.ts';

/** CloudTrail takes one write a second per account and region (reference: fixes 6.0). */
const BETWEEN_CALLS_MS = 1_100;
/** A throttled call was not executed, so that it, and nothing else, is sent again. */
const AFTER_THROTTLING_MS = [1_100, 2_200, 4_400];
/** A role that was just made is known to other services some seconds later (reference: fixes 6.1, CT-11). */
const AFTER_MAKING_MS = [3_000, 6_000, 12_000];

/**
 * Sends the calls of a plan in their order, each once, in sessions that can do nothing else: one per
 * role and place. Stops at the first error. `whyNot` is asked right before each sending.
 */
export async function sendPlan(
  plan: FixPlan,
  { writes }: Pick<Fix, 'writes'>,
  names: Names,
  whyNot: WhyNot,
  aws: Aws,
): Promise<Sent> {
  const calls = plan.calls.map((call) => ({ ...call, ...seatOf(call, plan) }));
  for (const { api, family } of calls) {
    if (!writes[family]?.includes(api))
      throw new Error(`the plan of fix ${names.fix} holds a call that it may not make: ${api}`);
  }
  const sessions = new Map<string, Reading<ClientOf>>();
  const accepted: { api: string; requestId: string }[] = [];
  const ended = (end: NotTaken): Sent => (accepted.length > 0 ? { ...end, accepted } : end);

  for (const [index, call] of calls.entries()) {
    const key = keyOf(call);
    const session =
      sessions.get(key) ??
      (await opened(
        calls.filter((each) => keyOf(each) === key),
        names,
        aws,
      ));
    sessions.set(key, session);
    if (!wasSeen(session)) return ended({ refused: session.unseen.reason });
    if (isCloudTrail(call) && calls.slice(0, index).some(isCloudTrail))
      await aws.clock.sleep(BETWEEN_CALLS_MS);
    const sent = await sendPatiently(call, session.seen, whyNot, aws.clock);
    if (!('requestId' in sent)) return ended(sent);
    accepted.push({ api: call.api, requestId: sent.requestId });
  }
  return { requestIds: accepted.map(({ requestId }) => requestId) };
}

const isCloudTrail = ({ api }: ApiCall) => api.startsWith('cloudtrail:');

/** Why a call was not taken, or that nobody knows. */
type NotTaken = { refused: string } | { held: Why } | { unsure: string };

type SeatedCall = ApiCall & { at: Place; family: string };

/** Where, and in which role, a call of a plan is made. */
export function seatOf(call: ApiCall, plan: FixPlan): { at: Place; family: string } {
  return {
    at: call.at ?? { account: plan.account, region: plan.region },
    family: call.family ?? plan.family,
  };
}

const keyOf = ({ family, at }: SeatedCall) => `${family}/${at.account}/${at.region}`;

function opened(calls: SeatedCall[], names: Names, aws: Aws): Promise<Reading<ClientOf>> {
  const [first] = calls;
  if (!first) throw new Error('a session for no call');
  return reading(`sts:AssumeRole of the ${first.family} fix role in ${first.at.account}`, () =>
    aws.fixSession(sessionFor(calls, names, aws)),
  );
}

/** May call only what the plan calls, on only its resources, and is named after the plan. */
export function sessionFor(
  calls: SeatedCall[],
  { fix, planHash, requestedBy, approvedBy, fence }: Names,
  aws: Pick<Aws, 'settings'>,
): FixSession {
  const [{ family, at }] = calls as [SeatedCall];
  const role = aws.settings.fixRoles[family];
  if (!role) throw new Error(`no fix role is configured (aws.fixRoles.${family})`);
  const needs = calls.flatMap(({ api, parameters }) => writeOf(api).needs(parameters, at));
  const resources = [...new Set(needs.map(({ resource }) => resource))];
  return {
    role,
    where: at,
    policy: {
      Version: '2012-10-17',
      Statement: resources.map((resource) => ({
        Effect: 'Allow',
        Action: [
          ...new Set(needs.filter((need) => need.resource === resource).map((need) => need.action)),
        ],
        Resource: resource,
      })),
    },
    sessionName: sessionNameOf({ planHash, requestedBy, fence }),
    sourceIdentity: `tw-${fix}`,
    tags: {
      'tw:plan': planHash.slice(0, 32),
      'tw:req': requestedBy.slackId,
      // At most 256 characters, none of them a comma: two ids, or what an auditor can look up.
      'tw:appr': approvedBy
        .map(({ slackId }) => slackId)
        .join(' ')
        .slice(0, 256),
    },
  };
}

async function sendPatiently(
  { api, parameters }: SeatedCall,
  clientOf: ClientOf,
  whyNot: WhyNot,
  clock: Clock,
  left?: number[],
): Promise<{ requestId: string } | NotTaken> {
  const held = await whyNot();
  if (held) return { held };
  try {
    const { $metadata } = await writeOf(api).send(parameters, clientOf);
    return { requestId: $metadata.requestId ?? '' };
  } catch (error) {
    const notYet = error instanceof Error && writeOf(api).notYet?.(error) === true;
    const [wait, ...later] = left ?? (notYet ? AFTER_MAKING_MS : AFTER_THROTTLING_MS);
    if (error instanceof Error && (notYet || isThrottling(error)) && wait !== undefined) {
      await clock.sleep(wait);
      return sendPatiently({ api, parameters } as SeatedCall, clientOf, whyNot, clock, later);
    }
    return whatBecameOf(error);
  }
}

/** As the services name it: most `ThrottlingException`, others in words of their own. */
const isThrottling = ({ name }: Error) =>
  [
    'ThrottlingException',
    'Throttling',
    'ThrottledException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'SlowDown',
  ].includes(name);

/** An answer that says no changed nothing; without an answer, or with a fault of AWS, nobody knows. */
function whatBecameOf(error: unknown): { refused: string } | { unsure: string } {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) {
    throw error;
  }
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  const reason = `${error.name}: ${error.message}`;
  return status >= 400 && status < 500 ? { refused: reason } : { unsure: reason };
}
