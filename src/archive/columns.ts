import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** A column of a segment on disk: how it was made small, and where it lies. */
export type Stored = { at: number; bytes: number; rows: number; width: 1 | 2 | 4; delta: boolean };

/**
 * Whole numbers as few bytes: differences where neighbours are alike, in the narrowest width that holds
 * them all, the bytes of equal weight side by side, deflated. In numbers that are as good as drawn by lot
 * (`isRandom`) nothing is looked for that came before.
 */
export function packed(
  column: Uint32Array,
  delta: boolean,
  isRandom: boolean,
): { bytes: Uint8Array; width: Stored['width'] } {
  const numbers = delta ? differences(column) : column;
  let most = 0;
  for (let row = 0; row < numbers.length; row += 1) most = Math.max(most, numbers[row] as number);
  const width = most < 256 ? 1 : most < 65_536 ? 2 : 4;
  const planes = new Uint8Array(numbers.length * width);
  for (let plane = 0; plane < width; plane += 1)
    for (let row = 0; row < numbers.length; row += 1)
      planes[plane * numbers.length + row] = (numbers[row] as number) >>> (8 * plane);
  const strategy = isRandom ? constants.Z_HUFFMAN_ONLY : constants.Z_DEFAULT_STRATEGY;
  return { bytes: deflateRawSync(planes, { level: 1, strategy }), width };
}

export function unpacked(bytes: Uint8Array, { rows, width, delta }: Stored): Uint32Array {
  const planes = inflateRawSync(bytes);
  const numbers = new Uint32Array(rows);
  if (width === 1) for (let row = 0; row < rows; row += 1) numbers[row] = planes[row] as number;
  else if (width === 2)
    for (let row = 0; row < rows; row += 1)
      numbers[row] = (planes[row] as number) | ((planes[rows + row] as number) << 8);
  else
    for (let row = 0; row < rows; row += 1)
      numbers[row] =
        (planes[row] as number) |
        ((planes[rows + row] as number) << 8) |
        ((planes[2 * rows + row] as number) << 16) |
        ((planes[3 * rows + row] as number) << 24);
  if (delta) {
    let before = 0;
    for (let row = 0; row < rows; row += 1) {
      const zigzag = numbers[row] as number;
      before = (before + ((zigzag >>> 1) ^ -(zigzag & 1))) | 0;
      numbers[row] = before;
    }
  }
  return numbers;
}

/** What each number is more than the one before it, signs folded in: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
function differences(column: Uint32Array): Uint32Array {
  const zigzag = new Uint32Array(column.length);
  let before = 0;
  for (let row = 0; row < column.length; row += 1) {
    const step = ((column[row] as number) - before) | 0;
    zigzag[row] = (step << 1) ^ (step >> 31);
    before = (column[row] as number) | 0;
  }
  return zigzag;
}
