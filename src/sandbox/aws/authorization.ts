import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from './fault-codes.ts';
import type { Scenario } from './scenario.ts';
import type { AwsFault, Call, World } from './service.ts';
import { type Need, needsOf, ownerOf } from './services/iam-actions.ts';
import type { Context } from './services/iam-conditions.ts';
import { arnOfRole, arnOfUser, findRole } from './services/iam-entities.ts';
import { allowing, decide, type Policy, parsePolicy } from './services/iam-policy.ts';
import { pathTo } from './services/organization-tree.ts';

/** Refuses what IAM would refuse: throws the service's own way of saying that access is denied. */
export type Authorize = (call: Call, world: World) => void;

const POLICIES = join(__dirname, '..', '..', '..', 'policies', 'iam');

/**
 * The authorization of a scenario's callers. Every policy that the scenario names is read and compiled
 * now, so that a missing or not understood one stops the start.
 */
export function authorization(scenario: Scenario, folder = POLICIES): Authorize {
  const files = new Map<string, Policy>();
  const policyFile = (name: string): Policy => {
    const policy =
      files.get(name) ?? parsePolicy(JSON.parse(readFileSync(join(folder, name), 'utf8')), name);
    files.set(name, policy);
    return policy;
  };
  const granted = ({ allow, policies }: { allow: string[]; policies: string[] }, of: string) => [
    ...(allow.length > 0 ? [allowing(allow, of)] : []),
    ...policies.map(policyFile),
  ];
  const ofKeys = new Map(scenario.keys.map((key) => [key.principal, granted(key, key.principal)]));
  const ofRoles = scenario.roles.map((role) => ({
    role,
    policies: granted(role, role.name),
    boundary: role.boundary === undefined ? undefined : policyFile(role.boundary),
  }));
  const ofOrganization = scenario.organization.serviceControlPolicies.map(
    ({ name, document, targets }) => ({ policy: parsePolicy(document, name), targets }),
  );

  const known = new Map<string, Binding>();
  const bindingOf = ({ caller }: Call, world: World): Binding => {
    const principal = caller.role?.arn ?? caller.arn;
    const before = known.get(principal);
    if (before) return before;
    const roles = ofRoles.filter(
      ({ role }) => principal.endsWith(`:role/${role.name}`) && existsIn(role, caller.account),
    );
    const above = unitsAbove(caller.account, world);
    const binding = {
      policies: [...(ofKeys.get(principal) ?? []), ...roles.flatMap((each) => each.policies)],
      boundaries: roles.flatMap(({ boundary }) => boundary ?? []),
      organization: ofOrganization
        .filter(({ targets }) => targets.some((target) => above.includes(target)))
        .map(({ policy }) => policy),
    };
    known.set(principal, binding);
    return binding;
  };
  return (call, world) => {
    const { policies, boundaries, organization } = bindingOf(call, world);
    for (const need of needsOf(call, world)) {
      const asked = { ...need, context: contextOf(call, need, world) };
      // Beside FullAWSAccess, which is attached to everything, a service control policy only denies.
      if (decide(organization, asked) === 'explicit-deny')
        throw denied(call, need, 'service control', 'explicit-deny');
      const decision = decide([...policies, ...inlineOf(call, world)], asked);
      if (decision !== 'allowed') throw denied(call, need, 'identity-based', decision);
      for (const boundary of boundaries) {
        const within = decide([boundary], asked);
        if (within !== 'allowed') throw denied(call, need, 'permissions boundary', within);
      }
      if (call.caller.sessionPolicy === undefined) continue;
      const session = decide([call.caller.sessionPolicy as Policy], asked);
      if (session !== 'allowed') throw denied(call, need, 'session', session);
    }
  };
}

/** The inline policies that calls gave a role or user, or took away: they bind from the next call on. */
function inlineOf({ caller }: Call, { scenario }: World): Policy[] {
  const principal = caller.role?.arn ?? caller.arn;
  const { roles, users } = scenario.iam;
  const entity =
    roles.find((role) => arnOfRole(role) === principal) ??
    users.find((user) => arnOfUser(user) === principal);
  return Object.entries(entity?.inline ?? {}).map(([name, document]) =>
    parsePolicy(document, name),
  );
}

/** What binds a principal: all of it must allow what it does. */
type Binding = { policies: Policy[]; boundaries: Policy[]; organization: Policy[] };

/**
 * Where a service control policy can be attached to bind an account: itself, the OUs above it, `root`.
 * Nothing binds the management account, and nothing of ours a stranger.
 */
function unitsAbove(account: string, world: World): string[] {
  const { organization } = world.scenario;
  if (account === organization.managementAccount || !world.accounts.has(account)) return [];
  return ['root', ...(pathTo(account, world)?.split('/') ?? [])];
}

/** True when a role of the scenario exists in an account. */
export function existsIn(role: Scenario['roles'][number], account: string): boolean {
  if (role.except.includes(account)) return false;
  return role.accounts === 'all' || role.accounts.includes(account);
}

/** The facts that conditions may ask about, by condition key in lower case. */
function contextOf(call: Call, { action, resource }: Need, world: World): Context {
  const { caller, region, input } = call;
  const organization = world.scenario.organization.id;
  const owner = ownerOf(resource, call, world);
  const context: Context = {
    'aws:principalaccount': caller.account,
    'aws:principalarn': caller.role?.arn ?? caller.arn,
    'aws:requestedregion': region,
    'aws:resourceaccount': owner,
    // Requests reach the simulator over loopback; at AWS they come over TLS, and policies count on it.
    'aws:securetransport': 'true',
  };
  if (world.accounts.has(caller.account)) context['aws:principalorgid'] = organization;
  if (world.accounts.has(owner)) context['aws:resourceorgid'] = organization;
  if (caller.role?.sourceIdentity) context['aws:sourceidentity'] = caller.role.sourceIdentity;
  if (caller.role) context['aws:tokenissuetime'] = caller.role.createdAt.toISOString();
  if (action === 'iam:PassRole') context['iam:passedtoservice'] = `${call.service}.amazonaws.com`;
  const boundary = boundaryIn(call, action, world);
  if (boundary !== undefined) context['iam:permissionsboundary'] = boundary;
  if (action === 's3:ListBucket') context['s3:prefix'] = input.Prefix ?? '';
  // CloudTrail encrypts each log file with the ARN of its trail as context.
  if (action === 'kms:Decrypt' && /(^|\/)AWSLogs\/.*\/CloudTrail/.test(input.Key ?? '')) {
    const trail = world.trails.find(({ bucket }) => bucket === input.Bucket);
    if (trail) context['kms:encryptioncontext:aws:cloudtrail:arn'] = trail.arn;
  }
  if (call.service !== 'sts') return context;
  if (input.ExternalId) context['sts:externalid'] = input.ExternalId;
  if (input.SourceIdentity) context['sts:sourceidentity'] = input.SourceIdentity;
  if (input.RoleSessionName) context['sts:rolesessionname'] = input.RoleSessionName;
  const tags: { Key: string; Value: string }[] = input.Tags ?? [];
  if (tags.length > 0) context['aws:tagkeys'] = tags.map(({ Key }) => Key);
  for (const { Key, Value } of tags) context[`aws:requesttag/${Key.toLowerCase()}`] = Value;
  return context;
}

/** The boundary that a role is to have, or that the role has whose policy is written. */
function boundaryIn(call: Call, action: string, world: World): string | undefined {
  if (action === 'iam:CreateRole') return call.input.PermissionsBoundary;
  const writes = action === 'iam:PutRolePolicy' || action === 'iam:DeleteRolePolicy';
  return writes ? findRole(call.input.RoleName, call, world)?.boundary : undefined;
}

/** A call that the organization forbids, whatever the caller's own policies allow. */
export function deniedByOrganization(call: Call, world: World): AwsFault {
  const [need] = needsOf(call, world);
  if (!need) return faultOf(call.service, 'denied');
  return denied(call, need, 'service control', 'explicit-deny');
}

/** The sentence that AWS answers a denied call with. */
export function denied(
  call: Call,
  { action, resource }: Need,
  kind:
    | 'identity-based'
    | 'session'
    | 'resource-based'
    | 'service control'
    | 'permissions boundary',
  decision: 'explicit-deny' | 'no-allow',
): AwsFault {
  const on = resource === '*' ? '' : ` on resource: ${resource}`;
  const named = kind === 'permissions boundary' ? kind : `${kind} policy`;
  const because =
    decision === 'explicit-deny'
      ? `with an explicit deny in ${kind === 'identity-based' ? 'an' : 'a'} ${named}`
      : `because no ${named} allows the ${action} action`;
  const sentence = `User: ${call.caller.arn} is not authorized to perform: ${action}${on} ${because}`;
  return faultOf(
    call.service,
    'denied',
    call.service === 'ec2'
      ? `You are not authorized to perform this operation. ${sentence}`
      : sentence,
  );
}
