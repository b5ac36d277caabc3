import type { CloudTrailEvent } from './event.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { member, text, withoutVersion } from './parse-event.ts';
import { allowsEverybody, narrows, type Statement, statementsOf } from './policy-statements.ts';

/**
 * The accounts, other than its own, that a call let in: sharing attributes of snapshots and images,
 * resource and trust policies, Lambda permissions, RAM shares. `all` where it let in everybody.
 */
export function sharedWith(event: CloudTrailEvent): string[] {
  const leaves = leavesOf(event).filter(({ path }) => path.startsWith('requestParameters'));
  const narrowed = leaves.some(({ path }) => PERMISSION_NARROWED.test(path));
  const found = leaves
    .flatMap((leaf) => grantee(leaf, event))
    .filter((account) => !(account === 'all' && narrowed));
  const inPolicies = statementsOf(event).flatMap(letIn);
  return [...new Set([...found, ...inPolicies])].filter((account) => account !== event.account);
}

/** Whom a statement lets in: accounts, and `all` for everybody. */
function letIn(statement: Statement): string[] {
  if (!statement.allows) return [];
  if (allowsEverybody(statement)) return ['all'];
  const named = (statement.principals ?? []).flatMap((one) => accountIn(one) ?? []);
  // “Everybody, of that account” is that account.
  const under = statement.principals?.includes('*')
    ? statement.conditions
        .filter(narrows)
        .filter(({ key }) =>
          /(PrincipalAccount|SourceAccount|SourceOwner|CallerAccount|PrincipalArn)$/i.test(key),
        )
        .flatMap(({ values }) => values.flatMap((value) => accountIn(value) ?? []))
    : [];
  return [...named, ...under];
}

/** A Lambda permission for `*` that names an organization, an account or a source is not for everybody. */
const PERMISSION_NARROWED = /^requestParameters\.(principalOrgI[dD]|sourceArn|sourceAccount)$/;

/** Members that list accounts; `all` among them is everybody. */
const ACCOUNTS =
  /\.(accountIdsToAdd|aWSAccountIds?|AWSAccountIds?|accountIds|accountWithRestoreAccess|consumerIdentifiers?)(\.\d+)?$/;

/** Calls whose members of that kind take away, and never share. */
const TAKING =
  /^(Remove|Revoke|Disassociate|Delete|Deregister|Leave|Deauthorize|Describe|List|Get)/;

function grantee({ path, value }: Leaf, event: CloudTrailEvent): string[] {
  const name = withoutVersion(event.eventName);
  if (TAKING.test(name)) return [];
  if (/(launchPermission|createVolumePermission|loadPermission)\.add\./i.test(path)) {
    if (/\.group$/i.test(path)) return [value];
    if (/\.(userId|organizationArn|organizationalUnitArn)$/i.test(path)) return [value];
  }
  if (/\.valuesToAdd\.\d+$/i.test(path) && /^(\d{12}|all)$/.test(value)) return [value];
  if (ACCOUNTS.test(path) && SHARING_CALL.test(name) && /^(\d{12}|all)$/i.test(value))
    return [value.toLowerCase()];
  if (/\.principals\.\d+$/i.test(path)) return [accountIn(value) ?? value];
  if (/^requestParameters\.(principal|granteePrincipal)$/i.test(path)) {
    if (value === '*') return ['all'];
    return accountIn(value) ? [accountIn(value) as string] : [];
  }
  // An access control list names owners and others by canonical ids, which say no account.
  if (/\.Grantee\.ID$/i.test(path) && value !== ownerIn(event)) return [value];
  return [];
}

const SHARING_CALL = /^(Modify|AddPermission|Authorize|Share|Associate|Create|Put)/;

function ownerIn(event: CloudTrailEvent): string | null {
  const list = member(member(event.record.requestParameters)?.AccessControlPolicy);
  return text(member(list?.Owner)?.ID);
}

function accountIn(principal: string): string | null {
  return (
    /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1] ??
    /^(\d{12})$/.exec(principal)?.[1] ??
    null
  );
}
