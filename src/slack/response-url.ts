import type { Message } from './fit.ts';

const RESPONSE_TIMEOUT_MS = 10_000;

/** `response_type` is always said, because Slack and its stand-ins differ in what they take for granted. */
export async function respond(
  url: string,
  message: Message,
  response_type: 'in_channel' | 'ephemeral',
): Promise<void> {
  const { text, blocks } = message;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ response_type, replace_original: false, text, blocks }),
    redirect: 'error',
    signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`Slack answered ${answer.status} to the response_url`);
}
