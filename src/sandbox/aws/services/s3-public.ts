/** Whether a bucket's policy lets the public in, as S3 computes `PolicyStatus.IsPublic`. */

type Statement = { Effect?: string; Principal?: unknown; Condition?: unknown };

/**
 * Condition keys that narrow everybody to somebody when their values are fixed.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
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
const MATCHING = /^(ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike|IpAddress)/;

/** A policy is public when it lets everybody in without a condition of a fixed value. */
export function isPublic(policy: { [name: string]: unknown }): boolean {
  const { Statement = [] } = policy as { Statement?: Statement | Statement[] };
  return [Statement]
    .flat()
    .some(
      ({ Effect, Principal, Condition }) =>
        Effect === 'Allow' && isEverybody(Principal) && !narrows(Condition),
    );
}

function isEverybody(principal: unknown): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null) return false;
  return [(principal as { AWS?: string | string[] }).AWS ?? []].flat().includes('*');
}

function narrows(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      MATCHING.test(operator) &&
      Object.entries(keys as object).some(
        ([key, values]) =>
          NARROWING.has(key.toLowerCase()) &&
          [values].flat().every((value) => isFixed(key, String(value))),
      ),
  );
}

/** A wildcard alone, and an address range as wide as the Internet, fix nothing. */
function isFixed(key: string, value: string): boolean {
  if (key.toLowerCase() !== 'aws:sourceip') return !/^[*?]+$/.test(value) && !value.includes('${');
  const bits = Number(value.split('/')[1] ?? 32);
  return value.includes(':') ? bits >= 32 : bits >= 8;
}
