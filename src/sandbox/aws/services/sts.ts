import { randomInt } from 'node:crypto';
import { existsIn } from '../authorization.ts';
import type { CallerIdentity } from '../caller-identity.ts';
import { faultOf } from '../fault-codes.ts';
import { parseRoleArn, sessionArn, sessionTokenOf, uniqueId } from '../identity.ts';
import type { Scenario } from '../scenario.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { type Policy, parsePolicy } from './iam-policy.ts';

export const sts: Handlers = {
  'sts:GetCallerIdentity': ({ caller }) => ({
    UserId: caller.role
      ? `${uniqueId(caller.role.arn)}:${caller.role.sessionName}`
      : uniqueId(caller.arn),
    Account: caller.account,
    Arn: caller.arn,
  }),
  'sts:AssumeRole': assumeRole,
};

/**
 * Temporary credentials for a role that trusts the caller. The caller's own policies have been asked
 * already; what is checked here is the other side: the role, its trust and the terms of the session.
 */
function assumeRole(call: Call, world: World) {
  const { input, caller, now } = call;
  checkTerms(call);
  const policy = sessionPolicy(input.Policy);
  const role = trustedRole(call, world);
  const sourceIdentity = input.SourceIdentity ?? caller.role?.sourceIdentity;
  const accessKeyId = newAccessKeyId();
  const expires = new Date(now.getTime() + (input.DurationSeconds ?? 3600) * 1000);
  const session: CallerIdentity & { expires: Date } = {
    account: role.account,
    arn: sessionArn(role.account, role.name, input.RoleSessionName),
    accessKeyId,
    role: {
      arn: input.RoleArn,
      name: role.name,
      sessionName: input.RoleSessionName,
      createdAt: now,
      ...(sourceIdentity && { sourceIdentity }),
    },
    ...(policy && { sessionPolicy: policy }),
    expires,
  };
  world.identities.set(accessKeyId, session);
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: `sandbox${accessKeyId}`,
      SessionToken: sessionTokenOf(accessKeyId),
      Expiration: expires,
    },
    AssumedRoleUser: {
      AssumedRoleId: `${uniqueId(input.RoleArn)}:${input.RoleSessionName}`,
      Arn: session.arn,
    },
    ...(input.Policy && { PackedPolicySize: Math.ceil((input.Policy.length / 2048) * 100) }),
    ...(sourceIdentity && { SourceIdentity: sourceIdentity }),
  };
}

/** A missing role, an untrusting one and a suspended account look alike from outside. */
function trustedRole(call: Call, world: World) {
  const { input, caller } = call;
  const refused = (action: string) =>
    faultOf(
      'sts',
      'denied',
      `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${input.RoleArn}`,
    );
  const named = parseRoleArn(input.RoleArn);
  const account = named && world.accounts.get(named.account);
  const role = world.scenario.roles.find(
    (each) => named && each.name === named.path && existsIn(each, named.account),
  );
  if (!named || account?.status !== 'ACTIVE' || !role) throw refused('sts:AssumeRole');
  if (!trusts(role, caller)) throw refused('sts:AssumeRole');
  if (role.trust.externalId !== undefined && role.trust.externalId !== input.ExternalId) {
    throw refused('sts:AssumeRole');
  }
  const kept = caller.role?.sourceIdentity;
  if (kept && input.SourceIdentity && input.SourceIdentity !== kept) {
    throw refused('sts:SetSourceIdentity');
  }
  if (role.trust.sourceIdentity && !input.SourceIdentity && !kept) throw refused('sts:AssumeRole');
  return named;
}

function trusts({ trust }: Scenario['roles'][number], caller: CallerIdentity): boolean {
  const names = [
    '*',
    caller.account,
    `arn:aws:iam::${caller.account}:root`,
    caller.arn,
    ...(caller.role ? [caller.role.arn] : []),
  ];
  return trust.principals.some((principal) => names.includes(principal));
}

const NAME = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function checkTerms({ input, caller }: Call): void {
  const { RoleArn, RoleSessionName, ExternalId, SourceIdentity, DurationSeconds: seconds } = input;
  const invalid = (value: unknown, field: string, rule: string) =>
    new AwsFault(
      'ValidationError',
      `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: ${rule}`,
      400,
    );
  const pattern = 'Member must satisfy regular expression pattern: [\\w+=,.@-]*';
  if (!RoleArn) throw invalid(RoleArn, 'roleArn', 'Member must not be null');
  if (!NAME.test(RoleSessionName ?? '')) throw invalid(RoleSessionName, 'roleSessionName', pattern);
  if (SourceIdentity !== undefined && !NAME.test(SourceIdentity)) {
    throw invalid(SourceIdentity, 'sourceIdentity', pattern);
  }
  if (ExternalId !== undefined && !EXTERNAL_ID.test(ExternalId)) {
    throw invalid(
      ExternalId,
      'externalId',
      'Member must satisfy regular expression pattern: [\\w+=,.@:\\/-]*',
    );
  }
  if (!parseRoleArn(RoleArn)) throw new AwsFault('ValidationError', `${RoleArn} is invalid`, 400);
  if (seconds === undefined) return;
  if (seconds < 900) {
    throw invalid(
      seconds,
      'durationSeconds',
      'Member must have value greater than or equal to 900',
    );
  }
  if (seconds > 43_200) {
    throw invalid(seconds, 'durationSeconds', 'Member must have value less than or equal to 43200');
  }
  if (seconds > 3600) {
    throw new AwsFault(
      'ValidationError',
      caller.role
        ? 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.'
        : 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      400,
    );
  }
}

function sessionPolicy(text: string | undefined): Policy | undefined {
  if (text === undefined) return undefined;
  if (text.length > 2048) {
    throw new AwsFault(
      'ValidationError',
      "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
      400,
    );
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new AwsFault('MalformedPolicyDocument', 'This policy contains invalid Json', 400);
  }
  return parsePolicy(document, 'session policy');
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
function newAccessKeyId(): string {
  let id = 'ASIA';
  while (id.length < 20) id += LETTERS.charAt(randomInt(LETTERS.length));
  return id;
}
