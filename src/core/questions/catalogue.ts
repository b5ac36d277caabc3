import { COMPUTE } from './catalogue/compute.ts';
import { ENTRIES } from './catalogue/entries.ts';
import { GOVERNANCE } from './catalogue/governance.ts';
import { IDENTITY } from './catalogue/identity.ts';
import { eventsFrom, sourcesOf, spelt } from './catalogue/known-events.ts';
import { MORE } from './catalogue/more.ts';
import { NETWORK } from './catalogue/network.ts';
import { STORAGE } from './catalogue/storage.ts';
import type { ResourceType } from './catalogue/type.ts';
import { WAYS_IN } from './catalogue/ways-in.ts';
import type { Verb } from './plan.ts';
import { unique } from './unique.ts';

export type { ResourceType } from './catalogue/type.ts';

/**
 * Every kind of thing that can be asked about. Hand-checked against recorded events and the API models;
 * what is left out here, the generated catalogue (`catalogue/events.generated.ts`) fills in.
 */
export const RESOURCE_TYPES: ResourceType[] = [
  ...COMPUTE,
  ...NETWORK,
  ...STORAGE,
  ...IDENTITY,
  ...GOVERNANCE,
  ...MORE,
  ...WAYS_IN,
  ...ENTRIES,
];

const BY_ID = new Map(RESOURCE_TYPES.map((type) => [type.id, type]));

export function resourceType(id: string): ResourceType | undefined {
  return BY_ID.get(id);
}

/**
 * The events that do `verb` to a thing of this type, as CloudTrail names them without API version
 * suffix. Without a type: of all things that stand for themselves, from any source. No names: we know
 * of no such event.
 */
export function eventsFor(verb: Verb, type: string | null): { names: string[]; sources: string[] } {
  if (type === null) {
    const types = RESOURCE_TYPES.filter(({ part }) => !part);
    return { names: unique(types.flatMap(({ events }) => split(events[verb]))), sources: [] };
  }
  const found = BY_ID.get(type);
  if (!found) return { names: [], sources: [] };
  const checked = split(found.events[verb]);
  const names = checked.length > 0 ? checked : generatedFor(verb, found);
  // What is done with a thing is often told by another service than its own.
  if (verb === 'assume' || verb === 'use' || verb === 'sign-in') return { names, sources: [] };
  // A name that several services use says who did it only together with its source.
  const shared = names.map(sourcesOf).some((of) => isSplit(of, found.sources));
  return { names, sources: shared ? sourcesFor(names, found) : [] };
}

/** Does a name belong to services of this kind of thing and to others, too? */
function isSplit(of: string[], own: string[]): boolean {
  const inside = of.filter((source) => own.includes(source)).length;
  return inside > 0 && inside < of.length;
}

/** The services of a kind of thing, and of those names that another service writes of it. */
function sourcesFor(names: string[], { sources }: ResourceType): string[] {
  const elsewhere = names
    .map(sourcesOf)
    .filter((of) => of.length > 0 && !of.some((source) => sources.includes(source)));
  return unique([...sources, ...elsewhere.flat()]);
}

/**
 * What the generated catalogue knows of a verb that nobody wrote down for a kind of thing: the call of the
 * same service whose name is that verb and what `Create…` calls the thing (`StopNotebookInstance`).
 */
function generatedFor(verb: Verb, { sources, events }: ResourceType): string[] {
  if (!PLAIN.includes(verb)) return [];
  const things = split(events.create).map((name) => name.replace(/^[A-Z][a-z]+/, ''));
  const called = new Set(things.flatMap((thing) => [thing, `${thing}s`]));
  return sources
    .flatMap(eventsFrom)
    .filter((event) => event.verb === verb)
    .map(({ name }) => name)
    .filter((name) => called.has(name.replace(/^[A-Z][a-z]+/, '')));
}

/** Verbs that are the first word of a name, and mean what they say. */
const PLAIN: Verb[] = ['delete', 'stop', 'start', 'reboot', 'create', 'change', 'read'];

/** The events that change who may do what with a thing of this type; without a type, with anything. */
export function permissionEventsFor(type: string | null): string[] {
  if (type === null) return unique(RESOURCE_TYPES.flatMap(({ permission }) => split(permission)));
  return split(BY_ID.get(type)?.permission);
}

/** `CreateFunction20150331` -> `CreateFunction`, `CreateFunction2020_05_31` -> `CreateFunction`. */
export function withoutVersion(eventName: string): string {
  return eventName.replace(/20\d{2}(?:_\d{2}_\d{2}|\d{4})(?:v\d+)?$/, '');
}

/** The event name that was meant, whatever its case; undefined for a name the catalogue lacks. */
export function knownEvent(name: string): string | undefined {
  return spelt(withoutVersion(name));
}

function split(names: string | undefined): string[] {
  return names ? names.split(' ') : [];
}
