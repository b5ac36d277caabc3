import type { Organization, OrganizationAccount } from '../posture/facts.ts';
import { type Reading, wasSeen } from '../reading.ts';
import { NEEDED } from './approval.ts';
import type { FixPlan, RiskClass } from './fix.ts';

/** Handles of user groups (without @), by risk class. */
export type GroupsByClass = { [Class in RiskClass]?: string | undefined };

/** Whose members approve: everywhere, and under an OU (by its path, or by its id) where that says so. */
export type ApproverRules = { everywhere: GroupsByClass; units: { [unit: string]: GroupsByClass } };

/** Where nobody may approve, this stands in the place of the group. */
export const NOBODY = 'nobody (neither fixes.approvers nor slack.approvers names a group)';

/**
 * The group whose members may approve a plan, as it is called in sentences (`@cloud-approvers`), and how
 * many of them must. Of OUs within one another the innermost decides that names a group for the class.
 * Where it is not known under which OU the account hangs, nobody knows who may approve.
 */
export async function approversOfPlan(
  { account, riskClass }: Pick<FixPlan, 'account' | 'riskClass'>,
  { everywhere, units }: ApproverRules,
  organization: () => Promise<Organization>,
): Promise<Reading<{ group: string; needed: number }>> {
  const found = (group: string | undefined) => ({
    seen: { group: group ? `@${group}` : NOBODY, needed: NEEDED[riskClass] },
  });
  const ruled = Object.entries(units).filter(([, groups]) => groups[riskClass] !== undefined);
  if (ruled.length === 0) return found(everywhere[riskClass]);

  const placed = placeOf(account, await organization());
  if (!wasSeen(placed)) return placed;
  const innermost = ruled
    .map(([unit, groups]) => ({ depth: depthOf(unit, placed.seen), group: groups[riskClass] }))
    .filter(({ depth }) => depth > 0)
    .sort((a, b) => b.depth - a.depth)[0];
  return found(innermost ? innermost.group : everywhere[riskClass]);
}

/** Units of the rules under which no account hangs: a slip of the pen would leave them to another group. */
export function unknownUnits(
  { units }: Pick<ApproverRules, 'units'>,
  accounts: OrganizationAccount[],
): string[] {
  return Object.keys(units).filter((unit) => !accounts.some((one) => depthOf(unit, one) > 0));
}

function placeOf(
  account: string,
  { accounts, units, alone }: Organization,
): Reading<OrganizationAccount> {
  const unknown = (reason: string, ko = reason): Reading<OrganizationAccount> => ({
    unseen: {
      kind: 'failed',
      reason: `under which OU the account ${account} hangs, and so who may approve: ${reason}`,
      ko: { reason: `계정 ${account}의 OU와 그에 따른 승인자: ${ko}` },
    },
  });
  if (!wasSeen(accounts)) return unknown(accounts.unseen.reason, accounts.unseen.ko?.reason);
  if (units && !wasSeen(units)) return unknown(units.unseen.reason, units.unseen.ko?.reason);
  const found = accounts.seen.find(({ id }) => id === account);
  if (!found) return unknown('Organizations does not list it', 'Organizations 목록에 없습니다');
  return found.unplaced && !alone
    ? unknown('it was not met under any OU', '어느 OU에서도 찾지 못했습니다')
    : { seen: found };
}

/** How many OUs deep a unit stands above an account; 0 where the account does not hang under it. */
function depthOf(unit: string, { ou, ouIds }: OrganizationAccount): number {
  const byId = ouIds.indexOf(unit) + 1;
  if (byId > 0) return byId;
  const wanted = unit.toLowerCase().replace(/^\/+|\/+$/g, '');
  return `${ou.toLowerCase()}/`.startsWith(`${wanted}/`) ? wanted.split('/').length : 0;
}
