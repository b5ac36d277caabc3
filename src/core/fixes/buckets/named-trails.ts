import type { Json } from '../../json.ts';
import { PolicyDocument } from '../../posture/guards/policy-document.ts';
import { conditionsOf } from '../../posture/guards/policy-guards.ts';
import { trailOf } from '../plan.ts';

/** The trails that the policy of a bucket or a key names as CloudTrail's sources; patterns name none. */
export function trailsNamedIn(policy: Json): string[] {
  const document = PolicyDocument.safeParse(policy);
  const statements = document.success ? document.data.Statement : [];
  const sources = statements
    .filter(
      ({ Effect, Principal }) =>
        Effect === 'Allow' && Principal?.Service?.includes('cloudtrail.amazonaws.com'),
    )
    .flatMap(conditionsOf)
    .filter(({ key }) => key === 'aws:sourcearn')
    .flatMap(({ values }) => values);
  return [...new Set(sources.filter((arn) => trailOf(arn)))].sort();
}
