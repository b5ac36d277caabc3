import { covers, overlaps } from './pattern.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

/** An action, such as `s3:PutObject`, on a thing; patterns mean all that they stand for. */
export type Deed = { action: string; resource: string };

/**
 * What a document has against a deed: it is denied to everybody (but for break-glass roles), denied
 * only under conditions that we do not count (and which), or not denied.
 */
export type Guard = { denied: true } | { denied: false; conditions: string[] };

/**
 * What a service control policy, a bucket policy or a key policy has against a deed. It is proven or it
 * is not claimed: a deny counts only where one statement by itself denies all of the deed to everybody
 * but break-glass roles (names of roles, `*` allowed).
 */
export function guardAgainst(
  document: PolicyDocument,
  deed: Deed,
  breakGlassRoles: string[],
): Guard {
  const conditions: string[] = [];
  for (const statement of document.Statement) {
    if (statement.Effect !== 'Deny' || !isAbout(statement, deed)) continue;
    const open = openings(statement, breakGlassRoles);
    if (open.length === 0) return { denied: true };
    conditions.push(...open);
  }
  return { denied: false, conditions };
}

/** True where the document denies the deed to everybody but break-glass roles. */
export function deniesFor(
  document: PolicyDocument,
  deed: Deed,
  breakGlassRoles: string[] = [],
): boolean {
  return guardAgainst(document, deed, breakGlassRoles).denied;
}

/** True where the document denies everybody, on all of a resource, whatever does not come over TLS. */
export function deniesPlainHttp(document: PolicyDocument, resource: string): boolean {
  return document.Statement.some(
    (statement) =>
      statement.Effect === 'Deny' &&
      isAbout(statement, { action: 's3:*', resource }) &&
      isAboutEverybody(statement) &&
      conditionsOf(statement).length === 1 &&
      conditionsOf(statement).every(
        ({ operator, key, values }) =>
          /^bool(ifexists)?$/.test(operator) &&
          key === 'aws:securetransport' &&
          values.length === 1 &&
          values[0]?.toLowerCase() === 'false',
      ),
  );
}

/** True where the statement speaks of all of the deed. */
export function isAbout(statement: PolicyStatement, { action, resource }: Deed): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  const wanted = action.toLowerCase();
  const actions = Action
    ? Action.some((one) => covers(one.toLowerCase(), wanted))
    : NotAction !== undefined && !NotAction.some((one) => overlaps(one.toLowerCase(), wanted));
  if (!actions) return false;
  if (Resource) return Resource.some((one) => coversArn(one, resource));
  if (NotResource) return !NotResource.some((one) => mayMeet(one, resource));
  return false;
}

/** True where an Allow of the document may be about the deed, or a part of it, whatever it asks besides. */
export function mayAllow({ Statement }: PolicyDocument, deed: Deed): boolean {
  return Statement.some((statement) => statement.Effect === 'Allow' && mayBeAbout(statement, deed));
}

/** True where a statement may speak of the deed, or of a part of it. */
export function mayBeAbout(
  { Action, NotAction = [], Resource, NotResource = [] }: PolicyStatement,
  deed: Deed,
): boolean {
  const meets = (patterns: string[], wanted: string) =>
    patterns.some((pattern) => overlaps(pattern, wanted));
  const action = deed.action.toLowerCase();
  const lower = (actions: string[]) => actions.map((one) => one.toLowerCase());
  return (
    (Action ? meets(lower(Action), action) : !meets(lower(NotAction), action)) &&
    (Resource ? meets(Resource, deed.resource) : !meets(NotResource, deed.resource))
  );
}

/** A wildcard stays within its part of an ARN; `arn:aws:s3` and `arn:aws:*` are no promise. */
function coversArn(pattern: string, wanted: string): boolean {
  if (pattern === '*') return true;
  const [parts, others] = [partsOf(pattern), partsOf(wanted)];
  return (
    parts.length === 6 &&
    others.length === 6 &&
    parts.every((part, index) => covers(part, others[index] ?? ''))
  );
}

/** The six parts of an ARN; the last one keeps its colons. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** A variable may stand for anything. */
function mayMeet(pattern: string, wanted: string): boolean {
  return overlaps(pattern.replace(/\$\{[^}]*\}/g, '*'), wanted);
}

/** What lets somebody else than a break-glass role past a deny; none: nobody is let past. */
function openings(statement: PolicyStatement, breakGlassRoles: string[]): string[] {
  const { NotPrincipal } = statement;
  const exempt = Object.entries(NotPrincipal ?? {}).flatMap(([kind, who]) =>
    who.filter((one) => kind !== 'AWS' || !isBreakGlass(one, breakGlassRoles)),
  );
  const only = Object.values(statement.Principal ?? {}).flat();
  return [
    ...exempt.map((one) => `NotPrincipal ${one}`),
    ...(NotPrincipal || isAboutEverybody(statement) ? [] : only.map((one) => `Principal ${one}`)),
    ...conditionsOf(statement)
      .filter((condition) => !letsOnlyBreakGlassPast(condition, breakGlassRoles))
      .map(({ said, values }) => `${said} ${values.join(' ')}`),
  ];
}

/** A service control policy names no principal and means everybody in its accounts. */
export function isAboutEverybody({ Principal, NotPrincipal }: PolicyStatement): boolean {
  if (NotPrincipal) return false;
  return Principal === undefined || Principal.AWS?.includes('*') === true;
}

export type Condition = { operator: string; key: string; values: string[]; said: string };

/** The conditions of a statement, all of which must hold; operator and key in lower case. */
export function conditionsOf({ Condition = {} }: PolicyStatement): Condition[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values,
      said: `${operator} ${key}`,
    })),
  );
}

const NOT_LIKE = /^(arn|string)not(like|equals|equalsignorecase)(ifexists)?$/;

/** "Unless it is one of these roles", and "unless AWS itself does it": neither helps a thief of keys. */
function letsOnlyBreakGlassPast({ operator, key, values }: Condition, roles: string[]): boolean {
  if (key === 'aws:principalarn' && NOT_LIKE.test(operator))
    return values.every((value) => isBreakGlass(value, roles));
  return (
    key === 'aws:principalisawsservice' &&
    /^bool(ifexists)?$/.test(operator) &&
    values.length === 1 &&
    values[0]?.toLowerCase() === 'false'
  );
}

/** True for the ARN, or a pattern of ARNs, of roles that are all break-glass roles by their name. */
export function isBreakGlass(arn: string, roles: string[]): boolean {
  const [, , service, , , rest = ''] = partsOf(arn);
  const [kind, ...path] = rest.split('/');
  // An assumed role is `assumed-role/<role>/<session>`, a role `role/<path>/<role>`.
  const name =
    service === 'iam' && kind === 'role'
      ? path.at(-1)
      : service === 'sts' && kind === 'assumed-role'
        ? path[0]
        : undefined;
  return name !== undefined && name !== '' && roles.some((role) => covers(role, name));
}
