import { eventsFor, resourceType } from './catalogue.ts';
import { typeOfId } from './kinds.ts';
import { Plan, VERBS, type Verb, type Vocabulary } from './plan.ts';
import { timeIn } from './time.ts';

/**
 * A plan as one line that people can read, edit and send back:
 * `verb:delete type:instance resource:i-0abc event:TerminateInstances from:… to:… zone:UTC`.
 * Slots at their default are left out.
 */
export function exactForm(plan: Plan): string {
  const { time, actor, content } = plan;
  const slots: [key: string, values: string[]][] = [
    ['shape', plan.shape === 'search' ? [] : [plan.shape]],
    ['verb', plan.verbs],
    ['type', [plan.resourceType ?? NONE]],
    ['resource', plan.resources],
    ['with', plan.alsoResources],
    ['event', plan.eventNames.length > 0 ? plan.eventNames : [ANY]],
    ['source', plan.eventSources.length > 0 ? plan.eventSources : [ANY]],
    ['actor', actor ? [`${actor.kind}=${actor.value}`] : []],
    ['from', [time.from]],
    ['to', [time.to]],
    ['zone', [time.zone]],
    ['assumed', time.assumed ? ['yes'] : []],
    ['account', plan.accounts === 'all' ? [] : plan.accounts],
    ['region', plan.regions === 'all' ? [] : plan.regions],
    ['outcome', plan.outcome === 'any' ? [] : [plan.outcome]],
    ['ip', plan.addresses],
    ['via', plan.via],
    ['reads', plan.readOnly === null ? [] : [plan.readOnly ? 'only' : 'never']],
    ['content', content ? [content.kind] : []],
    ['port', content && 'port' in content && content.port !== null ? [`${content.port}`] : []],
    ['cidr', content && 'cidr' in content && content.cidr !== null ? [content.cidr] : []],
    ['parameter', content?.kind === 'parameter' ? [content.name] : []],
    ['value', content?.kind === 'parameter' && content.value !== null ? [content.value] : []],
    ['group', plan.groupBy],
    ['order', plan.order === 'newest' ? [] : [plan.order]],
    ['limit', plan.limit === LIMIT ? [] : [`${plan.limit}`]],
  ];
  return slots
    .filter(([, values]) => values.length > 0)
    .map(([key, values]) => `${key}:${values.map(quoted).join(',')}`)
    .join(' ');
}

const ANY = '*';
const NONE = '*';
export const LIMIT = 1000;

/** Values that would end too early, or be taken for a sign of this form, are written as JSON strings. */
function quoted(value: string): string {
  return value === '' || value.startsWith('"') || /[\s,]|[^\x21-\x7e\p{L}]/u.test(value)
    ? JSON.stringify(value)
    : value;
}

const KEYS = [
  'shape',
  'verb',
  'type',
  'resource',
  'with',
  'event',
  'source',
  'actor',
  'since',
  'from',
  'to',
  'zone',
  'assumed',
  'account',
  'region',
  'outcome',
  'ip',
  'via',
  'reads',
  'content',
  'port',
  'cidr',
  'parameter',
  'value',
  'group',
  'order',
  'limit',
] as const;
type Key = (typeof KEYS)[number];
type Slots = Partial<Record<Key, string[]>>;

/** Does the text mean to be in exact form? Then every word of it is `key:value`. */
export function looksExact(text: string): boolean {
  return KEYS.some((key) => text.startsWith(`${key}:`));
}

/**
 * Reads the exact form. What people leave out is filled in as for words: the events of the verb, the
 * kind of the resource, the last 90 days. `odd` quotes the slot that could not be read.
 */
export function parseExactForm(
  text: string,
  context: { now: string; timeZone: string; vocabulary: Vocabulary },
): { plan: Plan } | { odd: string } {
  const slots = slotsOf(text);
  if ('odd' in slots) return slots;
  const { verb = [], resource = [] } = slots;
  const wrong = verb.find((one) => !isVerb(one));
  if (wrong !== undefined) return { odd: `verb:${wrong}` };
  const verbs = verb.filter(isVerb);
  const type = slots.type?.[0] ?? resource.map(typeOfId).find((id) => id !== undefined) ?? NONE;
  if (type !== NONE && !resourceType(type)) return { odd: `type:${type}` };
  const known = verbs.map((one) => eventsFor(one, type === NONE ? null : type));
  const time = timeOf(slots, context);
  if (time === null) return { odd: oddTime(slots) };
  const accounts = slots.account?.map((account) => idOf(account, context.vocabulary));
  const stranger = accounts?.indexOf(null) ?? -1;
  if (stranger >= 0) return { odd: `account:${slots.account?.[stranger]}` };
  const [kind = '', ...value] = (slots.actor?.[0] ?? '').split('=');
  const plan = Plan.safeParse({
    shape: slots.shape?.[0] ?? 'search',
    verbs,
    eventNames: listed(slots.event) ?? unique(known.flatMap(({ names }) => names)),
    eventSources: listed(slots.source) ?? unique(known.flatMap(({ sources }) => sources)),
    resourceType: type === NONE ? null : type,
    resources: resource,
    alsoResources: slots.with ?? [],
    actor: slots.actor ? { kind, value: value.join('=') } : null,
    time,
    accounts: accounts ?? 'all',
    regions: slots.region ?? 'all',
    outcome: slots.outcome?.[0] ?? 'any',
    addresses: slots.ip ?? [],
    via: slots.via ?? [],
    readOnly: slots.reads ? { only: true, never: false }[slots.reads[0] ?? ''] : null,
    content: contentOf(slots),
    groupBy: slots.group ?? [],
    order: slots.order?.[0] ?? 'newest',
    limit: Number(slots.limit?.[0] ?? LIMIT),
  });
  if (plan.success) return { plan: plan.data };
  const [place = ''] = plan.error.issues[0]?.path ?? [];
  return { odd: String(place) };
}

/** Splits `key:value,value key:"a value"`; linear in the length of the text. */
function slotsOf(text: string): Slots | { odd: string } {
  const slots: Slots = {};
  const pattern = /\s*([a-z]+):/y;
  const valuePattern = /"(?:[^"\\]|\\.)*"|[^\s,"][^\s,]*/y;
  let at = 0;
  while (at < text.length && /\S/.test(text.slice(at, at + 64))) {
    pattern.lastIndex = at;
    const [all = '', name = ''] = pattern.exec(text) ?? [];
    const key = KEYS.find((one) => one === name);
    if (!key || slots[key]) return { odd: text.slice(at, at + 60).trim() };
    at += all.length;
    const values: string[] = [];
    do {
      if (values.length > 0) at += 1;
      valuePattern.lastIndex = at;
      const value = valuePattern.exec(text)?.[0];
      if (value === undefined) return { odd: `${key}:${text.slice(at, at + 40)}` };
      at += value.length;
      const plain = unquoted(value);
      if (plain === null) return { odd: `${key}:${value.slice(0, 40)}` };
      values.push(plain);
    } while (text[at] === ',');
    slots[key] = values;
  }
  return slots;
}

function unquoted(value: string): string | null {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return null;
  }
}

function timeOf(
  slots: Slots,
  { now, timeZone }: { now: string; timeZone: string },
): Plan['time'] | null {
  const zone = slots.zone?.[0] ?? timeZone;
  const [from, to] = [slots.from?.[0], slots.to?.[0]];
  if (!isZone(zone)) return null;
  if (from && to) {
    if (!(Date.parse(from) < Date.parse(to))) return null;
    return { from, to, zone, assumed: slots.assumed?.[0] === 'yes' };
  }
  const since = slots.since?.[0];
  const short = since && /^(\d{1,4})(m|h|d|w)$/.exec(since);
  const words = short ? `past ${short[1]} ${short[2]}` : since ? `since ${since}` : '';
  const heard = timeIn(words, now, zone);
  return 'odd' in heard || (since && heard.time.assumed) ? null : heard.time;
}

function oddTime(slots: Slots): string {
  const said = (['since', 'from', 'to', 'zone'] as const).filter((key) => slots[key]);
  return said.map((key) => `${key}:${slots[key]?.join(',')}`).join(' ');
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    // The only way to ask the runtime for a name that it may not know.
    return false;
  }
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

function idOf(account: string, { accounts }: Vocabulary): string | null {
  if (/^\d{12}$/.test(account)) return account;
  return accounts.find(({ name }) => name === account)?.id ?? null;
}

function isVerb(word: string): word is Verb {
  return VERBS.some((verb) => verb === word);
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
