import { createHash } from 'node:crypto';
import type { Json } from '../../../core/json.ts';
import { AwsFault } from '../service.ts';

type Page<T> = { page: T[]; next: string | undefined };

/**
 * One page of a list. The token is bound to the question that `about` tells, so that a token of another
 * question is refused as Config refuses it.
 */
export function pageOf<T>(
  all: T[],
  about: Json,
  { size, token, most }: { size: number; token: string | undefined; most: number },
): Page<T> {
  if (!Number.isInteger(size) || size < 0 || size > most) {
    throw new AwsFault(
      'InvalidLimitException',
      `Member must have value between 0 and ${most}, but it is ${size}.`,
    );
  }
  const question = createHash('sha256').update(JSON.stringify(about)).digest('base64url');
  const from = token === undefined ? 0 : startIn(token, question);
  const to = from + (size || most);
  return {
    page: all.slice(from, to),
    next: to < all.length ? Buffer.from(`${question} ${to}`).toString('base64url') : undefined,
  };
}

function startIn(token: string, question: string): number {
  const [asked, from] = Buffer.from(token, 'base64url').toString().split(' ');
  if (asked !== question || from === undefined || !/^\d+$/.test(from)) {
    throw new AwsFault(
      'InvalidNextTokenException',
      'The specified next token is not valid. Specify the nextToken string that was returned in the previous response to get the next page.',
    );
  }
  return Number(from);
}
