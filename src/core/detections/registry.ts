import { BULK_DELETION, EXPOSURE_OR_SHARING, LONG_LIVED_KEY_CREATED } from './changes.ts';
import type { Detector } from './detector.ts';
import { LOGGING_TAMPERED } from './logging-tampered.ts';
import { PRIVILEGE_ESCALATION } from './privilege-escalation.ts';
import { FAILED_SIGN_IN_BURST, ROOT_USE, SIGN_IN_WITHOUT_MFA } from './sign-ins.ts';
import {
  AWS_INSIGHTS,
  DENIED_BURST,
  FIRST_SEEN_CALL,
  NEW_ADDRESS_FOR_KEY,
  NEW_REGION,
} from './unusual.ts';

/** Every detector there is, the gravest first: so they are told. */
export const DETECTORS: Detector[] = [
  LOGGING_TAMPERED,
  ROOT_USE,
  PRIVILEGE_ESCALATION,
  EXPOSURE_OR_SHARING,
  BULK_DELETION,
  SIGN_IN_WITHOUT_MFA,
  FAILED_SIGN_IN_BURST,
  LONG_LIVED_KEY_CREATED,
  NEW_ADDRESS_FOR_KEY,
  DENIED_BURST,
  NEW_REGION,
  FIRST_SEEN_CALL,
  AWS_INSIGHTS,
];

/** Which detectors answer for a named set of events. */
const OF_SET: { [set: string]: string[] } = {
  logging: ['logging-tampered'],
  'sign-in': ['root-use', 'sign-in-without-mfa', 'failed-sign-in-burst'],
  'privilege-escalation': ['privilege-escalation'],
  permission: ['privilege-escalation'],
  exposure: ['exposure-or-sharing'],
  sharing: ['exposure-or-sharing'],
  credentials: ['long-lived-key-created', 'new-address-for-key'],
  destruction: ['bulk-deletion'],
};

/** The detectors that a plan's `set` means: one by its id, those of a set of events, or all for null; none: unknown. */
export function detectorsFor(set: string | null): Detector[] {
  if (set === null) return DETECTORS;
  const wanted = OF_SET[set] ?? [set];
  return DETECTORS.filter(({ id }) => wanted.includes(id));
}
