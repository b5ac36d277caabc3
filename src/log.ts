import { pino } from 'pino';

export type Log = ReturnType<typeof openLog>;

/**
 * Structured lines on stderr: a static sentence with its fields beside it. Nothing of ours logs tokens,
 * credentials or the text of records; the redaction is the second net.
 */
export function openLog(level: string) {
  const logger = pino(
    {
      level,
      redact: {
        paths: [
          'token',
          'secret',
          'password',
          'authorization',
          '*.token',
          '*.secret',
          '*.sessionToken',
          '*.secretAccessKey',
        ],
        censor: '[redacted]',
      },
    },
    pino.destination(2),
  );
  return (
    severity: 'info' | 'warn' | 'error',
    sentence: string,
    fields: Record<string, unknown> = {},
  ) => logger[severity](fields, sentence);
}
