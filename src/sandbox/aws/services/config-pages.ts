import { createHash, randomUUID } from 'node:crypto';
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
  const question = bindingOf(about);
  const from = token === undefined ? 0 : startIn(token, question).from;
  const to = from + (size || most);
  return {
    page: all.slice(from, to),
    next: to < all.length ? tokenOf(question, to) : undefined,
  };
}

const kept = new WeakMap<object, Map<string, unknown[]>>();
const KEPT_LISTS = 64;

/**
 * The same for a list that is dear to make: the following pages are of the list that the first was of.
 * `of` is what the lists belong to.
 */
export function keptPageOf<T>(
  of: object,
  make: () => T[],
  about: Json,
  options: { size: number; token: string | undefined; most: number },
): Page<T> {
  const lists = kept.get(of) ?? new Map<string, unknown[]>();
  kept.set(of, lists);
  const { token, size, most } = options;
  if (token === undefined) {
    const all = make();
    const first = pageOf(all, about, options);
    if (first.next === undefined) return first;
    const list = randomUUID();
    lists.set(list, all);
    // The oldest goes first; its readers get a list made anew.
    for (const old of lists.keys()) {
      if (lists.size <= KEPT_LISTS) break;
      lists.delete(old);
    }
    return { page: first.page, next: tokenOf(bindingOf(about), first.page.length, list) };
  }
  const question = bindingOf(about);
  const { from, list } = startIn(token, question);
  const all = ((list && lists.get(list)) as T[] | undefined) ?? make();
  const { page } = pageOf(all, about, { size, most, token: tokenOf(question, from) });
  const to = from + page.length;
  if (to < all.length) return { page, next: tokenOf(question, to, list) };
  if (list) lists.delete(list);
  return { page, next: undefined };
}

function bindingOf(about: Json): string {
  return createHash('sha256').update(JSON.stringify(about)).digest('base64url');
}

function tokenOf(question: string, to: number, list = ''): string {
  return Buffer.from(`${question} ${to} ${list}`).toString('base64url');
}

function startIn(token: string, question: string): { from: number; list: string } {
  const [asked, from, list = ''] = Buffer.from(token, 'base64url').toString().split(' ');
  if (asked !== question || from === undefined || !/^\d+$/.test(from)) {
    throw new AwsFault(
      'InvalidNextTokenException',
      'The specified next token is not valid. Specify the nextToken string that was returned in the previous response to get the next page.',
    );
  }
  return { from: Number(from), list };
}
