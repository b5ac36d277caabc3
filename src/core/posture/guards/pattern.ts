/**
 * Texts with `*` (any characters) and `?` (one), as policies write actions, resources and principals.
 * What is asked about may be such a pattern itself: then all that it stands for is meant.
 */

/** True where whatever `wanted` stands for is matched by `pattern`; in doubt it is not. */
export function covers(pattern: string, wanted: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < wanted.length; ) {
    const expected = pattern[at];
    const char = wanted[index];
    // A star of what is asked about is many texts: only a star covers it.
    if (expected === '*') {
      star = at;
      resume = index;
      at += 1;
    } else if (expected === char || (expected === '?' && char !== '*')) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** True where some text is matched by both. */
export function overlaps(a: string, b: string): boolean {
  // Row by row over `a`: which beginnings of `b` share a text with what there is of `a` so far.
  let above = [true];
  for (let j = 0; j < b.length; j += 1) above.push(above[j] === true && b[j] === '*');
  for (const one of a) {
    const row = [one === '*' && above[0] === true];
    for (let j = 0; j < b.length; j += 1) {
      const other = b[j];
      // A star ends here, or takes in what the other side has at this place.
      const star = (one === '*' || other === '*') && (above[j + 1] === true || row[j] === true);
      const same = one === other || one === '?' || other === '?';
      row.push(star || (one !== '*' && other !== '*' && same && above[j] === true));
    }
    above = row;
  }
  return above[b.length] === true;
}
