import { z } from 'zod';
import { AccountId } from './scenario-words.ts';

/** What a scenario says of users and roles as IAM itself shows them, and of who may reach a network. */

const Documents = z.record(z.string(), z.record(z.string(), z.unknown())).default({});

export const IamRole = z.strictObject({
  name: z.string().regex(/^[\w+=,.@-]{1,64}$/),
  account: AccountId,
  path: z.string().default('/'),
  trust: z.record(z.string(), z.unknown()),
  /** Inline policies by their names. */
  inline: Documents,
  /** The ARN of the managed policy that bounds it. */
  boundary: z.string().optional(),
});
export type IamRoleSetup = z.output<typeof IamRole>;

/** A managed policy that accounts have under this name; what it says is not simulated. */
export const IamPolicy = z.strictObject({
  name: z.string().regex(/^[\w+=,.@-]{1,128}$/),
  accounts: z.union([z.literal('all'), z.array(AccountId)]).default('all'),
});

export const IamUser = z.strictObject({
  name: z.string().regex(/^[\w+=,.@-]{1,64}$/),
  account: AccountId,
  path: z.string().default('/'),
  inline: Documents,
  keys: z
    .array(
      z.strictObject({ id: z.string(), status: z.enum(['Active', 'Inactive']).default('Active') }),
    )
    .default([]),
});
export type IamUserSetup = z.output<typeof IamUser>;

export const SecurityGroup = z.strictObject({
  id: z.string().regex(/^sg-[0-9a-f]{8,17}$/, 'the id of a security group'),
  account: AccountId,
  region: z.string(),
  name: z.string(),
  vpc: z.string().default('vpc-0d1e2f3a4b5c60718'),
  rules: z
    .array(
      z.strictObject({
        id: z.string().regex(/^sgr-[0-9a-f]{8,17}$/, 'the id of a rule of a security group'),
        egress: z.boolean().default(false),
        protocol: z.string().default('tcp'),
        from: z.number().int().default(-1),
        to: z.number().int().default(-1),
        /** Where from, or for egress where to: one of the four. */
        cidr: z.string().optional(),
        cidr6: z.string().optional(),
        prefixList: z.string().optional(),
        group: z.string().optional(),
        description: z.string().optional(),
      }),
    )
    .default([]),
});
export type SecurityGroupSetup = z.output<typeof SecurityGroup>;
