import type { Json, JsonObject } from '../json.ts';
import type { Plan } from '../questions/plan.ts';
import { isEverybody } from './address.ts';
import type { CloudTrailEvent } from './event.ts';
import { type Leaf, leavesIn, leavesOf } from './leaves.ts';
import type { Known } from './match.ts';
import { flag, isObject, member, text, withoutVersion } from './parse-event.ts';

/** Does the event hold what the question asks for beyond its name? One predicate per kind. */
export function holds(
  content: NonNullable<Plan['content']>,
  event: CloudTrailEvent,
  { accounts }: Known,
): boolean {
  switch (content.kind) {
    case 'port-open':
      return openings(event).some((opening) => isAt(content, opening));
    case 'port-close':
      return (
        closings(event).some((closing) => isAt(content, closing)) ||
        (content.port === null && content.cidr === null && isRevoking(event))
      );
    case 'parameter':
      return saysIn(event, content.name, content.value);
    case 'public':
      return becamePublic(event);
    case 'shared-external':
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

/** An administrator's policy attached, or a document that allows every action on everything. */
function givesEveryRight(event: CloudTrailEvent): boolean {
  const leaves = leavesOf(event).filter(({ path }) => path.startsWith('requestParameters'));
  return leaves.some(({ path, value }) => {
    if (/policyArn$/i.test(path))
      return /:policy\/(?:job-function\/)?AdministratorAccess$/.test(value);
    if (!/\.Action(\.\d+)?$/.test(path) || (value !== '*' && value !== '*:*')) return false;
    const statement = path.slice(0, path.lastIndexOf('.Action'));
    const of = (member: string) =>
      leaves
        .filter((leaf) => leaf.path.startsWith(`${statement}.${member}`))
        .map((leaf) => leaf.value);
    return of('Effect').includes('Allow') && of('Resource').includes('*');
  });
}

export type Opening = { from: number; to: number; cidr: string };

function isAt(
  wanted: { port: number | null; cidr: string | null },
  { from, to, cidr }: Opening,
): boolean {
  const port = wanted.port === null || (from <= wanted.port && wanted.port <= to);
  const { cidr: range } = wanted;
  return port && (range === null || range === cidr || (isEverybody(range) && isEverybody(cidr)));
}

/** The request gives this parameter this value; what the request leaves out was not changed by it. */
function saysIn(event: CloudTrailEvent, name: string, value: string | null): boolean {
  return leavesOf(event).some(
    (leaf) =>
      leaf.path.startsWith('requestParameters.') &&
      leaf.path.slice(leaf.path.lastIndexOf('.') + 1).toLowerCase() === name.toLowerCase() &&
      (value === null || leaf.value.toLowerCase() === value.toLowerCase()),
  );
}

/**
 * What a security-group call let in. The rule stands in `ipPermissions.items[]`, flat in the request,
 * or in `ModifySecurityGroupRulesRequest`; protocol -1 means every port.
 */
function openings(event: CloudTrailEvent): Opening[] {
  const name = withoutVersion(event.eventName);
  if (name !== 'AuthorizeSecurityGroupIngress' && name !== 'ModifySecurityGroupRules') return [];
  return rulesIn(member(event.record.requestParameters));
}

/**
 * What a security-group call shut. A call that names only the ids of rules tells their ports in its
 * answer (`revokedSecurityGroupRuleSet`), where AWS wrote one.
 */
function closings(event: CloudTrailEvent): Opening[] {
  if (!isRevoking(event)) return [];
  const { requestParameters, responseElements } = event.record;
  return [...rulesIn(member(requestParameters)), ...rulesIn(member(responseElements))];
}

function isRevoking(event: CloudTrailEvent): boolean {
  return /^RevokeSecurityGroup(?:Ingress|Egress)$/.test(withoutVersion(event.eventName));
}

function rulesIn(root: JsonObject | null): Opening[] {
  if (!root) return [];
  return objectsIn(root)
    .filter((rule) => ['ipProtocol', 'IpProtocol', 'fromPort'].some((key) => key in rule))
    .flatMap((rule) => {
      const everyPort = ['-1', 'all'].includes(text(rule.ipProtocol ?? rule.IpProtocol) ?? '');
      const from = Number(text(rule.fromPort ?? rule.FromPort) ?? Number.NaN);
      const to = Number(text(rule.toPort ?? rule.ToPort) ?? from);
      const ranges = leavesIn(rule, '')
        .filter(({ path }) => /\.(cidrIp|cidrIpv4|cidrIpv6|CidrIpv4|CidrIpv6)$/.test(path))
        .map(({ value }) => value);
      // A rule may let in another group, or a prefix list, and hold no range at all.
      return (ranges.length > 0 ? ranges : ['']).map((cidr) =>
        everyPort || Number.isNaN(from) ? { from: 0, to: 65_535, cidr } : { from, to, cidr },
      );
    });
}

/**
 * The accounts, other than its own, that a call let in: sharing attributes of snapshots and images,
 * resource and trust policies, Lambda permissions, RAM shares. `all` where it let in everybody.
 */
export function sharedWith(event: CloudTrailEvent): string[] {
  const found = leavesOf(event)
    .filter(({ path }) => path.startsWith('requestParameters'))
    .flatMap(grantee);
  const principals = policyPrincipals(event).flatMap((principal) =>
    principal === '*' ? ['all'] : (accountIn(principal) ?? []),
  );
  return [...new Set([...found, ...principals])].filter((account) => account !== event.account);
}

/** Principals whom the policy documents of the request allow something. */
function policyPrincipals(event: CloudTrailEvent): string[] {
  const leaves = leavesOf(event).filter(({ path }) => path.startsWith('requestParameters'));
  return leaves
    .filter(({ path }) => /\.Principal(\.AWS(\.\d+)?|\.\*)?$/i.test(path))
    .filter(({ path, value }) => {
      const statement = path.slice(0, path.search(/\.Principal/i));
      const within = leaves.filter((leaf) => leaf.path.startsWith(`${statement}.`));
      const denies = within.some((leaf) => leaf.path.endsWith('.Effect') && leaf.value === 'Deny');
      // "Everybody" under a condition that names an organization, a network or a source is not everybody.
      const narrowed = within.some((leaf) => NARROWING.test(leaf.path));
      return !denies && !(value === '*' && narrowed);
    })
    .map(({ value }) => value);
}

const NARROWING =
  /\.Condition\..*(PrincipalOrg|PrincipalA|SourceVpc|SourceArn|SourceAccount|SourceOwner|SourceIp|SourceOrg|userid)/i;

function grantee({ path, value }: Leaf): string[] {
  if (/(launchPermission|createVolumePermission)\.add\./i.test(path)) {
    if (/\.group$/i.test(path)) return [value];
    if (/\.(userId|organizationArn|organizationalUnitArn)$/i.test(path)) return [value];
  }
  if (/\.valuesToAdd\.\d+$/i.test(path) && /^(\d{12}|all)$/.test(value)) return [value];
  if (/\.principals\.\d+$/i.test(path)) return [accountIn(value) ?? value];
  if (/^requestParameters\.principal$/i.test(path)) {
    if (value === '*') return ['all'];
    return accountIn(value) ? [accountIn(value) as string] : [];
  }
  return [];
}

function accountIn(principal: string): string | null {
  return (
    /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1] ??
    /^(\d{12})$/.exec(principal)?.[1] ??
    null
  );
}

const BLOCKS = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
];

function becamePublic(event: CloudTrailEvent): boolean {
  const name = withoutVersion(event.eventName);
  if (/^Delete(Bucket|Account)?PublicAccessBlock$/.test(name)) return true;
  const leaves = leavesOf(event).filter(({ path }) => path.startsWith('requestParameters'));
  const ends = (ending: string, value: RegExp) =>
    leaves.some((leaf) => leaf.path.endsWith(`.${ending}`) && value.test(leaf.value));
  if (/PublicAccessBlock$/.test(name)) return BLOCKS.some((block) => ends(block, /^false$/i));
  return (
    sharedWith(event).includes('all') ||
    openings(event).some(({ cidr }) => isEverybody(cidr)) ||
    ends('publiclyAccessible', /^true$/i) ||
    (/FunctionUrlConfig$/.test(name) && ends('authType', /^NONE$/)) ||
    leaves.some(
      ({ path, value }) =>
        (/acl/i.test(path) && /^public-read|^authenticated-read/.test(value)) ||
        /groups\/global\/(AllUsers|AuthenticatedUsers)$/.test(value),
    )
  );
}

/** A sign-in says `MFAUsed`; other calls of a person say it in the session. Federated people use their own provider's factor, which AWS cannot see. */
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

function objectsIn(root: JsonObject): JsonObject[] {
  const objects: JsonObject[] = [];
  let level: Json[] = [root];
  for (let depth = 0; level.length > 0 && depth < 16; depth += 1) {
    objects.push(...level.filter(isObject));
    level = level.flatMap((node) =>
      typeof node === 'object' && node !== null ? Object.values(node) : [],
    );
  }
  return objects;
}
