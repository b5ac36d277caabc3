import { z } from 'zod';

/** IAM lets one value stand for a list of one. */
const Several = z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat());
const Principals = z
  .union([z.literal('*'), z.record(z.string(), Several)])
  .transform((who) => (who === '*' ? { AWS: ['*'] } : who));
const Conditions = z.record(
  z.string(),
  z.record(
    z.string(),
    z
      .union([
        z.string(),
        z.boolean(),
        z.number(),
        z.array(z.union([z.string(), z.boolean(), z.number()])),
      ])
      .transform((one) => [one].flat().map(String)),
  ),
);

const Statement = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: Principals.optional(),
  NotPrincipal: Principals.optional(),
  Action: Several.optional(),
  NotAction: Several.optional(),
  Resource: Several.optional(),
  NotResource: Several.optional(),
  Condition: Conditions.optional(),
});
export type PolicyStatement = z.output<typeof Statement>;

/**
 * A policy document of IAM, of a bucket, a key or an organization, with every list a list (AWS's
 * reference of the JSON policy elements). What it means is asked of `policy-guards.ts`.
 */
export const PolicyDocument = z.object({
  Statement: z.union([Statement, z.array(Statement)]).transform((one) => [one].flat()),
});
export type PolicyDocument = z.output<typeof PolicyDocument>;
