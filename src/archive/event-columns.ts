import { NOTHING, type ParquetColumn } from './parquet-columns.ts';

import type { CallerRow, CallRow } from './row.ts';

/** What becomes a Parquet file: a row an event, with codes that count into `calls` and `callers`. */
export type EventColumns = {
  rows: number;
  /** Seconds since 1970; `UNDATED` where a record has none. */
  time: Uint32Array;
  call: Uint32Array;
  caller: Uint32Array;
  /** Of each row that may have copies its number, and the two halves of what joins them, the upper one first. */
  shared: number[];
  /** `id`: what the manifest knows the call by, the same in all files. */
  calls: (CallRow & { id: number })[];
  callers: CallerRow[];
};

/** What any tool may ask of the events of a segment. */
export function columnsOf(events: EventColumns): ParquetColumn[] {
  const { rows, calls, callers } = events;
  const call = events.call.subarray(0, rows);
  const caller = events.caller.subarray(0, rows);
  return [
    { name: 'time', type: 'uint32', numbers: events.time.subarray(0, rows) },
    { name: 'call', type: 'uint32', keys: call, ...coded(calls, ({ id }) => id) },
    { name: 'event', type: 'text', keys: call, ...coded(calls, ({ eventName }) => eventName) },
    { name: 'source', type: 'text', keys: call, ...coded(calls, ({ eventSource }) => eventSource) },
    { name: 'account', type: 'text', keys: call, ...coded(calls, ({ account }) => account) },
    { name: 'region', type: 'text', keys: call, ...coded(calls, ({ region }) => region) },
    { name: 'outcome', type: 'text', keys: call, ...coded(calls, ({ outcome }) => outcome) },
    { name: 'category', type: 'text', keys: call, ...coded(calls, ({ category }) => category) },
    { name: 'actor', type: 'text', keys: caller, ...coded(callers, ({ actor }) => actor) },
    { name: 'via', type: 'text', keys: caller, ...coded(callers, ({ via }) => via) },
    { name: 'address', type: 'text', keys: caller, ...coded(callers, ({ address }) => address) },
    { name: 'knows', type: 'uint8', keys: caller, ...coded(callers, ({ knows }) => knows) },
    { name: 'shared', type: 'uint64', ...sharedOf(events) },
  ];
}

/** The values that occur, each once, and which of them each key has. */
function coded<Key, Value>(keys: Key[], valueIn: (key: Key) => Value) {
  const values: NonNullable<Value>[] = [];
  const numbers = new Map<Value, number>();
  const codes = Uint32Array.from(keys, (key) => {
    const value = valueIn(key);
    if (value === null || value === undefined) return NOTHING;
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, values.length);
    return values.push(value) - 1;
  });
  return { codes, values };
}

function sharedOf({ shared }: EventColumns) {
  const many = shared.length / 3;
  const places = new Uint32Array(many);
  const bytes = Buffer.alloc(8 * many);
  for (let one = 0; one < many; one += 1) {
    places[one] = shared[3 * one] as number;
    bytes.writeUInt32LE(shared[3 * one + 2] as number, 8 * one);
    bytes.writeUInt32LE(shared[3 * one + 1] as number, 8 * one + 4);
  }
  return { places, bytes };
}
