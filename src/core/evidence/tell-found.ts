import type { Line, Prose } from '../prose.ts';
import type { Answer, AnswerEvent } from './answer.ts';
import { tellAccessReview, tellNamesakes } from './tell-access-review.ts';
import { tellCauses } from './tell-causes.ts';
import { tellChanges } from './tell-changes.ts';
import { tellGroup } from './tell-event.ts';
import { tellOwn, tellSpread } from './tell-spread.ts';
import { listed } from './tell-words.ts';

/** How many groups of like events are told one by one; the rest is counted. */
const TOLD = 10;

/**
 * What was found: two lines that answer, then what they rest on. What was done comes first; what was
 * tried and failed stands apart, so that nobody takes it for done.
 */
export function tellFound(answer: Answer, ko: boolean): { headline: Prose; evidence: Prose } {
  const copies = answer.events.filter(({ copyOf }) => copyOf !== undefined);
  const groups = alike(answer.events.filter(({ own, copyOf }) => !own && copyOf === undefined));
  const others = callsIn(answer) - (answer.own?.count ?? 0);
  const done = groups.filter(isDone);
  const tried = groups.filter((group) => !isDone(group));
  const single = isSingle(answer, groups, done, others);
  const lead = single ? (done[0] ?? groups[0]) : undefined;
  const rest = [...done, ...tried].filter((group) => group !== lead).slice(0, TOLD);
  const restDone = rest.filter(isDone);
  const restTried = rest.filter((group) => !isDone(group));
  const untold = others - (lead?.length ?? 0) - rest.flat().length;
  const first = lead ? tellGroup(lead, copies, ko) : tellSpread(answer, ko);
  const causes = tellCauses(answer.causes ?? [], ko);
  return {
    headline: first.slice(0, 2),
    evidence: [
      ...(answer.understood.plan?.asks === 'why' ? causes : []),
      ...first.slice(2),
      ...tellAccessReview(answer.review, ko),
      ...(lead && picked(answer) ? tellPicked(answer, others, ko) : []),
      ...restDone.flatMap((group) => tellGroup(group, copies, ko)),
      ...(restTried.length > 0 && done.length > 0 ? [TRIED[ko ? 'ko' : 'en']] : []),
      ...restTried.flatMap((group) => tellGroup(group, copies, ko)),
      ...(untold > 0 && !(lead && picked(answer)) ? [tellUntold(untold, ko)] : []),
      ...(answer.understood.plan?.asks === 'why' ? [] : causes),
      ...tellChanges(answer.changes ?? [], ko),
      ...tellThroughRoles(answer, ko),
      ...tellNamesakes(answer.namesakes, ko),
      ...tellOwn(answer, ko),
    ],
  };
}

const TRIED: { en: Line; ko: Line } = {
  en: [{ strong: 'Tried but failed:' }],
  ko: [{ strong: '시도했지만 실패한 호출:' }],
};

const isDone = ([first]: AnswerEvent[]) => first?.outcome === 'ok';

/**
 * Is there one answer? One thing that was done, by one person, whatever others tried; or the first or
 * last of many, where only that was asked for. A number that was asked for is told as a number.
 */
function isSingle(
  answer: Answer,
  groups: AnswerEvent[][],
  done: AnswerEvent[][],
  others: number,
): boolean {
  if (isCounted(answer) || groups.length === 0) return false;
  if (picked(answer)) return groups.length === 1;
  const all = groups.flat().length === others;
  return all && (groups.length === 1 || (done.length === 1 && groups.length <= TOLD));
}

const picked = ({ understood }: Answer) => understood.plan?.limit === 1;

/** “who last changed …?” has one event for an answer, and there were others. */
function tellPicked({ understood }: Answer, others: number, ko: boolean): Prose {
  if (others <= 1) return [];
  const first = understood.plan?.order === 'oldest';
  if (ko) return [[first ? `${others}건 중 첫 번째입니다.` : `${others}건 중 마지막입니다.`]];
  return [[`This is the ${first ? 'first' : 'latest'} of ${others} events.`]];
}

function tellUntold(untold: number, ko: boolean): Line {
  return [ko ? `… 그 밖에 ${untold}건` : `… and ${untold} more`];
}

/** A bare name may be several people's: what was done in sessions of roles is told beside, not counted. */
function tellThroughRoles({ throughRoles }: Answer, ko: boolean): Prose {
  if (!throughRoles) return [];
  const { calls, roles, eventNames, first, last } = throughRoles;
  const between: Line =
    first === null || last === null ? [] : [' · ', { at: first }, ' – ', { at: last }];
  return [
    [
      { strong: ko ? '역할 세션으로 한 호출: ' : 'Also through roles: ' },
      ko ? `${calls}건 · ` : `${calls} ${calls === 1 ? 'call' : 'calls'} · `,
      ...listed('', roles),
      ' · ',
      ...listed('', eventNames),
      ...between,
      ko
        ? ' · 이름만으로는 같은 사람인지 알 수 없어 위의 건수에는 넣지 않았습니다.'
        : ' · not counted above: a name alone may be several people’s.',
    ],
  ];
}

/** Who asks how many wants the number, also where it is one. */
function isCounted({ groups, understood }: Answer): boolean {
  return groups.length > 0 || understood.plan?.shape === 'count';
}

function callsIn({ calls, total }: Answer): number {
  return calls ?? total;
}

/** Like events in one: same person, call, account, region and outcome; each group newest first. */
function alike(events: AnswerEvent[]): AnswerEvent[][] {
  const groups = new Map<string, AnswerEvent[]>();
  const newestFirst = events.toSorted((a, b) =>
    (b.eventTime ?? '').localeCompare(a.eventTime ?? ''),
  );
  for (const event of newestFirst) {
    const { person, eventName, account, region, outcome, via } = event;
    const key = JSON.stringify([
      person.name,
      person.proof,
      eventName,
      account,
      region,
      outcome,
      via,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  // People stand together, the one who acted last comes first.
  const people = [...new Set([...groups.values()].map(([first]) => first?.person.name))];
  return people.flatMap((name) =>
    [...groups.values()].filter(([first]) => first?.person.name === name),
  );
}
