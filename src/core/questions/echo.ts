import { clock } from '../prose.ts';
import type { Language } from '../reader.ts';
import { eventSet } from './catalogue/event-sets.ts';
import { resourceType } from './catalogue.ts';
import { ECHO_WORDS } from './echo-words.ts';
import { LIMIT } from './exact-form.ts';
import type { Plan } from './plan.ts';

/**
 * What will be searched, in one line, made from the plan alone so that it cannot lie about it:
 * `who · deleted, terminated · i-0abc · last 90 days · 42 accounts · all regions`. The number of
 * accounts is said when it is known. Names in it are hostile text: quote the whole line.
 */
export function echo(plan: Plan, language: Language, accounts?: number): string {
  const words = ECHO_WORDS[language];
  const parts = [
    opening(plan, language),
    plan.verbs.map((verb) => words.verbs[verb]).join(', '),
    plan.set === null ? '' : (eventSet(plan.set)?.[language] ?? plan.set),
    thing(plan, language),
    plan.state?.rule == null ? '' : words.rule(plan.state.rule),
    // Without a kind of thing the verb stands for every such event, and the first few would mislead.
    plan.set !== null || (plan.resourceType === null && plan.eventNames.length > 12)
      ? ''
      : names(plan.eventNames, plan.verbs.length === 0 ? 8 : 3, words.more),
    plan.verbs.length + plan.eventNames.length === 0 ? names(plan.eventSources, 4, words.more) : '',
    plan.content ? content(plan.content, language) : '',
    [plan.actor ?? [], plan.alsoActors]
      .flat()
      .map(({ kind, value }) => words.actor[kind](value))
      .join(words.either),
    plan.outcome === 'any' ? '' : words.outcome[plan.outcome],
    plan.addresses.length > 0 ? words.addresses(plan.addresses.join(', ')) : '',
    plan.via.length > 0 ? words.via(plan.via.join(', ')) : '',
    plan.readOnly === null ? '' : plan.readOnly ? words.reads : words.writes,
    excepted(plan, language),
    plan.measure === 'bytes' ? words.bytes : '',
    plan.groupBy.length > 0
      ? words.per(plan.groupBy.map((slot) => words.slot[slot]).join(', '))
      : '',
    plan.atLeast === null ? '' : words.atLeast(plan.atLeast),
    order(plan, language),
    // How things are now was not asked of the last 90 days.
    isOfNow(plan) && plan.time.assumed ? '' : time(plan, language),
    plan.accounts === 'all' ? words.accounts(accounts) : words.account(plan.accounts.join(', ')),
    plan.regions === 'all' ? words.allRegions : plan.regions.join(', '),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

const isOfNow = ({ shape }: Plan) => shape === 'state' || shape === 'coverage';

/** What is asked for: who did it, when, how many, how it is now, what the bot can see. */
function opening({ shape, asks, state, about }: Plan, language: Language): string {
  const words = ECHO_WORDS[language];
  if (shape === 'state' && state) return words.state[state.property];
  if (shape === 'coverage' && about) return words.about[about];
  return shape === 'search' && asks !== 'who' ? words.asks[asks] : words.shape[shape];
}

/** What was left out is said as plainly as what was asked for. */
function excepted({ except }: Plan, language: Language): string {
  const words = ECHO_WORDS[language];
  const parts = [
    ...except.actors.map(({ kind, value }) => words.actor[kind](value)),
    ...except.accounts.map((account) => words.account(account)),
    ...except.regions,
    ...(except.via.length > 0 ? [words.via(except.via.join(', '))] : []),
    ...except.eventNames,
    ...except.eventSources,
    ...except.resources,
    ...(except.addresses.length > 0 ? [words.addresses(except.addresses.join(', '))] : []),
  ];
  return parts.length > 0 ? words.except(parts) : '';
}

function thing({ resourceType: id, resources, alsoResources }: Plan, language: Language): string {
  const type = id === null ? undefined : resourceType(id);
  return [
    type?.[language] ?? id ?? '',
    resources.join(', '),
    ...alsoResources.map((other) => `+ ${other}`),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function names(all: string[], most: number, more: (count: number) => string): string {
  if (all.length <= most) return all.join(', ');
  return `${all.slice(0, most - 1).join(', ')} ${more(all.length - most + 1)}`;
}

function content(asked: NonNullable<Plan['content']>, language: Language): string {
  const words = ECHO_WORDS[language];
  switch (asked.kind) {
    case 'port-open':
    case 'port-close':
      return words.port(asked.port, asked.cidr);
    case 'parameter':
      return `${asked.name}=${asked.value ?? '…'}`;
    default:
      return words.content[asked.kind];
  }
}

function order({ order: by, limit, shape }: Plan, language: Language): string {
  const words = ECHO_WORDS[language];
  const most = limit === LIMIT ? '' : words.most(limit);
  if (shape === 'count') return most;
  if (shape !== 'search') return '';
  if (limit === 1) return by === 'oldest' ? words.firstOnly : words.lastOnly;
  return [by === 'oldest' ? words.oldest : '', most].filter((part) => part !== '').join(' · ');
}

const DAY = 24 * 60 * 60 * 1000;

/** The window as it was understood, in the asker's zone and in UTC, and whether it was only assumed. */
function time({ time: { from, to, zone, assumed } }: Plan, language: Language): string {
  const words = ECHO_WORDS[language];
  const days = (Date.parse(to) - Date.parse(from)) / DAY;
  if (assumed && Number.isInteger(days)) return `${words.lastDays(days)} (${words.assumed})`;
  const here = stretch(from, to, zone);
  const both = zone === 'UTC' ? here : `${here} (${stretch(from, to, 'UTC')})`;
  return assumed ? `${both} (${words.assumed})` : both;
}

/** `2026-11-20 00:00 – 2026-11-21 00:00 KST`. */
function stretch(from: string, to: string, zone: string): string {
  const [start, end] = [wall(from, zone), wall(to, zone)];
  return `${start.minute} – ${end.minute} ${end.zone}`;
}

/** `2026-11-20 14:32` and `KST`. */
function wall(instant: string, zone: string): { minute: string; zone: string } {
  const [date = '', hours = '', name = ''] = clock(instant, zone).split(' ');
  return { minute: `${date} ${hours.slice(0, 5)}`, zone: name };
}
