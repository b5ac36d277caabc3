import { type Unseen, wasSeen } from '../../reading.ts';
import type { Organization, OrganizationAccount, ServiceControlPolicy } from '../facts.ts';
import { once } from '../recorded/coverage.ts';
import { type Deed, guardAgainst, mayAllow } from './policy-guards.ts';

/**
 * The service control policies that bind an account: those on the root, on the OUs above it, and on
 * itself. `open` says why there may be more of them; `unsure`, that nobody knows whether the account is one
 * of the organization, so that perhaps none of them binds it. They never bind the management account.
 */
export type Over = {
  policies: ServiceControlPolicy[];
  /** Of each level without FullAWSAccess the policies: what none of them allows is denied. */
  allowLists?: ServiceControlPolicy[][];
  open: Unseen | null;
  unsure?: true;
};

export function policiesOver(account: string, organization: Organization): Over {
  return boundBy(account, organization, organization.policies, allowListsIn(organization));
}

/**
 * The resource control policies over what an account owns: they bind whoever acts on it, other accounts
 * too. They never bind what the management account owns.
 */
export function resourcePoliciesOver(account: string, organization: Organization): Over {
  const { resourcePolicies } = organization;
  if (!resourcePolicies) return { policies: [], open: null };
  return boundBy(account, organization, resourcePolicies, new Set());
}

/** `bare` are the targets without FullAWSAccess. */
function boundBy(
  account: string,
  organization: Organization,
  policies: Organization['policies'],
  bare: ReadonlySet<string>,
): Over {
  const { alone, managementAccount, accounts } = organization;
  if (alone || account === managementAccount) return { policies: [], open: null };
  if (!wasSeen(policies)) return { policies: [], open: policies.unseen };
  const member = members(organization).get(account);
  // Of a stranger's account we know that nothing of ours binds it.
  if (!member && wasSeen(accounts)) return { policies: [], open: null };
  const attached = attachments(policies);
  const path = [ROOT, ...(member?.ouIds ?? []), account];
  return {
    allowLists: path.flatMap((target) => (bare.has(target) ? [attached.get(target) ?? []] : [])),
    policies: [...new Set(path.flatMap((target) => attached.get(target) ?? []))],
    open: doubtAbout(member, organization),
    ...(isUnsure(account, organization) && { unsure: true as const }),
  };
}

/** Whether it may be a stranger's account, or the management account. */
function isUnsure(account: string, organization: Organization): boolean {
  const { accounts, self } = organization;
  return (!wasSeen(accounts) && account !== self) || unknownManagement(organization) !== null;
}

/** Set where nobody knows which of the accounts is the one that service control policies never bind. */
export function unknownManagement({ alone, managementAccount }: Organization): Unseen | null {
  return alone || managementAccount !== null ? null : UNKNOWN_MANAGEMENT;
}

const UNKNOWN_MANAGEMENT: Unseen = {
  kind: 'denied',
  reason: 'nobody could tell which account is the management account',
  wouldNeed: "organizations:DescribeOrganization in the bot's own account",
  ko: {
    reason: '어느 계정이 관리 계정인지 알 수 없습니다',
    wouldNeed: '봇 자신의 계정에서 organizations:DescribeOrganization 권한',
  },
};

function doubtAbout(
  member: OrganizationAccount | undefined,
  organization: Organization,
): Unseen | null {
  const { accounts, units, withoutFullAccess } = organization;
  const nobody = unknownManagement(organization);
  if (nobody) return nobody;
  if (!wasSeen(accounts)) return accounts.unseen;
  if (units && !wasSeen(units)) return units.unseen;
  if (withoutFullAccess && !wasSeen(withoutFullAccess)) return withoutFullAccess.unseen;
  return member?.unplaced ? notMet(member.id) : null;
}

function notMet(account: string): Unseen {
  return {
    kind: 'failed',
    reason: `account ${account} was listed and not met under any OU; it was made or moved while they were read`,
    ko: {
      reason: `계정 ${account}은(는) 목록에는 있지만 어느 OU에서도 찾지 못했습니다. 읽는 동안 만들어졌거나 옮겨졌습니다`,
    },
  };
}

/** An organization may have ten thousand accounts, and each of them is asked for. */
const members = once(
  ({ accounts }: Organization) =>
    new Map(wasSeen(accounts) ? accounts.seen.map((account) => [account.id, account]) : []),
);

/** An organization has one root, and nobody below it needs to know its id. */
const ROOT = 'r-';

const named = (id: string) => (id.startsWith(ROOT) ? ROOT : id);

const allowListsIn = once(
  ({ withoutFullAccess: bare }: Organization) =>
    new Set(bare && wasSeen(bare) ? bare.seen.map(named) : []),
);

/** The policies on the root, and on each OU and account by its id. */
const attachments = once(({ seen }: { seen: ServiceControlPolicy[] }) => {
  const attached = new Map<string, ServiceControlPolicy[]>();
  for (const policy of seen)
    for (const id of policy.targets) {
      const target = named(id);
      const there = attached.get(target);
      if (there) there.push(policy);
      else attached.set(target, [policy]);
    }
  return attached;
});

/** The policy that denies a deed, or the allow list that has no room for it; or that none does, with the conditions that let others past; or unknown. */
export type GuardOver = { by: string } | { conditions: string[] } | { unseen: Unseen };

export function guardOver(
  { policies, allowLists = [], open, unsure }: Over,
  deed: Deed,
  breakGlassRoles: string[],
): GuardOver {
  const conditions: string[] = [];
  for (const { name, document } of policies) {
    const guard = guardAgainst(document, deed, breakGlassRoles);
    if (guard.denied) return unsure && open ? { unseen: open } : { by: name };
    conditions.push(...guard.conditions.map((condition) => `${name}: ${condition}`));
  }
  const list = allowLists.find((all) => !all.some(({ document }) => mayAllow(document, deed)));
  if (list && !unsure) return { by: list.map(({ name }) => name).join(', ') };
  return open ? { unseen: open } : { conditions };
}
