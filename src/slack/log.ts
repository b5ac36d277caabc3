/** What Slack's libraries log goes through here: our log's shape, warnings and errors only, never a token. */
import { type Logger, LogLevel } from '@slack/bolt';

/** A static sentence with its fields beside it. */
export type Log = (
  level: 'warn' | 'error',
  sentence: string,
  fields?: Record<string, unknown>,
) => void;

export function slackLogger(log: Log): Logger {
  const say = (level: 'warn' | 'error', words: unknown[]) =>
    log(level, 'Slack client', { said: withoutSecrets(words.map(worded).join(' ')) });
  return {
    debug() {},
    info() {},
    warn: (...words: unknown[]) => say('warn', words),
    error: (...words: unknown[]) => say('error', words),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}

/** Tokens, the ticket of a socket address and response_urls are keys to the workspace. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\bx(?:ox[a-z]|app)-[\w-]+/gi, '[token]')
    .replace(/([?&]ticket=)[^&\s"']+/gi, '$1[ticket]')
    .replace(/(hooks\.slack\.com\/)[^\s"']+/gi, '$1[response_url]');
}

/** An error with its causes, as one line; what a log line needs and no stack. */
export function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  for (let at = error; at instanceof Error && reasons.length < 6; at = at.cause) {
    reasons.push(at.message);
  }
  return withoutSecrets(reasons.join(': ') || String(error));
}

function worded(word: unknown): string {
  if (typeof word === 'string') return word;
  if (word instanceof Error) return reasonOf(word);
  return JSON.stringify(word) ?? String(word);
}
