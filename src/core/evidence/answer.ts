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
  /** Set where the catalogue knows no such event of that service: found and shown, of no class of verb. */
  unclassified?: true;
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
 * What somebody did, where nothing in particular was asked of them: successful calls by name
 * (`ec2:RunInstances`), most first. Accounts, regions, and first and last use stand in `spread`.
 */
export type AccessReview = {
  writes: { name: string; count: number }[];
  reads: { name: string; count: number }[];
  /** ARNs of the roles whose sessions were opened. */
  rolesAssumed: string[];
  denied: { name: string; count: number }[];
  otherFailures: number;
};

/** One of several whom a bare name fits; `account` is '' where a person is the same in all of them. */
export type Namesake = {
  kind: 'iam-user' | 'identity-center' | 'saml' | 'role' | 'session' | 'other';
  name: string;
  account: string;
  calls: number;
};

/**
 * Calls in roles' sessions that were issued to the one who was asked for by a bare name. They are not
 * among `events` and `total`: a name may be several people's.
 */
export type ThroughRoles = {
  calls: number;
  roles: string[];
  eventNames: string[];
  first: string | null;
  last: string | null;
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
  /** What the actor did in sessions of roles, where it is not counted; absent where there is nothing. */
  throughRoles?: ThroughRoles;
  /** For a question about somebody that asks for nothing in particular. */
  review?: AccessReview;
  /** All whom the bare name fits; absent where it is one. */
  namesakes?: Namesake[];
  /** What Config kept of the changed resources, before and after: by eventID of `events`. */
  changes?: ConfigChange[];
  /** With shape 'state': what Config says of each resource, worst first. */
  states?: ConfigState[];
  /** With shape 'detect': every detector by its name, also those that found nothing or could not look. */
  detections?: Detection[];
  /** With `asks: 'why'`: what set the found calls off, step by step, nearest first. */
  causes?: Cause[];
  /** What was searched beside the names that were asked for, and not found: event names. */
  alsoLookedFor?: string[];
  /** The hash of the plan: the same plan has the same, so that an answer can be asked for again. */
  planHash?: string;
  /** For `unclear`: what was meant, to choose from. */
  readings?: { echo: string; plan: Plan }[];
  /** For `unclear`, `not-understood` and `unknowable`: why, in the asker's language. */
  reason?: string;
  /** Until when the sources are sure to have everything; null where they cannot say. */
  settledUntil?: string | null;
  /** True when the events come from a simulated organization. */
  simulated?: boolean;
};

/** One member of a resource's configuration that is not as it was; values as JSON text, null: absent. */
export type ChangedMember = { path: string; before: string | null; after: string | null };

/** Two configuration items of one resource, the last before the call and the first after it. */
export type ConfigChange = {
  eventID: string;
  resourceType: string;
  resource: string;
  account: string;
  region: string;
  /** `configurationItemCaptureTime`s; null where Config has none on that side. */
  before: string | null;
  after: string | null;
  /** True where Config recorded that the resource is gone. */
  deleted: boolean;
  members: ChangedMember[];
  /** What could not be learnt of Config, in the reader's language. */
  unseen?: string;
};

/** What Config's aggregator says of one resource. `at` is when Config saw it so. */
export type ConfigState = {
  resourceType: string;
  resource: string;
  account: string;
  region: string;
  /** What was asked, in the words of Config: `NON_COMPLIANT s3-bucket-public-read-prohibited`. */
  says: string;
  /** The same for Korean readers, where the words are ours. */
  saysKo?: string;
  wrong: boolean;
  /** Config's item could not be read as to this: neither wrong nor right, and a gap of the answer. */
  unread?: true;
  at: string | null;
};

/** One named detector over the time asked about (`policies/detections/<id>.yml`). */
export type Detection = {
  id: string;
  title: { en: string; ko: string };
  status: 'found' | 'clean' | 'not-checkable';
  /** For 'not-checkable' why; for 'found' what, in one sentence. */
  reason: { en: string; ko: string };
  /** Distinct calls. */
  count: number;
  /** The first of them, newest first. */
  events: AnswerEvent[];
};

/** One step from a call back to what set it off: a service's, a stack's, an alarm's, a person's. */
export type Cause = {
  en: string;
  ko: string;
  /** The event that proves the step; null where it is inferred from the record itself. */
  eventID: string | null;
  proven: boolean;
};
