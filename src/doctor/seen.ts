import { reasonOf } from '../core/reason.ts';

/** The value, or why there is none: a doctor goes on after a bad finding. */
export async function seen<T>(
  what: string,
  look: () => Promise<T>,
): Promise<{ value: T } | { reason: string }> {
  try {
    return { value: await look() };
  } catch (error) {
    return { reason: `${what}: ${reasonOf(error)}` };
  }
}
