import type { Json } from '../json.ts';
import { wasSeen } from '../reading.ts';
import type { Witnessed } from './facts.ts';
import type { Proof } from './finding.ts';

/** What a finding shows of one reading: where and when, and the fields that matter, or why there are none. */
export function proof<T>(
  reading: Witnessed<T>,
  fields: (seen: T) => { [field: string]: Json },
): Proof {
  return {
    ...reading.by,
    fields: wasSeen(reading) ? fields(reading.seen) : { error: reading.unseen.reason },
  };
}
