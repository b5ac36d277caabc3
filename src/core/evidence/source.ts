import type { Plan } from '../questions/plan.ts';
import type { Spread } from './answer.ts';
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
  /** Addresses and ranges (CIDR) that a call came from; empty for no restriction. */
  addresses: string[];
  /** Ids that join the copies of one call in several accounts; empty for no restriction. */
  sharedEventIds: string[];
  readOnly: boolean | null;
  /** True where all of `eventNames` are names of calls that change something, whoever asks for them. */
  onlyWrites?: boolean;
  /**
   * True where few requests matter more than finding every event: a source that can follow only one
   * restriction may follow the most selective one, though it loses some.
   */
  sparing?: boolean;
};

/** No restriction but the time. */
export const ANY_EVENT: Omit<Search, 'from' | 'to'> = {
  accounts: 'all',
  regions: 'all',
  resources: [],
  eventNames: [],
  accessKeyIds: [],
  eventIds: [],
  actors: [],
  addresses: [],
  sharedEventIds: [],
  readOnly: null,
};

/**
 * One place where events are kept. `test/evidence-sources.ts` is the contract that all of them keep.
 */
export type EventSource = {
  /** 'LookupEvents' | 'archive' | 'log files' | 'CloudTrail Lake' as shown in `coverage.sources`. */
  name: string;
  /** The IAM actions that this source calls, granted in `policies/iam/read.json`. */
  needs: string[];
  find(search: Search, progress?: (done: number, of: number) => void): Promise<Found>;
  /**
   * The events that issued these temporary credentials (AssumeRole*, GetFederationToken,
   * GetSessionToken …), by access key, with their copies in other accounts. Many keys are asked at once,
   * so that a source can answer them in few calls.
   */
  issuing(sessions: Session[]): Promise<Map<string, Issuing>>;
  /** What `find` would look at and could not, without the events; only where that costs nothing. */
  survey?(search: Search): Promise<Searched>;
  /** How long `find` will take, for a source that others wait for: seconds, and requests. */
  estimate?(search: Search): Promise<{ seconds: number; requests: number }>;
  /**
   * Exact figures of everything that matches, where the source can compute them without handing every
   * event over; null where this plan needs the core's own comparison.
   */
  tally?(plan: Plan): Promise<Tally | null>;
};

/** Temporary credentials, and a call that was made with them. */
export type Session = { accessKeyId: string; usedBy: CloudTrailEvent };

/** Figures over all matching events: distinct by eventID in `total`, copies of a call once in `calls`. */
export type Tally = {
  total: number;
  calls: number;
  groups: { key: { [slot: string]: string }; count: number }[];
  spread: Spread | null;
};

/** What became of looking for what issued a key: the events, and where nobody could look. */
export type Issuing = { events: CloudTrailEvent[]; gaps: Gap[] };

export type Found = {
  events: CloudTrailEvent[];
  searched: Searched;
  /** Set where there were too many to hand over: the moment (ISO 8601 UTC) from which on none is missing. */
  completeFrom?: string;
};

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
  /**
   * Set where a source failed in a way that nobody foresaw: its gaps are told, whatever others saw, and
   * nobody can say any more that what was asked is recorded nowhere.
   */
  broken?: true;
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
