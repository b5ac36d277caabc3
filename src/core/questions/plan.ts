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
]);

/**
 * The one plan that every question becomes: independent slots, each empty when the words do not speak
 * of it. It is echoed to the asker, searched, replayed, and validated by this schema.
 */
export const Plan = z.strictObject({
  /** 'search' lists events; 'count' groups and counts them; 'event' shows one by its id. */
  shape: z.enum(['search', 'count', 'event']),
  verbs: z.array(Verb),
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
  actor: z
    .strictObject({
      kind: z.enum(['name', 'email', 'arn', 'role', 'access-key', 'service', 'root', 'instance']),
      value: z.string(),
    })
    .nullable(),
  /** Half-open, ISO 8601 UTC; `assumed` when the words named no time. */
  time: z.strictObject({
    from: z.string(),
    to: z.string(),
    zone: z.string(),
    assumed: z.boolean(),
  }),
  accounts: z.union([z.literal('all'), z.array(z.string())]),
  regions: z.union([z.literal('all'), z.array(z.string())]),
  outcome: z.enum(['ok', 'denied', 'failed', 'any']),
  addresses: z.array(z.string()),
  via: z.array(z.enum(['console', 'cli', 'sdk', 'iac', 'service'])),
  readOnly: z.boolean().nullable(),
  content: Content.nullable(),
  groupBy: z.array(z.enum(['actor', 'account', 'region', 'event', 'address', 'day'])),
  order: z.enum(['newest', 'oldest', 'count']),
  limit: z.number().int().positive(),
});
export type Plan = z.infer<typeof Plan>;

/** What became of the words. `unclear` carries readings to choose from, each with its echo. */
export type Understanding =
  | { plan: Plan }
  | { unclear: { question: string; readings: { echo: string; plan: Plan }[] } }
  | { notUnderstood: string };

/** What the parser may know of the organization; everything else comes from the words. */
export type Vocabulary = {
  accounts: { id: string; name: string; ou: string; ouIds?: string[] }[];
  people: { name: string; email: string | null; slackId: string | null }[];
};
