import { harmless } from '../prose.ts';
import type { Said } from './coverage-said.ts';

/** How many things are named one by one. */
export const NAMED = 20;

export function listed<T>(
  things: T[],
  say: (thing: T) => { en: string; ko: string },
): Said['lines'] {
  const rest = things.length - NAMED;
  return [
    ...things.slice(0, NAMED).map(say),
    ...(rest > 0 ? [{ en: `• … and ${rest} more`, ko: `• … 그 밖에 ${rest}개` }] : []),
  ];
}

export function called({ id, name }: { id: string; name: string }): string {
  return name ? `${harmless(name, 60)} (${id})` : id;
}

export function few(names: string[]): string {
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} … (+${names.length - 4})` : shown;
}
