/** Events by their two hashes and their second, each once. */
export type Seen = {
  /** False where it was there already. */
  add(id: number, id2: number, time: number): boolean;
  /** Was one event met at several times? */
  hasRetimed(): boolean;
};

export function createSeen(): Seen {
  let table = new Int32Array(1 << 12).fill(-1);
  let rows = new Uint32Array(3 << 11);
  let size = 0;
  let retimed = false;

  function place(row: number): number {
    const mask = table.length - 1;
    const at = row * 3;
    for (let slot = (rows[at] as number) & mask; ; slot = (slot + 1) & mask) {
      const known = table[slot] as number;
      if (known === -1) {
        table[slot] = row;
        return row;
      }
      const there = known * 3;
      if (rows[there] !== rows[at] || rows[there + 1] !== rows[at + 1]) continue;
      if (rows[there + 2] === rows[at + 2]) return known;
      retimed = true;
    }
  }

  return {
    add(id, id2, time) {
      if ((size + 1) * 3 > rows.length) {
        const wider = new Uint32Array(rows.length * 2);
        wider.set(rows);
        rows = wider;
        table = new Int32Array(table.length * 2).fill(-1);
        for (let row = 0; row < size; row += 1) place(row);
      }
      rows[size * 3] = id;
      rows[size * 3 + 1] = id2;
      rows[size * 3 + 2] = time;
      if (place(size) !== size) return false;
      size += 1;
      return true;
    },
    hasRetimed: () => retimed,
  };
}
