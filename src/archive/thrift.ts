/**
 * A value as Thrift's compact protocol writes it, which Parquet is described in: numbers of 32 and 64
 * bits, bytes, lists of one kind, and structs, whose fields come in the order of their numbers.
 */
export type Thrift =
  | { i32: number }
  | { i64: number }
  | { bytes: Uint8Array }
  | { list: Thrift[] }
  | { struct: Fields };

export type Fields = { [field: number]: Thrift };

/** What the protocol calls them. */
const KIND = { i32: 5, i64: 6, bytes: 8, list: 9, struct: 12 } as const;

export const text = (value: string): Thrift => ({ bytes: Buffer.from(value) });

/** The bytes of a struct. */
export function thrift(struct: Fields): Uint8Array {
  const out: number[] = [];
  writeStruct(out, struct);
  return Uint8Array.from(out);
}

function writeStruct(out: number[], struct: Fields): void {
  let before = 0;
  // Names of numbers are in their order, whatever order they were given in.
  for (const [name, value] of Object.entries(struct)) {
    const field = Number(name);
    out.push(((field - before) << 4) | kindOf(value));
    write(out, value);
    before = field;
  }
  out.push(0);
}

function write(out: number[], value: Thrift): void {
  if ('struct' in value) writeStruct(out, value.struct);
  else if ('bytes' in value) {
    writeVarint(out, value.bytes.length);
    for (const byte of value.bytes) out.push(byte);
  } else if ('list' in value) {
    const [first = { i32: 0 }] = value.list;
    const many = value.list.length;
    out.push((Math.min(many, 15) << 4) | kindOf(first));
    if (many >= 15) writeVarint(out, many);
    for (const one of value.list) write(out, one);
  } else writeVarint(out, 2 * ('i32' in value ? value.i32 : value.i64));
}

function kindOf(value: Thrift): number {
  if ('i32' in value) return KIND.i32;
  if ('i64' in value) return KIND.i64;
  if ('bytes' in value) return KIND.bytes;
  return 'list' in value ? KIND.list : KIND.struct;
}

/** Seven bits a byte, the lowest first: of a whole number that is not negative. */
export function writeVarint(out: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
  out.push(rest);
}
