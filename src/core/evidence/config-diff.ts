import type { Json } from '../json.ts';
import type { ChangedMember } from './answer.ts';
import type { ConfigItem } from './config-item.ts';

/** Members told of one change, and characters of one value. */
const MEMBERS = 20;
const HIDDEN = '"[redacted]"';
const LENGTH = 500;
const DEPTH = 40;
const LEAVES = 5_000;

/** What a function is given to run with is often a secret, whatever its name. */
const SECRET = /environment\.variables\./i;

/**
 * The members that differ between two items of one resource, by their path; null for one that is not
 * there. A list is compared by what it holds, so that an element that is added is one change and not a
 * change of all that follow it. `cut` is how many more there are than are told.
 */
export function changedMembers(
  before: ConfigItem | null,
  after: ConfigItem | null,
): { members: ChangedMember[]; cut: number } {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter(
    (path) => old.get(path) !== now.get(path),
  );
  const members = paths.slice(0, MEMBERS).map((path): ChangedMember => {
    const hidden = SECRET.test(path);
    const told = (value: string | undefined) =>
      value === undefined ? null : hidden ? HIDDEN : cut(value);
    return { path, before: told(old.get(path)), after: told(now.get(path)) };
  });
  return { members, cut: Math.max(0, paths.length - MEMBERS) };
}

function cut(text: string): string {
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
}

/** Every leaf as JSON text by its path; elements of lists by what they are, where that is told. */
function leavesOf(item: ConfigItem | null): Map<string, string> {
  const leaves = new Map<string, string>();
  if (!item || item.deleted) return leaves;
  const waiting: { value: Json; path: string; depth: number }[] = [
    { value: item.content, path: '', depth: 0 },
  ];
  while (waiting.length > 0 && leaves.size < LEAVES) {
    const { value, path, depth } = waiting.pop() as (typeof waiting)[number];
    const opened = typeof value === 'string' ? openedText(value) : value;
    if (typeof opened !== 'object' || opened === null || depth > DEPTH) {
      if (opened !== null) leaves.set(path, JSON.stringify(opened));
      continue;
    }
    const entries = Array.isArray(opened)
      ? opened.map((element, index): [string, Json] => [elementName(element, index), element])
      : Object.entries(opened);
    for (const [name, child] of entries.toReversed())
      if (!NOISE.has(name))
        waiting.push({ value: child, path: path ? `${path}.${name}` : name, depth: depth + 1 });
  }
  return leaves;
}

/** Set anew by Config, not by who changed the resource. */
const NOISE = new Set(['configurationStateMd5Hash', 'configurationItemVersion', 'lastUpdatedTime']);

/** Elements that name themselves keep their name wherever they stand; others are known by what they hold. */
function elementName(element: Json, index: number): string {
  if (typeof element !== 'object' || element === null) return `[${JSON.stringify(element)}]`;
  if (Array.isArray(element)) return `[${index}]`;
  for (const name of NAMING) {
    const value = element[name];
    if (typeof value === 'string' && value !== '') return `[${value}]`;
  }
  return `[${index}]`;
}

const NAMING = ['Sid', 'id', 'key', 'name', 'policyArn', 'policyName', 'groupId', 'cidrIp'];

/** A policy stands in a configuration as text, and in IAM's percent-encoded. */
function openedText(text: string): Json {
  const plain = /^%7B|^%5B/i.test(text) ? decoded(text) : text;
  if (!/^\s*[{[]/.test(plain)) return text;
  try {
    return JSON.parse(plain) as Json;
  } catch {
    return text;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
