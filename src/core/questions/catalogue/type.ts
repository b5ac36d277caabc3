import type { Verb } from '../plan.ts';

/**
 * A kind of thing that people ask about, and the events that say what was done to it.
 * Event names stand as CloudTrail writes them, without the API version suffix.
 */
export type ResourceType = {
  id: string;
  en: string;
  ko: string;
  /** What people call it, in any language; spaces and hyphens do not matter, plurals are found. */
  words: string[];
  /** Prefixes of its identifiers, such as `i` of `i-0abc`. */
  ids?: string[];
  /** How ARNs of it look after the account, such as `instance/`; with the service before it. */
  arn?: [service: string, resource: string][];
  sources: string[];
  events: { [verb in Verb]?: string };
  /** Events that change who may do what with it: its policies, its sharing, its memberships. */
  permission?: string;
  /** A part of a greater thing: creating it is not meant by "who created X" when X has no type. */
  part?: true;
  /** A service of AWS rather than a thing in it: its name may only say where to look. */
  service?: true;
};
