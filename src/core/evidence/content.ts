import type { Plan } from '../questions/plan.ts';
import { isEverybody } from './address.ts';
import type { CloudTrailEvent } from './event.ts';
import { givesEveryRight } from './grants.ts';
import { leavesOf } from './leaves.ts';
import type { Known } from './match.ts';
import { flag, member, text, withoutVersion } from './parse-event.ts';
import { closings, isAt, isRevoking, openings } from './ports.ts';
import { sharedWith } from './sharing.ts';

export { sharedWith } from './sharing.ts';

/**
 * Does the event hold what the question asks for beyond its name? One predicate per kind. A call that was
 * refused holds what it tried; its outcome tells it apart. Ports are opened inwards, unless `way` says so.
 */
export function holds(
  content: NonNullable<Plan['content']>,
  event: CloudTrailEvent,
  { accounts }: Known,
  way: 'in' | 'out' = 'in',
): boolean {
  switch (content.kind) {
    case 'port-open':
      return openings(event, way).some((opening) => isAt(content, opening));
    case 'port-close':
      return (
        closings(event).some((closing) => isAt(content, closing)) ||
        (content.port === null && content.cidr === null && isRevoking(event))
      );
    case 'parameter':
      // An error stands beside the request, not in it.
      if (content.name === 'errorCode')
        return content.value === null ? event.outcome !== 'ok' : event.outcome === content.value;
      // Denied calls often lose what they asked for; they stand as tried, never as done.
      return isLost(event) || saysIn(event, content.name, content.value);
    case 'public':
      return becamePublic(event);
    case 'shared-external':
      // Where the organization's accounts are not known, `outsideUntold` says so beside the answer.
      return sharedWith(event).some((account) => !accounts?.includes(account));
    case 'no-mfa':
      return wasWithoutMfa(event);
    case 'admin-grant':
      return givesEveryRight(event);
    case 'no-final-snapshot':
      return saysIn(event, 'skipFinalSnapshot', 'true');
    case 'cross-account':
      return crossesAccounts(event);
  }
}

/** The role is of another account than whoever takes it on; a service has no account to come from. */
function crossesAccounts({ caller, record }: CloudTrailEvent): boolean {
  const request = member(record.requestParameters);
  const details = member(record.additionalEventData);
  const role = accountOfArn(text(request?.roleArn)) ?? accountOfArn(text(details?.SwitchTo));
  const from = accountOfArn(text(details?.SwitchFrom)) ?? caller.accountId;
  return role !== null && from !== null && role !== from;
}

function accountOfArn(arn: string | null | undefined): string | null {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn ?? '')?.[1] ?? null;
}

/** A call that failed and whose record keeps nothing of its request. */
function isLost({ outcome, record }: CloudTrailEvent): boolean {
  return outcome !== 'ok' && (record.requestParameters ?? null) === null;
}

/** The request gives this parameter this value; what the request leaves out was not changed by it. */
function saysIn(event: CloudTrailEvent, name: string, value: string | null): boolean {
  return leavesOf(event).some(
    (leaf) =>
      leaf.path.startsWith('requestParameters.') &&
      lastOf(leaf.path).toLowerCase() === name.toLowerCase() &&
      (value === null || leaf.value.toLowerCase() === value.toLowerCase()),
  );
}

/** `requestParameters.layers.0` -> `layers`: the entries of a list are called what the list is. */
function lastOf(path: string): string {
  const whole = path.replace(/(?:\.\d+)+$/, '');
  return whole.slice(whole.lastIndexOf('.') + 1);
}

const BLOCKS = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
];

/** Calls that take away what keeps things from being public. */
const UNBLOCKING =
  /^(Delete(Bucket|Account)?PublicAccessBlock|Disable(Snapshot|Image)BlockPublicAccess)$/;

function becamePublic(event: CloudTrailEvent): boolean {
  const name = withoutVersion(event.eventName);
  if (UNBLOCKING.test(name)) return true;
  const leaves = leavesOf(event).filter(({ path }) => path.startsWith('requestParameters'));
  const ends = (ending: string, value: RegExp) =>
    leaves.some((leaf) => leaf.path.endsWith(`.${ending}`) && value.test(leaf.value));
  if (/^Put\w*PublicAccessBlock$/.test(name))
    return BLOCKS.some((block) => ends(block, /^false$/i));
  return (
    sharedWith(event).includes('all') ||
    openings(event).some(({ cidr }) => isEverybody(cidr)) ||
    ends('publiclyAccessible', /^true$/i) ||
    (/FunctionUrlConfig$/.test(name) && ends('authType', /^NONE$/)) ||
    isOpenCluster(event) ||
    leaves.some(
      ({ path, value }) =>
        (/acl/i.test(path) && /^(public-read|authenticated-read)/.test(value)) ||
        /groups\/global\/(AllUsers|AuthenticatedUsers)"?$/.test(value),
    )
  );
}

/** An EKS endpoint that is public is open to all of the internet, unless the request lists who may come. */
function isOpenCluster({ eventSource, record }: CloudTrailEvent): boolean {
  if (eventSource !== 'eks.amazonaws.com') return false;
  const network = member(member(record.requestParameters)?.resourcesVpcConfig);
  if (!network || flag(network.endpointPublicAccess) !== true) return false;
  const ranges = Array.isArray(network.publicAccessCidrs) ? network.publicAccessCidrs : [];
  return ranges.length === 0 || ranges.some((range) => isEverybody(text(range) ?? ''));
}

/**
 * A sign-in says `MFAUsed`; other calls of a person say it in the session. Federated people use their own
 * provider's factor, which AWS cannot see.
 */
function wasWithoutMfa(event: CloudTrailEvent): boolean {
  const used = text(member(event.record.additionalEventData)?.MFAUsed);
  if (used !== null) return used.toLowerCase() !== 'yes';
  const session = member(member(event.record.userIdentity)?.sessionContext);
  const { type } = event.caller;
  return (
    (type === 'IAMUser' || type === 'Root') &&
    flag(member(session?.attributes)?.mfaAuthenticated) === false
  );
}
