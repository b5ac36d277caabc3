import { z } from 'zod';
import { AccountId, When } from './scenario-words.ts';

/** What a scenario says of buckets and keys. */

export const Bucket = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  versioning: z.enum(['Enabled', 'Suspended', 'Off']).default('Enabled'),
  mfaDelete: z.boolean().default(false),
  objectLock: z
    .strictObject({ mode: z.enum(['GOVERNANCE', 'COMPLIANCE']), days: z.number().int() })
    .optional(),
  /** Object Lock without a default: no object is locked unless whoever writes it asks for it. */
  lockable: z.boolean().default(false),
  policy: z.record(z.string(), z.unknown()).optional(),
  lifecycle: z.array(z.record(z.string(), z.unknown())).optional(),
  /** Below which size lifecycle rules move nothing: TransitionDefaultMinimumObjectSize. */
  movesFrom: z
    .enum(['all_storage_classes_128K', 'varies_by_storage_class'])
    .default('all_storage_classes_128K'),
  kmsKey: z.string().optional(),
  /** True: all four settings; false: none was ever made. */
  publicAccessBlock: z
    .union([
      z.boolean(),
      z.strictObject({
        blockPublicAcls: z.boolean().default(false),
        ignorePublicAcls: z.boolean().default(false),
        blockPublicPolicy: z.boolean().default(false),
        restrictPublicBuckets: z.boolean().default(false),
      }),
    ])
    .default(true),
  /** What its ACL grants beyond its owner, to AWS's own groups or to another account. */
  grants: z
    .array(
      z.strictObject({
        to: z.union([z.enum(['AllUsers', 'AuthenticatedUsers', 'LogDelivery']), AccountId]),
        permission: z.enum(['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL']),
      }),
    )
    .default([]),
  /** Where the server access logs go; without it, it has none. */
  accessLogging: z.strictObject({ bucket: z.string(), prefix: z.string().default('') }).optional(),
  /** True: it is a web site, which strangers are meant to read. */
  website: z.boolean().default(false),
  /** True: whoever asks for an object pays for it, which CloudTrail does not. */
  requesterPays: z.boolean().optional(),
  createdAt: When.default('-900d 08:30'),
  /** When its settings last changed, as Config noticed; without it, when it was created. */
  changedAt: When.optional(),
  tags: z.record(z.string(), z.string()).default({}),
});
export type BucketSetup = z.output<typeof Bucket>;

export const Key = z.strictObject({
  id: z.string(),
  account: AccountId,
  region: z.string(),
  alias: z.string().optional(),
  state: z
    .enum(['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport', 'Unavailable'])
    .default('Enabled'),
  /** When a key that is PendingDeletion is gone. */
  deletionDate: When.optional(),
  manager: z.enum(['CUSTOMER', 'AWS']).default('CUSTOMER'),
  policy: z.record(z.string(), z.unknown()).optional(),
  rotation: z.boolean().default(true),
  spec: z.enum(['SYMMETRIC_DEFAULT', 'RSA_2048']).default('SYMMETRIC_DEFAULT'),
  origin: z.enum(['AWS_KMS', 'EXTERNAL']).default('AWS_KMS'),
  tags: z.record(z.string(), z.string()).default({}),
});

export type KeySetup = z.output<typeof Key>;
