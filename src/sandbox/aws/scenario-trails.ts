import { z } from 'zod';
import { AccountId, When } from './scenario-words.ts';

/** What a scenario says of CloudTrail: trails with what they record and how it arrives, and stores of Lake. */

const Selectors = z.union([
  z.strictObject({ basic: z.array(z.record(z.string(), z.unknown())) }),
  z.strictObject({ advanced: z.array(z.record(z.string(), z.unknown())) }),
]);

/**
 * What a sink of a trail answers: an error, since which nothing arrived for two days, or an error (they
 * stick at AWS) with the moment of the last success; null: nothing ever arrived.
 */
const SinkTrouble = z.union([
  z.string(),
  z.strictObject({ error: z.string().optional(), lastSuccess: When.nullable() }),
]);
export type SinkTrouble = z.output<typeof SinkTrouble>;

/** Troubles by sink; a text is an error of log files and digests alike. */
const DeliveryErrors = z
  .union([
    z.string(),
    z.strictObject({
      s3: SinkTrouble.optional(),
      digest: SinkTrouble.optional(),
      cloudWatchLogs: SinkTrouble.optional(),
      sns: SinkTrouble.optional(),
    }),
  ])
  .transform((said) => (typeof said === 'string' ? { s3: said, digest: said } : said));

/** An Insights type; without categories, as it was before there were any: of management events. */
const Insight = z
  .union([
    z.string(),
    z.strictObject({
      type: z.string(),
      categories: z.array(z.enum(['Management', 'Data'])).optional(),
    }),
  ])
  .transform((said) => (typeof said === 'string' ? { type: said } : said));

export const Trail = z.strictObject({
  name: z.string(),
  account: AccountId,
  homeRegion: z.string(),
  multiRegion: z.boolean().default(true),
  organization: z.boolean().default(false),
  logFileValidation: z.boolean().default(true),
  globalServiceEvents: z.boolean().default(true),
  logging: z.boolean().default(true),
  bucket: z.string(),
  prefix: z.string().optional(),
  kmsKey: z.string().optional(),
  /** As CloudTrail spells them; without it: all management events, read and write. */
  selectors: Selectors.optional(),
  insights: z.array(Insight).default([]),
  /** ARN of the log group that it delivers to, and of the role with which it does. */
  logGroup: z.string().optional(),
  logRole: z.string().optional(),
  /** ARN of the topic that is told of log files. */
  snsTopic: z.string().optional(),
  createdAt: When.default('-900d 09:00'),
  stoppedAt: When.optional(),
  /** When log file validation was switched off: the last digest is of that hour. */
  validationStoppedAt: When.optional(),
  /** By region (`*` for every region): what the sinks answer there. */
  deliveryErrors: z.record(z.string(), DeliveryErrors).default({}),
  tags: z.record(z.string(), z.string()).default({}),
});
export type TrailSetup = z.output<typeof Trail>;

/** A store of CloudTrail Lake. */
export const EventDataStore = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  id: z.string(),
  status: z
    .enum([
      'CREATED',
      'ENABLED',
      'PENDING_DELETION',
      'STARTING_INGESTION',
      'STOPPING_INGESTION',
      'STOPPED_INGESTION',
    ])
    .default('ENABLED'),
  organization: z.boolean().default(false),
  multiRegion: z.boolean().default(true),
  terminationProtection: z.boolean().default(true),
  retentionDays: z.number().int().positive().default(366),
  kmsKey: z.string().optional(),
  createdAt: When.default('-700d 09:00'),
  selectors: z
    .array(z.record(z.string(), z.unknown()))
    .default([{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }]),
});
export type EventDataStoreSetup = z.output<typeof EventDataStore>;
