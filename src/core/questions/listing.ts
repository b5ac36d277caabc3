import type { Plan } from './plan.ts';

/** How the answer's rows are wanted, and the question without those words; null where nothing is said of it. */
export function listingIn(
  text: string,
): { order: 'newest' | 'oldest' | null; limit: number | null; text: string } | null {
  const [order, ordered] = taken(text, ORDERS);
  const [limit, left] = taken(ordered, LIMITS);
  return order === null && limit === null ? null : { order, limit, text: left };
}

/** The plan with its rows so listed; null where its answer has none. */
export function listedSo(
  plan: Plan,
  { order, limit }: { order: 'newest' | 'oldest' | null; limit: number | null },
): Plan | null {
  if (plan.shape !== 'search' && plan.shape !== 'count') return null;
  // What is counted comes in the order of its numbers or of its days, which is no order of events.
  if (order !== null && plan.shape === 'count') return null;
  return { ...plan, order: order ?? plan.order, limit: limit ?? plan.limit };
}

type Listed<Value> = { pattern: RegExp; means: (match: RegExpExecArray) => Value };

/** What the first of the patterns that matches means, and the text without it. */
function taken<Value>(text: string, some: Listed<Value>[]): [Value | null, string] {
  for (const { pattern, means } of some) {
    const match = pattern.exec(text);
    if (match)
      return [means(match), text.slice(0, match.index) + text.slice(match.index + match[0].length)];
  }
  return [null, text];
}

/** “at most 3” of what a person did is no number of rows; “at most 3 rows” is. */
const ROWS_SAID = '(?: (?:results?|rows?|entries|hits|lines))';
const ROWS = '(?: (?:of (?:them|those)|results?|rows?|events?|ones|entries|hits|please))?';
const ENDS = '(?=\\s*(?:[,?.!;(]|$))';
const SMALL =
  '\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|fifty|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무';

const ORDERS: Listed<'newest' | 'oldest'>[] = [
  {
    pattern:
      /(?:, ?| )(?:the )?(?:oldest|earliest)(?: ones?| events?)? first(?![\w-])|(?:, ?| )오래된 ?(?:것부터|거부터|순(?:서)?(?:으로|대로)?)(?![가-힣])/i,
    means: () => 'oldest',
  },
  {
    pattern:
      /(?:, ?| )(?:the )?(?:newest|latest|most recent)(?: ones?| events?)? first(?![\w-])|(?:, ?| )최(?:신|근) ?(?:것부터|거부터|순(?:으로|대로)?)(?![가-힣])/i,
    means: () => 'newest',
  },
];

const LIMITS: Listed<number>[] = [
  {
    pattern: new RegExp(
      `(?<=(?:^|\\s)(?:show|list|give me) )(${SMALL}) (?:events|results|rows|calls) only${ENDS}`,
      'i',
    ),
    means: ([, many = '']) => numberIn(many),
  },
  {
    pattern: new RegExp(
      `(?:, ?| )(?:just|only|max(?:imum)?|limit(?:ed)?(?: to)?)(?: the)? (${SMALL})${ROWS}${ENDS}`,
      'i',
    ),
    means: ([, many = '']) => numberIn(many),
  },
  {
    pattern: new RegExp(
      `(?:, ?| )(?:no more than|at most)(?: the)? (${SMALL})${ROWS_SAID}${ENDS}`,
      'i',
    ),
    means: ([, many = '']) => numberIn(many),
  },
  {
    pattern: new RegExp(
      `(?<![가-힣])(${SMALL}) ?(?:개|건|줄)만(?: ?(?:보여|알려|뽑아)(?:줘|주세요)?(?:요)?)?${ENDS}`,
    ),
    means: ([, many = '']) => numberIn(many),
  },
  {
    pattern: new RegExp(`(?<=(?:^|[\\s,:])top) (${SMALL})${ENDS}`, 'i'),
    means: ([, many = '']) => numberIn(many),
  },
];

function numberIn(words: string): number {
  return NUMBERS[words.toLowerCase()] ?? Math.max(1, Number(words));
}

const NUMBERS: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  fifty: 50,
  두: 2,
  세: 3,
  네: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
  열: 10,
  스무: 20,
};
