import { DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api';
import { withoutVersion } from '../core/evidence/parse-event.ts';
import type { Search } from '../core/evidence/source.ts';
import { pieceOf } from './telling-piece.ts';

/** Static SQL, every value bound: nothing that a person typed becomes part of a statement. */
export function conditions(search: Search): { where: string; values: DuckDBValue[] } {
  const parts: { sql: string; values: DuckDBValue[] }[] = [
    {
      // A record that lost its time may lie anywhere: the core decides.
      sql: '(event_time IS NULL OR (event_time >= ? AND event_time < ?))',
      values: [timestamp(search.from), timestamp(search.to)],
    },
    among('account', search.accounts),
    among('region', withGlobal(search.regions)),
    among('event_name', search.eventNames.map(withoutVersion)),
    among('event_id', search.eventIds),
    among('access_key', search.accessKeyIds),
    mentioning(search.resources),
    mentioning(search.actors),
  ];
  const used = parts.filter(({ sql }) => sql !== '');
  return {
    where: used.map(({ sql }) => sql).join(' AND '),
    values: used.flatMap(({ values }) => values),
  };
}

/** Global services write their events in us-east-1; which of them are meant, the core knows. */
function withGlobal(regions: Search['regions']): Search['regions'] {
  return regions === 'all' ? regions : [...regions, 'us-east-1'];
}

function among(column: string, values: string[] | 'all') {
  return values === 'all' || values.length === 0
    ? { sql: '', values: [] }
    : { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values };
}

/** Records whose text holds the telling piece of any of these identifiers. */
function mentioning(identifiers: string[]) {
  const pieces = identifiers.map(pieceOf);
  // An identifier of which no piece is safe to look for selects nothing out.
  if (pieces.length === 0 || pieces.includes('')) return { sql: '', values: [] };
  return {
    sql: `(hides_letters OR ${pieces.map(() => 'contains(lower(record), ?)').join(' OR ')})`,
    values: pieces.map((piece) => piece.toLowerCase()),
  };
}

/** DuckDB counts microseconds. */
export function timestamp(instant: string): DuckDBTimestampValue {
  return new DuckDBTimestampValue(BigInt(Date.parse(instant)) * 1000n);
}
