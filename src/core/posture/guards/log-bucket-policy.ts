import { accountIn, actsForUsOnly, isOurs, type Surroundings } from './own-sources.ts';
import { overlaps } from './pattern.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { conditionsOf, deniesFor, deniesPlainHttp, isBreakGlass } from './policy-guards.ts';

/**
 * What is wrong with the policy of a log bucket, each as `who (what)`, or only what it is:
 *
 * - `plain-http-allowed`: no statement denies everybody what does not come over TLS;
 * - `source-not-confined`: a service may write on behalf of whoever asks it to (the confused deputy),
 *   because no `aws:SourceArn`, `aws:SourceAccount` or `aws:SourceOrgID` says for whom;
 * - `may-write`, `may-delete`, `may-reconfigure`: a principal that is no service may do so.
 */
export function policyGaps(document: PolicyDocument | null, around: Surroundings): string[] {
  const { bucketArn } = around;
  const tls =
    document !== null &&
    [bucketArn, `${bucketArn}/*`].every((resource) => deniesPlainHttp(document, resource));
  const gaps = (document?.Statement ?? [])
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) => gapsOf(statement, document, around));
  return [...(tls ? [] : ['plain-http-allowed']), ...new Set(gaps)];
}

const DEEDS = {
  'may-write': ['s3:PutObject'],
  'may-delete': ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:DeleteBucket'],
  'may-reconfigure': [
    's3:BypassGovernanceRetention',
    's3:DeleteBucketPolicy',
    's3:PutBucketAcl',
    's3:PutBucketObjectLockConfiguration',
    's3:PutBucketPolicy',
    's3:PutBucketPublicAccessBlock',
    's3:PutBucketVersioning',
    's3:PutLifecycleConfiguration',
  ],
};

/** All others are about the bucket. */
const ON_OBJECTS = new Set([
  's3:BypassGovernanceRetention',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutObject',
]);

function gapsOf(
  statement: PolicyStatement,
  document: PolicyDocument | null,
  around: Surroundings,
): string[] {
  const may = Object.entries(DEEDS)
    .filter(([, actions]) => actions.some((action) => mayDo(statement, action, document, around)))
    .map(([word]) => word);
  if (may.length === 0) return [];
  const confined = actsForUsOnly(statement, document, around);
  return principalsOf(statement).flatMap(({ kind, who }) => {
    if (kind === 'Service') {
      const more = may.filter((word) => word !== 'may-write');
      return [...(confined ? [] : [`${who} (source-not-confined)`]), ...saidOf(who, more)];
    }
    return isExpected(kind, who, statement, around) ? [] : saidOf(who, may);
  });
}

function saidOf(who: string, words: string[]): string[] {
  return words.map((word) => `${who} (${word})`);
}

/** True where the statement allows the action, and nothing else in the document denies it to everybody. */
function mayDo(
  { Action, NotAction }: PolicyStatement,
  action: string,
  document: PolicyDocument | null,
  { bucketArn, breakGlassRoles }: Surroundings,
): boolean {
  const wanted = action.toLowerCase();
  const named = Action
    ? Action.some((one) => overlaps(one.toLowerCase(), wanted))
    : !(NotAction ?? []).some((one) => overlaps(one.toLowerCase(), wanted));
  if (!named) return false;
  const resource = ON_OBJECTS.has(action) ? `${bucketArn}/*` : bucketArn;
  return !(document && deniesFor(document, { action, resource }, breakGlassRoles));
}

function principalsOf({ Principal, NotPrincipal }: PolicyStatement) {
  // To allow everybody but somebody is to allow everybody.
  const named = NotPrincipal ? { AWS: ['*'] } : (Principal ?? {});
  return Object.entries(named).flatMap(([kind, all]) => all.map((who) => ({ kind, who })));
}

/** The owner's account itself (whose own policies decide), and break-glass roles of our accounts. */
function isExpected(
  kind: string,
  who: string,
  statement: PolicyStatement,
  around: Surroundings,
): boolean {
  if (kind !== 'AWS') return false;
  const { owner, breakGlassRoles } = around;
  const isOwner = who === owner || new RegExp(`^arn:[^:]*:iam::${owner}:root$`).test(who);
  // A stranger may call a role of its own by the same name.
  const isRole = (arn: string, anywhere: boolean) =>
    isBreakGlass(arn, breakGlassRoles) && (anywhere || isOurs(accountIn(arn), around));
  if (isOwner || isRole(who, false)) return true;
  const conditions = conditionsOf(statement);
  const withinUs = conditions.some(
    ({ operator, key, values }) =>
      key === 'aws:principalorgid' &&
      /^string(like|equals)$/.test(operator) &&
      values.length > 0 &&
      values.every((id) => around.organization !== '' && id === around.organization),
  );
  return conditions.some(
    ({ operator, key, values }) =>
      key === 'aws:principalarn' &&
      /^(arn|string)(like|equals)$/.test(operator) &&
      values.length > 0 &&
      values.every((value) => isRole(value, withinUs)),
  );
}
