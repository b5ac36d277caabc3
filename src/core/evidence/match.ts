import type { Actor, Plan, Verb } from '../questions/plan.ts';
import { addressIn } from './address.ts';
import { type Aliases, carriesAlias } from './aliases.ts';
import { isBy } from './caller.ts';
import { holds } from './content.ts';
import type { CloudTrailEvent } from './event.ts';
import { carries } from './identifiers.ts';
import { withoutVersion } from './parse-event.ts';
import { isReached, type Reach } from './reach.ts';
import { sharedWith } from './sharing.ts';
import type { Users } from './users.ts';
import { viaOf } from './via.ts';

/** 'undated': everything fits but the record has lost its time, so it may lie outside the window. */
export type Match = 'yes' | 'no' | 'undated';

/** What is known of the organization beside the event; null where it could not be learnt. */
export type Known = {
  accounts: string[] | null;
  /** The people whom events name by the id of an identity store. */
  users?: Users;
  /** What else actors are called, and the keys that were issued to them, by the actor as asked for. */
  reached?: ReadonlyMap<string, Reach>;
  /** What else the resources that are asked for are called. */
  aliases?: Aliases;
};
export const NOTHING_KNOWN: Known = { accounts: null };

/** Is this event what the plan asks for? Every slot that speaks must agree; sources only pre-select. */
export function matches(plan: Plan, event: CloudTrailEvent, known: Known = NOTHING_KNOWN): Match {
  const name = withoutVersion(event.eventName);
  const fits =
    any(plan.eventNames, (wanted) => withoutVersion(wanted) === name) &&
    (plan.eventNames.length > 0 || any(plan.verbs, (verb) => isDoing(verb, name))) &&
    any(plan.eventSources, (source) => source === event.eventSource) &&
    (plan.accounts === 'all' || plan.accounts.includes(event.account)) &&
    (plan.regions === 'all' || plan.regions.includes(event.region) || isNowhere(plan, event)) &&
    outcomeFits(plan.outcome, event.outcome) &&
    any(plan.addresses, (range) => addressIn(event.sourceIPAddress, range)) &&
    any(plan.via, (via) => via === viaOf(event)) &&
    (plan.readOnly === null || plan.readOnly === (event.readOnly ?? isReading(name))) &&
    any(actorsOf(plan), (actor) => isBy(actor, event) || isReached(actor, event, known)) &&
    any(plan.resources, (resource) =>
      plan.shape === 'event'
        ? event.eventID === resource
        : carries(event, resource) || carriesAlias(event, resource, known.aliases),
    ) &&
    plan.alsoResources.every(
      (resource) => carries(event, resource) || isGivenTo(plan, event, resource),
    ) &&
    !isExcepted(plan.except, event, known) &&
    (plan.content === null || holds(plan.content, event, known, wayOf(plan)));
  return fits ? within(plan.time, event.eventTime) : 'no';
}

/** Who asks for outbound rules alone asks for calls of that name. */
function wayOf({ eventNames }: Plan): 'in' | 'out' {
  const asks = (way: string) => eventNames.includes(`AuthorizeSecurityGroup${way}`);
  return asks('Egress') && !asks('Ingress') ? 'out' : 'in';
}

/** “shared with 098797384747”: a policy names the account within the ARN of its root or of a role. */
function isGivenTo({ verbs }: Plan, event: CloudTrailEvent, account: string): boolean {
  return verbs.includes('share') && /^\d{12}$/.test(account) && sharedWith(event).includes(account);
}

/**
 * Users, accounts and names live in no region: their events are written in us-east-1, or wherever the
 * sign-in page was. Somebody who asks for such a thing in Seoul means the thing (reference: questions, 5.1).
 */
function isNowhere(
  { resourceType, eventSources }: Plan,
  { eventSource }: CloudTrailEvent,
): boolean {
  return (resourceType !== null || eventSources.includes(eventSource)) && GLOBAL.has(eventSource);
}

const GLOBAL = new Set(
  ['iam', 'organizations', 'account', 'cloudfront', 'route53', 'route53domains', 'signin'].map(
    (service) => `${service}.amazonaws.com`,
  ),
);

/** What the asker left out, by any of its slots. */
function isExcepted(except: Plan['except'], event: CloudTrailEvent, known: Known): boolean {
  return (
    except.actors.some((actor) => isBy(actor, event) || isReached(actor, event, known)) ||
    except.accounts.includes(event.account) ||
    except.regions.includes(event.region) ||
    except.via.some((via) => via === viaOf(event)) ||
    except.eventNames.some((name) => withoutVersion(name) === withoutVersion(event.eventName)) ||
    except.eventSources.includes(event.eventSource) ||
    except.resources.some((resource) => carries(event, resource)) ||
    except.addresses.some((range) => addressIn(event.sourceIPAddress, range))
  );
}

/** Everybody of whom any may have acted. */
function actorsOf({ actor, alsoActors }: Plan): Actor[] {
  return actor === null ? [] : [actor, ...alsoActors];
}

/** No wish is no restriction. */
function any<T>(wishes: T[], test: (wish: T) => boolean): boolean {
  return wishes.length === 0 || wishes.some(test);
}

function within({ from, to, assumed }: Plan['time'], time: string | null): Match {
  // Where the words named no time, the window is our own guess and rules nothing undated out.
  if (time === null) return assumed ? 'yes' : 'undated';
  const at = Date.parse(time);
  return Date.parse(from) <= at && at < Date.parse(to) ? 'yes' : 'no';
}

/** "Access denied" has several spellings across services (reference: questions, 0.5). */
export function isDenial(outcome: string): boolean {
  return /AccessDenied|Unauthorized|NotAuthorized|Forbidden|AuthorizationError/i.test(outcome);
}

/** Every service has its own word for "too many calls". */
export function isThrottled(outcome: string): boolean {
  return /Throttl|RequestLimitExceeded|TooManyRequests|RateExceeded|SlowDown|BandwidthLimit/i.test(
    outcome,
  );
}

function outcomeFits(wanted: Plan['outcome'], outcome: string): boolean {
  switch (wanted) {
    case 'any':
      return true;
    case 'ok':
      return outcome === 'ok';
    case 'denied':
      return isDenial(outcome);
    case 'throttled':
      return isThrottled(outcome);
    case 'failed':
      return outcome !== 'ok';
  }
}

/** First words of event names by verb, for names that no catalogue lists (reference: questions, 2.2). */
const DOING: Record<Verb, RegExp> = {
  delete: /^(Batch)?(Delete|Terminate|Remove|Deregister|Release|Destroy|Purge|Schedule\w*Deletion)/,
  stop: /^(Stop|Disable|Suspend|Pause|Deactivate)/,
  start: /^(Start|Enable|Resume|Activate)/,
  reboot: /^(Reboot|Restart|Failover)/,
  create: /^(Create|Run|Allocate|Register|Import|Restore|Add|Launch|Request)/,
  change: /^(Update|Modify|Put|Set|Change|Replace|Associate|Reset|Tag|Untag)/,
  attach: /^(Attach|Add|Put\w*Policy|Create\w*Assignment|Authorize|Associate)/,
  detach: /^(Detach|Remove|Revoke|Disassociate|Delete\w*Policy)/,
  open: /^(Authorize|Modify|Put|Delete\w*PublicAccessBlock|Create|Update|AddPermission)/,
  close: /^(Revoke|Put\w*PublicAccessBlock|Modify)/,
  share:
    /^(Modify\w*Attribute|Put\w*Policy|AddPermission|CreateResourceShare|AssociateResourceShare|Share|UpdateAssumeRolePolicy)/,
  read: /^(Get|Head|List|Describe|Select|Decrypt|Scan|Query|BatchGet|Lookup|Search|View|Download)/,
  'sign-in': /^(ConsoleLogin|Authenticate|Federate|CredentialVerification|UserAuthentication)/,
  assume: /^(AssumeRole|SwitchRole|GetRoleCredentials|GetFederationToken|GetSessionToken)/,
  use: /./,
};

/** Calls that do so and are not called so. */
const ALSO: { [verb in Verb]?: string } = {
  delete:
    'BidEvictedEvent StopTask CloseAccount DisableSecurityHub StartSecretVersionDelete EndSecretVersionDelete',
  stop: 'DeleteTrail DeleteFlowLogs DeleteConfigurationRecorder DeleteDeliveryChannel DeleteDetector DeleteResolverQueryLogConfig DisassociateResolverQueryLogConfig DeletePublishingDestination BatchDisableStandards',
  start: 'RunTask CreateFlowLogs CreateDetector BatchEnableStandards CancelKeyDeletion',
  create:
    'CopySnapshot CopyImage CopyDBSnapshot CopyDBClusterSnapshot PutObject CopyObject CompleteMultipartUpload StartTask ExecuteChangeSet PutUserPolicy PutRolePolicy PutGroupPolicy PutConfigurationRecorder PutConfigRule PutDeliveryChannel PutMetricAlarm PutCompositeAlarm PutRule PutParameter StartBackupJob AcceptVpcPeeringConnection VerifyEmailIdentity VerifyDomainIdentity',
  read: 'ExecuteStatement ExportTableToPointInTime GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncrypt',
};

function isDoing(verb: Verb, name: string): boolean {
  return DOING[verb].test(name) || (ALSO[verb]?.split(' ').includes(name) ?? false);
}

/** Does a call of this name only look, as far as names tell? */
export function isReading(name: string): boolean {
  return DOING.read.test(name);
}
