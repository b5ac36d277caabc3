import type { Verb } from '../plan.ts';
import { GENERATED } from './events.generated.ts';

/** One event as the generated catalogue knows it; the name stands without API version suffix. */
export type KnownEvent = {
  source: string;
  name: string;
  /** By the first words of its name; 'other' where they say nothing. */
  verb: Verb | 'other';
  /** IAM's level of access. */
  access: 'list' | 'read' | 'write' | 'tagging' | 'permissions';
  /** The kinds of things that IAM says it touches, in IAM's words. */
  types: string[];
};

const BY_SOURCE = new Map(GENERATED);

/** The events of one source, by name in lower case. A source is read when it is first asked for. */
function eventsOf(source: string): Map<string, KnownEvent> {
  const read = READ.get(source);
  if (read) return read;
  const lines = BY_SOURCE.get(source)?.trim().split('\n') ?? [];
  const events = new Map(
    lines.map((line) => {
      const [name = '', verb, access, types = ''] = line.split(' ');
      const event: KnownEvent = {
        source,
        name,
        verb: verb as KnownEvent['verb'],
        access: access as KnownEvent['access'],
        types: types === '' ? [] : types.split(','),
      };
      return [name.toLowerCase(), event];
    }),
  );
  READ.set(source, events);
  return events;
}

const READ = new Map<string, Map<string, KnownEvent>>();

/** The event of this source and name, whatever the name's case; undefined: unclassified. */
export function classified(source: string, name: string): KnownEvent | undefined {
  return eventsOf(source).get(name.toLowerCase());
}

/** Every event of this source, by name; none for a source that the catalogue does not know. */
export function eventsFrom(source: string): KnownEvent[] {
  return [...eventsOf(source).values()];
}

/** The event sources that know an event of this name, whatever its case: several services have a `CreateCluster`. */
export function sourcesOf(name: string): string[] {
  return named(name)?.sources ?? [];
}

/** The name as CloudTrail spells it; undefined where no service has it. */
export function spelt(name: string): string | undefined {
  return named(name)?.spelt;
}

type Named = { spelt: string; sources: string[] };

function named(name: string): Named | undefined {
  index ??= indexed();
  return index.get(name.toLowerCase());
}

/** Names of all sources in lower case; made when a name is first asked for. */
let index: Map<string, Named> | undefined;

function indexed(): Map<string, Named> {
  const names = new Map<string, Named>();
  for (const [source, events] of GENERATED)
    for (const line of events.trim().split('\n')) {
      const name = line.slice(0, line.indexOf(' '));
      const known = names.get(name.toLowerCase());
      if (known) known.sources.push(source);
      else names.set(name.toLowerCase(), { spelt: name, sources: [source] });
    }
  return names;
}
