import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { parseEvent } from '../core/evidence/parse-event.ts';
import type {
  EventSource,
  Found,
  Gap,
  Issuing,
  Search,
  Searched,
} from '../core/evidence/source.ts';
import { type LoadedFiles, loadLogFiles, type Progress } from './load-log-files.ts';
import { conditions } from './log-search.ts';
import { LIMITS, type Limits } from './read-log-file.ts';

export type LogFiles = EventSource & { close(): void };

/**
 * Log files and folders as an event source: read once, on the first question, into an in-memory DuckDB;
 * SQL pre-selects, the core compares exactly. What could not be read is a gap that names the file.
 */
export function openLogFiles(paths: string[], limits: Limits = LIMITS): LogFiles {
  let loading: Promise<Loaded> | undefined;
  const loaded = (progress?: Progress) => {
    loading ??= load(paths, limits, progress);
    return loading;
  };
  return {
    name: 'log files',
    needs: [],
    async find(search, progress) {
      const { connection, contents } = await loaded(progress);
      const { where, values } = conditions(search);
      const events = await select(connection, where, values);
      return { events, searched: searchedIn(contents, search) } satisfies Found;
    },
    async issuing(sessions) {
      const { connection, contents } = await loaded();
      const issued = new Map<string, Issuing>();
      for (const { accessKeyId } of sessions) {
        const events = await select(
          connection,
          'issued_key = ? OR shared_id IN (SELECT shared_id FROM events WHERE issued_key = ?)',
          [accessKeyId, accessKeyId],
        );
        issued.set(accessKeyId, { events, gaps: contents.gaps });
      }
      return issued;
    },
    close() {
      const close = ({ connection, instance }: Loaded) => {
        connection.closeSync();
        instance.closeSync();
      };
      // Where loading failed there is nothing to close, and whoever asked has been told why.
      loading?.then(close, () => undefined);
      loading = undefined;
    },
  };
}

/** What the files hold, as far as coverage speaks of it. */
type Contents = {
  accounts: string[];
  regions: string[];
  categories: Searched['categories'];
  first: string | null;
  last: string | null;
  events: number;
  gaps: Gap[];
};
type Loaded = LoadedFiles & { contents: Contents };

async function load(paths: string[], limits: Limits, progress?: Progress): Promise<Loaded> {
  const files = await loadLogFiles(paths, limits, progress);
  return { ...files, contents: await contentsOf(files) };
}

async function contentsOf({ connection, gaps }: LoadedFiles): Promise<Contents> {
  const column = async (name: 'account' | 'region' | 'category') =>
    (await connection.runAndReadAll(`SELECT DISTINCT ${name} FROM events ORDER BY 1`))
      .getRows()
      .map(([value]) => String(value))
      .filter((value) => value !== '');
  const [row = []] = (
    await connection.runAndReadAll(
      `SELECT count(DISTINCT identity)::VARCHAR,
         epoch_ms(min(event_time))::VARCHAR, epoch_ms(max(event_time))::VARCHAR
       FROM events`,
    )
  ).getRows();
  const [count, ...times] = row;
  const [first = null, last = null] = times.map((value) =>
    value === null ? null : new Date(Number(value)).toISOString().replace('.000Z', 'Z'),
  );
  return {
    accounts: await column('account'),
    regions: await column('region'),
    categories: (await column('category')) as Searched['categories'],
    first,
    last,
    events: Number(count),
    gaps,
  };
}

async function select(
  connection: DuckDBConnection,
  where: string,
  values: DuckDBValue[],
): Promise<CloudTrailEvent[]> {
  const rows = await connection.runAndReadAll(
    `SELECT record, origin FROM events WHERE ${where}`,
    values,
  );
  return rows.getRows().flatMap(([record, origin]) => {
    const parsed = parseEvent(JSON.parse(String(record)), String(origin));
    return 'event' in parsed ? [parsed.event] : [];
  });
}

/** Files speak for what is in them: a place or a time of which they hold nothing was not searched. */
function searchedIn(contents: Contents, search: Search): Searched {
  const accounts = part(contents.accounts, search.accounts);
  const regions = part(contents.regions, search.regions);
  const missing = (places: { searched: string[]; of: string[] }) =>
    places.of.filter((place) => !places.searched.includes(place));
  const gaps = [
    ...contents.gaps,
    ...missing(accounts).map((account) => ({
      account,
      region: '',
      reason: 'the files hold no record of this account',
      ko: '파일에 이 계정의 기록이 없습니다',
    })),
    ...missing(regions).map((region) => ({
      account: '',
      region,
      reason: 'the files hold no record of this region',
      ko: '파일에 이 리전의 기록이 없습니다',
    })),
  ];
  const { first, last } = contents;
  const apart = first === null || last === null || first >= search.to || last < search.from;
  if (apart) gaps.push({ account: '', region: '', ...outside(first, last) });
  return {
    // Of the time before the first record and after the last one the files say nothing.
    from: apart || first < search.from ? search.from : first,
    to: apart || last >= search.to ? search.to : justAfter(last),
    accounts,
    regions,
    categories: contents.categories,
    gaps,
    settledUntil: null,
    held: { events: contents.events, accounts: contents.accounts.length, first, last },
  };
}

/** The end of a half-open window that holds this second. */
function justAfter(instant: string): string {
  return new Date(Date.parse(instant) + 1000).toISOString().replace('.000Z', 'Z');
}

function outside(first: string | null, last: string | null): Pick<Gap, 'reason' | 'ko'> {
  return first === null
    ? {
        reason: 'the files hold no record with a time',
        ko: '파일에 시각이 있는 기록이 없습니다',
      }
    : {
        reason: `the files hold records from ${first} to ${last} only`,
        ko: `파일에는 ${first} – ${last} 사이의 기록만 있습니다`,
      };
}

function part(all: string[], wanted: string[] | 'all'): { searched: string[]; of: string[] } {
  return wanted === 'all'
    ? { searched: all, of: all }
    : { searched: wanted.filter((one) => all.includes(one)), of: wanted };
}
