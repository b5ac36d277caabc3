import type { Json } from '../json.ts';
import type { CloudTrailEvent } from './event.ts';
import { readJson } from './parse-event.ts';

/** One scalar of a record with the path to it: `requestParameters.instancesSet.items.0.instanceId`. */
export type Leaf = { path: string; value: string };

const DEPTH_LIMIT = 64;
const LEAF_LIMIT = 10_000;
/** Longer texts are bodies (scripts, certificates), in which no identifier stands alone. */
const LEAF_SIZE = 128 * 1024;

/**
 * Where identifiers hide. `resources` is empty in four of five write events, so every scalar of the
 * request, the answer and the service's details counts (reference: questions, 0.3 and 2.4). Who called
 * is left out on purpose: the caller's own name is not what was touched.
 */
const PLACES = [
  'requestParameters',
  'responseElements',
  'serviceEventDetails',
  'additionalEventData',
  'resources',
] as const;

/** All scalars of the places above, policy documents opened, percent-encoding undone, errors read. */
export function leavesOf(event: CloudTrailEvent): Leaf[] {
  const known = remembered.get(event);
  if (known) return known;
  const leaves = [
    ...PLACES.flatMap((place) => leavesIn(event.record[place] ?? null, place)),
    ...namedInError(event.errorMessage).map((value) => ({ path: 'errorMessage', value })),
  ];
  remembered.set(event, leaves);
  return leaves;
}

/** A record is walked once, however many questions are asked of it; the memory goes with the event. */
const remembered = new WeakMap<CloudTrailEvent, Leaf[]>();

/** The scalars below one value, without recursion, so that no nesting can exhaust the stack. */
export function leavesIn(root: Json, path: string): Leaf[] {
  const leaves: Leaf[] = [];
  const waiting: { value: Json; path: string; depth: number }[] = [{ value: root, path, depth: 0 }];
  while (waiting.length > 0 && leaves.length < LEAF_LIMIT) {
    const { value, path: here, depth } = waiting.pop() as (typeof waiting)[number];
    if (typeof value === 'object' && value !== null) {
      if (depth >= DEPTH_LIMIT) continue;
      for (const [key, child] of Object.entries(value).reverse().slice(-LEAF_LIMIT))
        waiting.push({ value: child, path: `${here}.${key}`, depth: depth + 1 });
      continue;
    }
    if (value === null || String(value).length > LEAF_SIZE) continue;
    const words = decoded(String(value));
    const document = /^\s*[{[]/.test(words) ? readJson(words) : undefined;
    if (typeof document === 'object' && document !== null)
      waiting.push({ value: document, path: here, depth: depth + 1 });
    else leaves.push({ path: here, value: words });
  }
  return leaves;
}

/** EKS and IAM write ARNs and policies percent-encoded; what is no valid encoding stays as it is. */
function decoded(words: string): string {
  if (!/%[0-9A-Fa-f]{2}/.test(words)) return words;
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

/**
 * A denied call often has lost its parameters; its target then stands only in the message, as
 * `on resource: <arn>`, in quotes, or as a bare id.
 */
export function namedInError(message: string | null): string[] {
  if (!message) return [];
  const words = message.slice(0, 4096);
  return [
    ...[...words.matchAll(/on resource:\s*(\S+(?: \S+){0,2})/g)].map((m) => targetIn(m[1] ?? '')),
    ...[...words.matchAll(/'([^'\s]{2,256})'|"([^"\s]{2,256})"/g)].map((m) => m[1] ?? m[2]),
    ...[...words.matchAll(/\b[a-z]{1,12}-[0-9a-fA-F]{8,17}\b/g)].map((match) => match[0]),
  ]
    .filter((value): value is string => value !== undefined)
    .map((value) => value.replace(/[.,;:)]+$/, ''));
}

/** IAM writes the kind of thing before its name: `user bob`, `instance profile web`, `policy arn:aws:…`. */
export function targetIn(words: string): string {
  const kind =
    /^(?:user|group|role|policy|instance profile|server certificate|mfa|saml-provider|oidc-provider) (\S+)/;
  return kind.exec(words)?.[1] ?? words.split(' ')[0] ?? '';
}
