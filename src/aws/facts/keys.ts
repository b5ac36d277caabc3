import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
} from '@aws-sdk/client-kms';
import type { KeyFacts, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Around, placeIn, witnessedAt } from './named-place.ts';
import { policyIn } from './policy-text.ts';

export const needs = ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus'];

/**
 * A KMS key as a trail names it, read in the account and region of its ARN: nobody but the account
 * itself reads the policy of a key (API reference of GetKeyPolicy, "Cross-account use: No"). An alias is
 * good for DescribeKey only, which tells the key that is meant.
 */
export async function readKey(around: Around, named: string, otherwise: Where): Promise<KeyFacts> {
  const where = placeIn(named, otherwise);
  const client = around.aws.kms(where);
  const found = await witnessedAt(around, 'kms:DescribeKey', where, async () => {
    const { KeyMetadata: key } = await client.send(new DescribeKeyCommand({ KeyId: named }));
    if (!key?.KeyState) throw new Error('KMS answered DescribeKey without a state');
    return {
      id: key.Arn ?? named,
      state: key.KeyState,
      manager: key.KeyManager === 'AWS' ? ('AWS' as const) : ('CUSTOMER' as const),
      deletionDate: key.DeletionDate?.toISOString() ?? null,
    };
  });
  if (!wasSeen(found) && isAlias(named))
    return { arn: named, ...where, description: found, policy: found, rotation: found };
  const KeyId = wasSeen(found) ? found.seen.id : named;
  const [policy, rotation] = await Promise.all([
    witnessedAt(around, 'kms:GetKeyPolicy', where, async () => {
      const { Policy = '' } = await client.send(new GetKeyPolicyCommand({ KeyId }));
      return policyIn(Policy);
    }),
    witnessedAt(around, 'kms:GetKeyRotationStatus', where, async () => {
      const answer = await client.send(new GetKeyRotationStatusCommand({ KeyId }));
      return answer.KeyRotationEnabled === true;
    }),
  ]);
  return { arn: named, ...where, description: descriptionOf(found), policy, rotation };
}

function isAlias(named: string): boolean {
  return /(^|:)alias\//.test(named);
}

function descriptionOf(
  found: Witnessed<{ id: string } & SeenDescription>,
): KeyFacts['description'] {
  if (!wasSeen(found)) return found;
  const { id: _, ...description } = found.seen;
  return { seen: description, by: found.by };
}

type SeenDescription = Extract<KeyFacts['description'], { seen: unknown }>['seen'];
