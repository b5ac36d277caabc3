import { z } from 'zod';

const Text = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) });

/** A record of an example, as what differs from a sound call; `times` and `every` (seconds) make a series. */
const Given = z.strictObject({
  record: z.record(z.string(), z.json()),
  times: z.number().int().positive().default(1),
  every: z.number().int().positive().default(60),
});

const Example = z.strictObject({
  case: z.string(),
  /** The calls of the time asked about. */
  events: z.array(Given).default([]),
  /** The calls of the days before it. */
  before: z.array(Given).default([]),
  /** What could not be looked at. */
  unseen: z.array(z.enum(['before', 'data-events', 'insights', 'a part', 'anything'])).default([]),
  /** The organization's accounts; null: they could not be listed. */
  accounts: z.array(z.string()).nullable().default(null),
  status: z.enum(['found', 'clean', 'not-checkable']),
  /** How many calls are found. */
  count: z.number().int().nonnegative().default(0),
});

/** One file of `policies/detections/`; this schema is its whole grammar. */
export const DetectionRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: Text,
  why: Text,
  do: Text,
  /** The numbers that the detector asks for, by name. */
  threshold: z.record(z.string(), z.number().int().positive()).default({}),
  examples: z.array(Example).min(3),
});
export type DetectionRule = z.infer<typeof DetectionRule>;
