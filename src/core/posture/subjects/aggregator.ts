import { wasSeen } from '../../reading.ts';
import { mapGaps } from '../config/map-gaps.ts';
import type { AggregatorFacts, AggregatorPlace } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { called, type Known } from '../known.ts';
import { proof } from '../proof.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

type Found = AggregatorFacts & Pick<AggregatorPlace, 'account' | 'region'>;

/**
 * The one thing that unites the accounts of an organization in AWS Config: its aggregators, taken
 * together. An account that belongs to no organization has nothing to unite.
 */
export function aggregators(facts: Known): Subject[] {
  const { organization } = facts;
  if (organization.alone || facts.aggregators.length === 0) return [];
  const found = facts.aggregators.flatMap(foundIn);
  const [best] = found.toSorted((a, b) => Number(b.organization) - Number(a.organization));
  const named: FactsOf<'aggregator'> = { holes: holesOf(found, facts) };
  const fields: FieldsOf<'aggregator'> = {
    aggregator: best?.name ?? 'none',
    place: best ? `${best.account}/${best.region}` : 'nowhere',
    gaps: mapGaps(facts),
  };
  return [
    {
      subject: organization.id || organization.self,
      owner: best?.account ?? organization.managementAccount ?? organization.self,
      covers: facts.accounts.map(({ id }) => id),
      facts: named,
      fields,
      evidence: [
        ...facts.aggregators.map((place) =>
          proof(place.found, (seen) => ({ aggregators: seen.map(({ name }) => name) })),
        ),
        ...(best ? [proof(best.troubled, (sources) => ({ troubled: sources.length }))] : []),
        ...(facts.mapped ? [proof(facts.mapped, (seen) => ({ resources: seen.length }))] : []),
      ],
    },
  ];
}

function foundIn({ account, region, found }: AggregatorPlace): Found[] {
  return wasSeen(found) ? found.seen.map((one) => ({ ...one, account, region })) : [];
}

/** Accounts and regions that no aggregator asks for, and sources whose data is late or missing. */
function holesOf(found: Found[], facts: Known): Fact {
  const dark = darkness(facts);
  if (found.length === 0) return dark ? { unseen: dark } : { seen: ['absent'] };
  const holes = [
    ...accountsLeftOut(found, facts).map((account) => `${account} (left-out)`),
    ...regionsLeftOut(found, facts).map((region) => `${region} (left-out)`),
    ...troubledSources(found),
  ];
  // Another place, which could not be looked at, may have the one that leaves nobody out.
  if (holes.length > 0 && dark && !found.some((one) => one.organization)) return { unseen: dark };
  if (holes.length > 0) return { seen: [...new Set(holes)] };
  const unread = found.map(({ troubled }) => troubled).find((troubled) => !wasSeen(troubled));
  return unread && !wasSeen(unread) ? { unseen: unread.unseen } : { seen: [] };
}

/**
 * Why there may be an aggregator that nobody saw: a place refused, or nobody may know who administers
 * Config for the organization.
 */
function darkness({ aggregators: places, organization }: Known) {
  for (const { found } of places) if (!wasSeen(found)) return found.unseen;
  const { administrators } = organization;
  return wasSeen(administrators) ? null : administrators.unseen;
}

/** Of the accounts that Organizations names as active; one organization aggregator has them all. */
function accountsLeftOut(found: Found[], { organization }: Known): string[] {
  if (found.some((one) => one.organization) || !wasSeen(organization.accounts)) return [];
  const asked = new Set(found.flatMap(({ accounts }) => accounts));
  return organization.accounts.seen
    .filter(({ id, state }) => state === 'ACTIVE' && !asked.has(id))
    .map(called);
}

function regionsLeftOut(found: Found[], { accounts }: Known): string[] {
  const wide = found.some((one) => one.organization);
  const uniting = found.filter((one) => one.organization === wide);
  if (uniting.some(({ regions }) => regions === null)) return [];
  const asked = new Set(uniting.flatMap(({ regions }) => regions ?? []));
  const enabled = accounts.flatMap(({ regions }) => (wasSeen(regions) ? regions.seen : []));
  return [...new Set(enabled)].filter((region) => !asked.has(region)).sort();
}

function troubledSources(found: Found[]): string[] {
  return found.flatMap(({ troubled }) =>
    wasSeen(troubled)
      ? troubled.seen.map(
          ({ account, region, status }) => `${account}/${region} (${status.toLowerCase()})`,
        )
      : [],
  );
}
