import { hashOf } from '../hash.ts';
import { classified } from '../questions/catalogue/known-events.ts';
import type { Plan } from '../questions/plan.ts';
import type { Language } from '../reader.ts';
import { actorName } from './actor-name.ts';
import type { Answer, AnswerEvent, Spread, Verdict } from './answer.ts';
import { isOneOf } from './caller.ts';
import { callsOf, type RecordedCall } from './calls.ts';
import { sharedWith } from './content.ts';
import { beyond, blindness, coverageOf, settledUntil } from './coverage.ts';
import { detailsOf, resourcesOf } from './details.ts';
import type { CloudTrailEvent } from './event.ts';
import { groupsOf } from './groups.ts';
import { type Known, matches, NOTHING_KNOWN } from './match.ts';
import { outsideUntold } from './outside.ts';
import { withoutVersion } from './parse-event.ts';
import { type Issued, personBehind } from './person.ts';
import { redactedText } from './redact.ts';
import type { Found, Gap } from './source.ts';
import { viaOf } from './via.ts';

/** How many events an answer shows; `total` counts them all. */
export const SHOWN = 30;

/** “top 3 services” asks for three services, not for three events. */
const ranks = ({ shape, groupBy }: Plan) => shape === 'count' && groupBy.length > 0;

/** What a plan says where nobody asked for so many: then only the reader's screen limits. */
const UNLIMITED = 1000;

/** A question on its way to its answer: what was said, and what was understood. */
export type Asked = { id: string; question: string; language: Language; echo: string; plan: Plan };

/** What one source found. */
export type Evidence = { source: string; found: Found };

/** The events that are the answer: exactly matching, each once, in the plan's order. */
export function matching(
  plan: Plan,
  evidence: Evidence[],
  about: Known = NOTHING_KNOWN,
): { events: CloudTrailEvent[]; undated: number } {
  const known = new Map<string, CloudTrailEvent>();
  let undated = 0;
  for (const event of evidence.flatMap(({ found }) => found.events)) {
    const key = identityOf(event);
    if (known.has(key)) continue;
    const match = matches(plan, event, about);
    if (match === 'undated') undated += 1;
    if (match === 'yes') known.set(key, event);
  }
  const newestFirst = [...known.values()].toSorted((a, b) =>
    (b.eventTime ?? '').localeCompare(a.eventTime ?? ''),
  );
  return { events: plan.order === 'oldest' ? newestFirst.toReversed() : newestFirst, undated };
}

/**
 * The events that are shown, whose people are worth finding out: each call with its copies behind it.
 * What the bot itself did comes last: it calls all day long, and would bury what people did.
 */
export function shown(
  plan: Plan,
  events: CloudTrailEvent[],
  self: string[],
  most: number = SHOWN,
): CloudTrailEvent[] {
  const { own, others } = apart(plan, callsOf(events), self);
  return [...others, ...own]
    .flatMap(({ event, copies }) => [event, ...copies])
    .slice(0, plan.limit < UNLIMITED && !ranks(plan) ? Math.min(plan.limit, most) : most);
}

/** The bot's own calls and those of others; none stands aside where an actor was asked for. */
function apart(plan: Plan, calls: RecordedCall[], self: string[]) {
  const isOwn = ({ event }: RecordedCall) => plan.actor === null && isOneOf(self, event);
  return { own: calls.filter(isOwn), others: calls.filter((call) => !isOwn(call)) };
}

/**
 * From a plan and what was found to the answer, without its text. `self` are the principals of the bot
 * itself: ARNs, or names of roles.
 */
export function conclude(
  asked: Asked,
  evidence: Evidence[],
  issued: Issued,
  self: string[] = [],
  about: Known = NOTHING_KNOWN,
  most: number = SHOWN,
): Answer {
  const { plan } = asked;
  const { events, undated } = matching(plan, evidence, about);
  const calls = callsOf(events);
  const copyOf = new Map(
    calls.flatMap(({ event, copies }) => copies.map((copy) => [copy, event.eventID])),
  );
  const own = apart(plan, calls, self).own;
  const ownSpread = spreadOf(own);
  const ownEvents = new Set(own.flatMap(({ event, copies }) => [event, ...copies]));
  const looked = evidence.map(({ source, found }) => ({ source, searched: found.searched }));
  const coverage = coverageOf(plan, looked);
  if (undated > 0) coverage.gaps.push(undatedGap(undated));
  coverage.gaps.push(...outsideUntold(plan, about, events.length));
  const blind = blindness(plan, looked);
  if (events.length === 0 && !blind) coverage.gaps.push(...beyond(looked));
  const verdict: Verdict =
    events.length > 0
      ? 'found'
      : blind
        ? 'unknowable'
        : coverage.gaps.length > 0 || looked.length === 0
          ? 'none-visible'
          : 'none';
  return {
    schemaVersion: 1,
    id: asked.id,
    question: asked.question,
    lang: asked.language,
    verdict,
    understood: { echo: asked.echo, plan },
    total: events.length,
    ...(calls.length < events.length && { calls: calls.length }),
    events: shown(plan, events, self, most).map((event) => ({
      ...answerEvent(event, asked, issued, about),
      ...(copyOf.has(event) && { copyOf: copyOf.get(event) as string }),
      ...(ownEvents.has(event) && { own: true as const }),
    })),
    groups: groupsOf(
      plan,
      calls.map(({ event }) => event),
    ),
    coverage,
    text: '',
    spread: spreadOf(calls),
    ...(ownSpread && { own: { count: own.length, spread: ownSpread } }),
    settledUntil: settledUntil(looked),
    ...(verdict === 'unknowable' && blind && { reason: BLIND[blind][asked.language] }),
  };
}

/** An answer without a search: the words could mean several things, or nothing that we know. */
export function unanswered(
  asked: Omit<Asked, 'plan'>,
  verdict: 'unclear' | 'not-understood',
  reason: string,
  readings: { echo: string; plan: Plan }[] = [],
): Answer {
  return {
    schemaVersion: 1,
    id: asked.id,
    question: asked.question,
    lang: asked.language,
    verdict,
    understood: { echo: asked.echo, plan: null },
    total: 0,
    events: [],
    groups: [],
    coverage: {
      from: '',
      to: '',
      accounts: { searched: 0, of: 0 },
      regions: { searched: 0, of: 0 },
      categories: [],
      sources: [],
      gaps: [],
    },
    text: '',
    spread: null,
    reason,
    ...(readings.length > 0 && { readings }),
  };
}

const BLIND = {
  'data-events': {
    en: 'these calls are data events, and no data events were recorded in what was searched',
    ko: '이 호출은 데이터 이벤트인데, 검색한 기록에는 데이터 이벤트가 없습니다',
  },
  'too-old': {
    en: 'the time asked about is older than what the sources keep',
    ko: '물어보신 기간은 기록 보관 기간보다 오래되었습니다',
  },
};

function undatedGap(count: number): Gap {
  return {
    account: '',
    region: '',
    reason: `${count} matching record(s) carry no time and could not be placed in the window`,
    ko: `조건에 맞는 기록 ${count}건에 시각이 없어서 물어보신 기간에 드는지 알 수 없습니다`,
  };
}

/**
 * CloudTrail's event id names an event; the same event delivered twice is one. Redacted exports write
 * one placeholder into all of them, so where the id is none, the rest of the record tells them apart.
 */
function identityOf(event: CloudTrailEvent): string {
  return /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(event.eventID)
    ? event.eventID.toLowerCase()
    : `${event.eventID}/${hashOf(event.record)}`;
}

function answerEvent(
  event: CloudTrailEvent,
  { plan, question }: Asked,
  issued: Issued,
  { users }: Known,
): AnswerEvent {
  const shares = sharedWith(event);
  return {
    eventID: event.eventID,
    eventTime: event.eventTime,
    eventSource: event.eventSource,
    eventName: event.eventName,
    account: event.account,
    region: event.region,
    outcome: event.outcome,
    sourceIPAddress: event.sourceIPAddress,
    actor: { arn: event.caller.arn, name: actorName(event), type: event.caller.type },
    person: personBehind(event, issued, users),
    resources: resourcesOf(event, plan.resources).map(redactedText),
    via: viaOf(event),
    details: [...claimedTool(event, question), ...detailsOf(event)],
    ...(shares.length > 0 && { sharedWith: shares }),
    ...(event.errorMessage && { errorMessage: shownError(event.errorMessage) }),
    origin: event.origin,
    ...(!classified(event.eventSource, withoutVersion(event.eventName)) && {
      unclassified: true as const,
    }),
  };
}

/** AWS repeats in its refusals what was sent, signatures and tokens too. Cut last: half a token would not be known as one. */
function shownError(message: string): string {
  return redactedText(message.slice(0, 8_000)).slice(0, 2_000);
}

/** The user agent, where the question asks for it: what the caller claims to be, no proof of anything. */
function claimedTool(event: CloudTrailEvent, question: string): AnswerEvent['details'] {
  if (!/user[\s-]?agent|유저 ?에이전트|사용자 ?에이전트/i.test(question)) return [];
  const { userAgent } = event.record;
  return typeof userAgent === 'string'
    ? [
        {
          name: 'userAgent (claimed)',
          value: redactedText(userAgent.slice(0, 2_000)).slice(0, 256),
        },
      ]
    : [];
}

function spreadOf(calls: RecordedCall[]): Spread | null {
  if (calls.length === 0) return null;
  const made = calls.map(({ event }) => event);
  const records = calls.flatMap(({ event, copies }) => [event, ...copies]);
  const times = records
    .map(({ eventTime }) => eventTime)
    .filter((time) => time !== null)
    .toSorted();
  const distinct = (pick: (event: CloudTrailEvent) => string) =>
    [...new Set(records.map(pick))].filter((value) => value !== '').toSorted();
  return {
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
    accounts: distinct(({ account }) => account),
    regions: distinct(({ region }) => region),
    actors: counted(made.map(actorName)),
    eventNames: counted(made.map(({ eventName }) => eventName)),
    failed: made.filter(({ outcome }) => outcome !== 'ok').length,
  };
}

function counted(names: string[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}
