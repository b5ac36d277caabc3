import { startBot } from './bot.ts';
import { ConfigError, readConfig } from './config.ts';
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
  const bot = await startBot(config, openLog(config.logLevel));
  console.log('Trailwarden is connected to Slack. Stop it with Ctrl+C.');
  stopOnSignal(() => bot.stop());
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) console.error(error.message);
  else console.error(error);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
});
