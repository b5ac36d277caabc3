import { harmless } from './prose.ts';

/** One line of RFC 4180: commas, quotes doubled, CRLF. */
export function csvRow(cells: (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * One cell. A spreadsheet takes what starts with one of these for a formula, and whoever may name a bucket
 * would then run code at the auditor's; an apostrophe in front makes it text (OWASP, CSV injection).
 */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = harmless(value.replaceAll('\t', ' ').replace(/\r\n?|\n/g, ' '), MOST);
  const safe = /^\s*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What a cell of a spreadsheet can hold is 32,767 characters. */
const MOST = 8_000;
