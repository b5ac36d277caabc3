import { plain, withInstants } from '../../core/prose.ts';

/** A sentence with names from outside made harmless, and its instants told in the reader's zone. */
export function inZone(text: string, timeZone: string): string {
  return plain([withInstants(text, (quote) => ({ quote, max: 800 }))], timeZone);
}
