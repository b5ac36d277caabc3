import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAws } from './aws/index.ts';
import { company } from './company.ts';
import { startSlack } from './slack/index.ts';

// The example configuration stands beside the sources; from here it is found in src/ and in dist/ alike.
const CONFIG_FILE = join(__dirname, '../../src/sandbox/trailwarden.yml');

/** Environment variables to set (or, where undefined, to remove) so that a bot meets the sandbox and nothing else. */
export type SandboxEnvironment = { [name: string]: string | undefined };

type Aws = Awaited<ReturnType<typeof startAws>>;
type Slack = Exclude<Awaited<ReturnType<typeof startSlack>>, { unavailable: string }>;
export type Sandbox = {
  aws: Aws;
  /** null where it was not asked for. */
  slack: Slack | { unavailable: string } | null;
  environment: SandboxEnvironment;
  close(): Promise<void>;
};

/**
 * A simulated organization on a free loopback port, with a local Slack if wanted, and the environment in
 * which an unchanged bot works against them. Whatever would lead to a real account is taken out.
 */
export async function startSandbox(options: {
  slack: boolean;
  now?: () => Date;
}): Promise<Sandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'trailwarden-sandbox-'));
  const aws = await startAws(company(), options.now ? { now: options.now } : {});
  const slack = options.slack ? await startSlack() : null;

  const config = join(folder, 'trailwarden.yml');
  const store = join(folder, 'trailwarden.db');
  writeFileSync(config, `${readFileSync(CONFIG_FILE, 'utf8')}store: ${JSON.stringify(store)}\n`);

  return {
    aws,
    slack,
    environment: {
      ...withoutTheRealAws(),
      AWS_ENDPOINT_URL: aws.url,
      AWS_REGION: 'ap-northeast-2',
      AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      TRAILWARDEN_CONFIG: config,
      SLACK_BOT_TOKEN: undefined,
      SLACK_APP_TOKEN: undefined,
      SLACK_API_URL: undefined,
      ...(slack &&
        !('unavailable' in slack) && {
          SLACK_BOT_TOKEN: slack.tokens.bot,
          SLACK_APP_TOKEN: slack.tokens.app,
          SLACK_API_URL: slack.apiUrl,
        }),
    },
    async close() {
      if (slack && !('unavailable' in slack)) await slack.close();
      await aws.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
