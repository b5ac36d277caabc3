import type { CloudTrailEvent } from './event.ts';
import { leavesOf } from './leaves.ts';
import { withoutVersion } from './parse-event.ts';
import { type Statement, statementsOf } from './policy-statements.ts';

/**
 * Managed policies with which one can do everything, or give oneself everything. `PowerUserAccess` is none:
 * it leaves IAM out.
 */
const ADMINISTRATOR =
  /:policy\/(?:job-function\/|aws-service-role\/)?(?:AdministratorAccess|IAMFullAccess)$|:cluster-access-policy\/AmazonEKSClusterAdminPolicy$/;

/** Calls that give; to detach or to delete such a policy gives nobody anything. */
const GIVING = /^(Attach|Put|Create|Update|Add|SetDefault|Associate)/;

/** An administrator's policy attached, or a document that allows every action, or all of IAM, on everything. */
export function givesEveryRight(event: CloudTrailEvent): boolean {
  if (!GIVING.test(withoutVersion(event.eventName))) return false;
  const attached = leavesOf(event).some(
    ({ path, value }) =>
      path.startsWith('requestParameters') &&
      /policyArn(\.\d+)?$/i.test(path) &&
      ADMINISTRATOR.test(value),
  );
  return attached || statementsOf(event).some(isAdministrators);
}

/** Policies of resources name principals, and speak of that one resource. */
function isAdministrators({
  allows,
  principals,
  exceptPrincipals,
  actions,
  exceptActions,
  resources,
}: Statement) {
  if (!allows || principals !== null || exceptPrincipals || !resources.includes('*')) return false;
  if (exceptActions) return !exceptActions.some((action) => /^(\*|iam:\*)$/i.test(action));
  return actions.some((action) => /^(\*|\*:\*|iam:\*)$/i.test(action));
}
