import { z } from 'zod';

export const VERBS = [
  'delete',
  'stop',
  'start',
  'reboot',
  'create',
  'change',
  'attach',
  'detach',
  'open',
  'close',
  'share',
  'read',
  'sign-in',
  'assume',
  'use',
] as const;
export const Verb = z.enum(VERBS);
export type Verb = z.infer<typeof Verb>;

/** What an event must hold in its content, beyond its name. */
const Content = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('port-open'),
    port: z.number().int().nullable(),
    cidr: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('port-close'),
    port: z.number().int().nullable(),
    cidr: z.string().nullable(),
  }),
  /** What the request says of one thing: `enableLogFileValidation` is `false`; null: whatever it says. */
  z.strictObject({
    kind: z.literal('parameter'),
    name: z.string().min(1),
    value: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('public') }),
  z.strictObject({ kind: z.literal('shared-external') }),
  z.strictObject({ kind: z.literal('no-mfa') }),
  /** Gives somebody every right: an administrator's policy attached, or a document that allows `*`. */
  z.strictObject({ kind: z.literal('admin-grant') }),
  /** A database deleted with `skipFinalSnapshot`. */
  z.strictObject({ kind: z.literal('no-final-snapshot') }),
  /** Somebody of one account took on a role of another. */
  z.strictObject({ kind: z.literal('cross-account') }),
]);

export const ACTOR_KINDS = [
  'name',
  'email',
  'arn',
  'role',
  'access-key',
  'service',
  'root',
  'instance',
] as const;
export const Actor = z.strictObject({
  kind: z.enum(ACTOR_KINDS),
  value: z.string(),
});
export type Actor = z.infer<typeof Actor>;

const VIAS = ['console', 'cli', 'sdk', 'iac', 'service'] as const;

/** What is left out of what the other slots say: “outside Seoul”, “except root”, “not by Terraform”. */
const Except = z.strictObject({
  actors: z.array(Actor).default([]),
  accounts: z.array(z.string()).default([]),
  regions: z.array(z.string()).default([]),
  via: z.array(z.enum(VIAS)).default([]),
  eventNames: z.array(z.string()).default([]),
  eventSources: z.array(z.string()).default([]),
  resources: z.array(z.string()).default([]),
  addresses: z.array(z.string()).default([]),
});

/** What AWS Config is asked of resources: how they are now, not what happened to them. */
const State = z.strictObject({
  property: z.enum([
    'public',
    'open-to-world',
    'unencrypted',
    'noncompliant',
    'versioning',
    'configuration',
  ]),
  /** A Config rule by name, where one was named. */
  rule: z.string().nullable().default(null),
});

/**
 * The one plan that every question becomes: independent slots, each empty when the words do not speak
 * of it. It is echoed to the asker, searched, replayed, and validated by this schema.
 */
export const Plan = z.strictObject({
  /**
   * 'search' lists events; 'count' groups and counts them; 'event' shows one by its id. 'state' asks
   * Config how resources are; 'cause' which change made a resource break a rule, and who made it;
   * 'detect' runs the named detectors; 'coverage' is about what is recorded and what the bot can see.
   */
  shape: z.enum(['search', 'count', 'event', 'state', 'cause', 'detect', 'coverage']),
  /** What the asker wants to hear first of the same events; it never changes which events match. */
  asks: z.enum(['who', 'what', 'when', 'where', 'why', 'how', 'whether']).default('who'),
  verbs: z.array(Verb),
  /** The named set of events that was meant, such as `permission` or `logging`; its names stand in `eventNames`. */
  set: z.string().nullable().default(null),
  /** Event names as CloudTrail writes them, without API version suffix; empty: any name. */
  eventNames: z.array(z.string()),
  /** Event sources such as `ec2.amazonaws.com`; empty: any. */
  eventSources: z.array(z.string()),
  resourceType: z.string().nullable(),
  /**
   * Exact identifiers (id, ARN or name) of which an event must carry one. With shape 'event': the event
   * ids. An access key or a session's ARN also counts where it made the call.
   */
  resources: z.array(z.string()),
  /** Identifiers of which an event must carry every one, beside one of `resources`: “X to Y”. */
  alsoResources: z.array(z.string()).default([]),
  actor: Actor.nullable(),
  /** Others beside `actor`, of whom any may have acted: “alice or bob”. */
  alsoActors: z.array(Actor).default([]),
  /** Half-open, ISO 8601 UTC; `assumed` when the words named no time. */
  time: z.strictObject({
    from: z.string(),
    to: z.string(),
    zone: z.string(),
    assumed: z.boolean(),
  }),
  accounts: z.union([z.literal('all'), z.array(z.string())]),
  regions: z.union([z.literal('all'), z.array(z.string())]),
  outcome: z.enum(['ok', 'denied', 'throttled', 'failed', 'any']),
  addresses: z.array(z.string()),
  via: z.array(z.enum(VIAS)),
  readOnly: z.boolean().nullable(),
  content: Content.nullable(),
  except: Except.prefault({}),
  /** With 'state' and 'cause'. */
  state: State.nullable().default(null),
  /**
   * With 'coverage': is every account recorded, how far back can be searched, are data events recorded
   * (of `resources`), which accounts cannot be seen, what was searched for the last answer.
   */
  about: z
    .enum(['trails', 'history', 'data-events', 'accounts', 'last-search'])
    .nullable()
    .default(null),
  groupBy: z.array(
    z.enum([
      'actor',
      'account',
      'region',
      'event',
      'source',
      'address',
      'day',
      'hour',
      'resource',
      'error',
      'via',
    ]),
  ),
  /** Groups that count fewer are left out: “more than 5 times” is at least 6. */
  atLeast: z.number().int().positive().nullable().default(null),
  /** What a count counts: calls, or the bytes that S3 says it sent out (`bytesTransferredOut`). */
  measure: z.enum(['calls', 'bytes']).default('calls'),
  order: z.enum(['newest', 'oldest', 'count']),
  limit: z.number().int().positive(),
});
export type Plan = z.infer<typeof Plan>;

/** Nothing is left out. */
export const nothingExcepted = (): Plan['except'] => Except.parse({});

/** Words that were read as others, as they were typed and as they were meant; null: left aside, since they restrict nothing. */
export type Slip = { typed: string; meant: string | null };

/** What became of the words. `unclear` carries readings to choose from, each with its echo. */
export type Understanding =
  /** `assumed`: words that were typed wrongly, and what they were read as. */
  | { plan: Plan; assumed?: Slip[] }
  | { unclear: { question: string; readings: { echo: string; plan: Plan }[] } }
  | { notUnderstood: string };

/** What the parser may know of the organization; everything else comes from the words. */
export type Vocabulary = {
  accounts: { id: string; name: string; ou: string; ouIds?: string[] }[];
  people: { name: string; email: string | null; slackId: string | null }[];
  /** The regions that the organization's rules allow; absent where nobody said. */
  allowedRegions?: string[];
};
