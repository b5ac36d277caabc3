/** A step of a path: the name of a field, the index of an element, or any element. */
export type Step = string | number;
export type Path = { step: Step; any: boolean }[];
export type Token =
  | { sign: string }
  | { word: string }
  | { quoted: string }
  | { regex: string }
  | { path: Path };

const SPACE = /\s+/y;
const SIGN = /&&|\|\||!=|<=|>=|[()=<>]/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy;
const REGEX = /%((?:[^%\\]|\\.)+)%/sy;
const WORD = /[^\s()&|=!<>"{}%]+/y;
const PATH = /\$(?:\.[A-Za-z0-9_-]+|\.?\[(?:\d+|\*|'[^']*'|"[^"]*")\])+/y;
const STEP = /\.([A-Za-z0-9_-]+)|\[(?:(\d+)|(\*)|'([^']*)'|"([^"]*)")\]/g;

/** The words and signs of what stands between the braces of a filter pattern; null for what is none of them. */
export function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  const next = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at;
    const found = expression.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  while (at < text.length) {
    if (next(SPACE)) continue;
    const path = next(PATH);
    if (path) {
      tokens.push({ path: stepsOf(path[0]) });
      continue;
    }
    const quoted = next(QUOTED);
    if (quoted) {
      tokens.push({ quoted: (quoted[1] ?? '').replace(/\\(.)/gs, '$1') });
      continue;
    }
    const regex = next(REGEX);
    if (regex) {
      tokens.push({ regex: regex[1] ?? '' });
      continue;
    }
    const sign = next(SIGN);
    const word = sign ? null : next(WORD);
    if (sign) tokens.push({ sign: sign[0] });
    else if (word) tokens.push({ word: word[0] });
    else return null;
  }
  return tokens;
}

function stepsOf(path: string): Path {
  return [...path.matchAll(STEP)].map(([, name, index, any, single, double]) => ({
    step: index === undefined ? (name ?? single ?? double ?? '*') : Number(index),
    any: any !== undefined,
  }));
}
