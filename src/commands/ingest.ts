import { ingestTold } from '../terminal/ingest.ts';
import { progressBar } from '../terminal/progress.ts';
import { openArchiveOf } from '../wire-archive.ts';
import { inConfiguration, print } from './stage.ts';
import { type ExitCode, UsageError } from './usage.ts';

export type IngestOptions = {
  archive?: string;
  all?: boolean;
  json?: boolean;
  sandbox?: boolean;
};

/**
 * Loads log files into the local archive: of paths, of `s3://` addresses, or of the places that the
 * configuration names. Local files need no AWS.
 */
export async function ingest(places: string[], options: IngestOptions): Promise<ExitCode> {
  return inConfiguration(options, async (config) => {
    const from = places.length > 0 ? places : config.archive.from;
    if (from.length === 0) {
      throw new UsageError(
        'There is nothing to load. Such as: trailwarden ingest s3://our-trail/AWSLogs/o-abc1234567',
      );
    }
    const directory = options.archive ?? config.archive.directory;
    const opened = await openArchiveOf({
      ...config,
      archive: { ...config.archive, directory },
    });
    const bar = progressBar('files');
    const show = (done: number, of: number | null) =>
      of === null ? bar.say(FILES[config.language](done)) : bar.show(done, of);
    try {
      const taken = await opened
        .take(from, { everything: options.all ?? false }, show)
        .finally(bar.stop);
      print(
        options.json
          ? JSON.stringify({ schemaVersion: 1, archive: directory, ...taken })
          : ingestTold(taken, directory, config.language),
      );
      return taken.setAside.length + taken.unlisted.length > 0 ? 3 : 0;
    } finally {
      await opened.close();
    }
  });
}

const FILES = {
  en: (files: number) => `${files.toLocaleString('en')} files so far`,
  ko: (files: number) => `지금까지 파일 ${files.toLocaleString('en')}개`,
};
