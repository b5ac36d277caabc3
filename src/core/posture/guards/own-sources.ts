import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { type Condition, conditionsOf, isAbout, isAboutEverybody } from './policy-guards.ts';

/** What a bucket's policy is judged against. */
export type Surroundings = {
  bucketArn: string;
  /** The account that owns the bucket. */
  owner: string;
  /** `o-…`; '' where nobody knows. */
  organization: string;
  /** Every account of the organization; null where nobody knows. */
  accounts: ReadonlySet<string> | null;
  breakGlassRoles: string[];
};

/**
 * True where a statement that lets a service write lets it write only on behalf of our own accounts: by
 * a condition of its own, or by a deny of the same document.
 */
export function actsForUsOnly(
  statement: PolicyStatement,
  document: PolicyDocument | null,
  around: Surroundings,
): boolean {
  return (
    conditionsOf(statement).some((condition) => confines(condition, around)) ||
    (document?.Statement ?? []).some((other) => keepsStrangersOut(other, around))
  );
}

/** A condition that must be there and holds only for our own accounts; `…IfExists` lets pass what is not there. */
function confines({ operator, key, values }: Condition, around: Surroundings): boolean {
  return CONFINING.test(operator) && namesOnlyUs(key, values, around);
}

/**
 * The same said as a deny, as in AWS's data perimeters: services that act for accounts that are not ours
 * are denied. What else it asks must be true of every such service.
 */
function keepsStrangersOut(statement: PolicyStatement, around: Surroundings): boolean {
  const conditions = conditionsOf(statement);
  const namesUs = ({ operator, key, values }: Condition) =>
    LEAVING_OUT.test(operator) && namesOnlyUs(key, values, around);
  return (
    statement.Effect === 'Deny' &&
    isAbout(statement, { action: 's3:PutObject', resource: `${around.bucketArn}/*` }) &&
    isAboutEverybody(statement) &&
    conditions.some(namesUs) &&
    conditions.every((condition) => namesUs(condition) || isTrueOfServices(condition))
  );
}

function isTrueOfServices({ operator, key, values }: Condition): boolean {
  const all = (expected: string) =>
    values.length > 0 && values.every((value) => value.toLowerCase() === expected);
  if (key === 'aws:principalisawsservice') return /^bool(ifexists)?$/.test(operator) && all('true');
  // An account of no organization has no aws:SourceOrgID: to ask for it is to leave such strangers out.
  return operator === 'null' && /^aws:source(arn|account)$/.test(key) && all('false');
}

/** True where the values of a key that tells for whom a service acts are our own, all of them. */
function namesOnlyUs(key: string, values: string[], around: Surroundings): boolean {
  if (values.length === 0) return false;
  if (key === 'aws:sourcearn') return values.every((arn) => isOurs(accountIn(arn), around));
  if (key === 'aws:sourceaccount') return values.every((account) => isOurs(account, around));
  const { organization } = around;
  const inOrganization = (id: string) =>
    /^o-[a-z0-9]+$/.test(id) && (organization === '' || id === organization);
  if (key === 'aws:sourceorgid') return values.every(inOrganization);
  // A path begins with the organization: `o-…/r-…/ou-…/*`.
  const first = (path: string) => path.split('/')[0] ?? '';
  return key === 'aws:sourceorgpaths' && values.every((path) => inOrganization(first(path)));
}

const LEAVING_OUT = /^(forallvalues:)?(arn|string)not(like|equals|equalsignorecase)(ifexists)?$/;
const CONFINING = /^(foranyvalue:)?(arn|string)(like|equals|equalsignorecase)$/;

/** An account by its id; while nobody knows which are ours, any. */
export function isOurs(account: string, { accounts }: Surroundings): boolean {
  return /^\d{12}$/.test(account) && (accounts === null || accounts.has(account));
}

/** The fifth part of an ARN; '' where it names no account. */
export function accountIn(arn: string): string {
  return arn.split(':')[4] ?? '';
}
