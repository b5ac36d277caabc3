import { withoutVersion } from '../../core/evidence/parse-event.ts';
import type { Search } from '../../core/evidence/source.ts';

/** Characters of one statement (StartQuery of the CloudTrail API reference). */
const LONGEST = 10_000;

/**
 * The one statement that is ever sent to CloudTrail Lake, which knows no parameters for statements of
 * one's own (StartQuery: they are for its dashboards): fixed words and checked literals. It may select
 * too much, since the core compares exactly, and never too little: a value that is no plain literal, or
 * that makes the statement too long, selects nothing out.
 */
export function lakeQuery(store: string, search: Search): string {
  const fixed = [
    `eventtime >= '${moment(search.from, Math.floor)}'`,
    `eventtime < '${moment(search.to, Math.ceil)}'`,
    ...among('recipientaccountid', search.accounts),
    ...among('awsregion', withGlobal(search.regions)),
    ...among('eventid', search.eventIds),
    ...among('sharedeventid', search.sharedEventIds),
    ...among('useridentity.accesskeyid', search.accessKeyIds),
  ];
  const narrower = [
    ...anyOf(search.eventNames.map(withoutVersion).map((name) => beginning('eventname', name))),
    ...anyOf(search.resources.map(mentioning)),
    ...anyOf(search.actors.map(mentioning)),
  ];
  const statement = (conditions: string[]) =>
    `SELECT eventjson FROM ${store} WHERE ${conditions.join(' AND ')}`;
  let conditions = fixed;
  for (const condition of narrower)
    if (statement([...conditions, condition]).length <= LONGEST)
      conditions = [...conditions, condition];
  return statement(conditions);
}

/** `2026-11-22 09:00:00`; events carry whole seconds. */
function moment(instant: string, rounded: (seconds: number) => number): string {
  const at = new Date(rounded(Date.parse(instant) / 1_000) * 1_000);
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

/** Letters, digits and what stands in ids, keys and names of regions: nothing that ends a literal. */
const PLAIN = /^[A-Za-z0-9._-]{1,128}$/;

function among(column: string, values: string[] | 'all'): string[] {
  if (values === 'all' || values.length === 0 || !values.every((value) => PLAIN.test(value)))
    return [];
  const condition = `${column} IN (${values.map((value) => `'${value}'`).join(', ')})`;
  return condition.length > LONGEST / 4 ? [] : [condition];
}

/** One null among the alternatives selects nothing out, and so do all. */
function anyOf(alternatives: (string | null)[]): string[] {
  if (alternatives.length === 0 || alternatives.includes(null)) return [];
  return [`(${alternatives.join(' OR ')})`];
}

/** Names carry versions of the API behind them (`CreateFunction20150331`). */
function beginning(column: string, name: string): string | null {
  return PLAIN.test(name) ? `strpos(${column}, '${name}') = 1` : null;
}

/** Global services write their events in us-east-1; which of them are meant, the core knows. */
function withGlobal(regions: Search['regions']): Search['regions'] {
  return regions === 'all' ? regions : [...new Set([...regions, 'us-east-1'])];
}

/** The longest piece of an identifier that reads the same in JSON, inside nested JSON, and percent-encoded. */
function mentioning(identifier: string): string | null {
  const last = identifier.startsWith('arn:') ? (identifier.split(/[:/]/).at(-1) ?? '') : identifier;
  const [piece] = (last.match(/[A-Za-z0-9._-]*[A-Za-z0-9_-]/g) ?? []).toSorted(
    (a, b) => b.length - a.length,
  );
  return piece && PLAIN.test(piece)
    ? `strpos(lower(eventjson), '${piece.toLowerCase()}') > 0`
    : null;
}
