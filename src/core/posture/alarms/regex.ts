/** True for a text in which the expression is found somewhere. */
export type Regex = (text: string) => boolean;

/**
 * A regular expression as filter patterns of CloudWatch Logs know it: letters, digits, a few signs,
 * `. [ ] { } ? * + | ^ $` and `\`, and no groups (user guide, "Supported regular expressions syntax").
 * Null for anything else. It is not handed to the engine: expressions come from AWS, and their time is
 * bounded here by the product of both lengths.
 */
export function regexOf(written: string): Regex | null {
  const branches: Branch[] = [];
  let rest = written;
  for (;;) {
    const read = branchOf(rest);
    if (!read) return null;
    branches.push(read.branch);
    if (read.rest === '') return (text) => branches.some((branch) => isFound(branch, text));
    rest = read.rest.slice(1);
  }
}

/** One character that is asked for; `skip`: or none; `loop`: and as many more as there are. */
type Step = { takes: (char: string) => boolean; skip: boolean; loop: boolean };
type Branch = { steps: Step[]; fromStart: boolean; toEnd: boolean };

/** CloudWatch Logs takes 1,024 characters in a pattern; what counts higher is not meant. */
const MOST_STEPS = 2_048;

/** What stands before the next `|`. */
function branchOf(written: string): { branch: Branch; rest: string } | null {
  const branch: Branch = { steps: [], fromStart: false, toEnd: false };
  let rest = written;
  if (rest.startsWith('^')) {
    branch.fromStart = true;
    rest = rest.slice(1);
  }
  while (rest !== '' && !rest.startsWith('|')) {
    if (/^\$(\||$)/.test(rest)) {
      branch.toEnd = true;
      rest = rest.slice(1);
      continue;
    }
    const [atom = '', set, escaped, plain] = ATOM.exec(rest) ?? [];
    if (atom === '') return null;
    const takes =
      set !== undefined
        ? oneOf(set)
        : escaped !== undefined
          ? meantBy(escaped)
          : plain === '.'
            ? () => true
            : (char: string) => char === plain;
    if (!takes) return null;
    rest = rest.slice(atom.length);
    const [quantifier = '', sign, from, comma, to] = QUANTIFIER.exec(rest) ?? [];
    rest = rest.slice(quantifier.length);
    const steps = sign
      ? [{ takes, skip: sign !== '+', loop: sign !== '?' }]
      : repeated(takes, { from, comma, to });
    if (!steps || branch.steps.length + steps.length > MOST_STEPS) return null;
    branch.steps.push(...steps);
  }
  return { branch, rest };
}

const ATOM = /^(?:\[((?:[^\]\\]|\\.)+)\]|\\(.)|([A-Za-z0-9:_#=@/;,\- .]))/;
const QUANTIFIER = /^(?:([?*+])|\{(\d{1,4})(,)?(\d{1,4})?\})\??/;

/** `{2}`, `{2,}`, `{2,5}`: so many steps; one where nothing was said. */
function repeated(
  takes: Step['takes'],
  { from, comma, to }: { [part: string]: string | undefined },
): Step[] | null {
  const once: Step = { takes, skip: false, loop: false };
  if (from === undefined) return [once];
  const least = Number(from);
  const most = comma === undefined ? least : to === undefined ? null : Number(to);
  if (Math.max(least, most ?? 0) > MOST_STEPS || (most !== null && most < least)) return null;
  const must = Array.from({ length: least }, () => once);
  if (most === null) return [...must, { takes, skip: true, loop: true }];
  return [...must, ...Array.from({ length: most - least }, () => ({ ...once, skip: true }))];
}

/** `\d`, `\w`, `\s` and their contraries; whatever is no letter or digit means itself. */
function meantBy(letter: string): Step['takes'] | null {
  const known = CLASSES[letter.toLowerCase()];
  if (!known) return /[A-Za-z0-9]/.test(letter) ? null : (char) => char === letter;
  return letter === letter.toLowerCase() ? (char) => known.test(char) : (char) => !known.test(char);
}

const CLASSES: { [letter: string]: RegExp } = { d: /[0-9]/, w: /[A-Za-z0-9_]/, s: /\s/ };

/** What stands between brackets: characters, `a-z`, and `^` before them for all others. */
function oneOf(written: string): Step['takes'] | null {
  const not = written.startsWith('^');
  const members = [...(not ? written.slice(1) : written).matchAll(MEMBER)];
  const parts: Step['takes'][] = [];
  for (const [, escaped, first = '', last] of members) {
    const part = escaped === undefined ? between(first, last ?? first) : meantBy(escaped);
    if (!part) return null;
    parts.push(part);
  }
  return (char) => parts.some((part) => part(char)) !== not;
}

const MEMBER = /\\(.)|([^\\])(?:-([^\\\]]))?/gs;

function between(first: string, last: string): Step['takes'] | null {
  return first <= last ? (char) => first <= char && char <= last : null;
}

/** All places of the expression at which a reader may be, after each character. */
function isFound({ steps, fromStart, toEnd }: Branch, text: string): boolean {
  let at = new Set<number>();
  const arrive = (places: Set<number>, place: number) => {
    for (let next = place; ; next += 1) {
      places.add(next);
      if (!steps[next]?.skip) return;
    }
  };
  arrive(at, 0);
  for (const char of text) {
    if (!toEnd && at.has(steps.length)) return true;
    const next = new Set<number>();
    for (const place of at) {
      const step = steps[place];
      if (!step?.takes(char)) continue;
      if (step.loop) arrive(next, place);
      arrive(next, place + 1);
    }
    if (!fromStart) arrive(next, 0);
    at = next;
  }
  return at.has(steps.length);
}
