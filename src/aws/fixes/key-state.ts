import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
} from '@aws-sdk/client-kms';
import type { FixTarget } from '../../core/fixes/fix.ts';
import { keyIn } from '../../core/fixes/keys/key-in.ts';
import type { State } from '../../core/fixes/plan.ts';
import type { Json } from '../../core/json.ts';
import type { Reading } from '../../core/reading.ts';
import { placeIn } from '../facts/named-place.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import { documentIn } from './bucket-state.ts';

/** How fixes of keys read a key: in the account and region of its ARN. */

/** The ARN of the key that a target names; an alias is asked for its key. */
export function keyOfTarget({ id, subject, owner }: FixTarget, aws: Aws): Promise<Reading<string>> {
  if (keyIn(subject)) return Promise.resolve({ seen: subject });
  const where = placeIn(subject, { account: owner, region: aws.settings.region });
  if (!/^arn:[\w-]+:kms:.*:alias\//.test(subject))
    throw new Error(`finding ${id} is about no key: ${subject}`);
  return reading(`kms:DescribeKey in ${where.account}`, async () => {
    const answer = await aws.kms(where).send(new DescribeKeyCommand({ KeyId: subject }));
    const { Arn } = answer.KeyMetadata ?? {};
    if (!Arn || !keyIn(Arn)) throw new Error('KMS answered DescribeKey without an ARN');
    return Arn;
  });
}

/** What the key is: `KeyState`, `KeyManager`, `KeySpec`, `Origin`, `DeletionDate`, `MultiRegionKeyType`. */
export function readKeyMetadata(key: string, aws: Aws): Promise<Reading<State>> {
  const where = seatOfKey(key);
  return reading(`kms:DescribeKey in ${where.account}`, async () => {
    const { KeyMetadata } = await aws.kms(where).send(new DescribeKeyCommand({ KeyId: key }));
    if (!KeyMetadata?.KeyState) throw new Error('KMS answered DescribeKey without a state');
    const { KeyState, KeyManager, KeySpec, Origin, DeletionDate } = KeyMetadata;
    return {
      KeyState,
      KeyManager: KeyManager ?? null,
      KeySpec: KeySpec ?? null,
      Origin: Origin ?? null,
      DeletionDate: DeletionDate?.toISOString() ?? null,
      MultiRegionKeyType: KeyMetadata.MultiRegionConfiguration?.MultiRegionKeyType ?? null,
    };
  });
}

/** The policy of a key, every member of it. */
export function readKeyPolicy(key: string, aws: Aws): Promise<Reading<Json>> {
  const where = seatOfKey(key);
  return reading(`kms:GetKeyPolicy in ${where.account}`, async () => {
    const { Policy } = await aws.kms(where).send(new GetKeyPolicyCommand({ KeyId: key }));
    return documentIn(Policy ?? '');
  });
}

/** `Rotation`: whether KMS rotates the key; null where it never can. */
export function readRotation(key: string, aws: Aws): Promise<Reading<State>> {
  const where = seatOfKey(key);
  return reading(`kms:GetKeyRotationStatus in ${where.account}`, async () => {
    const on = await orNone('UnsupportedOperationException', null, async () => {
      const answer = await aws.kms(where).send(new GetKeyRotationStatusCommand({ KeyId: key }));
      return answer.KeyRotationEnabled === true;
    });
    return { Rotation: on };
  });
}

function seatOfKey(key: string) {
  const where = keyIn(key);
  if (!where) throw new Error(`no ARN of a key: ${key}`);
  return where;
}
