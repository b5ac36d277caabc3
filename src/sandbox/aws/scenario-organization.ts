import { z } from 'zod';
import { AccountId } from './scenario-words.ts';

/** What a scenario says of the organization: accounts, units, their policies, and roles in them. */

export const Account = z.strictObject({
  id: AccountId,
  name: z.string(),
  email: z.string().optional(),
  /** Organizations' `State` and `Status`. */
  status: z
    .enum(['ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'PENDING_ACTIVATION'])
    .default('ACTIVE'),
  /** True: the organization trail never reached this account. */
  outsideOrganizationTrail: z.boolean().default(false),
  /** Opt-in regions that are enabled beyond the scenario's default ones. */
  optedInRegions: z.array(z.string()).default([]),
  /** True: the account's own block of public access is on, all four settings, as Config tells it. */
  publicAccessBlock: z.boolean().optional(),
  /** Regions that are being switched right now, and cannot be called. */
  switchingRegions: z.record(z.string(), z.enum(['ENABLING', 'DISABLING'])).optional(),
});

type Unit = {
  name: string;
  id?: string | undefined;
  units?: Unit[];
  accounts?: z.input<typeof Account>[];
};
export type UnitSetup = {
  name: string;
  id?: string | undefined;
  units: UnitSetup[];
  accounts: z.output<typeof Account>[];
};
export const OrganizationalUnit: z.ZodType<UnitSetup, Unit> = z.strictObject({
  name: z.string(),
  id: z.string().optional(),
  get units() {
    return z.array(OrganizationalUnit).default([]);
  },
  accounts: z.array(Account).default([]),
}) as never;

/** A role that exists in accounts: who may assume it, and what it may do. */
export const Role = z.strictObject({
  name: z.string(),
  accounts: z.union([z.literal('all'), z.array(AccountId)]).default('all'),
  except: z.array(AccountId).default([]),
  trust: z.strictObject({
    /** ARNs of principals (roles, users) that may assume it; an account's root ARN means anyone there. */
    principals: z.array(z.string()),
    externalId: z.string().optional(),
    sourceIdentity: z.boolean().default(false),
  }),
  /** IAM actions with `*` wildcards, as `service:Action`; `policies/iam/*.json` may be named as a file. */
  allow: z.array(z.string()).default([]),
  /** IAM policy documents by file name under policies/iam/, such as `read.json`. */
  policies: z.array(z.string()).default([]),
  /** Its permissions boundary, by file name under policies/iam/: what it may do at most. */
  boundary: z.string().optional(),
});

/** A service control policy and what it is attached to: `root`, ids of units, ids of accounts. */
export const ServiceControlPolicy = z.strictObject({
  id: z.string().regex(/^p-[0-9a-zA-Z_]{8,128}$/, 'the id of a policy'),
  name: z.string(),
  description: z.string().default(''),
  document: z.record(z.string(), z.unknown()),
  targets: z.array(z.string()).default([]),
});
export type ServiceControlPolicySetup = z.output<typeof ServiceControlPolicy>;
