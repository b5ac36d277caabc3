import type { Snippet } from '../obstacle.ts';
import { isNarrowed, type LifecycleRule, prefixOf } from './lifecycle-rule.ts';

/**
 * The days of each rule for Terraform and CloudFormation; what a rule says beyond days (dates, tags,
 * sizes) is left to the code that owns it, and named. Texts of rules are quoted for each language.
 */
export function lifecycleAsCode(rules: LifecycleRule[]): Snippet[] {
  return [
    { tool: 'terraform', text: rules.map(terraform).join('\n') },
    {
      tool: 'cloudformation',
      text: ['LifecycleConfiguration:', '  Rules:', ...rules.map(cloudFormation)].join('\n'),
    },
  ];
}

function terraform(rule: LifecycleRule): string {
  const { ID = '', Status, Expiration, NoncurrentVersionExpiration: old } = rule;
  const block = (name: string, line: string) => [`  ${name} {`, `    ${line}`, '  }'];
  return [
    'rule {',
    `  id     = ${hcl(ID)}`,
    `  status = ${hcl(Status)}`,
    ...(isNarrowed(rule)
      ? ['  # filter: as it is']
      : block('filter', `prefix = ${hcl(prefixOf(rule))}`)),
    ...moves(rule).flatMap(({ days, to }) => [
      '  transition {',
      `    days          = ${days}`,
      `    storage_class = ${hcl(to)}`,
      '  }',
    ]),
    ...(Expiration?.Days === undefined ? [] : block('expiration', `days = ${Expiration.Days}`)),
    ...(old?.NoncurrentDays === undefined
      ? []
      : block('noncurrent_version_expiration', `noncurrent_days = ${old.NoncurrentDays}`)),
    ...(abortAfter(rule) === null
      ? []
      : block('abort_incomplete_multipart_upload', `days_after_initiation = ${abortAfter(rule)}`)),
    '}',
  ].join('\n');
}

function cloudFormation(rule: LifecycleRule): string {
  const { ID = '', Status, Expiration, NoncurrentVersionExpiration: old } = rule;
  return [
    `    - Id: ${JSON.stringify(ID)}`,
    `      Status: ${Status}`,
    ...(isNarrowed(rule)
      ? ['      # filter: as it is']
      : [`      Prefix: ${JSON.stringify(prefixOf(rule))}`]),
    ...(moves(rule).length > 0 ? ['      Transitions:'] : []),
    ...moves(rule).map(
      ({ days, to }) => `        - { TransitionInDays: ${days}, StorageClass: ${to} }`,
    ),
    ...(Expiration?.Days === undefined ? [] : [`      ExpirationInDays: ${Expiration.Days}`]),
    ...(old?.NoncurrentDays === undefined
      ? []
      : [`      NoncurrentVersionExpiration: { NoncurrentDays: ${old.NoncurrentDays} }`]),
    ...(abortAfter(rule) === null
      ? []
      : [`      AbortIncompleteMultipartUpload: { DaysAfterInitiation: ${abortAfter(rule)} }`]),
  ].join('\n');
}

function moves({ Transitions = [] }: LifecycleRule): { days: number; to: string }[] {
  return Transitions.flatMap(({ Days, StorageClass }) =>
    Days === undefined || typeof StorageClass !== 'string'
      ? []
      : [{ days: Days, to: StorageClass }],
  );
}

function abortAfter({ AbortIncompleteMultipartUpload: abort }: LifecycleRule): number | null {
  if (abort === undefined || abort === null || typeof abort !== 'object' || Array.isArray(abort))
    return null;
  const { DaysAfterInitiation: days } = abort;
  return typeof days === 'number' ? days : null;
}

/** A text of HCL: `${` and `%{` would begin an expression. */
const hcl = (text: string) => JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{');
