import type { CloudTrailEvent } from '../core/evidence/event.ts';
import type { Gap, Search, Tally } from '../core/evidence/source.ts';
import type { Volumes } from '../core/posture/cost/volumes.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { Counting } from './archive-volumes.ts';

/**
 * The local event archive: an organization's log files in immutable columnar segments, with an index of
 * every identifier. Killed at any moment it loses nothing and counts nothing twice; several processes
 * may use one directory.
 */
export type Archive = {
  /**
   * Adds log files, each once however often it is given. A file that cannot be read is set aside and
   * named; the others go on.
   */
  ingest(files: AsyncIterable<LogFile>, progress?: Progress): Promise<Ingested>;
  /** Which of these names the archive has already taken in, or set aside. */
  knows(names: string[]): Promise<Set<string>>;
  /** Every event that may match; the core compares exactly. */
  select(search: Search): Promise<CloudTrailEvent[]>;
  /**
   * The same for what may be millions: the newest `most` of them. Where there are more, `completeFrom` is
   * the moment (ISO 8601 UTC) from which on none is missing; else it is null.
   */
  selectNewest?(
    search: Search,
    most: number,
  ): Promise<{ events: CloudTrailEvent[]; completeFrom: string | null }>;
  /** The events that issued these temporary keys, with the copies that other accounts received. */
  issued(accessKeyIds: string[]): Promise<Map<string, CloudTrailEvent[]>>;
  /** Exact figures, where the plan can be computed in SQL to the letter; else null. */
  tally(plan: Plan): Promise<Tally | null>;
  /** What it holds, counted by what CloudTrail charges for; null where it holds no event with a time. */
  volumes(how?: Counting): Promise<Volumes | null>;
  contents(): Promise<ArchiveContents>;
  close(): Promise<void>;
};

export type Progress = (done: number, of: number | null) => void;

/** One file of a trail: `name` (absolute path or `s3://bucket/key`) is what the ledger knows it by. */
export type LogFile = {
  name: string;
  /** Bytes as stored. */
  size: number;
  /** A local path, or the bytes fetched when they are needed. */
  source: { path: string } | { fetch(): Promise<Uint8Array> };
};

export type Ingested = {
  files: number;
  /** Files that the archive had already. */
  known: number;
  events: number;
  /** Events that the archive had already, by eventID. */
  duplicates: number;
  /** Digest files of log file validation, which hold no events. */
  digests?: number;
  setAside: SetAside[];
};

export type SetAside = { name: string; reason: string };

/** What the archive holds, by account, region and day (UTC), and what it had to leave out. */
export type ArchiveContents = {
  cells: { account: string; region: string; day: string; files: number; events: number }[];
  categories: ('management' | 'data' | 'insight' | 'network')[];
  events: number;
  /** ISO 8601 UTC; null where it is empty. */
  first: string | null;
  last: string | null;
  /** When log files were last taken in; ISO 8601 UTC. */
  ingestedAt: string | null;
  setAside: SetAside[];
  gaps: Gap[];
};
