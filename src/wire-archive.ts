import type { Archive, Progress } from './archive/archive.ts';
import type { LogBucket } from './aws/log-bucket.ts';
import { logFolderOf } from './aws/log-bucket.ts';
import { type Aws, ambientRegion, openAws } from './aws/session.ts';
import { type Config, ConfigError } from './config.ts';
import { reasonOf } from './core/reason.ts';
import { ingestLogs, type LogsTaken } from './ingest-logs.ts';

/** The local archive, and how log files get into it. */
export type OpenedArchive = {
  archive: Archive;
  /** Takes in what is new under these paths and `s3://` addresses. */
  take(places: string[], how?: { everything?: boolean }, progress?: Progress): Promise<LogsTaken>;
  close(): Promise<void>;
};

/**
 * Opens the archive of a configuration. AWS is opened where the first `s3://` address is asked for, with
 * the connection of the product where there is one already.
 */
export async function openArchiveOf(config: Config, shared?: Aws): Promise<OpenedArchive> {
  const { directory } = config.archive;
  // With DuckDB, 30 MiB that nobody without an archive needs.
  const { openArchive } = await import('./archive/open-archive.ts');
  const archive = await opening(directory, openArchive);
  let own: Aws | undefined;

  async function bucket(address: string): Promise<LogBucket> {
    const folder = logFolderOf(address);
    if (!folder)
      throw new ConfigError(`${address} is no address of a bucket, such as s3://our-trail/AWSLogs`);
    const aws = shared ?? own ?? (await connected(config));
    if (!shared) own = aws;
    const owner = config.aws.logArchiveAccount;
    // Redirected by S3, whoever asks in another region than the bucket's.
    const client = owner ? aws.s3({ account: owner, region: aws.settings.region }) : aws.ownS3();
    return { client, folder, owner };
  }

  return {
    archive,
    take: (places, how = {}, progress) =>
      ingestLogs(places, { archive, directory, bucket, ...how }, progress),
    async close() {
      own?.close();
      await archive.close();
    },
  };
}

/** Whoever asks can do something about it, where it is told in a sentence. */
async function opening(
  directory: string,
  open: (directory: string) => Promise<Archive>,
): Promise<Archive> {
  try {
    return await open(directory);
  } catch (error) {
    throw new ConfigError(
      `the archive ${directory} cannot be opened: ${reasonOf(error)}. Where it is damaged, move it away and load the log files again with \`trailwarden ingest --all\``,
      { cause: error },
    );
  }
}

async function connected(config: Config): Promise<Aws> {
  const region = await ambientRegion();
  if (!region) {
    throw new ConfigError(
      'environment: AWS_REGION is missing: expected the region of the bot, such as `AWS_REGION=eu-west-1`',
    );
  }
  return openAws({
    readRole: config.aws.readRole,
    fixRoles: {},
    externalId: config.aws.externalId,
    region,
  });
}
