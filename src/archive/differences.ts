import { writeVarint } from './thrift.ts';

/** Differences come in blocks of four parts, and each part has its own width. */
const PART = 32;
const BLOCK = 4 * PART;

/**
 * What each number is more than the one before it, less the least step of its block (Parquet's
 * `DELTA_BINARY_PACKED`, https://parquet.apache.org/docs/file-format/data-pages/encodings/). Steps take
 * whole bytes: what repeats itself is then seen as such by what compresses the page.
 */
export function differences(numbers: Uint32Array): Uint8Array {
  const head: number[] = [];
  for (const one of [BLOCK, BLOCK / PART, numbers.length, zigzag((numbers[0] ?? 0) | 0)])
    writeVarint(head, one);
  const blocks = Math.ceil(numbers.length / BLOCK);
  const bytes = new Uint8Array(head.length + blocks * (5 + BLOCK / PART + 4 * BLOCK));
  bytes.set(head);
  let at = head.length;
  const steps = new Int32Array(BLOCK);
  for (let from = 1; from < numbers.length; from += BLOCK) {
    const many = Math.min(BLOCK, numbers.length - from);
    let least = 0x7fffffff;
    for (let step = 0; step < many; step += 1) {
      const more = (numbers[from + step] as number) - (numbers[from + step - 1] as number);
      steps[step] = more;
      least = Math.min(least, steps[step] as number);
    }
    // The last part is written as a whole.
    steps.fill(least, many);
    const told: number[] = [];
    writeVarint(told, zigzag(least));
    bytes.set(told, at);
    const widths = at + told.length;
    at = widths + BLOCK / PART;
    for (let first = 0; first < many; first += PART) {
      const width = bytesFor(steps, first, least);
      bytes[widths + first / PART] = 8 * width;
      for (let step = first; step < first + PART; step += 1)
        for (let byte = 0; byte < width; byte += 1) {
          bytes[at] = ((steps[step] as number) - least) >>> (8 * byte);
          at += 1;
        }
    }
  }
  return bytes.subarray(0, at);
}

function bytesFor(steps: Int32Array, first: number, least: number): 0 | 1 | 2 | 4 {
  let bits = 0;
  for (let step = first; step < first + PART; step += 1) bits |= (steps[step] as number) - least;
  if (bits === 0) return 0;
  if (bits >>> 8 === 0) return 1;
  return bits >>> 16 === 0 ? 2 : 4;
}

/** Numbers of either sign as such of none: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
const zigzag = (number: number) => ((number << 1) ^ (number >> 31)) >>> 0;
