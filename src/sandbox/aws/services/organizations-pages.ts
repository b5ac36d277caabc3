import { createHash } from 'node:crypto';
import { AwsFault, type Call, type World } from '../service.ts';

/**
 * One page of a list. Pages may be shorter than asked for, and where the scenario says so every other one
 * is empty and has a token all the same. A token is good only for the query that it came from.
 */
export function page<T>(
  { operation, input }: Call,
  { scenario: { organization: of } }: World,
  member: string,
  all: readonly T[],
  show: (item: T) => object,
) {
  const { NextToken: token, MaxResults: wanted, ...query } = input;
  if (wanted !== undefined && (wanted < 1 || wanted > 20)) {
    throw new AwsFault('InvalidInputException', 'You specified an invalid value for MaxResults.');
  }
  const seal = createHash('sha256')
    .update(JSON.stringify([operation, query]))
    .digest('hex');
  const [step = 0, from = 0] = token === undefined ? [] : opened(token, seal);
  const empty = of.emptyPages && step % 2 === 1;
  const size = empty ? 0 : Math.min(wanted ?? 20, of.pageSize);
  const next = from + size;
  return {
    [member]: all.slice(from, next).map(show),
    ...(next < all.length && {
      NextToken: Buffer.from(JSON.stringify([step + 1, next, seal])).toString('base64'),
    }),
  };
}

function opened(token: string, seal: string): [step: number, from: number] {
  const invalid = new AwsFault(
    'InvalidInputException',
    'You specified an invalid pagination token (INVALID_NEXT_TOKEN).',
  );
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
  } catch {
    throw invalid;
  }
  if (!Array.isArray(content) || content[2] !== seal) throw invalid;
  return [Number(content[0]), Number(content[1])];
}
