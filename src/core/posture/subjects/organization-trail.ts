import { wasSeen } from '../../reading.ts';
import type { AccountFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { called, isOrganizationTrail, type Known, nameOf, organizationTrailsOf } from '../known.ts';
import { proof, trailEvidence } from '../proof.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

/**
 * One subject for the whole organization: reached is who sees a trail of the organization, because its
 * shadow proves that CloudTrail records there. Where the trail itself is stopped, that is the finding
 * of trail-logging. An account of no organization has nothing to judge here.
 */
export function organizationTrail(facts: Known): Subject[] {
  if (facts.organization.alone) return [];
  const own = facts.trails
    .filter((trail) => isOrganizationTrail(trail, facts))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const first = own[0];
  const { organization } = facts;
  const listed = organization.accounts;
  const evidence = [
    proof(listed, (accounts) => ({ accounts: accounts.length })),
    ...own.flatMap((trail) => trailEvidence(trail).slice(0, 2)),
  ];

  const missing: AccountFacts[] = [];
  const reached: string[] = [];
  let doubt: Fact | null = wasSeen(listed) ? null : { unseen: listed.unseen };
  for (const account of facts.accounts) {
    if (!wasSeen(account.trails)) {
      doubt ??= { unseen: account.trails.unseen };
      continue;
    }
    if (organizationTrailsOf(account, facts).length > 0) reached.push(account.id);
    else {
      missing.push(account);
      evidence.push(proof(account.trails, (list) => ({ trails: list.map(({ arn }) => arn) })));
    }
  }
  if (facts.accounts.length === 0 && !doubt) return [];
  const named: FactsOf<'organization-trail'> = {
    accountsNotReached: missing.length > 0 || !doubt ? { seen: missing.map(called) } : doubt,
  };
  const fields: FieldsOf<'organization-trail'> = {
    trail: first ? nameOf(first.arn) : 'none',
    accounts: String(reached.length + missing.length),
    unanswered: String(facts.accounts.length - reached.length - missing.length),
  };
  return [
    {
      subject: first?.arn ?? (organization.id || organization.self || 'organization'),
      owner: first?.owner ?? organization.managementAccount ?? organization.self,
      covers: missing.length > 0 ? missing.map(({ id }) => id) : reached,
      facts: named,
      fields,
      evidence,
    },
  ];
}
