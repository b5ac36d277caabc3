/** Where the next region begins. What was given out is never taken back: a scanner that grew is replaced. */
let top: usize = (__heap_base + 15) & ~15;

/** Bytes of memory that nobody else uses, zeros at first, in the same place for good. */
export function region(size: usize): usize {
  const at = top;
  top = (at + size + 15) & ~15;
  const pages = <i32>((top + 0xffff) >>> 16);
  const more = pages - memory.size();
  if (more > 0 && memory.grow(more) < 0) unreachable();
  return at;
}

/** Bytes that were given out so far. */
export function used(): usize {
  return top;
}

/** Where these words, of ASCII letters, stand from now on. */
export function written(words: string): usize {
  const at = region(<usize>words.length + 8);
  for (let index = 0; index < words.length; index += 1)
    store<u8>(at + <usize>index, <u8>words.charCodeAt(index));
  return at;
}

/** Are the bytes at two places the same? Seven more can be read behind both. */
export function isSame(one: usize, other: usize, length: usize): bool {
  let at: usize = 0;
  for (; at + 16 <= length; at += 16)
    if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false;
  if (at + 8 <= length) {
    if (load<u64>(one + at) !== load<u64>(other + at)) return false;
    at += 8;
  }
  if (at === length) return true;
  const rest = load<u64>(one + at) ^ load<u64>(other + at);
  return rest << (64 - ((length - at) << 3)) === 0;
}
