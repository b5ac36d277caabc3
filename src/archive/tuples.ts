/** No code was made for a tuple yet. */
export const UNKNOWN = -2;
/** Numbers that a tuple may have. */
export const TUPLE = 16;

/** Tuples of numbers, each with the code that was made for it once. */
export function createTuples() {
  let table = new Int32Array(1 << 10).fill(-1);
  let tuples = new Int32Array(TUPLE << 9);
  const codes: number[] = [];
  const hashes: number[] = [];
  const place = (hash: number, index: number) => {
    const mask = table.length - 1;
    let at = (hash ^ (hash >>> 15)) & mask;
    while (table[at] !== -1) at = (at + 1) & mask;
    table[at] = index;
  };
  return {
    find(hash: number, tuple: Int32Array, length: number): number {
      const mask = table.length - 1;
      let at = (hash ^ (hash >>> 15)) & mask;
      for (let index = table[at] as number; index !== -1; index = table[at] as number) {
        const from = index * TUPLE;
        let same = hashes[index] === hash;
        for (let one = 0; same && one < length; one += 1) same = tuples[from + one] === tuple[one];
        if (same) return codes[index] as number;
        at = (at + 1) & mask;
      }
      return UNKNOWN;
    },
    add(hash: number, tuple: Int32Array, length: number, code: number): number {
      const index = codes.length;
      if ((index + 1) * TUPLE > tuples.length) {
        const wider = new Int32Array(tuples.length * 2);
        wider.set(tuples);
        tuples = wider;
      }
      tuples.set(tuple.subarray(0, length), index * TUPLE);
      hashes.push(hash);
      codes.push(code);
      place(hash, index);
      if (codes.length * 2 > table.length) {
        table = new Int32Array(table.length * 2).fill(-1);
        for (const [known, old] of hashes.entries()) place(old, known);
      }
      return code;
    },
    clear() {
      table.fill(-1);
      codes.length = 0;
      hashes.length = 0;
    },
  };
}
