import { type Config, readConfig } from '../config.ts';
import { type Prose, plain } from '../core/prose.ts';
import { enterSandbox, type Sandbox, startSandbox } from '../sandbox/start.ts';
import { openTrailwarden, type Trailwarden } from '../wire.ts';
import { UsageError } from './usage.ts';

export type { Sandbox } from '../sandbox/start.ts';

/** Opens the product for one command, in the sandbox or in the user's own AWS, and closes it whatever happens. */
export async function inTrailwarden<T>(
  { sandbox, slack = 'none' }: { sandbox?: boolean; slack?: 'terminal' | 'none' },
  use: (trailwarden: Trailwarden, stage: Sandbox | null) => Promise<T>,
): Promise<T> {
  const stage = sandbox ? await startSandbox({ slack }) : null;
  try {
    if (stage) enterSandbox(stage.environment);
    const config = readConfig();
    if (!config.awsIsConfigured) throw new UsageError(NO_AWS);
    const trailwarden = await openTrailwarden(config);
    try {
      return await use(trailwarden, stage);
    } finally {
      await trailwarden.close();
    }
  } finally {
    await stage?.close();
  }
}

/** The configuration for one command that opens by itself what it needs, in the sandbox or the user's own. */
export async function inConfiguration<T>(
  { sandbox }: { sandbox?: boolean },
  use: (config: Config) => Promise<T>,
): Promise<T> {
  const stage = sandbox ? await startSandbox({ slack: 'none' }) : null;
  try {
    if (stage) enterSandbox(stage.environment);
    return await use(readConfig());
  } finally {
    await stage?.close();
  }
}

const NO_AWS =
  'No AWS settings were found (AWS_PROFILE, AWS_ACCESS_KEY_ID, …, or `aws:` in trailwarden.yml). To try it without an account, add --sandbox.';

/** One answer on stdout; everything else goes to stderr. */
export function print(text: string | Prose): void {
  process.stdout.write(`${typeof text === 'string' ? text : plain(text)}\n`);
}
