import { type Unseen, wasSeen } from '../reading.ts';
import type { AccountFacts, OrganizationAccount, PostureSettings } from './facts.ts';
import { guardOver, policiesOver } from './guards-over.ts';
import { called, type Known } from './known.ts';

/** The calls by which a trail falls silent. */
export const SILENCING = [
  'cloudtrail:StopLogging',
  'cloudtrail:DeleteTrail',
  'cloudtrail:UpdateTrail',
  'cloudtrail:PutEventSelectors',
];

/** What service control policies leave open, over all accounts that they can bind. */
export type TrailGuards = {
  /** Unit by unit: `Acquired: labs (1414…) → StopLogging/DeleteTrail`. */
  open: string[];
  /** The accounts of those lines. */
  accounts: string[];
  /** Set where an account may be guarded or not. */
  unseen: Unseen | null;
  /** Conditions of denies that let more than break-glass roles past, each with its policy. */
  conditions: string[];
};

/** Which of these accounts can silence their trails, because no service control policy forbids it. */
export function trailGuards(
  accounts: OrganizationAccount[],
  facts: Known,
  { breakGlassRoles }: PostureSettings,
): TrailGuards {
  const units = new Map<
    string,
    { ou: string; missing: string[]; accounts: OrganizationAccount[] }
  >();
  const conditions = new Set<string>();
  let unseen: Unseen | null = null;
  for (const account of accounts) {
    const over = policiesOver(account.id, facts.organization);
    const trails = trailsToGuard(account.id, facts);
    const missing = SILENCING.filter((action) =>
      trails.some((resource) => {
        const guard = guardOver(over, { action, resource }, breakGlassRoles);
        if ('unseen' in guard) unseen ??= guard.unseen;
        else if (!guard.denied) {
          for (const condition of guard.conditions) conditions.add(condition);
          return true;
        }
        return false;
      }),
    );
    if (missing.length === 0) continue;
    const key = [account.ou, ...missing].join('\n');
    const unit = units.get(key) ?? { ou: account.ou, missing, accounts: [] };
    unit.accounts.push(account);
    units.set(key, unit);
  }
  const open = [...units.values()].sort((a, b) => (a.ou < b.ou ? -1 : 1));
  return {
    open: open.map(line),
    accounts: open.flatMap((unit) => unit.accounts.map(({ id }) => id)),
    unseen,
    conditions: [...conditions],
  };
}

/**
 * The trails that the account itself could silence: its own. The organization's belongs to the
 * management account, and CloudTrail lets no member change it; where the account has none, or nobody
 * knows which, whatever trail it may make is meant.
 */
function trailsToGuard(account: string, { accountBy, organization }: Known): string[] {
  const trails: AccountFacts['trails'] | undefined = accountBy.get(account)?.trails;
  const own =
    trails && wasSeen(trails)
      ? trails.seen.map(({ arn }) => arn).filter((arn) => arn.split(':')[4] === account)
      : [];
  if (own.length > 0) return own;
  return [`arn:${organization.partition}:cloudtrail:*:${account}:trail/*`];
}

/** So many accounts of a unit are named. */
const NAMED = 3;

function line(unit: { ou: string; missing: string[]; accounts: OrganizationAccount[] }): string {
  const { ou, missing, accounts } = unit;
  const names = accounts.slice(0, NAMED).map(called).join(', ');
  const more = accounts.length > NAMED ? ` + ${accounts.length - NAMED}` : '';
  const actions = missing.map((action) => action.replace('cloudtrail:', '')).join('/');
  return `${ou || 'Root'}: ${names}${more} → ${actions}`;
}
