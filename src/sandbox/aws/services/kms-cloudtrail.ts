import { like } from './iam-conditions.ts';
import { defaultPolicy, type Key } from './kms.ts';

type Statement = {
  Effect?: string;
  Principal?: unknown;
  Action?: string | string[];
  Condition?: { [operator: string]: { [key: string]: string | string[] } };
};

/** Whether the policy of a key lets CloudTrail make data keys for the log files of a trail. */
export function letsCloudTrailEncrypt(key: Key, trail: string): boolean {
  const { Statement = [] } = (key.policy ?? defaultPolicy(key)) as {
    Statement?: Statement | Statement[];
  };
  const applies = (effect: string) =>
    [Statement]
      .flat()
      .some(
        (statement) =>
          statement.Effect === effect &&
          speaksToCloudTrail(statement.Principal, effect) &&
          like([statement.Action ?? []].flat(), 'kms:GenerateDataKey', 'i') &&
          isMet(statement.Condition ?? {}, trail),
      );
  return applies('Allow') && !applies('Deny');
}

/** A service that is meant by `*` is denied with everybody, but let in only by its name. */
function speaksToCloudTrail(principal: unknown, effect: string): boolean {
  if (principal === '*') return effect === 'Deny';
  const named = (principal as { Service?: string | string[] } | undefined)?.Service ?? [];
  return [named].flat().includes('cloudtrail.amazonaws.com');
}

/** The conditions of CloudTrail's own example; any other one does not hold. */
function isMet(condition: NonNullable<Statement['Condition']>, trail: string): boolean {
  const facts: { [key: string]: string } = {
    'aws:sourcearn': trail,
    'aws:sourceaccount': trail.split(':')[4] ?? '',
    'kms:encryptioncontext:aws:cloudtrail:arn': trail,
  };
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const fact = facts[key.toLowerCase()];
      const values = [wanted].flat();
      if (fact === undefined) return false;
      return operator === 'StringEquals' ? values.includes(fact) : like(values, fact);
    }),
  );
}
