import type { Reading } from '../reading.ts';
import type { TrailNow } from './recording-as-of.ts';

/** The trails that accounts have at a moment, read live. `readAt` is ISO 8601 UTC. */
export type TrailsSeen = {
  readAt: string;
  managementAccount: string | null;
  /** The accounts that were asked, closed ones too: of those, both readings say why nobody asked. */
  accounts: AccountSeen[];
  trails: TrailNow[];
  /** Trails that somebody sees and of which something could not be read, with the reason. */
  unread: { arn: string; reason: string }[];
  /** Set where the accounts of the organization could not be listed: there may be more. */
  unlisted?: string;
};

/** `trails` are ARNs; an empty list is an account that no trail reaches. */
export type AccountSeen = {
  id: string;
  name: string;
  regions: Reading<string[]>;
  trails: Reading<string[]>;
};
