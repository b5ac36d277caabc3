import { eventsFrom, spelt } from './catalogue/known-events.ts';
import { knownEvent } from './catalogue.ts';
import { lookUp } from './lexicon.ts';
import type { Vocabulary } from './plan.ts';
import { squeeze } from './words.ts';

/** A stretch of the question whose meaning its form alone tells. */
export type Span = {
  kind:
    | 'event-id'
    | 'arn'
    | 's3'
    | 'email'
    | 'access-key'
    | 'id'
    | 'address'
    | 'account'
    | 'region'
    | 'event'
    | 'quoted'
    | 'ou'
    | 'person'
    | 'member'
    | 'time'
    | 'port';
  value: string;
  /** As it was typed, where that differs from what is meant. */
  words?: string;
  from: number;
  to: number;
};

/** Stands for characters that are already understood; no grammar matches it. */
export const TAKEN = '\ue000';

type Grammar = { kind: Span['kind']; pattern: RegExp; value?: (match: string) => string | null };

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const GRAMMARS: Grammar[] = [
  { kind: 'member', pattern: /<@[UW][A-Z0-9]+>/g, value: (m) => m.slice(2, -1) },
  { kind: 'quoted', pattern: /```[^`]{1,512}```|`[^`]{1,512}`|"[^"]{1,512}"/g, value: unquoted },
  { kind: 'quoted', pattern: /(?<![\w'])'[^']{1,512}'(?!\w)/g, value: unquoted },
  { kind: 'arn', pattern: /(?<!\w)arn:aws[\w-]*:[\w+=,.@:/*$~%#-]+/gi, value: trimmed },
  {
    kind: 'event-id',
    pattern: new RegExp(`(?<![\\w-])${UUID}(?![\\w-])`, 'gi'),
  },
  { kind: 's3', pattern: /(?<!\w)s3:\/\/[\w+=,.@:/*$~%#!-]+/gi, value: trimmed },
  {
    kind: 'email',
    pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g,
    value: trimmed,
  },
  // An organizational unit, as AWS writes its id; before the ids of things, which look alike.
  { kind: 'ou', pattern: /(?<![\w-])ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}(?![\w-])/g },
  { kind: 'access-key', pattern: /(?<!\w)(?:AKIA|ASIA)[A-Z0-9]{8,124}(?!\w)/gi },
  {
    kind: 'id',
    pattern: /(?<![\w-])[a-z]{1,12}(?:-[a-z]{2,10})?-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![\w-])/gi,
    value: identifier,
  },
  {
    kind: 'region',
    pattern:
      /(?<![\w-])(?:us|eu|ap|sa|ca|cn|me|af|il|mx)-?(?:gov|iso[a-z]{0,2})?-(?:north|south|east|west|central){1,2}-\d{1,2}[a-z]?(?![\w-])/gi,
    value: (m) => m.toLowerCase(),
  },
  { kind: 'address', pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\w.]*\d)/g },
  {
    kind: 'address',
    pattern:
      /(?<![\w:])::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?(?:\/\d{1,3}|(?=[0-9a-f]))(?![\w:])/gi,
  },
  {
    kind: 'address',
    pattern: /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}|:)(?:\/\d{1,3})?(?![\w:])/gi,
  },
  { kind: 'account', pattern: /(?<![\w-])\d{12}(?![\w-])/g },
  {
    kind: 'account',
    pattern: /(?<![\w-])\d{4}-\d{4}-\d{4}(?![\w-])/g,
    value: (m) => m.replaceAll('-', ''),
  },
  {
    kind: 'port',
    pattern:
      /(?<![\w.:/-])(?:(?:port|포트|tcp|udp)[ :/]?\d{1,5}(?![\d.])|\d{1,5} ?번(?: ?포트)?|\d{1,5} ?포트|\d{2,5} ?port(?!\w)|\d{2,5}\/(?:tcp|udp))/gi,
    value: (m) => /\d+/.exec(m)?.[0] ?? null,
  },
  {
    kind: 'event',
    pattern: /(?<![\w.:-])(?:[a-z][a-z0-9-]{1,30}:)?[A-Z][A-Za-z0-9_]{5,99}(?![\w-])/g,
    value: eventName,
  },
];

/** In quotes or a code span it is still an event's id. */
const EVENT_ID = new RegExp(`^${UUID}$`, 'i');

/** Finds the typed spans of a question, the most telling form first, and masks them in the text. */
export function typedSpans(text: string, vocabulary: Vocabulary): { spans: Span[]; rest: string } {
  const spans: Span[] = [];
  let rest = text;
  for (const { kind, pattern, value } of GRAMMARS) {
    for (const match of rest.matchAll(pattern)) {
      const meant = value ? value(match[0]) : match[0];
      if (!meant) continue;
      // Trimming only ever cuts the end, quoting marks belong to the span.
      const length =
        kind === 'arn' || kind === 's3' || kind === 'email' ? meant.length : match[0].length;
      const quotedId = kind === 'quoted' && EVENT_ID.test(meant);
      const span = {
        kind: quotedId ? ('event-id' as const) : kind,
        value: meant,
        from: match.index,
        to: match.index + length,
      };
      spans.push(span);
    }
    rest = mask(rest, spans);
  }
  for (const span of named(rest, vocabulary)) {
    spans.push(span);
    rest = mask(rest, [span]);
  }
  return { spans: spans.sort((a, b) => a.from - b.from), rest };
}

export function mask(text: string, spans: { from: number; to: number }[]): string {
  let masked = text;
  for (const { from, to } of spans) {
    if (masked[from] === TAKEN) continue;
    masked = masked.slice(0, from) + TAKEN.repeat(to - from) + masked.slice(to);
  }
  return masked;
}

const REGION_NAMES: Record<string, string> = {
  seoul: 'ap-northeast-2',
  서울: 'ap-northeast-2',
  tokyo: 'ap-northeast-1',
  도쿄: 'ap-northeast-1',
  osaka: 'ap-northeast-3',
  오사카: 'ap-northeast-3',
  singapore: 'ap-southeast-1',
  싱가포르: 'ap-southeast-1',
  싱가폴: 'ap-southeast-1',
  sydney: 'ap-southeast-2',
  시드니: 'ap-southeast-2',
  mumbai: 'ap-south-1',
  뭄바이: 'ap-south-1',
  'north virginia': 'us-east-1',
  'n. virginia': 'us-east-1',
  virginia: 'us-east-1',
  버지니아: 'us-east-1',
  ohio: 'us-east-2',
  오하이오: 'us-east-2',
  oregon: 'us-west-2',
  오레곤: 'us-west-2',
  오리건: 'us-west-2',
  ireland: 'eu-west-1',
  아일랜드: 'eu-west-1',
  london: 'eu-west-2',
  런던: 'eu-west-2',
  paris: 'eu-west-3',
  파리: 'eu-west-3',
  frankfurt: 'eu-central-1',
  프랑크푸르트: 'eu-central-1',
  stockholm: 'eu-north-1',
  스톡홀름: 'eu-north-1',
  'sao paulo': 'sa-east-1',
  상파울루: 'sa-east-1',
};

/** What the organization calls its accounts, units and people, and what everybody calls the regions. */
function named(text: string, vocabulary: Vocabulary): Span[] {
  const names: { kind: Span['kind']; name: string; value: string }[] = [
    ...vocabulary.accounts.map(({ id, name }) => ({ kind: 'account' as const, name, value: id })),
    ...[...new Set(vocabulary.accounts.flatMap(({ ou }) => [ou, ...ou.split('/')]))].map((ou) => ({
      kind: 'ou' as const,
      name: ou,
      value: ou,
    })),
    ...vocabulary.people.map(({ name, email }) => ({
      kind: 'person' as const,
      name,
      value: email ?? name,
    })),
    ...Object.entries(REGION_NAMES).map(([name, value]) => ({
      kind: 'region' as const,
      name,
      value,
    })),
  ]
    .filter(({ name }) => name.length > 1)
    .sort((a, b) => b.name.length - a.name.length);
  const low = text.toLowerCase();
  const units = new Set(
    names.flatMap(({ kind, name }) => (kind === 'ou' ? name.toLowerCase() : [])),
  );
  const spans: Span[] = [];
  for (const { kind, name, value } of names) {
    for (let from = low.indexOf(name.toLowerCase()); from >= 0; ) {
      const to = from + name.length;
      const other = kind === 'account' && units.has(name.toLowerCase()) && isUnit(low, from, to);
      if (other || isOrdinary(kind, low.slice(from), name.toLowerCase())) {
        from = low.indexOf(name.toLowerCase(), to);
        continue;
      }
      const free = !spans.some((span) => span.from < to && from < span.to);
      if (free && edge(low, from - 1, -1) && edge(low, to, 1))
        spans.push({ kind, value, words: text.slice(from, to), from, to });
      from = low.indexOf(name.toLowerCase(), to);
    }
  }
  return spans;
}

/** “OU Dev”, “Dev OU”: the unit, where an account is called so, too. */
function isUnit(words: string, from: number, to: number): boolean {
  const said = /(?:^|[^\w-])(?:ou|organizational unit) $/.test(words.slice(0, from));
  return said || /^ ?(?:ou|organizational unit)(?![\w-])|^ ?조직 ?단위/.test(words.slice(to));
}

/** An account called `network` is not meant in “network interface”, nor a unit called Suspended in “who suspended …”. */
function isOrdinary(kind: Span['kind'], words: string, name: string): boolean {
  if (kind === 'region' || !/^[a-z]+$/.test(name)) return false;
  const [, next = '', second = ''] =
    /^ ([a-z]+)(?: ([a-z]+))?/.exec(words.slice(name.length)) ?? [];
  if (/^(?:ou|account|acct)$/.test(next)) return false;
  if (
    next &&
    (lookUp(squeeze(`${name} ${next}`)) || (second && lookUp(squeeze(`${name} ${next} ${second}`))))
  )
    return true;
  return lookUp(name) !== undefined;
}

/** Particles stick to Korean words, so only Latin letters, digits and name characters join. */
function edge(text: string, at: number, step: 1 | -1): boolean {
  const next = text[at] ?? ' ';
  if (step === 1 && /[가-힣]/.test(text[at - 1] ?? '')) return true;
  if (step === -1 && /[가-힣]/.test(text[at + 1] ?? '')) return !/[\w가-힣/-]/.test(next);
  // `prod/db` and `prod.example` are other names; a full stop after `prod` ends the sentence.
  if (/[.:@]/.test(next)) return !/\w/.test(text[at + step] ?? '');
  return !/[\w/-]/.test(next);
}

function unquoted(match: string): string {
  return match.replace(/^[`"']+|[`"']+$/g, '').trim();
}

function trimmed(match: string): string {
  return match.replace(/[.,:;/?!]+$/, (end) => (/^\/+$/.test(end) ? end : ''));
}

/** `web-12345678` may be a name: the part after the hyphen must look like an id, and a known prefix or a digit. */
function identifier(match: string): string | null {
  return /\d/.test(match.slice(match.lastIndexOf('-'))) ? match : null;
}

const API_VERBS =
  /^(?:Accept|Add|Allocate|Apply|Assign|Associate|Assume|Attach|Authorize|Batch|Cancel|Change|Check|Complete|Console|Converse|Copy|Create|Deactivate|Decrypt|Delete|Deregister|Describe|Detach|Disable|Disassociate|Download|Enable|Encrypt|Exchange|Execute|Export|Failover|Generate|Get|Head|Import|Initiate|Invite|Invoke|Leave|List|Lookup|Modify|Move|Permanently|Provision|Publish|Purchase|Purge|Put|Query|Reboot|Register|Reject|Release|Remove|Replace|Request|Reset|Restore|Resume|Retire|Revoke|Rotate|Run|Scan|Schedule|Search|Send|Set|Simulate|Start|Stop|Subscribe|Suspend|Switch|Tag|Terminate|Transfer|Unassign|Unsubscribe|Untag|Update|Upload|Validate|Verify)[A-Z][A-Za-z0-9_]+$/;

/** An event name that somebody typed: one of the catalogue, or one made like an API operation. */
function eventName(typed: string): string | null {
  const [service = '', called] = typed.includes(':') ? typed.split(':') : [];
  const match = called ?? typed;
  // `s3:PutEncryptionConfiguration` is a permission: a service that we know calls nothing so.
  if (called && !spelt(match) && eventsFrom(`${service}.amazonaws.com`).length > 0) return null;
  const known = /[a-z][A-Z]/.test(match) ? knownEvent(match) : undefined;
  return known ?? (API_VERBS.test(match) ? match : null);
}
