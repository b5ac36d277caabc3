import { z } from 'zod';
import { AccountId } from './scenario-words.ts';

/** What a scenario says of those who watch: log groups with their filters, alarms, topics. */

export const LogGroup = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  /** Without it, kept for ever. */
  retentionDays: z.number().int().positive().optional(),
  kmsKey: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
  filters: z
    .array(
      z.strictObject({
        name: z.string(),
        pattern: z.string(),
        metric: z.string(),
        namespace: z.string(),
      }),
    )
    .default([]),
});
export type LogGroupSetup = z.output<typeof LogGroup>;

export const Alarm = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  metric: z.string(),
  namespace: z.string(),
  /** ARNs of what it does when it goes off. */
  actions: z.array(z.string()).default([]),
  /** `ActionsEnabled`. */
  enabled: z.boolean().default(true),
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).default('OK'),
});
export type AlarmSetup = z.output<typeof Alarm>;

export const Topic = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  /** Who may publish to it; without one, nobody but its owner. */
  policy: z.record(z.string(), z.unknown()).optional(),
  subscriptions: z
    .array(
      z.strictObject({
        protocol: z.string(),
        endpoint: z.string(),
        /** False: nobody has answered the message that asks. */
        confirmed: z.boolean().default(true),
      }),
    )
    .default([]),
});
export type TopicSetup = z.output<typeof Topic>;
