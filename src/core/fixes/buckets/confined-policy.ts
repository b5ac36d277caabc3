import type { Json, JsonObject } from '../../json.ts';
import { cloudTrailMayDeliver } from '../../posture/guards/bucket-delivery.ts';
import { actsForUsOnly, type Surroundings } from '../../posture/guards/own-sources.ts';
import { PolicyDocument, type PolicyStatement } from '../../posture/guards/policy-document.ts';
import { deniesPlainHttp } from '../../posture/guards/policy-guards.ts';
import type { DeliveringTrail } from './delivering-trail.ts';
import { apart, withStatements } from './policy-merge.ts';

const CLOUDTRAIL = 'cloudtrail.amazonaws.com';
const SOURCE = 'aws:SourceArn';

/** S3 takes policies of 20 KB. */
const LARGEST = 20_480;

/** The policy as it should be, or the name of the statement that a person has to decide about, and why. */
export type Confined =
  | { policy: Json }
  | { undecided: 'others-too' | 'names-strangers'; statement: string }
  | { undecided: 'too-large' | 'shuts-out' | 'nobody-delivers'; statement: null };

/**
 * The policy with a deny of plain HTTP, and with the trails that deliver named in each statement that
 * lets CloudTrail in for anybody. Every other statement stays as it is, to the letter and in its place.
 * To do it twice changes nothing.
 */
export function confinedPolicy(
  policy: Json,
  trails: DeliveringTrail[],
  around: Surroundings,
): Confined {
  const document = policy === null ? { Statement: [] } : PolicyDocument.parse(policy);
  const { statements, rest } = apart(policy);
  const named: Json[] = [];
  for (const [index, statement] of document.Statement.entries()) {
    const written = statements[index] ?? null;
    if (!isOpenToAllTrails(statement, document, around)) {
      named.push(written);
      continue;
    }
    const undecided = decisionAbout(statement, written);
    const Sid = statement.Sid ?? `#${index + 1}`;
    if (undecided) return { undecided, statement: Sid };
    if (trails.length === 0) return { undecided: 'nobody-delivers', statement: null };
    named.push(naming(written, trails));
  }
  const isSame = named.every((statement, index) => statement === statements[index]);
  const merged: Json = isSame ? policy : { ...rest, Statement: named };
  const whole = tlsOnly(document, around.bucketArn)
    ? merged
    : withStatements(merged, [
        { name: 'TrailwardenTlsOnly', statement: onlyOverTls(around.bucketArn) },
      ]);
  if (JSON.stringify(whole).length > LARGEST) return { undecided: 'too-large', statement: null };
  if (shutsOut(policy, whole, trails, around)) return { undecided: 'shuts-out', statement: null };
  return { policy: whole };
}

/** True where the statement lets CloudTrail act, and nothing says for whose trails. */
function isOpenToAllTrails(
  statement: PolicyStatement,
  document: PolicyDocument,
  around: Surroundings,
): boolean {
  return (
    statement.Effect === 'Allow' &&
    statement.Principal?.Service?.includes(CLOUDTRAIL) === true &&
    !actsForUsOnly(statement, document, around)
  );
}

/** Whoever else a statement lets in would be shut out by the trails of CloudTrail. */
function decisionAbout(
  { Principal = {} }: PolicyStatement,
  written: Json,
): 'others-too' | 'names-strangers' | undefined {
  if (Object.values(Principal).flat().length > 1) return 'others-too';
  const equals = conditionOf(written);
  const named = Object.keys(equals).some((key) => key.toLowerCase() === SOURCE.toLowerCase());
  return named ? 'names-strangers' : undefined;
}

function naming(written: Json, trails: DeliveringTrail[]): Json {
  const statement = asObject(written);
  const condition = asObject(statement.Condition ?? {});
  const arns = trails.map(({ arn }) => arn);
  const [only] = arns;
  const sources = arns.length === 1 && only !== undefined ? only : arns;
  const operator = equalsOf(condition);
  return {
    ...statement,
    Condition: {
      ...condition,
      [operator]: { ...asObject(condition[operator] ?? {}), [SOURCE]: sources },
    },
  };
}

function conditionOf(written: Json): JsonObject {
  const condition = asObject(asObject(written).Condition ?? {});
  return asObject(condition[equalsOf(condition)] ?? {});
}

/** IAM reads the names of operators in any case. */
function equalsOf(condition: JsonObject): string {
  return (
    Object.keys(condition).find((name) => name.toLowerCase() === 'stringequals') ?? 'StringEquals'
  );
}

function tlsOnly(document: PolicyDocument, bucketArn: string): boolean {
  return [bucketArn, `${bucketArn}/*`].every((resource) => deniesPlainHttp(document, resource));
}

function onlyOverTls(bucketArn: string): JsonObject {
  return {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/** Whoever could deliver before must be able to afterwards, by the same reading of both policies. */
function shutsOut(
  before: Json,
  after: Json,
  trails: DeliveringTrail[],
  { bucketArn, organization }: Surroundings,
): boolean {
  return trails.some(({ arn, prefix, organization: whole }) => {
    const ours = {
      trail: arn,
      account: arn.split(':')[4] ?? '',
      organization: whole && organization ? organization : null,
      bucketArn,
      prefix,
    };
    const may = (policy: Json) =>
      cloudTrailMayDeliver(policy === null ? null : PolicyDocument.parse(policy), ours);
    return may(before) && !may(after);
  });
}

function asObject(value: Json): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Error('a policy has an object where it has none');
  return value;
}
