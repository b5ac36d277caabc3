import type { Cause } from './answer.ts';
import { CAUSE_RULES, type CauseRule, instancesIn } from './cause-rules.ts';
import type { CloudTrailEvent } from './event.ts';
import { type Hop, toldGaps } from './hops.ts';
import { carries } from './identifiers.ts';
import { leavesOf } from './leaves.ts';
import { withoutVersion } from './parse-event.ts';
import type { Person } from './person.ts';
import type { Gap } from './source.ts';
import { PROOF } from './tell-words.ts';
import { invokingService } from './via.ts';

/** A search that would tell more: these calls, in this account, in this time; half-open. */
export type Want = {
  account: string;
  regions: string[] | 'all';
  eventNames: string[];
  from: string;
  to: string;
};

/** What became of a want; undefined where nobody has looked yet. */
export type Looked = (want: Want) => { events: CloudTrailEvent[]; gaps: Gap[] } | undefined;

/** One step back from a call: which service acted, for what, and which call set it off. */
export type Step = {
  rule: CauseRule;
  event: CloudTrailEvent;
  /** What the service acted for: a stack, a group. */
  about: string[];
  start: CloudTrailEvent | null;
  proven: boolean;
  gaps: Gap[];
};

/** Services that set off services: no organization's habit goes deeper. */
const DEPTH = 4;

/**
 * What set a call off, step by step, as far as what was looked for tells; `wants` is what must be looked
 * for first. A person who acts by themselves has no step. Pure: the same events give the same steps.
 */
export function stepsBehind(
  event: CloudTrailEvent,
  actor: (event: CloudTrailEvent) => string | null,
  looked: Looked,
): { steps: Step[]; wants: Want[] } {
  const steps: Step[] = [];
  const seen = new Set<string>();
  let here = event;
  while (steps.length < DEPTH && !seen.has(here.eventID)) {
    seen.add(here.eventID);
    const rule = ruleFor(here, actor(here));
    if (!rule) break;
    const { step, wants } = stepBack(rule, here, looked);
    if (!step) return { steps, wants };
    // A step is as sure as all those before it.
    steps.push({ ...step, proven: step.proven && steps.every(({ proven }) => proven) });
    if (!step.start || rule.link !== 'started') break;
    here = step.start;
  }
  return { steps, wants: [] };
}

/** The row of the table for whoever made this call; null where it is nobody's habit that we know. */
export function ruleFor(event: CloudTrailEvent, actor: string | null): CauseRule | null {
  const service = invokingService(event) ?? actor;
  return (
    CAUSE_RULES.find(
      ({ services, ownEvents, instances }) =>
        ownEvents?.includes(event.eventName) ||
        (service !== null && services.includes(service)) ||
        (instances === true && /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/i.test(actor ?? '')),
    ) ?? null
  );
}

function stepBack(
  rule: CauseRule,
  event: CloudTrailEvent,
  looked: Looked,
): { step: Step | null; wants: Want[] } {
  const { names, gaps, wants } = namesFor(rule, event, looked);
  const want = wantFor(event, rule.starts, rule.within);
  const found = looked(want);
  // Neither search needs the other's answer: both are wanted at once.
  if (!found) return { step: null, wants: [...wants, want] };
  if (wants.length > 0) return { step: null, wants };
  const before = found.events
    .filter((one) => rule.starts.includes(withoutVersion(one.eventName)))
    .filter((one) => one.outcome === 'ok' && one.eventID !== event.eventID)
    .filter((one) => isWithin(one, event, rule.within));
  const start = nearest(before, rule, event, names);
  return {
    step: {
      rule,
      event,
      about: names,
      start,
      proven: start !== null && rule.proves?.(event, start) === true,
      gaps: [...gaps, ...found.gaps],
    },
    wants: [],
  };
}

/** What the service acted for, from its own record or from the earlier calls that name it. */
function namesFor(
  rule: CauseRule,
  event: CloudTrailEvent,
  looked: Looked,
): { names: string[]; gaps: Gap[]; wants: Want[] } {
  const own = rule.names(event);
  if (own.length > 0 || !rule.look) return { names: own, gaps: [], wants: [] };
  const { eventNames, within, names } = rule.look;
  const things = [
    ...instancesIn(event),
    ...(event.caller.sessionIssuerArn ?? '').split(' '),
  ].filter((thing) => thing !== '');
  const want = wantFor(event, eventNames, within);
  const found = looked(want);
  if (!found) return { names: [], gaps: [], wants: [want] };
  const telling = found.events.filter(
    (one) =>
      eventNames.includes(withoutVersion(one.eventName)) &&
      things.some((thing) => carries(one, thing)) &&
      isWithin(one, event, within),
  );
  const told = [...new Set(telling.flatMap(names))];
  return { names: told, gaps: told.length > 0 ? [] : found.gaps, wants: [] };
}

/**
 * The call that set it off, of those before it: one that is proven, else the last that names the same
 * thing. Where neither names anything, being earlier is no reason, and nobody is named.
 */
function nearest(
  before: CloudTrailEvent[],
  rule: CauseRule,
  event: CloudTrailEvent,
  names: string[],
): CloudTrailEvent | null {
  const newest = before.toSorted(
    (a, b) =>
      (b.eventTime ?? '').localeCompare(a.eventTime ?? '') || a.eventID.localeCompare(b.eventID),
  );
  const things = rule.id === 'autoscaling' ? [...names, ...instancesIn(event)] : names;
  const naming = newest.filter(
    (one) =>
      things.some((thing) => carries(one, thing)) ||
      (things.length === 0 && isNamedAfter(event, one, rule)),
  );
  const proven = (calls: CloudTrailEvent[]) =>
    calls.find((one) => rule.proves?.(event, one) === true);
  return proven(naming) ?? naming[0] ?? proven(newest) ?? null;
}

/** CloudFormation makes names of the stack's: `shop-web-Queue-1ABC…` belongs to stack `shop-web`. */
function isNamedAfter(event: CloudTrailEvent, start: CloudTrailEvent, { id }: CauseRule): boolean {
  if (id !== 'cloudformation') return false;
  const stacks = leavesOf(start)
    .filter(({ path }) => path === 'requestParameters.stackName')
    .map(({ value }) => /:stack\/([^/]+)/.exec(value)?.[1] ?? value);
  return leavesOf(event).some(({ value }) => {
    const made = /^(.+)-[A-Za-z0-9]+-[A-Za-z0-9]{10,14}$/.exec(value)?.[1];
    return made !== undefined && stacks.includes(made);
  });
}

function isWithin(start: CloudTrailEvent, event: CloudTrailEvent, within: number): boolean {
  const [before, at] = [Date.parse(start.eventTime ?? ''), Date.parse(event.eventTime ?? '')];
  return before <= at && before >= at - within;
}

function wantFor(event: CloudTrailEvent, eventNames: string[], within: number): Want {
  const at = Date.parse(event.eventTime ?? '');
  const to = Number.isNaN(at) ? 0 : at;
  return {
    account: event.account,
    // What has no region of its own was still set off in one.
    regions: /^(iam|route53|cloudfront|s3)\./.test(event.eventSource) ? 'all' : [event.region],
    eventNames,
    from: new Date(to - within).toISOString(),
    to: new Date(to + 1000).toISOString(),
  };
}

/** The steps in words, nearest first, with who stands behind each call that set something off. */
export function tellSteps(steps: Step[], personOf: (event: CloudTrailEvent) => Person): Cause[] {
  return steps.flatMap((step): Cause[] => {
    const { rule, about, start, proven } = step;
    const things = about.slice(0, 3).join(', ');
    const acted: Cause = {
      en: `${rule.called.en}${things && `, for ${things}`}`,
      ko: `${rule.called.ko}${things && ` (${things})`}`,
      eventID: step.event.eventID,
      proven: true,
    };
    if (!start) return [acted, { ...nothing(step), eventID: null, proven: false }];
    const { en, ko } = startedBy(step, start, personOf(start));
    return [acted, { en, ko, eventID: start.eventID, proven }];
  });
}

/** `probably`: the same thing at the same time, and no identifier that joins the two calls. */
function startedBy({ rule, proven }: Step, start: CloudTrailEvent, person: Person): Hop {
  const who = `${person.name} (${PROOF[person.proof].en})`;
  const whoKo = `${person.name} (${PROOF[person.proof].ko})`;
  const call = `${start.eventName}, ${start.eventTime ?? '?'}, ${start.account}/${start.region}, event ${start.eventID}`;
  const callKo = `${start.eventName}, ${start.eventTime ?? '?'}, ${start.account}/${start.region}, 이벤트 ${start.eventID}`;
  switch (rule.link) {
    case 'started':
      return proven
        ? { en: `started by ${who}: ${call}`, ko: `시작한 주체 ${whoKo}: ${callKo}` }
        : {
            en: `probably started by ${who}: ${call}; the same thing shortly before, but no identifier joins the two`,
            ko: `시작한 주체로 추정 ${whoKo}: ${callKo}; 직전에 같은 대상을 다룬 호출이지만 둘을 잇는 식별자는 없습니다`,
          };
    case 'set-up':
      return {
        en: `probably set up by ${who}: ${call}`,
        ko: `설정한 주체로 추정 ${whoKo}: ${callKo}`,
      };
    case 'context':
      return {
        en: `as context, not as who did it: ${who}, ${call}`,
        ko: `참고로, 수행한 주체는 아님: ${whoKo}, ${callKo}`,
      };
  }
}

function nothing({ rule, gaps }: Step): Hop {
  if (gaps.length === 0) return rule.otherwise;
  return {
    en: `${rule.otherwise.en}; but not everything could be read: ${toldGaps(gaps, 'en')}`,
    ko: `${rule.otherwise.ko}; 다만 읽을 수 없는 곳이 있었습니다: ${toldGaps(gaps, 'ko')}`,
  };
}
