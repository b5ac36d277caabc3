import type { PolicyDocument, PolicyStatement } from '../posture/guards/policy-document.ts';

/**
 * Whether a bucket's policy lets the public in, by the rule that S3 itself goes by: a statement allows
 * everybody without a condition that fixes who or from where ("The meaning of public", Amazon S3 user
 * guide). S3's own word (GetBucketPolicyStatus) is asked of one bucket at a time; this one of all that
 * Config keeps.
 */
export function isPublicPolicy({ Statement }: PolicyDocument): boolean {
  return Statement.some(
    (statement) => statement.Effect === 'Allow' && isEverybody(statement) && !isNarrowed(statement),
  );
}

function isEverybody({ Principal, NotPrincipal }: PolicyStatement): boolean {
  if (NotPrincipal) return true;
  return (Principal?.AWS ?? []).includes('*');
}

/** Condition keys that narrow everybody to somebody when their values are fixed. */
const NARROWING = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
/** Operators that choose; `…IfExists` and negations choose nobody. */
const CHOOSING = /^(ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike|IpAddress)$/i;

function isNarrowed({ Condition = {} }: PolicyStatement): boolean {
  return Object.entries(Condition).some(
    ([operator, keys]) =>
      CHOOSING.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) =>
          NARROWING.has(key.toLowerCase()) && values.every((value) => isFixed(key, value)),
      ),
  );
}

/** A wildcard alone, a variable, and a range as wide as the Internet fix nothing. */
function isFixed(key: string, value: string): boolean {
  if (key.toLowerCase() !== 'aws:sourceip')
    return !/^[*?]+$/.test(value) && !value.includes('${') && !/^arn:[*?:]*$/.test(value);
  const bits = Number(value.split('/')[1] ?? 32);
  return value.includes(':') ? bits >= 32 : bits >= 8;
}
