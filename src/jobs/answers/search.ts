import { accessReview, namesakes } from '../../core/evidence/access-review.ts';
import { conclude, matching, shown } from '../../core/evidence/conclude.ts';
import type { Search } from '../../core/evidence/source.ts';
import { throughRoles } from '../../core/evidence/through.ts';
import type { Plan } from '../../core/questions/plan.ts';
import { actorSessions, byEveryName, knownActors } from '../actor-sessions.ts';
import { aliasesOf, byAliases } from '../aliases.ts';
import { withCauses } from '../causes.ts';
import { withExactFigures } from '../exact-figures.ts';
import { peopleBehind } from '../people-behind.ts';
import { inOrder, searchSources } from '../search-sources.ts';
import { beside, changesBeside } from './beside.ts';
import type { Answerer } from './world.ts';

/** Events that are listed, counted, or shown by their id, with the people behind those that are shown. */
export const answerSearch: Answerer = async (asked, _reader, { sources, ...around }) => {
  const world = { ...around, sources: [inOrder(sources)] };
  const { plan } = asked;
  const self = (await world.self?.()) ?? [];
  const accounts = (await world.organizationAccounts?.()) ?? null;
  const named = await knownActors(plan, world);
  const aliases = await aliasesOf(plan, world);
  const wanted = byAliases(byEveryName(searchFor(plan), plan, named), aliases);
  const found = await searchSources(plan, wanted, { ...world, sources }, { accounts, aliases });
  const { evidence, reached } = await actorSessions(plan, wanted, found, world, named);
  const all = matching(plan, evidence, { accounts, reached, aliases }).events;
  const events = shown(plan, all, self, world.listed);
  const { issued, users } = await peopleBehind(events, world);
  const known = { accounts, reached, users, aliases };
  const concluded = conclude(asked, evidence, issued, self, known, world.listed);
  const answer = await withExactFigures(concluded, plan, evidence, sources, known);
  const through = throughRoles(
    plan,
    evidence.flatMap(({ found: { events: some } }) => some),
    known,
  );
  // Of a part of the events no review is exact, and none is given.
  const whole = evidence.every((one) => one.found.completeFrom === undefined);
  const review = whole ? accessReview(plan, all) : null;
  const alike = namesakes(plan, all);
  // Neither waits for the other: what set the calls off, and what they changed.
  const [traced, changes] = await Promise.all([
    withCauses(answer, events, { issued, users }, plan, world),
    changesBeside(answer, plan, world),
  ]);
  const told = {
    ...traced,
    ...(through && { throughRoles: through }),
    ...(review && { review }),
    ...(alike.length > 0 && { namesakes: alike }),
  };
  // What trails recorded is told by Event history alone, whatever else was searched.
  return beside(told, plan, { ...world, sources }, changes);
};

/** What to look for, said so that a source can pre-select without knowing plans. */
export function searchFor(plan: Plan): Search {
  const all = plan.actor === null ? [] : [plan.actor, ...plan.alsoActors];
  const keys = all.filter(({ kind }) => kind === 'access-key');
  const named = all.filter(({ kind }) => ['name', 'email', 'arn', 'role'].includes(kind));
  // A source that pre-selects by the name of one of them would miss the others.
  const alike = keys.length === all.length || named.length === all.length;
  const byId = plan.shape === 'event';
  return {
    from: plan.time.from,
    to: plan.time.to,
    accounts: plan.accounts,
    regions: plan.regions,
    resources: byId ? [] : plan.resources,
    eventNames: plan.eventNames,
    accessKeyIds: alike ? keys.map(({ value }) => value) : [],
    eventIds: byId ? plan.resources : [],
    actors: alike ? named.map(({ value }) => value) : [],
    addresses: plan.addresses,
    sharedEventIds: [],
    readOnly: plan.readOnly,
  };
}
