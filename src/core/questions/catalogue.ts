import { COMPUTE } from './catalogue/compute.ts';
import { GOVERNANCE } from './catalogue/governance.ts';
import { IDENTITY } from './catalogue/identity.ts';
import { MORE } from './catalogue/more.ts';
import { NETWORK } from './catalogue/network.ts';
import { STORAGE } from './catalogue/storage.ts';
import type { ResourceType } from './catalogue/type.ts';
import type { Verb } from './plan.ts';

export type { ResourceType } from './catalogue/type.ts';

/** Every kind of thing that can be asked about. Hand-checked against recorded events and the API models. */
export const RESOURCE_TYPES: ResourceType[] = [
  ...COMPUTE,
  ...NETWORK,
  ...STORAGE,
  ...IDENTITY,
  ...GOVERNANCE,
  ...MORE,
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
  const names = split(found.events[verb]);
  // What is done with a thing is often told by another service than its own.
  if (verb === 'assume' || verb === 'use' || verb === 'sign-in') return { names, sources: [] };
  // A name that several services use says who did it only together with its source.
  const shared = names.some((name) => (SOURCES.get(name)?.size ?? 0) > 1);
  return { names, sources: shared ? found.sources : [] };
}

/** The events that change who may do what with a thing of this type; without a type, with anything. */
export function permissionEventsFor(type: string | null): string[] {
  if (type === null) return unique(RESOURCE_TYPES.flatMap(({ permission }) => split(permission)));
  return split(BY_ID.get(type)?.permission);
}

/** `CreateFunction20150331` -> `CreateFunction`, `CreateFunction2020_05_31` -> `CreateFunction`. */
export function withoutVersion(eventName: string): string {
  return eventName.replace(/20\d{2}(?:_\d{2}_\d{2}|\d{4})(?:v\d+)?$/, '');
}

const NAMES = new Map(
  RESOURCE_TYPES.flatMap(({ events, permission }) =>
    [...Object.values(events), permission].flatMap(split),
  ).map((name) => [name.toLowerCase(), name]),
);

/** The event name that was meant, whatever its case; undefined for a name the catalogue lacks. */
export function knownEvent(name: string): string | undefined {
  return NAMES.get(withoutVersion(name).toLowerCase());
}

/** The sources of each name; services outside this catalogue share some of them. */
const SOURCES = new Map<string, Set<string>>();
for (const { events, sources } of RESOURCE_TYPES)
  for (const name of Object.values(events).flatMap(split))
    SOURCES.set(name, new Set([...(SOURCES.get(name) ?? []), ...sources]));

function split(names: string | undefined): string[] {
  return names ? names.split(' ') : [];
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}
