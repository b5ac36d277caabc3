import type { Volumes } from '../core/posture/cost/volumes.ts';
import { type Category, inOrder, kindOf } from './charged.ts';
import { loadLogFiles, type Progress } from './load-log-files.ts';
import { LIMITS, type Limits } from './read-log-file.ts';

/**
 * Counts the events in log files and folders by account, region, day and what they are. The copies that
 * several trails deliver of one event count once; a record without a time belongs to no day and is left out.
 */
export async function volumesIn(
  paths: string[],
  progress?: Progress,
  limits: Limits = LIMITS,
): Promise<Volumes> {
  const { instance, connection, gaps } = await loadLogFiles(paths, limits, progress);
  try {
    const rows = (await connection.runAndReadAll(COUNTS)).getRows();
    const [[first = null, last = null] = []] = (await connection.runAndReadAll(SPAN)).getRows();
    return {
      counts: inOrder(
        rows.map(([account, region, day, category, readOnly, bucket, events]) => ({
          account: textOf(account),
          region: textOf(region),
          day: textOf(day),
          kind: kindOf(category as Exclude<Category, 'insight'>, readOnly === true),
          bucket: bucket === null ? null : textOf(bucket),
          events: Number(events),
        })),
      ),
      first: instantOf(first),
      last: instantOf(last),
      unread: gaps.length,
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const COUNTS = `
  SELECT account, region, strftime(event_time, '%Y-%m-%d'), category,
    category <> 'network' AND coalesce(read_only, false),
    CASE WHEN category = 'data' THEN bucket END AS bucket, count(DISTINCT identity)::VARCHAR
  FROM events
  WHERE event_time IS NOT NULL AND category IN ('management', 'data', 'network')
  GROUP BY ALL`;

const SPAN = `
  SELECT epoch_ms(min(event_time))::VARCHAR, epoch_ms(max(event_time))::VARCHAR FROM events`;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function instantOf(value: unknown): string | null {
  return value === null ? null : new Date(Number(value)).toISOString().replace('.000Z', 'Z');
}
