import { GetEventDataStoreCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeKeyCommand, GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import type { FixPlan } from '../../core/fixes/fix.ts';
import type { State } from '../../core/fixes/plan.ts';
import { letsStoresEncrypt } from '../../core/posture/guards/store-key.ts';
import type { Reading } from '../../core/reading.ts';
import { policyIn } from '../facts/policy-text.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';

type Seat = Pick<FixPlan, 'account' | 'region' | 'resource'>;

/** IAM actions of what is asked here. */
export const STORE = ['cloudtrail:GetEventDataStore'];
export const STORE_KEY = ['kms:DescribeKey', 'kms:GetKeyPolicy'];

/** A store of CloudTrail Lake under the names of GetEventDataStore. */
export function readStore({ account, region, resource }: Seat, aws: Aws): Promise<Reading<State>> {
  return reading(`cloudtrail:GetEventDataStore in ${account}`, async () => {
    const store = await aws
      .cloudTrail({ account, region })
      .send(new GetEventDataStoreCommand({ EventDataStore: resource }));
    if (store.EventDataStoreArn !== resource)
      throw new Error(`GetEventDataStore answered another store than ${resource}`);
    return {
      Status: store.Status ?? null,
      TerminationProtectionEnabled: store.TerminationProtectionEnabled ?? false,
      KmsKeyId: store.KmsKeyId || null,
      OrganizationEnabled: store.OrganizationEnabled ?? false,
      MultiRegionEnabled: store.MultiRegionEnabled ?? false,
      RetentionPeriod: store.RetentionPeriod ?? null,
    };
  });
}

/** The configured key of a region, and whether a store may be encrypted with it; `Key` is null where there is none. */
export async function readStoreKey(
  { region }: Pick<Seat, 'region'>,
  aws: Aws,
): Promise<Reading<State>> {
  const keys = aws.settings.fixing?.trailKeys ?? [];
  const key = keys.find((arn) => arn.split(':')[3] === region);
  if (!key) return { seen: { Key: null } };
  const where = { account: key.split(':')[4] ?? '', region };
  const client = aws.kms(where);
  return reading(`kms:DescribeKey and kms:GetKeyPolicy in ${where.account}`, async () => {
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: key }));
    const { Policy = '' } = await client.send(new GetKeyPolicyCommand({ KeyId: key }));
    return {
      Key: key,
      KeyState: KeyMetadata?.KeyState ?? null,
      KeyManager: KeyMetadata?.KeyManager ?? null,
      KeyLetsStoresEncrypt: letsStoresEncrypt(policyIn(Policy), key),
    };
  });
}
