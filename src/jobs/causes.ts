import type { Answer, Cause } from '../core/evidence/answer.ts';
import {
  type Looked,
  type Step,
  stepsBehind,
  tellSteps,
  type Want,
} from '../core/evidence/causes.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { personBehind } from '../core/evidence/person.ts';
import { ANY_EVENT, type Gap } from '../core/evidence/source.ts';
import { invokingService } from '../core/evidence/via.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { World } from './answers/world.ts';
import { findIn } from './find-in.ts';
import { type Behind, peopleBehind } from './people-behind.ts';

/** Calls of one answer whose causes are looked for, and rounds and searches that this may take. */
const CALLS = 5;
const ROUNDS = 6;
const SEARCHES = 24;

const CUT: Cause = {
  en: `not everything that could have set it off was looked for: the search ended after ${SEARCHES} places`,
  ko: `원인이 될 수 있는 것을 모두 찾아보지는 못했습니다: ${SEARCHES}곳까지만 검색했습니다`,
  eventID: null,
  proven: false,
};

/**
 * What set the calls of an answer off: always where that was asked, and where who was asked and it was
 * a service. The events that would tell are searched for, a bounded number of times.
 */
export async function withCauses(
  answer: Answer,
  events: CloudTrailEvent[],
  behind: Behind,
  plan: Plan,
  world: Pick<World, 'sources' | 'people'>,
): Promise<Answer> {
  const asked = events.filter((event) => isAskedFor(event, answer, plan)).slice(0, CALLS);
  if (asked.length === 0) return answer;
  const actor = actorIn(answer, behind);
  const { steps, cut } = await stepsOf(asked, actor, world);
  if (steps.length === 0 && !cut) return answer;
  const starts = steps.flatMap(({ start }) => start ?? []);
  const started = await peopleBehind(starts, world);
  const causes = tellSteps(steps, (event) => personBehind(event, started.issued, started.users));
  return { ...answer, causes: distinct([...causes, ...(cut ? [CUT] : [])]) };
}

function isAskedFor(event: CloudTrailEvent, { events }: Answer, { asks, shape }: Plan): boolean {
  const shown = events.find(({ eventID }) => eventID === event.eventID);
  if (!shown || shown.own || shown.copyOf || shape === 'count') return false;
  if (asks === 'why' || asks === 'how') return true;
  return asks === 'who' && (shown.person.proof === 'service' || invokingService(event) !== null);
}

/** Who made a call, as far as that is a service or an instance. */
function actorIn(answer: Answer, { issued, users }: Behind) {
  const known = new Map(answer.events.map(({ eventID, person }) => [eventID, person]));
  return (event: CloudTrailEvent): string | null => {
    const person = known.get(event.eventID) ?? personBehind(event, issued, users);
    return person.proof === 'service' ? person.name : null;
  };
}

async function stepsOf(
  events: CloudTrailEvent[],
  actor: (event: CloudTrailEvent) => string | null,
  { sources }: Pick<World, 'sources'>,
): Promise<{ steps: Step[]; cut: boolean }> {
  const found = new Map<string, { events: CloudTrailEvent[]; gaps: Gap[] }>();
  const looked: Looked = (want) => found.get(JSON.stringify(want));
  let searches = 0;
  for (let round = 0; ; round += 1) {
    const traced = events.map((event) => stepsBehind(event, actor, looked));
    const wants = new Map(
      traced.flatMap(({ wants: some }) => some).map((want) => [JSON.stringify(want), want]),
    );
    const steps = traced.flatMap(({ steps: some }) => some);
    if (wants.size === 0) return { steps, cut: false };
    const lots = united([...wants.values()]).slice(0, SEARCHES - searches);
    if (round >= ROUNDS || lots.length === 0) return { steps, cut: true };
    searches += lots.length;
    await Promise.all(
      lots.map(async ({ whole, wants: members }) => {
        const told = await lookFor(whole, sources);
        for (const want of members) found.set(JSON.stringify(want), told);
      }),
    );
  }
}

/** The same calls at the same place in times that overlap are one search: each step compares times itself. */
function united(wants: Want[]): { whole: Want; wants: Want[] }[] {
  const lots: { whole: Want; wants: Want[] }[] = [];
  const kind = ({ account, regions, eventNames }: Want) =>
    JSON.stringify([account, regions, eventNames]);
  for (const want of wants.toSorted((a, b) => a.from.localeCompare(b.from))) {
    const lot = lots.find(
      ({ whole }) => kind(whole) === kind(want) && want.from <= whole.to && whole.from <= want.to,
    );
    if (!lot) {
      lots.push({ whole: want, wants: [want] });
      continue;
    }
    lot.wants.push(want);
    if (want.to > lot.whole.to) lot.whole = { ...lot.whole, to: want.to };
  }
  return lots;
}

async function lookFor(
  { account, ...want }: Want,
  sources: World['sources'],
): Promise<{ events: CloudTrailEvent[]; gaps: Gap[] }> {
  return findIn(sources, {
    ...ANY_EVENT,
    ...want,
    accounts: [account],
    // What sets something off is never a read.
    onlyWrites: true,
  });
}

/** Calls that one thing set off share it, and it is told once. */
function distinct(causes: Cause[]): Cause[] {
  const known = new Set<string>();
  return causes.filter(({ en }) => {
    if (known.has(en)) return false;
    known.add(en);
    return true;
  });
}
