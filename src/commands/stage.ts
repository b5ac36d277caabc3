import { readConfig } from '../config.ts';
import { type Prose, plain } from '../core/prose.ts';
import { enterSandbox, startSandbox } from '../sandbox/start.ts';
import { openTrailwarden, type Trailwarden } from '../wire.ts';

/** 0 done; 1 done, with failing findings or a question that was not answered; 2 bad usage or configuration; 3 could not see everything. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Words on the command line that cannot be meant; the message says what to write instead. */
export class UsageError extends Error {}

/** Opens the product for one command, in the sandbox or in the user's own AWS, and closes it whatever happens. */
export async function inTrailwarden(
  { sandbox }: { sandbox?: boolean },
  use: (trailwarden: Trailwarden) => Promise<void>,
): Promise<void> {
  const stage = sandbox ? await startSandbox({ slack: 'none' }) : null;
  try {
    if (stage) enterSandbox(stage.environment);
    const config = readConfig();
    if (!config.awsIsConfigured) throw new UsageError(NO_AWS);
    const trailwarden = await openTrailwarden(config);
    try {
      await use(trailwarden);
    } finally {
      trailwarden.close();
    }
  } finally {
    await stage?.close();
  }
}

const NO_AWS =
  'No AWS settings were found (AWS_PROFILE, AWS_ACCESS_KEY_ID, …, or `aws:` in trailwarden.yml). To try it without an account, add --sandbox.';

/** A moment as a person writes it, refused with the place it stood in. */
export function moment(text: string, where: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text)) {
    throw new UsageError(`${where}: expected a moment such as 2026-11-22T09:00:00Z`);
  }
  return date;
}

/** An IANA time zone, refused with the place it stood in. */
export function timeZone(text: string, where: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(`${where}: expected an IANA time zone such as Asia/Seoul`);
  }
}

/** One answer on stdout; everything else goes to stderr. */
export function print(text: string | Prose): void {
  process.stdout.write(`${typeof text === 'string' ? text : plain(text)}\n`);
}
