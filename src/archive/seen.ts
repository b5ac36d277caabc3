/** The events of one commit by their two hashes and their second, each once. */
export type Seen = {
  /**
   * Takes the rows whose byte in `dropped` is not set, and sets that of those that were there already.
   * Answers how many these are.
   */
  add(events: Events, dropped: Uint8Array): number;
  /** Was one event met at several times? */
  hasRetimed(): boolean;
};

type Events = { rows: number; id: Uint32Array; id2: Uint32Array; time: Uint32Array };

/** `all`: whatever will be added. */
export function createSeen(all: Events[]): Seen {
  const { mayBeTwice, most } = twice(all);
  /** Where an event is in `rows`, in the place that its id says or behind it; 0 where there is none. */
  const table = new Uint32Array(powerOfTwo(2 * most));
  const rows = new Uint32Array(3 * (most + 1));
  let next = 3;
  let retimed = false;

  /** False where it was there already. */
  function isNew(first: number, second: number, time: number): boolean {
    const mask = table.length - 1;
    for (let slot = first & mask; ; slot = (slot + 1) & mask) {
      const known = table[slot] as number;
      if (known === 0) {
        table[slot] = next;
        rows[next] = first;
        rows[next + 1] = second;
        rows[next + 2] = time;
        next += 3;
        return true;
      }
      if (rows[known] !== first || rows[known + 1] !== second) continue;
      if (rows[known + 2] === time) return false;
      retimed = true;
    }
  }

  return {
    add({ rows: many, id, id2, time }, dropped) {
      let again = 0;
      for (let row = 0; row < many; row += 1) {
        const first = id[row] as number;
        if (dropped[row] === 1 || !mayBeTwice(first)) continue;
        if (isNew(first, id2[row] as number, time[row] as number)) continue;
        dropped[row] = 1;
        again += 1;
      }
      return again;
    },
    hasRetimed: () => retimed,
  };
}

/**
 * Nearly all events come once, which two bits for each of many places tell without a look at the others:
 * whether an id was met that belongs there, and whether there were more. `most`: so many may be twice.
 */
function twice(all: Events[]): { mayBeTwice: (id: number) => boolean; most: number } {
  const places = powerOfTwo(16 * all.reduce((sum, { rows }) => sum + rows, 0));
  const mask = places - 1;
  const met = new Uint8Array(places >>> 3);
  const more = new Uint8Array(places >>> 3);
  let most = 0;
  for (const { rows, id } of all)
    for (let row = 0; row < rows; row += 1) {
      const place = (id[row] as number) & mask;
      const bit = 1 << (place & 7);
      const byte = place >>> 3;
      const before = met[byte] as number;
      if ((before & bit) === 0) met[byte] = before | bit;
      else {
        more[byte] = (more[byte] as number) | bit;
        // With this one, the first of its place.
        most += 2;
      }
    }
  return {
    mayBeTwice: (id) => ((more[(id & mask) >>> 3] as number) & (1 << (id & 7))) !== 0,
    most,
  };
}

const powerOfTwo = (least: number) => 2 ** Math.ceil(Math.log2(Math.max(8, least)));
