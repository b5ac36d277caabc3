import type { Unseen } from '../../reading.ts';
import type { Selectors } from '../facts.ts';
import { once, type Place, type SelectorsOver } from './coverage.ts';
import { type HowMuch, howMuch, howMuchOfEach, managementEvents } from './event-sets.ts';

/** Management events of one kind: how much of them, but for the sources that are left out. */
export type Kind = { recorded: HowMuch; leftOut: string[] };
export type Management = { read: Kind; write: Kind };

/** Which management events these trails record together. */
export function managementOf(trails: Selectors[]): Management {
  return { read: kindOf(trails, 'read'), write: kindOf(trails, 'write') };
}

function kindOf(trails: Selectors[], access: 'read' | 'write'): Kind {
  const set = managementEvents(access);
  const sources = howMuchOfEach(trails, set, 'eventSource');
  const unnamed = sources.find(({ value }) => value === '*')?.recorded ?? 'none';
  // Where the sources that nobody names are missing, no source is "left out": it is not chosen.
  if (unnamed !== 'all') return { recorded: howMuch(trails, set), leftOut: [] };
  const leftOut = sources.filter(({ recorded }) => recorded !== 'all').map(({ value }) => value);
  return { recorded: 'all', leftOut };
}

/** The same of a place: what is certainly recorded, what is at best, and why the two may differ. */
export type ManagementIn = { certain: Management; best: Management; open: Unseen | null };

const EVERYTHING: Kind = { recorded: 'all', leftOut: [] };

export function managementIn({ selectors }: Place): ManagementIn {
  return managementOver(selectors);
}

const managementOver = once(
  ({ certain, possible, unread, open }: SelectorsOver): ManagementIn => ({
    certain: managementOf(certain),
    best: unread ? { read: EVERYTHING, write: EVERYTHING } : managementOf(possible),
    open,
  }),
);

/** True where no management event at all is recorded. */
export function isBare({ read, write }: Management): boolean {
  return read.recorded === 'none' && write.recorded === 'none';
}
