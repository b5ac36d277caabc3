import { ConfigError } from '../config.ts';
import { exitCodeOf } from '../core/digest/compose.ts';
import type { Digest } from '../core/digest/digest.ts';
import { tellDigest } from '../core/digest/tell.ts';
import { plain } from '../core/prose.ts';
import type { Telling } from '../core/telling.ts';
import { type DigestChannel, type DigestWorld, sendDigest } from '../jobs/send-digest.ts';
import { openLog } from '../log.ts';
import { slackBot } from '../slack-bot.ts';
import { progressBar } from '../terminal/progress.ts';
import type { Trailwarden } from '../wire.ts';
import { inTrailwarden, print } from './stage.ts';
import { type ExitCode, UsageError } from './usage.ts';

export type DigestOptions = {
  channel?: string;
  dryRun?: boolean;
  json?: boolean;
  sandbox?: boolean;
};

/** Sends the digest to its channels, once a day, or prints it. */
export function digest(options: DigestOptions): Promise<ExitCode> {
  return inTrailwarden(options, (trailwarden) => composed(options, trailwarden));
}

async function composed(options: DigestOptions, trailwarden: Trailwarden): Promise<ExitCode> {
  const { digests, language, timeZone } = trailwarden.config;
  const chosen = digests.filter(({ channel }) => !options.channel || channel === options.channel);
  if (options.channel && chosen.length === 0) throw new UsageError(noChannel(options.channel));

  // The sandbox of one command has no Slack, so its digest can only be shown.
  if (options.dryRun || options.sandbox) {
    const reader = chosen[0] ?? { channel: '', language, timeZone };
    const toPrint = await sendDigest(reader, printing(trailwarden));
    if (toPrint === 'already-sent') throw new Error('a digest that is only printed is never sent');
    print(options.json ? JSON.stringify(toPrint) : readable(toPrint, reader));
    return exitCodeOf(toPrint);
  }
  if (chosen.length === 0) throw new UsageError(noChannel(undefined));
  for (const channel of chosen) {
    const sent = await sendDigest(channel, posting(trailwarden));
    const what = sent === 'already-sent' ? "has today's digest already" : 'sent';
    print(`${channel.channel}: ${what}`);
  }
  return 0;
}

function readable(composed: Digest, { language, timeZone }: DigestChannel): string {
  return plain(tellDigest(composed, language), timeZone);
}

/** Nothing is claimed, posted or written down, but for the scan that a digest needs. */
function printing(trailwarden: Trailwarden): DigestWorld {
  return {
    ...common(trailwarden),
    claimDigest: async () => true,
    releaseDigest: async () => {},
    appendAudit: async () => {},
    post: async () => {},
  };
}

function posting(trailwarden: Trailwarden): DigestWorld {
  const { config, store } = trailwarden;
  const { tokens } = config.slack;
  if (!tokens) {
    throw new ConfigError(
      'environment: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are missing: a digest is sent to Slack; print it with --dry-run',
    );
  }
  const bot = slackBot(tokens, config, openLog(config.logLevel));
  return {
    ...store,
    ...common(trailwarden),
    post: async (telling: Telling, to: DigestChannel) => {
      await bot.tell({ ...to, user: '' }, telling);
    },
  };
}

function common({ now, scan, lastScans }: Trailwarden) {
  return {
    now,
    lastScans,
    scan: () => {
      const bar = progressBar('accounts');
      return scan({}, bar.show).finally(bar.stop);
    },
  };
}

function noChannel(asked: string | undefined): string {
  return asked
    ? `No digest is configured for ${asked}. In trailwarden.yml: digests: [{ channel: ${asked}, at: '09:00' }]`
    : "No digest is configured. In trailwarden.yml: digests: [{ channel: C02GOVERN, at: '09:00' }]; or print it: --dry-run";
}
