import type { Plan } from '../questions/plan.ts';
import type { Language } from '../reader.ts';
import type { Gap } from './source.ts';
import type { Via } from './via.ts';

export type Verdict =
  | 'found'
  | 'none'
  | 'none-visible'
  | 'unknowable'
  | 'unclear'
  | 'not-understood';

export type ProofGrade =
  | 'direct'
  | 'proven-chain'
  | 'declared'
  | 'session-name-only'
  | 'service'
  | 'unresolved';

export type AnswerEvent = {
  eventID: string;
  eventTime: string | null;
  eventSource: string;
  eventName: string;
  account: string;
  region: string;
  outcome: string;
  sourceIPAddress: string | null;
  actor: { arn: string | null; name: string; type: string | null };
  person: {
    name: string;
    proof: ProofGrade;
    /** How we know, hop by hop. */
    chain?: string[];
    /** The same for Korean readers. */
    chainKo?: string[];
  };
  resources: string[];
  via: Via;
  /** What the call said, as the record has it: `{ name: 'policyArn', value: 'arn:aws:iam::aws:…' }`. */
  details: { name: string; value: string }[];
  /** The other accounts that the call let in; `all` for everybody. */
  sharedWith?: string[];
  errorMessage?: string;
  /** Where the record was read, such as `LookupEvents 111122223333/us-east-1`. */
  origin: string;
  /** The other account's record of a call that stands among `events` already: the eventID of that one. */
  copyOf?: string;
  /** Set where the bot itself made the call. */
  own?: true;
};

/**
 * What all matching events have in common, also those that `events` leaves out. A call that two accounts
 * recorded counts once in `actors`, `eventNames` and `failed`.
 */
export type Spread = {
  first: string | null;
  last: string | null;
  accounts: string[];
  regions: string[];
  actors: { name: string; count: number }[];
  eventNames: { name: string; count: number }[];
  /** Matching events whose call was refused or failed. */
  failed: number;
};

export type AnswerCoverage = {
  from: string;
  to: string;
  accounts: { searched: number; of: number };
  regions: { searched: number; of: number };
  categories: string[];
  sources: string[];
  gaps: Gap[];
  /** How many events there were to search, where they were only those that somebody gave us in files. */
  held?: number;
};

/**
 * The document of `ask --json`, schemaVersion 1.
 *
 * `total` is the number of distinct matching events, by eventID. A call into another account leaves two
 * of them, joined by `sharedEventID`: `calls` is how often something was done, with such copies counted
 * once. `groups`, `spread` and the text count calls; `events` holds every record, a copy with `copyOf`.
 */
export type Answer = {
  schemaVersion: 1;
  id: string;
  question: string;
  lang: Language;
  verdict: Verdict;
  understood: { echo: string; plan: Plan | null };
  total: number;
  /** Given where it is less than `total`. */
  calls?: number;
  events: AnswerEvent[];
  groups: { key: { [slot: string]: string }; count: number }[];
  coverage: AnswerCoverage;
  text: string;
  /** Null where nothing was found. */
  spread: Spread | null;
  /** Of these calls, those that the bot's own calls left; absent where there are none. */
  own?: { count: number; spread: Spread };
  /** For `unclear`: what was meant, to choose from. */
  readings?: { echo: string; plan: Plan }[];
  /** For `unclear`, `not-understood` and `unknowable`: why, in the asker's language. */
  reason?: string;
  /** Until when the sources are sure to have everything; null where they cannot say. */
  settledUntil?: string | null;
  /** True when the events come from a simulated organization. */
  simulated?: boolean;
};
