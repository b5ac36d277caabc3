import { type Unseen, wasSeen } from '../../reading.ts';
import type { AccountFacts, Organization } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { called, isOrganizationTrail, type Known, nameOf, organizationTrailsOf } from '../known.ts';
import { proof, trailEvidence } from '../proof.ts';
import type { FactsOf, FieldsOf } from '../vocabulary.ts';

/** Missing accounts are proven for so many; a thousand equal answers prove nothing more. */
const SHOWN = 5;

/**
 * One subject for the whole organization: reached is who sees a trail of the organization, because its
 * shadow proves that CloudTrail records there. Where the trail itself is stopped, that is the finding
 * of trail-logging. An account of no organization has nothing to judge here.
 */
export function organizationTrail(facts: Known): Subject[] {
  const { organization, trails, accounts } = facts;
  if (organization.alone) return [];
  const { reached, missing, unanswered, doubt } = reachOf(facts);
  if (accounts.length === 0 && !doubt) return [];
  const own = trails
    .filter((trail) => isOrganizationTrail(trail, facts))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const first = own[0];
  const named: FactsOf<'organization-trail'> = {
    accountsNotReached:
      missing.length > 0 || !doubt ? { seen: missing.map(called) } : { unseen: doubt },
  };
  const fields: FieldsOf<'organization-trail'> = {
    trail: first ? nameOf(first.arn) : 'none',
    accounts: String(reached.length + missing.length),
    unanswered: String(unanswered),
    inactive: String(inactiveAccounts(organization).size),
  };
  return [
    {
      subject: first?.arn ?? (organization.id || organization.self || 'organization'),
      owner: first?.owner ?? organization.managementAccount ?? organization.self,
      covers: (missing.length > 0 ? missing : reached).map(({ id }) => id),
      facts: named,
      fields,
      evidence: [
        proof(organization.accounts, (listed) => ({ accounts: listed.length })),
        ...own.flatMap((trail) => trailEvidence(trail).slice(0, 2)),
        ...missing
          .slice(0, SHOWN)
          .map((account) => proof(account.trails, (list) => ({ trails: list.map(byArn) }))),
      ],
    },
  ];
}

const byArn = ({ arn }: { arn: string }) => arn;

type Reach = {
  reached: AccountFacts[];
  missing: AccountFacts[];
  unanswered: number;
  doubt: Unseen | null;
};

function reachOf(facts: Known): Reach {
  const listed = facts.organization.accounts;
  const inactive = inactiveAccounts(facts.organization);
  const reach: Reach = {
    reached: [],
    missing: [],
    unanswered: 0,
    doubt: wasSeen(listed) ? null : listed.unseen,
  };
  for (const account of facts.accounts) {
    // Nothing happens there that could be recorded.
    if (inactive.has(account.id)) continue;
    if (!wasSeen(account.trails)) {
      reach.unanswered += 1;
      reach.doubt ??= account.trails.unseen;
    } else if (organizationTrailsOf(account, facts).length > 0) reach.reached.push(account);
    else reach.missing.push(account);
  }
  return reach;
}

/** Suspended, closed, or not yet active, by the state that Organizations tells; one that it does not name is taken for active. */
function inactiveAccounts({ accounts }: Organization): Set<string> {
  if (!wasSeen(accounts)) return new Set();
  return new Set(accounts.seen.filter(({ state }) => state !== 'ACTIVE').map(({ id }) => id));
}
