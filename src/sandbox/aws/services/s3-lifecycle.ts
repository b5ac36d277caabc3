import { AwsFault, type Call } from '../service.ts';
import type { BucketState } from '../world.ts';

type Rule = { [name: string]: unknown } & {
  ID?: string;
  Status?: string;
  Prefix?: string;
  Filter?: { Prefix?: string; And?: { Prefix?: string } };
  Expiration?: Moment & { ExpiredObjectDeleteMarker?: boolean };
  Transitions?: (Moment & { StorageClass?: string })[];
};
type Moment = { Days?: number; Date?: Date };

const ACTIONS = [
  'Expiration',
  'Transitions',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionTransitions',
  'AbortIncompleteMultipartUpload',
];

/**
 * Takes the place of all rules that there are; one broken rule refuses them all.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export function putBucketLifecycleConfiguration(bucket: BucketState, { input }: Call) {
  const rules: Rule[] = input.LifecycleConfiguration?.Rules ?? [];
  if (rules.length === 0) throw malformed();
  if (rules.length > 1_000) throw invalid('Lifecycle rules must not exceed 1000.');
  if (bucket.mfaDelete) {
    throw new AwsFault(
      'InvalidBucketState',
      'Lifecycle configuration is not supported on a bucket with Mfa Authentication.',
      409,
    );
  }
  for (const rule of rules) check(rule);
  const named = rules.flatMap(({ ID }) => ID ?? []);
  if (new Set(named).size < named.length) throw invalid('Rule ID must be unique.');
  return {
    lifecycle: rules.map((rule, index) => ({ ...rule, ID: rule.ID ?? `rule-${index + 1}` })),
    movesFrom: input.TransitionDefaultMinimumObjectSize ?? ('all_storage_classes_128K' as const),
  };
}

function check(rule: Rule): void {
  const { ID = '', Status, Expiration, Transitions = [] } = rule;
  if (Status !== 'Enabled' && Status !== 'Disabled') throw malformed();
  if (rule.Prefix === undefined && rule.Filter === undefined) throw malformed();
  if (ID.length > 255) throw invalid('ID length should not exceed allowed limit of 255');
  if (!ACTIONS.some((action) => rule[action] !== undefined)) {
    throw new AwsFault(
      'InvalidRequest',
      'At least one action needs to be specified in a rule',
      400,
    );
  }
  for (const moment of [...(Expiration ? [Expiration] : []), ...Transitions]) {
    if (moment.Days !== undefined && moment.Date !== undefined) throw malformed();
    if (moment.Days !== undefined && moment.Days < 1 && moment === Expiration) {
      throw invalid("'Days' for Expiration action must be a positive integer");
    }
    if (moment.Date && moment.Date.getTime() % 86_400_000 !== 0) {
      throw invalid("'Date' must be at midnight GMT");
    }
  }
  const last = Math.max(...Transitions.map(({ Days = 0 }) => Days), -1);
  if (Expiration?.Days !== undefined && Expiration.Days <= last) {
    const prefix = rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? rule.Prefix ?? '';
    throw invalid(
      `'Days' in the Expiration action for filter '(prefix=${prefix})' must be greater than 'Days' in the Transition action`,
    );
  }
}

function invalid(message: string): AwsFault {
  return new AwsFault('InvalidArgument', message, 400);
}

function malformed(): AwsFault {
  return new AwsFault(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    400,
  );
}
