import { EVENT_SETS, eventSet } from './catalogue/event-sets.ts';
import { eventsFor, RESOURCE_TYPES, resourceType } from './catalogue.ts';
import { KEYS, type Key, type OddSlot, type Slots, slotsOf, written } from './exact-slots.ts';
import { timeOf } from './exact-time.ts';
import { typeOfId } from './kinds.ts';
import { ACTOR_KINDS, type Actor, Plan, VERBS, type Verb, type Vocabulary } from './plan.ts';
import { unique } from './unique.ts';

/**
 * A plan as one line that people can read, edit and send back:
 * `verb:delete type:instance resource:i-0abc event:TerminateInstances from:… to:… zone:UTC`.
 * Slots at their default are left out; what the verb stands for is written out, so that the line finds
 * the same events when the catalogue has learnt more of them.
 */
export function exactForm(plan: Plan): string {
  return written(slotsFor(plan));
}

/** The slots of a plan as they are written, in their order. */
export function slotsFor(plan: Plan): [key: Key, values: string[]][] {
  const { time, actor, content, except, state } = plan;
  return [
    ['shape', plan.shape === impliedShape(plan) ? [] : [plan.shape]],
    ['ask', plan.asks === 'who' ? [] : [plan.asks]],
    ['verb', plan.verbs],
    ['set', plan.set === null ? [] : [plan.set]],
    ['type', [plan.resourceType ?? NONE]],
    ['resource', plan.resources],
    ['with', plan.alsoResources],
    ['event', plan.eventNames.length > 0 ? plan.eventNames : [ANY]],
    ['source', plan.eventSources.length > 0 ? plan.eventSources : [ANY]],
    ['actor', actor ? [actorWords(actor)] : []],
    ['also-actor', plan.alsoActors.map(actorWords)],
    ['from', [time.from]],
    ['to', [time.to]],
    ['zone', [time.zone]],
    ['assumed', time.assumed ? ['yes'] : []],
    ['account', places(plan.accounts)],
    ['region', places(plan.regions)],
    ['outcome', plan.outcome === 'any' ? [] : [plan.outcome]],
    ['ip', plan.addresses],
    ['via', plan.via],
    ['reads', plan.readOnly === null ? [] : [plan.readOnly ? 'only' : 'never']],
    ['content', content ? [content.kind] : []],
    ['port', content && 'port' in content && content.port !== null ? [`${content.port}`] : []],
    ['cidr', content && 'cidr' in content && content.cidr !== null ? [content.cidr] : []],
    ['parameter', content?.kind === 'parameter' ? [content.name] : []],
    ['value', content?.kind === 'parameter' && content.value !== null ? [content.value] : []],
    ['not-actor', except.actors.map(actorWords)],
    ['not-account', except.accounts],
    ['not-region', except.regions],
    ['not-via', except.via],
    ['not-event', except.eventNames],
    ['not-source', except.eventSources],
    ['not-resource', except.resources],
    ['not-ip', except.addresses],
    ['state', state ? [state.property] : []],
    ['rule', state?.rule != null ? [state.rule] : []],
    ['about', plan.about === null ? [] : [plan.about]],
    ['group', plan.groupBy],
    ['measure', plan.measure === 'calls' ? [] : [plan.measure]],
    ['at-least', plan.atLeast === null ? [] : [`${plan.atLeast}`]],
    ['order', plan.order === 'newest' ? [] : [plan.order]],
    ['limit', plan.limit === LIMIT ? [] : [`${plan.limit}`]],
  ];
}

/** Who asks of Config or of the bot itself need not say that it is no search. */
function impliedShape({ about, state }: { about?: unknown; state?: unknown }): Plan['shape'] {
  return about ? 'coverage' : state ? 'state' : 'search';
}

const ANY = '*';
const NONE = '*';
export const LIMIT = 1000;

/** No place at all is not every place. */
function places(chosen: Plan['accounts']): string[] {
  if (chosen === 'all') return [];
  return chosen.length > 0 ? chosen : [''];
}

const actorWords = ({ kind, value }: Actor) => `${kind}=${value}`;

/** Does the text mean to be in exact form? Then every word of it is `key:value`. */
export function looksExact(text: string): boolean {
  const bare = unwrapped(text);
  return KEYS.some((key) => bare.startsWith(`${key}:`));
}

/** It stands as code under an answer, and so it is copied; whoever quotes it means what is quoted. */
function unwrapped(text: string): string {
  const whole = text.trim();
  const [opening] = OPENING.exec(whole) ?? [];
  const [closing] = CLOSING.exec(whole) ?? [];
  if (opening === undefined || closing === undefined) return text;
  const paired = opening.startsWith('`') ? closing === opening : !closing.startsWith('`');
  const inner = whole.slice(opening.length, -closing.length).trim();
  return paired && inner !== '' ? inner : text;
}

/** Each looked for by itself: a pattern of both would try every pair of blanks in a long run of them. */
const OPENING = /^(?:`{1,3}|["“])/;
const CLOSING = /(?:`{1,3}|["”])$/;

type Context = { now: string; timeZone: string; vocabulary: Vocabulary };

/**
 * Reads the exact form. What people leave out is filled in as for words: the events of the verb, the
 * kind of the resource, the last 90 days. `odd` quotes the slot that could not be read, `allowed` says
 * what may stand there.
 */
export function parseExactForm(text: string, context: Context): { plan: Plan } | OddSlot {
  const slots = slotsOf(unwrapped(text));
  return 'odd' in slots ? slots : planOf(slots, context);
}

function planOf(slots: Slots, context: Context): { plan: Plan } | OddSlot {
  const { verb = [], resource = [] } = slots;
  const wrong = verb.find((one) => !isVerb(one));
  if (wrong !== undefined) return { odd: `verb:${wrong}`, allowed: [...VERBS] };
  const verbs = verb.filter(isVerb);
  const type = slots.type?.[0] ?? resource.map(typeOfId).find((id) => id !== undefined) ?? NONE;
  if (type !== NONE && !resourceType(type))
    return { odd: `type:${type}`, allowed: RESOURCE_TYPES.map(({ id }) => id) };
  const known = verbs.map((one) => eventsFor(one, type === NONE ? null : type));
  const time = timeOf(slots, context);
  if ('odd' in time) return time;
  const accounts = accountsOf('account', slots, context.vocabulary);
  if ('odd' in accounts) return accounts;
  const notAccounts = accountsOf('not-account', slots, context.vocabulary);
  if ('odd' in notAccounts) return notAccounts;
  const named = slots.set && eventSet(slots.set[0] ?? '');
  // A named set is its events; a name that nobody knows would find everything.
  if (slots.set && !named && !slots.event)
    return { odd: `set:${slots.set[0]}`, allowed: EVENT_SETS.map(({ id }) => id) };
  const plan = Plan.safeParse({
    shape: slots.shape?.[0] ?? impliedShape(slots),
    asks: slots.ask?.[0] ?? 'who',
    verbs,
    set: slots.set?.[0] ?? null,
    eventNames: listed(slots.event) ?? named?.names ?? unique(known.flatMap(({ names }) => names)),
    eventSources:
      listed(slots.source) ?? named?.sources ?? unique(known.flatMap(({ sources }) => sources)),
    resourceType: type === NONE ? null : type,
    resources: resource,
    alsoResources: slots.with ?? [],
    actor: slots.actor ? actorOf(slots.actor[0] ?? '') : null,
    alsoActors: (slots['also-actor'] ?? []).map(actorOf),
    time: time.time,
    accounts: accounts.ids ?? 'all',
    regions: chosen(slots.region) ?? 'all',
    outcome: slots.outcome?.[0] ?? 'any',
    addresses: slots.ip ?? [],
    via: slots.via ?? [],
    readOnly: slots.reads ? { only: true, never: false }[slots.reads[0] ?? ''] : null,
    content: contentOf(slots),
    except: {
      actors: (slots['not-actor'] ?? []).map(actorOf),
      accounts: notAccounts.ids ?? [],
      regions: slots['not-region'] ?? [],
      via: slots['not-via'] ?? [],
      eventNames: slots['not-event'] ?? [],
      eventSources: slots['not-source'] ?? [],
      resources: slots['not-resource'] ?? [],
      addresses: slots['not-ip'] ?? [],
    },
    state: slots.state ? { property: slots.state[0], rule: slots.rule?.[0] ?? null } : null,
    about: slots.about?.[0] ?? null,
    groupBy: slots.group ?? [],
    measure: slots.measure?.[0] ?? 'calls',
    atLeast: slots['at-least'] ? Number(slots['at-least'][0]) : null,
    order: slots.order?.[0] ?? 'newest',
    limit: Number(slots.limit?.[0] ?? LIMIT),
  });
  if (plan.success) return one(slots) ?? { plan: plan.data };
  return oddPlace(plan.error.issues[0], slots);
}

/** Slots that hold one value; a second one would be dropped, and with it what was asked. */
function one(slots: Slots): OddSlot | null {
  const key = SINGLE.find((single) => (slots[single]?.length ?? 0) > 1);
  if (key)
    return { odd: `${key}:${slots[key]?.join(',')}`, allowed: [`${key}:${slots[key]?.[0]}`] };
  const lonely = NEEDS.find(([part, whole]) => slots[part] && !slots[whole]);
  return lonely
    ? { odd: `${lonely[0]}:${slots[lonely[0]]?.[0]}`, allowed: [`${lonely[1]}:…`] }
    : null;
}

const SINGLE: Key[] = [
  ...(['shape', 'ask', 'set', 'type', 'actor', 'since', 'from', 'to', 'zone', 'assumed'] as const),
  ...(['outcome', 'reads', 'content', 'port', 'cidr', 'parameter', 'value', 'state'] as const),
  ...(['rule', 'about', 'measure', 'at-least', 'order', 'limit'] as const),
];

/** What says nothing without another slot. */
const NEEDS: [part: Key, whole: Key][] = [
  ['port', 'content'],
  ['cidr', 'content'],
  ['parameter', 'content'],
  ['value', 'content'],
  ['rule', 'state'],
  ['also-actor', 'actor'],
];

type Issue = { path: PropertyKey[]; code?: string; values?: unknown };

/** The slot that the schema refused, in the words of this form. */
function oddPlace(issue: Issue | undefined, slots: Slots): OddSlot {
  const path = issue?.path.map(String) ?? [];
  const [place = '', part = ''] = path;
  const key =
    KEY_OF[place === 'except' ? `except.${part}` : place] ?? KEYS.find((it) => it === place);
  if (!key) return { odd: place };
  const at = Number(path.at(-1));
  const value = slots[key]?.[Number.isInteger(at) ? at : 0] ?? '';
  const values =
    ALLOWED[key] ?? (Array.isArray(issue?.values) ? issue.values.map(String) : undefined);
  return { odd: `${key}:${value}`, ...(values && { allowed: values }) };
}

const KEY_OF: Record<string, Key> = {
  asks: 'ask',
  accounts: 'account',
  regions: 'region',
  addresses: 'ip',
  readOnly: 'reads',
  groupBy: 'group',
  resources: 'resource',
  'except.actors': 'not-actor',
  'except.via': 'not-via',
};

const ALLOWED: Partial<Record<Key, string[]>> = {
  actor: [...ACTOR_KINDS.map((kind) => `${kind}=…`)],
  'not-actor': [...ACTOR_KINDS.map((kind) => `${kind}=…`)],
  reads: ['only', 'never'],
  limit: ['1', '30', '1000'],
  content: ['port-open', 'port-close', 'parameter', 'public', 'shared-external', 'no-mfa'].concat([
    'admin-grant',
    'no-final-snapshot',
    'cross-account',
  ]),
};

/** `role=deploy`, or a bare value whose look tells what it is. */
function actorOf(text: string): { kind: string; value: string } {
  const [kind = '', ...rest] = text.split('=');
  if (rest.length > 0 && ACTOR_KINDS.some((known) => known === kind))
    return { kind, value: rest.join('=') };
  if (rest.length > 0 && /^[a-z-]+$/.test(kind)) return { kind, value: rest.join('=') };
  if (text === 'root') return { kind: 'root', value: 'root' };
  if (text.startsWith('arn:')) return { kind: 'arn', value: text };
  if (/^A[SK]IA[A-Z0-9]{12,124}$/.test(text)) return { kind: 'access-key', value: text };
  if (/^i-[0-9a-f]{8,17}$/.test(text)) return { kind: 'instance', value: text };
  if (/\.amazonaws\.com$/.test(text)) return { kind: 'service', value: text };
  return { kind: text.includes('@') ? 'email' : 'name', value: text };
}

function contentOf(slots: Slots): unknown {
  const [kind] = slots.content ?? [];
  if (kind === undefined) return null;
  if (kind === 'parameter')
    return { kind, name: slots.parameter?.[0] ?? '', value: slots.value?.[0] ?? null };
  if (kind !== 'port-open' && kind !== 'port-close') return { kind };
  const [port] = slots.port ?? [];
  return { kind, port: port === undefined ? null : Number(port), cidr: slots.cidr?.[0] ?? null };
}

/** `*` stands for any; nothing written leaves it to the verb. */
function listed(values: string[] | undefined): string[] | undefined {
  return values?.length === 1 && values[0] === ANY ? [] : values;
}

function chosen(values: string[] | undefined): string[] | undefined {
  return values?.length === 1 && values[0] === '' ? [] : values;
}

/** Accounts by id or by name; a name that nobody has, or that two have, is odd. */
function accountsOf(
  key: 'account' | 'not-account',
  slots: Slots,
  { accounts }: Vocabulary,
): { ids: string[] | undefined } | OddSlot {
  const ids: string[] = [];
  for (const said of chosen(slots[key]) ?? []) {
    const named = accounts.filter(({ name }) => name === said);
    const id = /^\d{12}$/.test(said) ? said : named.length === 1 ? named[0]?.id : undefined;
    if (id === undefined) {
      const allowed = named.length > 1 ? named.map((it) => it.id) : accounts.map((it) => it.name);
      return { odd: `${key}:${said}`, allowed: allowed.slice(0, 20) };
    }
    ids.push(id);
  }
  return { ids: slots[key] && ids };
}

function isVerb(word: string): word is Verb {
  return VERBS.some((verb) => verb === word);
}
