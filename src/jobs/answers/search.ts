import { conclude, type Evidence, matching, shown } from '../../core/evidence/conclude.ts';
import type { Search } from '../../core/evidence/source.ts';
import type { Plan } from '../../core/questions/plan.ts';
import { issuers } from '../issuers.ts';
import { beside } from './beside.ts';
import type { Answerer, World } from './world.ts';

/** Events that are listed, counted, or shown by their id, with the people behind those that are shown. */
export const answerSearch: Answerer = async (asked, _reader, world) => {
  const { plan } = asked;
  const self = (await world.self?.()) ?? [];
  const known = { accounts: (await world.organizationAccounts?.()) ?? null };
  const evidence = await search(plan, world);
  const events = shown(plan, matching(plan, evidence, known).events, self);
  const issued = await issuers(events, world.sources);
  return beside(conclude(asked, evidence, issued, self, known), plan, world);
};

async function search(plan: Plan, world: World): Promise<Evidence[]> {
  const wanted = searchFor(plan);
  return Promise.all(
    world.sources.map(async (source) => ({
      source: source.name,
      found: await source.find(wanted, world.progress),
    })),
  );
}

/** What to look for, said so that a source can pre-select without knowing plans. */
export function searchFor(plan: Plan): Search {
  const { actor } = plan;
  const byId = plan.shape === 'event';
  return {
    from: plan.time.from,
    to: plan.time.to,
    accounts: plan.accounts,
    regions: plan.regions,
    resources: byId ? [] : plan.resources,
    eventNames: plan.eventNames,
    accessKeyIds: actor?.kind === 'access-key' ? [actor.value] : [],
    eventIds: byId ? plan.resources : [],
    actors: actor && ['name', 'email', 'arn', 'role'].includes(actor.kind) ? [actor.value] : [],
    addresses: plan.addresses,
    sharedEventIds: [],
    readOnly: plan.readOnly,
  };
}
