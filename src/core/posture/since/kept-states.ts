import { canonicalJson, type Json } from '../../json.ts';
import type { Witnessed } from '../facts.ts';

/**
 * One state that Config kept of a resource: the value at the path that a rule's `history.change` names,
 * null where there is none, and the instant at which Config captured it (ISO 8601 UTC).
 */
export type KeptState = { at: string; deleted: boolean; value: Json };

/**
 * The states of one resource, newest first, as far back as the first that differs from the newest; not
 * `complete` where reading ended before one was found and before the first state of all.
 */
export type KeptHistory = Witnessed<{
  states: KeptState[];
  complete: boolean;
  /** Why there are none: Config never recorded this resource, or records nothing here. */
  none?: 'not-recorded' | 'no-recorder';
}>;

/** How long the newest value has been there: captured first at `by`, and not yet at `after`. */
export type Run = {
  value: Json;
  by: string;
  /** The last state before it; null where none is known. */
  before: KeptState | null;
  /** The newest state of all. */
  newest: string;
};

/** The run of states that hold the newest value; null without a state, or where the newest is a deletion. */
export function presentRun(states: KeptState[]): Run | null {
  const [newest] = states;
  if (!newest || newest.deleted) return null;
  let last = 0;
  while (isSame(states[last + 1], newest)) last += 1;
  const oldest = states[last] ?? newest;
  return {
    value: newest.value,
    by: oldest.at,
    before: states[last + 1] ?? null,
    newest: newest.at,
  };
}

/** A resource that was deleted and made again is another one, whatever its values are. */
export function isSame(state: KeptState | undefined, newest: KeptState): boolean {
  return (
    state !== undefined &&
    state.deleted === newest.deleted &&
    canonicalJson(state.value) === canonicalJson(newest.value)
  );
}

/** The value at a dotted path, such as `configuration.logFileValidationEnabled`; null where there is none. */
export function valueAt(item: Json, path: string): Json {
  let here: Json = item;
  for (const word of path.split('.')) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return null;
    here = Object.hasOwn(here, word) ? (here[word] ?? null) : null;
  }
  return here;
}

/** Compared as instants: Config tells milliseconds, CloudTrail seconds. */
export function isLater(at: string, instant: string): boolean {
  return Date.parse(at) > Date.parse(instant);
}
