import { z } from 'zod';
import { AccountId } from './scenario-words.ts';

/** What a scenario says of IAM Identity Center: where it is, and who is in its identity store. */

const Person = z.strictObject({
  /** `UserId`; without it, one that follows from the user name. */
  id: z.string().optional(),
  userName: z.string(),
  displayName: z.string().optional(),
  email: z.string().optional(),
  /** True: was once there, and events still name the id. */
  deleted: z.boolean().default(false),
});
export type PersonSetup = z.output<typeof Person>;

export const IdentityCenter = z.strictObject({
  region: z.string(),
  /** Whose instance it is; without it, the management account's. */
  account: AccountId.optional(),
  instance: z.string().regex(/^ssoins-[0-9a-zA-Z-.]{16}$/, 'the id of an instance'),
  store: z.string().regex(/^d-[0-9a-f]{10}$/, 'the id of an identity store'),
  people: z.array(Person).default([]),
});
export type IdentityCenterSetup = z.output<typeof IdentityCenter>;
