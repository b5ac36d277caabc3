import { startBot } from './bot.ts';
import { ConfigError, readConfig } from './config.ts';
import { reasonOf } from './core/reason.ts';
import { openLog } from './log.ts';
import { playSandbox } from './play-sandbox.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** `npm start`: the bot where it is configured, the sandbox where nothing is. */
async function main(): Promise<void> {
  const config = readConfig();
  if (!config.slack.tokens && !config.awsIsConfigured) {
    console.log(
      'No Slack tokens and no AWS settings: this is the sandbox, a simulated organization with a Slack of its own. Nothing here is real.',
    );
    await playSandbox({});
    return;
  }
  const log = openLog(config.logLevel);
  const bot = await startBot(config, log);
  // A promise that nobody waits for must not end a bot that others rely on; it is a fault to be read of.
  process.on('unhandledRejection', (reason) =>
    log('error', 'A failure that nobody waited for', { reason: reasonOf(reason) }),
  );
  console.log('Trailwarden is connected to Slack. Stop it with Ctrl+C.');
  stopOnSignal(() => bot.stop());
}

main().catch((error: unknown) => {
  console.error(
    error instanceof ConfigError
      ? error.message
      : `Trailwarden could not start: ${reasonOf(error)}. \`trailwarden doctor\` says what is missing.`,
  );
  process.exitCode = error instanceof ConfigError ? 2 : 1;
});
