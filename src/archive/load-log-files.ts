import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { joinsCopies } from '../core/evidence/calls.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { parseEvent, withoutVersion } from '../core/evidence/parse-event.ts';
import { issuedKeyOf } from '../core/evidence/person.ts';
import type { Gap } from '../core/evidence/source.ts';
import { hashOf } from '../core/hash.ts';
import { bucketOf, categoryOf } from './charged.ts';
import { findLogFiles } from './find-log-files.ts';
import { timestamp } from './log-search.ts';
import { type Limits, readLogFile } from './read-log-file.ts';
import { openSealedDuckDB } from './sealed-duckdb.ts';
import { mayHideLetters } from './telling-piece.ts';

export type Progress = (done: number, of: number) => void;
export type LoadedFiles = { instance: DuckDBInstance; connection: DuckDBConnection; gaps: Gap[] };

/** Explicit columns: detecting them doubles the time and breaks on odd records. */
const SCHEMA = `CREATE TABLE events (
  event_id VARCHAR, event_time TIMESTAMP, event_name VARCHAR, account VARCHAR, region VARCHAR,
  read_only BOOLEAN, access_key VARCHAR, issued_key VARCHAR, shared_id VARCHAR, category VARCHAR,
  bucket VARCHAR, identity VARCHAR, hides_letters BOOLEAN, origin VARCHAR, record VARCHAR)`;

/**
 * Reads log files and folders into an in-memory DuckDB, one row per record. What could not be read is a
 * gap that names the file.
 */
export async function loadLogFiles(
  paths: string[],
  limits: Limits,
  progress?: Progress,
): Promise<LoadedFiles> {
  const instance = await openSealedDuckDB();
  const connection = await instance.connect();
  await connection.run(SCHEMA);
  const { files, unreadable } = await findLogFiles(paths);
  const gaps: Gap[] = unreadable.map(({ path, reason }) => gapOf(path, reason));
  const appender = await connection.createAppender('events');
  for (const [index, file] of files.entries()) {
    const troubles = { told: [] as string[], count: 0 };
    const trouble = (where: string, reason: string) => {
      troubles.count += 1;
      // A file of nothing but broken lines must not fill the memory with their reasons.
      if (troubles.count <= TOLD) troubles.told.push([where, reason].filter(Boolean).join(': '));
    };
    for await (const read of readLogFile(file, limits)) {
      const parsed =
        'setAside' in read
          ? { rejected: read.setAside }
          : parseEvent(read.value, [file, read.where].filter(Boolean).join(' '));
      const json = 'text' in read ? read.text : '';
      if ('rejected' in parsed) trouble(read.where, parsed.rejected);
      else if (json.length > limits.record) trouble(read.where, `longer than ${limits.record}`);
      else append(appender, parsed.event, json);
    }
    if (troubles.count > 0) gaps.push(gapOf(file, summary(troubles)));
    progress?.(index + 1, files.length);
  }
  appender.closeSync();
  if (files.length === 0 && gaps.length === 0)
    gaps.push({
      ...gapOf(paths.join(', '), 'holds no log file'),
      ko: `${paths.join(', ')}: 로그 파일이 없습니다`,
    });
  return { instance, connection, gaps };
}

function append(
  appender: Awaited<ReturnType<DuckDBConnection['createAppender']>>,
  event: CloudTrailEvent,
  json: string,
): void {
  const text = (value: string | null) =>
    value === null ? appender.appendNull() : appender.appendVarchar(value);
  text(event.eventID);
  if (event.eventTime === null) appender.appendNull();
  else appender.appendTimestamp(timestamp(event.eventTime));
  text(withoutVersion(event.eventName));
  text(event.account);
  text(event.region);
  if (event.readOnly === null) appender.appendNull();
  else appender.appendBoolean(event.readOnly);
  text(event.caller.accessKeyId);
  text(issuedKeyOf(event));
  text(joinsCopies(event.sharedEventID) ? event.sharedEventID : null);
  text(categoryOf(event));
  text(bucketOf(event.record));
  text(identityOf(event));
  appender.appendBoolean(mayHideLetters(json));
  text(event.origin);
  text(json);
  appender.endRow();
}

/** An event by its id; redacted exports write one placeholder into all ids, so there it is the record. */
function identityOf({ eventID, record }: CloudTrailEvent): string {
  return /^[0-9a-f-]{32,36}$/i.test(eventID) ? eventID.toLowerCase() : hashOf(record);
}

function gapOf(path: string, reason: string): Gap {
  return { account: '', region: '', reason: `${path}: ${reason}` };
}

/** How many troubles of one file are told; the rest is counted. */
const TOLD = 3;

function summary({ told, count }: { told: string[]; count: number }): string {
  const words = told.join('; ');
  return count > told.length ? `${words}; and ${count - told.length} more` : words;
}
