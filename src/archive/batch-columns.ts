const COLUMNS = ['time', 'call', 'caller', 'piece', 'start', 'length', 'id', 'id2'] as const;
export type Columns = Record<(typeof COLUMNS)[number], Uint32Array>;

/** Room for the rows of a batch, which grows as they come. */
export function emptyColumns(): Columns {
  return Object.fromEntries(COLUMNS.map((name) => [name, new Uint32Array(8192)])) as Columns;
}

export function wider(columns: Columns): Columns {
  const copies = COLUMNS.map((name) => {
    const copy = new Uint32Array(columns[name].length * 2);
    copy.set(columns[name]);
    return [name, copy];
  });
  return Object.fromEntries(copies) as Columns;
}

/** Codes of this batch alone, from those of everything that was seen so far. */
export function renumbered(column: Uint32Array, rows: number, known: string[]) {
  const codes = new Uint32Array(rows);
  const numbers = new Int32Array(known.length).fill(-1);
  const texts: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const code = column[row] as number;
    if (numbers[code] === -1) {
      numbers[code] = texts.length;
      texts.push(known[code] as string);
    }
    codes[row] = numbers[code] as number;
  }
  return { codes, texts };
}
