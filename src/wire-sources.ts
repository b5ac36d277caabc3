import { existsSync } from 'node:fs';
import { archiveSource, type Expected } from './archive/archive-source.ts';
import { lakeSource } from './aws/evidence/lake.ts';
import { readLakeStores } from './aws/evidence/lake-stores.ts';
import { lookupEvents } from './aws/evidence/lookup-events.ts';
import type { Places } from './aws/evidence/places.ts';
import { lakeside } from './aws/facts/lakes.ts';
import type { Aws } from './aws/session.ts';
import type { Config } from './config.ts';
import type { EventSource } from './core/evidence/source.ts';
import type { Volumes } from './core/posture/cost/volumes.ts';
import type { Organization } from './core/posture/facts.ts';
import type { LogsTaken } from './ingest-logs.ts';
import { outlived } from './jobs/outlived.ts';
import { type OpenedArchive, openArchiveOf } from './wire-archive.ts';

export type Ground = {
  aws: Aws;
  now: () => Date;
  places: () => Promise<Places>;
  organization: () => Promise<Organization>;
  /** Hears of a source that broke, and why; the answer itself says that it did. */
  report: (trouble: Error) => void;
  /** Reads at most once in so many minutes; what was not seen whole is asked for again. */
  remembered: <T>(
    minutes: number,
    read: () => Promise<T>,
    whole: (value: T) => boolean,
  ) => () => Promise<T>;
};

/** Prices are by the month. So many records a scan reads for it, ten seconds of them once. */
const A_MONTH = { days: 30, most: 2_000_000 };

/** Nobody makes a store between two questions. */
const STORES_MINUTES = 60;

/**
 * Where questions are searched, the complete and cheap ones first: the archive, where there is one; the
 * stores of CloudTrail Lake, where the configuration says so; Event history for the rest. A source for
 * Athena would stand behind the archive, and nothing else would change.
 */
export async function openSources(config: Config, ground: Ground) {
  const { aws, places } = ground;
  const sourceOf = ({ archive: held }: OpenedArchive) =>
    archiveSource(held, async () => expectedIn(await places()));
  const report = (cause: unknown) => ground.report(new Error('reading the archive', { cause }));
  const archive = await archiveOf(config, aws);
  const stores = ground.remembered(
    STORES_MINUTES,
    async () => {
      const [organization, { accounts }] = await Promise.all([ground.organization(), places()]);
      const heads = lakeside(organization);
      const where = accounts
        .filter(({ id }) => heads.includes(id))
        .flatMap(({ id, regions }) => regions.map((region) => ({ account: id, region })));
      return readLakeStores(aws.cloudTrail, where, ground.now().getTime());
    },
    ({ gaps }) => gaps.length === 0,
  );
  const sources: EventSource[] = [
    ...(archive ? [outlived(sourceOf(archive), report)] : []),
    ...(config.lake ? [lakeSource({ cloudTrail: aws.cloudTrail, stores, places })] : []),
    lookupEvents({ cloudTrail: aws.cloudTrail, places }),
  ];
  return {
    sources,
    /** What the archive holds; null where there is none. */
    archived: async () => (archive ? archive.archive.contents() : null),
    /** The last month of what it holds, counted by what things cost; null where it holds nothing. */
    volumes: async (): Promise<Volumes | null> =>
      archive ? archive.archive.volumes(A_MONTH) : null,
    /** Takes in what is new where the configuration says that log files lie. */
    async followLogs(): Promise<LogsTaken | null> {
      return archive && config.archive.from.length > 0 ? archive.take(config.archive.from) : null;
    },
    close: async () => archive?.close(),
  };
}

/** The archive, where somebody has filled it, or the configuration says from where it is filled. */
async function archiveOf(config: Config, aws: Aws): Promise<OpenedArchive | null> {
  const { directory, from } = config.archive;
  return from.length > 0 || existsSync(directory) ? openArchiveOf(config, aws) : null;
}

/** An account that cannot be asked itself is all the same expected in the archive, in whichever regions. */
function expectedIn({ accounts, gaps }: Places): Expected {
  const others = gaps.filter(({ account }) => account).map(({ account }) => account);
  return {
    accounts: [...accounts, ...[...new Set(others)].map((id) => ({ id, regions: [] }))],
    gaps: gaps.filter(({ account }) => !account),
  };
}
