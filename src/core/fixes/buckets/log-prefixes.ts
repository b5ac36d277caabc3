import type { Json } from '../../json.ts';
import { PolicyDocument } from '../../posture/guards/policy-document.ts';

/**
 * Below which prefixes CloudTrail writes, by what the policy of the bucket lets it put: `AWSLogs/`, or
 * `some/prefix/AWSLogs/`. Without such a statement nothing is delivered, and `AWSLogs/` is assumed.
 */
export function logPrefixesIn(policy: Json, bucketArn: string): string[] {
  const document = PolicyDocument.safeParse(policy);
  const statements = document.success ? document.data.Statement : [];
  const prefixes = statements
    .filter(
      ({ Effect, Principal }) =>
        Effect === 'Allow' && Principal?.Service?.includes('cloudtrail.amazonaws.com'),
    )
    .flatMap(({ Resource = [] }) => Resource)
    .flatMap((resource) => {
      const key = resource.startsWith(`${bucketArn}/`) ? resource.slice(bucketArn.length + 1) : '';
      const found = /^([^*?$]*?AWSLogs\/)/.exec(key);
      return found?.[1] ?? [];
    });
  return prefixes.length > 0 ? [...new Set(prefixes)].sort() : ['AWSLogs/'];
}
