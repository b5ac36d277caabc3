import type { Detector } from '../../core/detections/detector.ts';
import { type Judgement, judge, type Sight } from '../../core/detections/judge.ts';
import {
  foundIn,
  NO_DATA_EVENTS,
  NOTHING_FOUND,
  STRANGERS_UNKNOWN,
} from '../../core/detections/reasons.ts';
import { detectorsFor } from '../../core/detections/registry.ts';
import type { DetectionRule } from '../../core/detections/rule.ts';
import { reachedIn, unseenIn } from '../../core/detections/unseen.ts';
import type { Answer, AnswerEvent, Detection } from '../../core/evidence/answer.ts';
import { conclude, type Evidence } from '../../core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../../core/evidence/event.ts';
import type { Known } from '../../core/evidence/match.ts';
import type { Plan } from '../../core/questions/plan.ts';
import { peopleBehind } from '../people-behind.ts';
import { inOrder, searchInOrder } from '../search-sources.ts';
import { callsIn, groupSight, insightsSight, type Looking, newSight, surveyed } from '../sights.ts';
import { searchFor } from './search.ts';
import type { Answerer } from './world.ts';

/** Events of one detector that are shown; `count` says how many there are. */
const SHOWN = 10;

/**
 * Runs the named detectors over the time asked about. Each says found, clean or not checkable, and why;
 * nothing else is judged, and no detector is left out in silence.
 */
export const answerDetect: Answerer = async (asked, _reader, { sources, ...around }) => {
  const rules = around.detections;
  if (!rules) throw new Error('there are no rules for the detectors');
  const plan = restricted(asked.plan);
  const detectors = detectorsFor(asked.plan.set);
  if (detectors.length === 0) throw new Error(`there is no detector ${asked.plan.set}`);
  const world = { ...around, sources: [inOrder(sources)] };
  const known: Known = { accounts: (await around.organizationAccounts?.()) ?? null };
  const looking: Looking = {
    plan,
    sources,
    known,
    ...(around.progress && { progress: around.progress }),
  };
  const named = await namedEvents(detectors, looking);
  const judged: { rule: DetectionRule; judgement: Judgement }[] = [];
  for (const detector of detectors) {
    const rule = rules.find(({ id }) => id === detector.id);
    if (!rule) throw new Error(`the detector ${detector.id} has no rule`);
    const sight = await sightOf(detector, rule, named, looking);
    judged.push({ rule, judgement: judge(detector, rule.threshold, sight, known) });
  }
  const { issued, users } = await peopleBehind(shownOf(judged), world);
  const self = (await around.self?.()) ?? [];
  const base = named.found.length > 0 ? named.found : named.root;
  const evidence = base.length > 0 ? base : await surveyed(looking);
  const tell = (events: CloudTrailEvent[]) =>
    conclude({ ...asked, plan }, holding(evidence, events), issued, self, { ...known, users });
  const found = judged.flatMap(({ judgement }) =>
    judgement.status === 'found' ? judgement.events : [],
  );
  const detections = judged.map(({ rule, judgement }) =>
    detection(rule, judgement, (events) => tell(events).events),
  );
  const answer = weighed(tell([...new Set(found)]), detections);
  return { ...answer, understood: { ...answer.understood, plan: asked.plan }, detections };
};

/** The set of a plan names detectors here; its names would only leave out what they look for. */
function restricted(plan: Plan): Plan {
  return plan.set === null ? plan : { ...plan, eventNames: [], eventSources: [], verbs: [] };
}

type Named = { found: Evidence[]; root: Evidence[] };

/** What was searched for by name, once for all detectors that want it. */
async function namedEvents(
  detectors: Detector[],
  { plan, sources, progress }: Looking,
): Promise<Named> {
  const byName = detectors.filter((one) => one.kind === 'by-name');
  const names = [...new Set(byName.flatMap((one) => one.names ?? []))];
  const wanted = searchFor(plan);
  const hunt = progress ? { progress } : {};
  // Past twenty names Event history is read once, and every name here is of a call that writes.
  const writes = { ...wanted, eventNames: names, readOnly: false };
  const found = names.length > 0 ? await searchInOrder(sources, writes, hunt) : [];
  const root = byName.some((one) => one.names === null)
    ? await searchInOrder(sources, { ...wanted, actors: ['root'], sparing: true }, hunt)
    : [];
  return { found, root };
}

async function sightOf(
  detector: Detector,
  { threshold }: DetectionRule,
  { found, root }: Named,
  looking: Looking,
): Promise<Sight> {
  if (detector.kind === 'by-group') return groupSight(detector, threshold, looking);
  if (detector.kind === 'by-sight') return newSight(detector, threshold, looking);
  if (detector.insights) return insightsSight(looking);
  const { plan, known } = looking;
  const evidence = detector.names === null ? root : found;
  const searched = evidence.map(({ found: { searched: one } }) => one);
  const categories = searched.flatMap((one) => one.categories);
  const blind = [
    ...unseenIn(plan, searched),
    ...(detector.data && !categories.includes('data') ? [NO_DATA_EVENTS] : []),
    ...(detector.strangers && known.accounts === null ? [STRANGERS_UNKNOWN] : []),
  ];
  return {
    ...NOTHING_BEFORE,
    ...reachedIn(searched),
    events: callsIn(plan, evidence, known),
    unseen: blind,
  };
}

const NOTHING_BEFORE: Pick<Sight, 'before'> = {
  before: { traits: new Set(), subjects: new Set() },
};

/** Some of the found events for each detector: whose people are worth finding out. */
function shownOf(judged: { judgement: Judgement }[]): CloudTrailEvent[] {
  return judged.flatMap(({ judgement }) =>
    judgement.status === 'found' ? newestFirst(judgement.events).slice(0, SHOWN) : [],
  );
}

function newestFirst(events: CloudTrailEvent[]): CloudTrailEvent[] {
  return events.toSorted((a, b) => (b.eventTime ?? '').localeCompare(a.eventTime ?? ''));
}

function detection(
  { id, title }: DetectionRule,
  judgement: Judgement,
  shown: (events: CloudTrailEvent[]) => AnswerEvent[],
): Detection {
  switch (judgement.status) {
    case 'clean':
      return {
        id,
        title,
        status: 'clean',
        reason: judgement.reached ?? NOTHING_FOUND,
        count: 0,
        events: [],
      };
    case 'not-checkable':
      return { id, title, status: 'not-checkable', reason: judgement.why, count: 0, events: [] };
    case 'found':
      return {
        id,
        title,
        status: 'found',
        reason: foundIn(judgement.events),
        count: judgement.events.length,
        events: shown(newestFirst(judgement.events).slice(0, SHOWN)),
      };
  }
}

/** Evidence of these events alone, with all that was searched. */
function holding(evidence: Evidence[], events: CloudTrailEvent[]): Evidence[] {
  return evidence.map(({ source, found: { searched } }, index) => ({
    source,
    found: { searched, events: index === 0 ? events : [] },
  }));
}

/** A no needs every detector to have looked: what one of them could not see, nobody denies. */
function weighed(answer: Answer, detections: Detection[]): Answer {
  if (answer.verdict === 'found' || answer.verdict === 'unknowable') return answer;
  const blind = detections.filter(({ status }) => status === 'not-checkable');
  const [first] = blind;
  if (!first) return answer;
  if (blind.length < detections.length) return { ...answer, verdict: 'none-visible' };
  return { ...answer, verdict: 'unknowable', reason: first.reason[answer.lang] };
}
