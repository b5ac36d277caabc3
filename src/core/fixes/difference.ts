import { canonicalJson, isObject, type Json } from '../json.ts';

/**
 * One place at which two states differ. `path` names the way there, through the names of fields and of
 * things in lists (`Sid`, `Name`, `ID`). `before` is absent for what is added, `after` for what goes.
 */
export type Difference = { path: string[]; before?: Json; after?: Json };

/**
 * What differs between two states, as a person looks for it: inside nested documents, in lists by the
 * names of their members, in policies that are kept as text. Empty exactly when the states are the same.
 */
export function differences(
  before: { [field: string]: Json },
  after: { [field: string]: Json },
): Difference[] {
  return inObjects(before, after, []);
}

type Fields = { [field: string]: Json };

function between(before: Json, after: Json, path: string[]): Difference[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after)) return inObjects(before, after, path);
  const [was, is] = [listOf(before), listOf(after)];
  // A list where there was none is read by its members; an empty one in place of none is said as it is.
  if (was && is && was.length + is.length > 0) return inLists(was, is, path);
  const documents = asDocuments(before, after);
  if (documents) {
    const inside = between(documents.before, documents.after, path);
    // Two spellings of one document differ all the same: what is written is the text.
    if (inside.length > 0) return inside;
  }
  return [{ path, before, after }];
}

function inObjects(before: Fields, after: Fields, path: string[]): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [was, is] = [fieldOf(before, name), fieldOf(after, name)];
    const here = [...path, name];
    if (was === undefined) return is === undefined ? [] : [{ path: here, after: is }];
    return is === undefined ? [{ path: here, before: was }] : between(was, is, here);
  });
}

function inLists(before: Json[], after: Json[], path: string[]): Difference[] {
  const named = namedBy(before, after);
  if (named && sameOrder(before, after, named)) return inNamed(before, after, named, path);
  const [gone, come] = [without(before, after), without(after, before)];
  // The same members in another order: the whole list is what differs.
  if (gone.length + come.length === 0) return [{ path, before, after }];
  const [one, other] = [gone[0], come[0]];
  if (gone.length === 1 && come.length === 1 && isObject(one) && isObject(other)) {
    return between(one, other, [...path, `#${before.indexOf(one) + 1}`]);
  }
  return [
    ...gone.map((member) => ({ path, before: member })),
    ...come.map((member) => ({ path, after: member })),
  ];
}

function inNamed(before: Json[], after: Json[], key: string, path: string[]): Difference[] {
  const byName = (list: Json[]): Fields =>
    Object.fromEntries(list.map((member) => [nameOf(member, key) ?? '', member]));
  return inObjects(byName(before), byName(after), path);
}

/** By what the members of both lists are told apart, where every one of them has a name of its own. */
function namedBy(before: Json[], after: Json[]): string | undefined {
  return NAMES.find((key) =>
    [before, after].every((list) => {
      const names = list.map((member) => nameOf(member, key));
      return !names.includes(undefined) && new Set(names).size === names.length;
    }),
  );
}
const NAMES = ['Sid', 'ID', 'Id', 'Name', 'Field', 'Key'];

/** Whether the members that both lists have stand in the same order; where not, the order is news too. */
function sameOrder(before: Json[], after: Json[], key: string): boolean {
  const names = (list: Json[], other: Json[]) => {
    const there = other.map((member) => nameOf(member, key));
    return list.map((member) => nameOf(member, key)).filter((name) => there.includes(name));
  };
  return same(names(before, after) as Json[], names(after, before) as Json[]);
}

function nameOf(member: Json, key: string): string | undefined {
  const name = isObject(member) ? fieldOf(member, key) : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** The members that the other list has not, each as often as it has them less. */
function without(list: Json[], other: Json[]): Json[] {
  const left = other.map(canonicalJson);
  return list.filter((member) => {
    const at = left.indexOf(canonicalJson(member));
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

/** Two texts that are JSON documents, such as policies; one of them may be absent. */
function asDocuments(before: Json, after: Json): { before: Json; after: Json } | undefined {
  const [was, is] = [documentOf(before), documentOf(after)];
  return was !== undefined && is !== undefined ? { before: was, after: is } : undefined;
}

function documentOf(text: Json): Json | undefined {
  if (typeof text !== 'string' || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // No document after all: it is compared as the text that it is.
    return undefined;
  }
}

/** None is a list without members, where there is a list on the other side. */
const listOf = (json: Json): Json[] | undefined =>
  json === null ? [] : Array.isArray(json) ? json : undefined;

const same = (a: Json, b: Json) => canonicalJson(a) === canonicalJson(b);
const fieldOf = (object: Fields, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;
