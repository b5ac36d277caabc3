import { allows } from './key-policy.ts';
import type { PolicyDocument } from './policy-document.ts';

/** What of a key CloudTrail needs for an event data store (user guide, "Granting encrypt permissions for event data stores"). */
const NEEDED = ['kms:GenerateDataKey', 'kms:Decrypt'];

/**
 * Whether the policy of a key lets CloudTrail use it for event data stores. CloudTrail tells no source for
 * them: a policy that asks for `aws:SourceArn` or `aws:SourceAccount` refuses. In doubt it does, since a
 * store never gets rid of its key.
 */
export function letsStoresEncrypt(policy: PolicyDocument, key: string): boolean {
  return NEEDED.every((action) => allows(policy, action, CONTEXT, key, false));
}

const CONTEXT = {
  'aws:sourcearn': null,
  'aws:sourceaccount': null,
  'aws:sourceorgid': null,
  'aws:principalisawsservice': 'true',
  'aws:principalservicename': 'cloudtrail.amazonaws.com',
  'aws:securetransport': 'true',
  'aws:principalaccount': null,
  'aws:principalorgid': null,
  'kms:encryptioncontext:aws:cloudtrail:arn': null,
};
