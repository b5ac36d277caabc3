/** Events by their two hashes and their second, each once. */
export type Seen = {
  /** False where it was there already. */
  add(id: number, id2: number, time: number): boolean;
  /** Was one event met at several times? */
  hasRetimed(): boolean;
};

/** `most`: so many events at the most are added. */
export function createSeen(most: number): Seen {
  const table = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(1, most) * 2))).fill(-1);
  const mask = table.length - 1;
  const rows = new Uint32Array(3 * most);
  let size = 0;
  let retimed = false;

  return {
    add(id, id2, time) {
      const [first, second] = [id >>> 0, id2 >>> 0];
      for (let slot = id & mask; ; slot = (slot + 1) & mask) {
        const known = (table[slot] as number) * 3;
        if (known < 0) {
          table[slot] = size;
          rows[size * 3] = first;
          rows[size * 3 + 1] = second;
          rows[size * 3 + 2] = time;
          size += 1;
          return true;
        }
        if (rows[known] !== first || rows[known + 1] !== second) continue;
        if (rows[known + 2] === time) return false;
        retimed = true;
      }
    },
    hasRetimed: () => retimed,
  };
}
