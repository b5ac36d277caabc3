import { harmless, plain } from '../core/prose.ts';
import { exitCodeOf } from '../jobs/scan-posture.ts';
import { postureProse } from '../terminal/posture.ts';
import { progressBar } from '../terminal/progress.ts';
import type { Trailwarden } from '../wire.ts';
import { inTrailwarden, print } from './stage.ts';
import { type ExitCode, UsageError } from './usage.ts';

export type PostureOptions = { account?: string[]; ou?: string; json?: boolean; sandbox?: boolean };

/** Scans, and prints what a person reads in ten seconds, or one JSON document. */
export function posture(options: PostureOptions): Promise<ExitCode> {
  return inTrailwarden(options, (trailwarden) => scanned(options, trailwarden));
}

async function scanned(options: PostureOptions, trailwarden: Trailwarden): Promise<ExitCode> {
  const { language, timeZone } = trailwarden.config;
  const said = {
    ...(options.account && { accounts: options.account }),
    ...(options.ou && { ou: options.ou }),
  };
  const found = await trailwarden.find(said);
  if ('unknown' in found) {
    throw new UsageError(
      `No account and no OU of this organization is called ${JSON.stringify(harmless(found.unknown))}: an id, a name, or the path of an OU is meant.`,
    );
  }
  if ('unseen' in found) {
    const reason = harmless(found.unseen, 400);
    process.stderr.write(`The accounts of the organization could not be listed: ${reason}\n`);
    return 3;
  }
  const bar = progressBar('accounts');
  const scan = await trailwarden.scan(found.scope, bar.show).finally(bar.stop);
  print(options.json ? JSON.stringify(scan) : plain(postureProse(scan, language), timeZone));
  return exitCodeOf(scan);
}
