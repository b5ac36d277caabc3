import { App, type Logger, LogLevel } from '@slack/bolt';
import { type Slack, type SlackOptions, startSlack } from '../../../src/sandbox/slack/index.ts';

export type Stage = { slack: Slack; app: App; close(): Promise<void> };

const nothing = () => undefined;

/** The tests look at what was refused themselves; Slack's client would also print it. */
export const quiet: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

/** The sandbox's Slack with a real Bolt app in Socket Mode, which `listen` gives its listeners. */
export async function stage(listen: (app: App) => void, options?: SlackOptions): Promise<Stage> {
  const slack = await startSlack(options);
  if ('unavailable' in slack) throw new Error(slack.unavailable);
  const app = new App({
    token: slack.tokens.bot,
    appToken: slack.tokens.app,
    socketMode: true,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  listen(app);
  await app.start();
  await until(() => slack.control.connections() > 0);
  return {
    slack,
    app,
    async close() {
      await app.stop();
      await slack.close();
    },
  };
}

/** Waits until something is so; fails by telling what it waited for. */
export async function until<T>(look: () => T | Promise<T>, ms = 8000): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen as NonNullable<T>;
    if (Date.now() > end) throw new Error(`still not so after ${ms} ms: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
