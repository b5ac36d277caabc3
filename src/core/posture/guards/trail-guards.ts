import { type Unseen, wasSeen } from '../../reading.ts';
import type { AccountFacts, OrganizationAccount, PostureSettings } from '../facts.ts';
import { called, isOrganizationTrail, type Known } from '../known.ts';
import { guardOver, policiesOver } from './guards-over.ts';

/** The calls by which a trail falls silent. */
const SILENCING = [
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
  /** The names of the policies that forbid one of the calls to one of the accounts. */
  policies: string[];
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
  const policies = new Set<string>();
  const conditions = new Set<string>();
  let unseen: Unseen | null = null;
  for (const account of accounts) {
    const over = policiesOver(account.id, facts.organization);
    const trails = trailsToGuard(account.id, facts);
    const missing = SILENCING.filter((action) =>
      trails.some((resource) => {
        const guard = guardOver(over, { action, resource }, breakGlassRoles);
        if ('unseen' in guard) unseen ??= guard.unseen;
        else if ('by' in guard) policies.add(guard.by);
        else for (const condition of guard.conditions) conditions.add(condition);
        return 'conditions' in guard;
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
    policies: [...policies].sort(),
    conditions: [...conditions],
  };
}

/**
 * The trails that the account itself could silence: its own, and the organization's where it administers
 * CloudTrail for the organization; CloudTrail lets no other member change that. Where the account has no
 * trail, or nobody knows which, whatever trail it may make is meant.
 */
function trailsToGuard(account: string, facts: Known): string[] {
  const { accountBy, organization } = facts;
  const trails: AccountFacts['trails'] | undefined = accountBy.get(account)?.trails;
  const own =
    trails && wasSeen(trails)
      ? trails.seen.map(({ arn }) => arn).filter((arn) => arn.split(':')[4] === account)
      : [];
  const any = `arn:${organization.partition}:cloudtrail:*:${account}:trail/*`;
  const entrusted = isDeputy(account, facts)
    ? facts.trails.filter((trail) => isOrganizationTrail(trail, facts)).map(({ arn }) => arn)
    : [];
  return [...(own.length > 0 ? own : [any]), ...entrusted];
}

function isDeputy(account: string, { organization: { administrators } }: Known): boolean {
  return (
    wasSeen(administrators) &&
    administrators.seen.some(
      (one) => one.account === account && one.services.includes('cloudtrail.amazonaws.com'),
    )
  );
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
