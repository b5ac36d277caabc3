/** Each value once, in the order in which they were first said. */
export function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}
