import type { JsonObject } from '../json.ts';

/**
 * One CloudTrail event, whichever source told of it, parsed once at the border.
 * Everything textual in it was chosen by callers and is hostile until rendered.
 */
export type CloudTrailEvent = {
  eventID: string;
  /** ISO 8601 UTC, seconds precision as CloudTrail gives it; null where an export lost it. */
  eventTime: string | null;
  eventSource: string;
  /** As recorded, API version suffix included (`CreateFunction20150331`). */
  eventName: string;
  /** `recipientAccountId`, else the caller's account; '' where the record names none. */
  account: string;
  region: string;
  /** 'ok', or the error code; a sign-in that failed without a code is 'Failure'. */
  outcome: string;
  errorMessage: string | null;
  readOnly: boolean | null;
  sourceIPAddress: string | null;
  userAgent: string | null;
  caller: Caller;
  /** Joins the copies of one call that two accounts received. */
  sharedEventID: string | null;
  /** The record as it was delivered. */
  record: JsonObject;
  /** Where we have it from, such as `LookupEvents 111122223333/us-east-1` or `logs/a.json.gz line 3`. */
  origin: string;
};

/** `userIdentity`, with only what we use, tolerant of what real records leave out. */
export type Caller = {
  type: string | null;
  arn: string | null;
  accountId: string | null;
  principalId: string | null;
  accessKeyId: string | null;
  userName: string | null;
  invokedBy: string | null;
  sessionIssuerArn: string | null;
  sourceIdentity: string | null;
  /** ISO 8601 UTC. */
  sessionCreatedAt: string | null;
  onBehalfOf: { userId: string; identityStoreArn: string } | null;
};
