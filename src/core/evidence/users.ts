import type { Reading } from '../reading.ts';

/** Somebody of an identity store (IAM Identity Center), as it was read. */
export type IdentityUser = {
  userId: string;
  /** `UserName`: what sessions of Identity Center are named after, often an e-mail address. */
  name: string;
  displayName: string | null;
  email: string | null;
  /** ISO 8601 UTC: people are renamed, and leave. */
  readAt: string;
};

/** The people behind the ids that events name; null for one whom the store no longer has. */
export type Users = ReadonlyMap<string, Reading<IdentityUser | null>>;

/** What tells one user of one store from all others. */
export function userKey({ userId, identityStoreArn }: UserRef): string {
  return `${identityStoreArn} ${userId}`;
}

export type UserRef = { userId: string; identityStoreArn: string };

/** `arn:aws:identitystore::111122223333:identitystore/d-1234567890` -> `d-1234567890`. */
export function storeIn(identityStoreArn: string): string {
  return identityStoreArn.split('/').at(-1) ?? '';
}
