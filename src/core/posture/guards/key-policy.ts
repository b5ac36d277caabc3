import { covers } from './pattern.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

/** What of a key CloudTrail needs, by itself and for its log files (user guide, "Configure KMS key policies for CloudTrail"). */
const NEEDED = ['kms:GenerateDataKey', 'kms:DescribeKey'];
const CLOUDTRAIL = 'cloudtrail.amazonaws.com';
/** A service that calls for itself has no organization, no account and no network of its own. */
const ABSENT = [
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourcevpc',
  'aws:sourcevpce',
];

/** Whose trail, and for which key. `organization` is `o-…`, '' for an account of none, null where nobody knows. */
export type Delivering = {
  trail: string;
  account: string;
  organization: string | null;
  key: string;
};

/**
 * What the policy of a key lets CloudTrail do for a trail: `refused` (log files cannot be encrypted),
 * `unconfined` (a trail of any stranger may use the key, too) or `confined`. A condition that we do not
 * know may be met by our trail and not by a stranger's: only what is seen to be wrong is called wrong.
 */
export function cloudTrailAccess(
  policy: PolicyDocument,
  ours: Delivering,
): 'confined' | 'unconfined' | 'refused' {
  if (!NEEDED.every((action) => allows(policy, action, contextOf(ours, action), ours.key, true)))
    return 'refused';
  const stranger = {
    ...ours,
    trail: ours.trail.split(':').with(4, STRANGER).join(':'),
    account: STRANGER,
    organization: 'o-stranger',
  };
  const [use = ''] = NEEDED;
  return allows(policy, use, contextOf(stranger, use), ours.key, false) ? 'unconfined' : 'confined';
}

/** No account of AWS: ids do not begin with a zero this long. */
const STRANGER = '000000000001';

/** Null: the call does not have the key; undefined: nobody knows. */
export type Context = { [key: string]: string | null | undefined };

/**
 * AWS lets the people of an account in by it. It says nothing of services that call for themselves, so
 * such a statement lets none in, and whether a denial by it meets one is open.
 */
const OF_PEOPLE: Context = { 'kms:calleraccount': null };

function contextOf({ trail, account, organization }: Delivering, action: string): Context {
  return {
    'aws:sourcearn': trail,
    'aws:sourceaccount': account,
    'aws:sourceorgid': organization === null ? undefined : organization || null,
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': CLOUDTRAIL,
    'aws:securetransport': 'true',
    // Only who encrypts has a context: below this condition nothing lets DescribeKey in.
    'kms:encryptioncontext:aws:cloudtrail:arn': action === 'kms:DescribeKey' ? null : trail,
    ...Object.fromEntries(ABSENT.map((key) => [key, null])),
  };
}

/**
 * Whether a policy lets CloudTrail do one thing on one resource, by what is known of its request.
 * `lenient`: an unknown condition lets in and does not keep out; otherwise the other way round.
 */
export function allows(
  { Statement }: PolicyDocument,
  action: string,
  context: Context,
  key: string,
  lenient: boolean,
): boolean {
  const applies = (effect: 'Allow' | 'Deny', inDoubt: boolean) =>
    Statement.some(
      (statement) =>
        statement.Effect === effect &&
        speaksOf(statement, action, key) &&
        (met(statement, effect === 'Allow' ? { ...context, ...OF_PEOPLE } : context) ?? inDoubt),
    );
  return applies('Allow', lenient) && !applies('Deny', !lenient);
}

function speaksOf(statement: PolicyStatement, action: string, key: string): boolean {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement;
  const named = (who: NonNullable<PolicyStatement['Principal']>) =>
    (who.Service ?? []).some((one) => one === CLOUDTRAIL || one === '*') ||
    (who.AWS ?? []).includes('*');
  const among = (patterns: string[]) =>
    patterns.some((pattern) => covers(pattern.toLowerCase(), action.toLowerCase()));
  return (
    (Principal ? named(Principal) : NotPrincipal ? !named(NotPrincipal) : false) &&
    (Action ? among(Action) : !among(NotAction ?? [])) &&
    (!Resource || Resource.some((pattern) => covers(pattern, key))) &&
    !(NotResource ?? []).some((pattern) => covers(pattern, key))
  );
}

/** Whether all conditions of a statement hold; null where that hangs on one that we do not know. */
function met({ Condition = {} }: PolicyStatement, context: Context): boolean | null {
  let unknown = false;
  for (const [operator, keys] of Object.entries(Condition))
    for (const [key, values] of Object.entries(keys)) {
      const holds = meets(operator, context[key.toLowerCase()], values);
      if (holds === false) return false;
      if (holds === null) unknown = true;
    }
  return unknown ? null : true;
}

const OPERATOR =
  /^(?:For(Any|All)Values?:)?(String|Arn|Bool)(Not)?(Equals|Like)?(IgnoreCase)?(IfExists)?$/i;

function meets(
  operator: string,
  fact: string | null | undefined,
  values: string[],
): boolean | null {
  if (/^Null$/i.test(operator))
    return fact === undefined ? null : values.includes(String(fact === null));
  const [, set, kind = '', not, , , ifExists] = OPERATOR.exec(operator) ?? [];
  if (kind === '' || fact === undefined) return null;
  if (fact === null) return Boolean(ifExists) || ofNothing(set, Boolean(not));
  const like = /like/i.test(operator) || /arn/i.test(kind);
  const any = values.some((value) =>
    like ? covers(value, fact) : same(value, fact, /ignorecase|bool/i.test(operator)),
  );
  return any !== Boolean(not);
}

/** Of no values all are as they should be, and none is. */
function ofNothing(set: string | undefined, not: boolean): boolean {
  return set === undefined ? not : set.toLowerCase() === 'all';
}

function same(value: string, fact: string, anyCase: boolean): boolean {
  return anyCase ? value.toLowerCase() === fact.toLowerCase() : value === fact;
}
