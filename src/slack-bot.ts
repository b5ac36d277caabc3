import type { Config } from './config.ts';
import { NOBODY } from './core/fixes/approvers.ts';
import { reasonOf } from './core/reason.ts';
import type { JobRequest } from './core/request.ts';
import type { Log } from './log.ts';
import { type Bot, createBot } from './slack/bot.ts';
import type { FixSurroundings } from './wire.ts';

type Tokens = NonNullable<Config['slack']['tokens']>;
type Ears = {
  handOver(request: JobRequest): Promise<void>;
  firstTime(key: string): Promise<boolean>;
};

/** Of a bot that is never started: it speaks and knows who is who, and hears nothing. */
const NO_EARS: Ears = { handOver: async () => {}, firstTime: async () => true };

/** The bot of a configuration, without ears unless it is given some. */
export function slackBot(tokens: Tokens, config: Config, log: Log, ears: Ears = NO_EARS): Bot {
  return createBot(
    {
      botToken: tokens.bot,
      appToken: tokens.app,
      ...(tokens.apiUrl && { apiUrl: tokens.apiUrl }),
      answers: config.slack.answers,
      log,
      firstTime: ears.firstTime,
    },
    ears.handOver,
  );
}

/** Who may approve, as Slack says at the moment of asking; where Slack does not answer, nobody is known to be one. */
export function approversOf({ members }: Bot): Pick<FixSurroundings, 'isApprover'> {
  return {
    async isApprover({ slackId }, group) {
      if (group === NOBODY) return { seen: false };
      try {
        return { seen: await members.isApprover(slackId, group) };
      } catch (error) {
        return { unseen: { kind: 'failed', reason: reasonOf(error) } };
      }
    },
  };
}
