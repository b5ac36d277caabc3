import type { Over } from '../posture/guards/guards-over.ts';
import { covers } from '../posture/guards/pattern.ts';
import type { PolicyStatement } from '../posture/guards/policy-document.ts';
import {
  type Condition,
  conditionsOf,
  type Deed,
  isAbout,
  isAboutEverybody,
} from '../posture/guards/policy-guards.ts';
import type { Obstacle } from './obstacle.ts';

/** One thing that a plan would do, by whom, and what binds the account in which it does so. */
export type Attempt = Deed & { role: string; over: Over };

/** The tags of a thing, by key. */
export type Tags = { [key: string]: string };

/**
 * The service control policy that is sure to deny one of these attempts; null where none is. A deny
 * whose conditions are not all understood is no promise of a refusal: then AWS itself has the last word.
 */
export function guardOf(attempts: Attempt[]): Obstacle | null {
  for (const { role, over, ...deed } of attempts) {
    for (const { name, document } of over.policies) {
      const statement = document.Statement.find((each) => surelyDenies(each, deed, role));
      if (!statement) continue;
      const controlTower = isControlTowers(name, statement.Sid);
      return { kind: 'guarded', by: name, action: deed.action, controlTower };
    }
  }
  return null;
}

/**
 * Whose code owns a thing, by the tags that CloudFormation writes itself and those that people agree on
 * with Terraform and others; null where no tag says so.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 */
export function ownerIn(tags: Tags): Obstacle | null {
  const stack = tags['aws:cloudformation:stack-name'];
  if (stack !== undefined) return { kind: 'owned', tool: 'cloudformation', where: stack };
  for (const [key, value] of Object.entries(tags)) {
    const said = `${key}=${value}`;
    if (/^(terraform|tf|opentofu)([:_/-].*)?$/i.test(key) && !SAYS_NO.test(value))
      return { kind: 'owned', tool: 'terraform', where: said };
    if (!MANAGED_BY.test(key)) continue;
    if (/terraform|opentofu|terragrunt/i.test(value))
      return { kind: 'owned', tool: 'terraform', where: said };
    if (/cloudformation|cdk|\bsam\b/i.test(value))
      return { kind: 'owned', tool: 'cloudformation', where: said };
    if (/pulumi|crossplane|ansible/i.test(value))
      return { kind: 'owned', tool: 'other', where: said };
  }
  return null;
}

const MANAGED_BY = /^(managed|created|provisioned|deployed)[-_: ]?(by|with)$/i;
const SAYS_NO = /^(false|no|0|none|unmanaged)?$/i;

/** Control Tower names its policies `aws-guardrails-…` and their statements `GR…` or `CT…`. */
function isControlTowers(name: string, sid: string | undefined): boolean {
  return name.startsWith('aws-guardrails-') || /^(GR|CT)[A-Z]/.test(sid ?? '');
}

function surelyDenies(statement: PolicyStatement, deed: Deed, role: string): boolean {
  return (
    statement.Effect === 'Deny' &&
    isAbout(statement, deed) &&
    isAboutEverybody(statement) &&
    conditionsOf(statement).every((condition) => surelyHolds(condition, role))
  );
}

/** Only who we are is known here; a condition about anything else may hold or not. */
function surelyHolds({ operator, key, values }: Condition, role: string): boolean {
  if (key === 'aws:principalisawsservice') return /^bool/.test(operator) && values[0] === 'false';
  if (key !== 'aws:principalarn') return false;
  const named = values.some((value) => covers(value, role));
  if (/^(arn|string)not(like|equals)(ifexists)?$/.test(operator)) return !named;
  return /^(arn|string)(like|equals)(ifexists)?$/.test(operator) && named;
}
