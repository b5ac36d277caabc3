import type { CloudTrailEvent } from './event.ts';

/**
 * What to look for, said without naming who will look. A source may return more than was asked for:
 * the core compares exactly. It may never silently return less: what it could not search is a gap.
 */
export type Search = {
  /** Half-open, ISO 8601 UTC. */
  from: string;
  to: string;
  accounts: string[] | 'all';
  regions: string[] | 'all';
  /** Exact identifiers, any of which an event must carry; empty for no restriction. */
  resources: string[];
  /** Event names without API version suffix, any of which may match; empty for no restriction. */
  eventNames: string[];
  accessKeyIds: string[];
  eventIds: string[];
  /** Names or ARNs of the caller. */
  actors: string[];
  readOnly: boolean | null;
};

export type EventSource = {
  /** 'LookupEvents' | 'log files' | … as shown in `coverage.sources`. */
  name: string;
  /** The IAM actions that this source calls, granted in `policies/iam/read.json`. */
  needs: string[];
  find(search: Search, progress?: (done: number, of: number) => void): Promise<Found>;
  /** The event that issued these temporary credentials (AssumeRole*, GetFederationToken, GetSessionToken), with copies in other accounts. */
  issuing(accessKeyId: string, usedBy: CloudTrailEvent): Promise<Issuing>;
};

/** What became of looking for what issued a key: the events, and where nobody could look. */
export type Issuing = { events: CloudTrailEvent[]; gaps: Gap[] };

export type Found = { events: CloudTrailEvent[]; searched: Searched };

/** What a source looked at, and what it could not. Becomes `coverage` of the answer. */
export type Searched = {
  from: string;
  to: string;
  accounts: { searched: string[]; of: string[] };
  regions: { searched: string[]; of: string[] };
  categories: ('management' | 'data' | 'insight' | 'network')[];
  gaps: Gap[];
  /** Events this recent may still be on their way (CloudTrail delivers within minutes, not at once). */
  settledUntil: string | null;
  /**
   * Set by a source that holds only what somebody gave it, such as log files: all that it holds. Nobody
   * knows what it should hold, so it can never say that something did not happen.
   */
  held?: Held;
};

/** `first` and `last` are ISO 8601 UTC; null where no event carries a time. */
export type Held = { events: number; accounts: number; first: string | null; last: string | null };

/** A place that was asked for and could not be searched; '' for account or region when it is not about one. */
export type Gap = {
  account: string;
  region: string;
  reason: string;
  /** The same for Korean readers, where the reason is in our own words. */
  ko?: string;
};
