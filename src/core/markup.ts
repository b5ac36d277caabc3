import { harmless } from './prose.ts';

/** HTML that is known to be well-formed: only `html` makes it, and only from texts that it escaped. */
export type Markup = { markup: string };
type Part = string | number | Markup | Markup[] | null;

/**
 * A template whose values are texts for people: made harmless and escaped, whatever they are and wherever
 * they stand, so that no name of a bucket becomes an element, an attribute or a script.
 */
export function html(strings: TemplateStringsArray, ...values: Part[]): Markup {
  const markup = strings.map((own, at) => own + (at < values.length ? markupOf(values[at]) : ''));
  return { markup: markup.join('') };
}

function markupOf(value: Part | undefined): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(({ markup }) => markup).join('\n');
  if (typeof value === 'object') return value.markup;
  return escaped(harmless(String(value), LONGEST));
}

/** Longer values are cut in their middle; the JSON document has them whole. */
const LONGEST = 2_000;

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
