import type { Plan } from '../questions/plan.ts';
import type { Caller, CloudTrailEvent } from './event.ts';
import { invokingService } from './via.ts';

/** Was it this actor who called, as far as the record itself says? */
export function isBy(actor: NonNullable<Plan['actor']>, event: CloudTrailEvent): boolean {
  const { caller } = event;
  const wanted = actor.value.toLowerCase();
  switch (actor.kind) {
    case 'name':
      return (
        callerNames(event).some((name) => isCalled(name, wanted)) ||
        roleNameOf(caller)?.toLowerCase() === wanted
      );
    case 'email':
      return callerNames(event).some((name) => name.toLowerCase() === wanted);
    case 'arn':
      return isArn(actor.value, caller);
    case 'role':
      return actor.value.startsWith('arn:')
        ? isArn(actor.value, caller)
        : roleNameOf(caller)?.toLowerCase() === wanted;
    case 'access-key':
      return caller.accessKeyId === actor.value;
    case 'service':
      return [invokingService(event), caller.invokedBy].some(
        (service) => service === actor.value || service?.split('.')[0] === wanted,
      );
    case 'root':
      // What services do as root is no use of root (CIS 1.7 leaves it out likewise).
      return (
        caller.type === 'Root' &&
        caller.invokedBy === null &&
        event.record.eventType !== 'AwsServiceEvent'
      );
    case 'instance':
      return sessionNameOf(caller)?.toLowerCase() === wanted;
  }
}

/** `bob` is also the bob of `bob@example.com`; `bo` is nobody. */
function isCalled(name: string, wanted: string): boolean {
  const lower = name.toLowerCase();
  return lower === wanted || (!wanted.includes('@') && lower.split('@')[0] === wanted);
}

/** Every name that the record itself gives to who called. */
export function callerNames({ caller }: CloudTrailEvent): string[] {
  const lastOfArn = caller.arn?.includes('/') ? caller.arn.split('/').at(-1) : null;
  // In a role's session `userName` is the role's own name.
  const owner = caller.type === 'AssumedRole' ? null : caller.userName;
  const names = [
    owner,
    sessionNameOf(caller),
    lastOfArn,
    caller.sourceIdentity,
    caller.onBehalfOf?.userId,
  ];
  return [...new Set(names.filter((name) => typeof name === 'string'))].filter(Boolean);
}

/** What the caller of AssumeRole chose to call the session: a claim, never a proof. */
export function sessionNameOf(caller: Caller): string | null {
  const inArn = /^arn:[^:]*:sts::[^:]*:(?:assumed-role\/[^/]+|federated-user)\/(.+)$/s.exec(
    caller.arn ?? '',
  )?.[1];
  if (inArn) return inArn;
  const colon = caller.principalId?.indexOf(':') ?? -1;
  return colon < 0 ? null : (caller.principalId?.slice(colon + 1) ?? null);
}

/** The name of the role whose session called; null where no role is involved. */
export function roleNameOf(caller: Caller): string | null {
  return (
    /:assumed-role\/([^/]+)/.exec(caller.arn ?? '')?.[1] ??
    /:role\/(?:.*\/)?([^/]+)$/.exec(caller.sessionIssuerArn ?? '')?.[1] ??
    null
  );
}

/** Is it one of these principals (ARNs, or names of roles) whose call this is? */
export function isOneOf(principals: string[], { caller }: CloudTrailEvent): boolean {
  const names = [caller.arn, caller.sessionIssuerArn, roleNameOf(caller)];
  return names.some((name) => name !== null && principals.includes(name));
}

function isArn(wanted: string, caller: Caller): boolean {
  if (wanted === caller.arn || wanted === caller.sessionIssuerArn) return true;
  // A role's sessions carry its ARN in another form: service sts, `assumed-role`, without the path.
  const [, partition, account, role] =
    /^arn:([^:]*):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(wanted) ?? [];
  return (
    role !== undefined &&
    caller.arn?.startsWith(`arn:${partition}:sts::${account}:assumed-role/${role}/`) === true
  );
}
