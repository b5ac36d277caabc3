import type { Json } from '../json.ts';
import type { ConfigChange } from './answer.ts';
import { readJson } from './parse-event.ts';

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/**
 * A record without what would let its reader in somewhere: session tokens, secret keys, passwords, user
 * data, the signatures of presigned URLs, secure parameters. Everything else stays as recorded, access
 * key ids and policy documents above all. What is nested too deep to be looked at is left out.
 */
export function redacted(value: Json, depth = 0): Json {
  return walked(value, '', 'open', depth);
}

/** One named value as people are shown it. */
export function redactedValue(name: string, value: string): string {
  return String(walked(value, name, 'open', 0));
}

/** Running text, such as an error message: only what gives itself away as a secret is taken out. */
export function redactedText(text: string): string {
  return SECRETS_IN_TEXT.reduce((rest, [pattern, kept]) => rest.replace(pattern, kept), text);
}

/** Config's before and after, member by member: `members` hold JSON text under the path of the member. */
export function redactedChange(change: ConfigChange): ConfigChange {
  const cleaned = (path: string, text: string | null) => {
    if (text === null) return null;
    const value = readJson(text);
    const secret = path.split(/[.[\]]+/).some((name) => isSecret(name));
    const open = walked(
      value === undefined ? text : value,
      lastName(path),
      secret ? 'secret' : 'open',
      0,
    );
    return value === undefined ? String(open) : JSON.stringify(open);
  };
  return {
    ...change,
    members: change.members.map(({ path, before, after }) => ({
      path,
      before: cleaned(path, before),
      after: cleaned(path, after),
    })),
  };
}

const lastName = (path: string) =>
  path.split(/[.[\]]+/).findLast((name) => !/^\d*$/.test(name)) ?? '';

const DEPTH_LIMIT = 64;

/** Within something secret every text is one, but for those that only name it. */
type Around = 'open' | 'secret';

function walked(value: Json, name: string, around: Around, depth: number): Json {
  if (typeof value === 'string') return cleanText(value, name, around, depth);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_LIMIT) return REDACTED;
  const inside = around === 'secret' || isSecret(name) ? 'secret' : 'open';
  if (Array.isArray(value)) return value.map((one) => walked(one, name, inside, depth + 1));
  const named = namedValue(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === named && typeof member === 'string'
        ? REDACTED
        : walked(member, key, inside, depth + 1),
    ]),
  );
}

function cleanText(text: string, name: string, around: Around, depth: number): Json {
  if (text === '') return text;
  if (isSecret(name) || (around === 'secret' && !NAMES_ONLY.test(name))) return REDACTED;
  if (/streamUrl$/i.test(name)) return text.replace(/[?#].*$/s, `?${REDACTED}`);
  const document = depth < DEPTH_LIMIT ? documentIn(text) : undefined;
  if (document !== undefined) {
    const clean = walked(document, '', around, depth + 1);
    // A document without secrets stays as it was written, to the last blank.
    return JSON.stringify(clean) === JSON.stringify(document) ? text : JSON.stringify(clean);
  }
  return redactedText(text);
}

/** `{ name: 'DB_PASSWORD', value: … }`, `{ type: 'SecureString', value: … }`: the member that holds the secret. */
function namedValue(members: { [key: string]: Json }): string | null {
  const key = Object.keys(members).find((one) => /^value$/i.test(one));
  if (!key) return null;
  const secret = Object.entries(members).some(
    ([name, value]) =>
      typeof value === 'string' &&
      (/^(name|key|parameterName|parameterKey)$/i.test(name)
        ? isSecret(value.split('/').at(-1) ?? '')
        : /^type$/i.test(name) && value === 'SecureString'),
  );
  return secret ? key : null;
}

/** Names are compared without case and separators: `MasterUserPassword`, `secret_access_key`, `X-Amz-Security-Token`. */
function isSecret(name: string): boolean {
  // Keys of conditions and of tags (`aws:TokenIssueTime`) name what a policy speaks of.
  if (name.includes(':')) return false;
  const bare = name.replace(/[-_.\s]/g, '');
  return SECRET.test(bare) && !NAMES_ONLY.test(bare);
}

const SECRET =
  /password|passwd|passphrase|secret|token|privatekey|userdata|zipfile|keymaterial|plaintext|apikey$|apikeyvalue|connectionstring|samlassertion$|assertion$|authorization$|authcode|authorizationcode|authenticationcode|mfacode|cookie$|^signature$|amzsignature$/i;

/** Members that only name a secret, or say something about it. */
const NAMES_ONLY =
  /(id|ids|arn|arns|name|names|type|status|state|version|versions|policy|enabled|required|lastused|lastchanged|age|length|expiration|date|valuefrom|rotationrules|stages?|description|region)$/i;

const HOLDER = /[^\s&"'<>#]+/.source;

/** Texts that are secret wherever they stand, and what is left of them. */
const SECRETS_IN_TEXT: [RegExp, string][] = [
  [
    /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?/g,
    REDACTED,
  ],
  [
    new RegExp(`((?:X-Amz-(?:Signature|Security-Token)|Signature|SigninToken)=)${HOLDER}`, 'gi'),
    `$1${REDACTED}`,
  ],
  [
    new RegExp(
      `((?:^|[^A-Za-z])(?:[a-z_-]{0,30}(?:password|passwd|secret|secret_?access_?key|token))=)${HOLDER}`,
      'gi',
    ),
    `$1${REDACTED}`,
  ],
  // An option of a command; what merely ends so, such as “db-password”, is the name of something.
  [/((?<![\w-])--?(?:password|passwd|secret|token)\s+)\S+/gi, `$1${REDACTED}`],
  [/(\/\/[^\s/:@]{1,100}:)[^\s/@]{1,200}(?=@)/g, `$1${REDACTED}`],
  // Session tokens, JSON web tokens, tokens of Slack and GitHub.
  [/\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/=_%-]{16,}/g, REDACTED],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g, REDACTED],
  [/\b(?:xox[abeoprs]-[A-Za-z0-9-]{8,}|gh[pousr]_[A-Za-z0-9]{20,})/g, REDACTED],
];

/** A policy, a template or a body that a request carries as text, percent-encoded or not. */
function documentIn(text: string): Json | undefined {
  const start = text.trimStart();
  if (!/^(?:[{[]|%7B|%5B)/i.test(start)) return undefined;
  const read = readJson(start.startsWith('%') ? decoded(start) : start);
  return typeof read === 'object' && read !== null ? read : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not an encoding after all: then it is running text.
    return text;
  }
}
