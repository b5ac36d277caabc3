import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAws } from './aws/index.ts';
import { company, scenarioFrom } from './company.ts';
import { type Slack, startSlack } from './slack/index.ts';

// The example configuration stands beside the sources; from here it is found in src/ and in dist/ alike.
const SOURCES = join(__dirname, '../../src/sandbox');
const CONFIG_FILE = join(SOURCES, 'trailwarden.yml');
const EXCEPTIONS_FILE = join(SOURCES, 'exceptions.yml');
/** The sandbox's exceptions are always good for as long, whenever it is tried. */
const EXCEPTED_DAYS = 90;

/** Environment variables to set (or, where undefined, to remove) so that a bot meets the sandbox and nothing else. */
export type SandboxEnvironment = { [name: string]: string | undefined };

type Aws = Awaited<ReturnType<typeof startAws>>;
export type Sandbox = {
  aws: Aws;
  /** null where it was not asked for. */
  slack: Slack | null;
  /** Why the conversation is in the terminal although the browser was wanted. */
  notice: string | null;
  environment: SandboxEnvironment;
  close(): Promise<void>;
};

/**
 * A simulated organization on a free loopback port, with a local Slack if wanted, and the environment in
 * which an unchanged bot works against them. Whatever would lead to a real account is taken out.
 */
export async function startSandbox(options: {
  /** Which Slack: the one in the browser, the one in the terminal, or none. */
  slack: 'local-slack' | 'terminal' | 'none';
  /** A scenario file; Bora Commerce unless told. */
  scenario?: string;
  /** The port of the page; a free one unless told. */
  port?: number;
  now?: () => Date;
  /** Told when the local Slack ends by itself. */
  slackEnded?: (why: string) => void;
}): Promise<Sandbox> {
  const scenario = options.scenario ? scenarioFrom(options.scenario) : company();
  const folder = mkdtempSync(join(tmpdir(), 'trailwarden-sandbox-'));
  const aws = await startAws(scenario, options.now ? { now: options.now } : {});
  const { slack, notice } = await openSlack(options.slack, {
    ...(options.port !== undefined && { port: options.port }),
    ...(options.slackEnded && { ended: options.slackEnded }),
  });

  const config = join(folder, 'trailwarden.yml');
  const store = join(folder, 'trailwarden.db');
  const archive = {
    directory: join(folder, 'archive'),
    // Another organization has other buckets.
    ...(!options.scenario && { from: 's3://bora-org-cloudtrail' }),
  };
  writeFileSync(
    config,
    `${readFileSync(CONFIG_FILE, 'utf8')}store: ${JSON.stringify(store)}\narchive: ${JSON.stringify(archive)}\n`,
  );
  writeFileSync(join(folder, 'exceptions.yml'), exceptions(aws.world.now()));

  return {
    aws,
    slack,
    notice,
    environment: {
      ...withoutTheRealAws(),
      AWS_ENDPOINT_URL: aws.url,
      AWS_REGION: 'ap-northeast-2',
      AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      TRAILWARDEN_CONFIG: config,
      TRAILWARDEN_SIMULATED: 'true',
      SLACK_BOT_TOKEN: slack?.tokens.bot,
      SLACK_APP_TOKEN: slack?.tokens.app,
      SLACK_API_URL: slack?.apiUrl,
    },
    async close() {
      await slack?.close();
      await aws.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The exceptions that the configuration names, with a day of expiry that is yet to come. */
function exceptions(now: Date): string {
  const day = new Date(now.getTime() + EXCEPTED_DAYS * 86_400_000).toISOString().slice(0, 10);
  return readFileSync(EXCEPTIONS_FILE, 'utf8').replace(/^( *expires: ).*$/gm, `$1${day}`);
}

/** The browser's Slack where its binary exists, else the terminal's, with the reason. */
async function openSlack(
  wanted: 'local-slack' | 'terminal' | 'none',
  options: { port?: number; ended?: (why: string) => void },
): Promise<{ slack: Slack | null; notice: string | null }> {
  if (wanted === 'none') return { slack: null, notice: null };
  const slack = await startSlack({ ...options, as: wanted });
  if (!('unavailable' in slack)) return { slack, notice: null };
  const inTerminal = await startSlack({ as: 'terminal' });
  if ('unavailable' in inTerminal) throw new Error(inTerminal.unavailable);
  return { slack: inTerminal, notice: slack.unavailable };
}

/** Sets the environment of this process; a variable that is undefined is removed. */
export function enterSandbox(environment: SandboxEnvironment): void {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** Removes profiles, roles, service endpoints and metadata: a person's own AWS set-up must not leak in. */
function withoutTheRealAws(): SandboxEnvironment {
  const inherited = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(tmpdir(), 'trailwarden-no-such-file'),
    AWS_SHARED_CREDENTIALS_FILE: join(tmpdir(), 'trailwarden-no-such-file'),
  };
}
