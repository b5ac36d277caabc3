import { denied } from '../authorization.ts';
import { momentAt } from '../moments.ts';
import type { Scenario } from '../scenario.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { decide, type Policy, parsePolicy, speakingTo } from './iam-policy.ts';

export type Key = Scenario['kmsKeys'][number];

export const kms: Handlers = {
  'kms:DescribeKey': (call, world) => ({ KeyMetadata: metadata(reachable(call, world), world) }),
  'kms:GetKeyRotationStatus': (call, world) => {
    const key = reachable(call, world);
    return {
      KeyId: arnOf(key),
      KeyRotationEnabled: key.rotation,
      ...(key.rotation && { RotationPeriodInDays: 365 }),
    };
  },
  'kms:GetKeyPolicy': (call, world) => {
    const key = reachable(call, world);
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html: "Cross-account use: No."
    if (key.account !== call.caller.account) throw refused(call, arnOf(key), 'no-allow');
    if ((call.input.PolicyName ?? 'default') !== 'default') {
      throw new AwsFault('NotFoundException', `No such policy exists`);
    }
    return { Policy: JSON.stringify(policyOf(key)), PolicyName: 'default' };
  },
};

/** The key that a call names and may reach: its own account's, or another's whose policy lets it in. */
export function reachable(call: Call, world: World): Key {
  const asked: string = call.input.KeyId ?? '';
  const [, , , region, account, name = ''] = asked.startsWith('arn:') ? asked.split(':') : [];
  const key = world.scenario.kmsKeys.find(
    (each) =>
      each.account === (account ?? call.caller.account) &&
      each.region === (region ?? call.region) &&
      each.region === call.region &&
      [each.id, each.alias].includes(asked.startsWith('arn:') ? name.replace(/^key\//, '') : asked),
  );
  if (!key) throw missing(asked, account, call);
  const { caller } = call;
  const arns = [caller.arn, ...(caller.role ? [caller.role.arn] : [])];
  const asking = { action: `kms:${call.operation}`, resource: arnOf(key), context: {} };
  const policy = speakingTo(compiled(key), caller.account, arns);
  const decision = decide([policy], asking);
  if (decision !== 'allowed') throw refused(call, arnOf(key), decision);
  return key;
}

/** A stranger does not learn whether another account's key exists. */
function missing(asked: string, account: string | undefined, call: Call): AwsFault {
  if (account !== undefined && account !== call.caller.account) {
    return refused(call, asked, 'no-allow');
  }
  const kind = asked.includes('alias/') ? 'Alias' : 'Key';
  const arn = asked.startsWith('arn:')
    ? asked
    : `arn:aws:kms:${call.region}:${call.caller.account}:${kind === 'Key' ? 'key/' : ''}${asked}`;
  return new AwsFault('NotFoundException', `${kind} ${arn} is not found.`);
}

export function refused(
  call: Call,
  resource: string,
  decision: 'explicit-deny' | 'no-allow',
): AwsFault {
  const need = { action: `kms:${call.operation}`, resource };
  return denied(call, need, 'resource-based', decision);
}

function metadata(key: Key, world: World) {
  return {
    AWSAccountId: key.account,
    KeyId: key.id,
    Arn: arnOf(key),
    CreationDate: new Date('2024-03-04T05:06:07Z'),
    Enabled: key.state === 'Enabled',
    Description: '',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: key.state,
    Origin: key.origin,
    KeyManager: key.manager,
    KeySpec: key.spec,
    CustomerMasterKeySpec: key.spec,
    EncryptionAlgorithms: [key.spec === 'SYMMETRIC_DEFAULT' ? key.spec : 'RSAES_OAEP_SHA_256'],
    MultiRegion: false,
    ...(key.state === 'PendingDeletion' && {
      DeletionDate: key.deletionDate
        ? momentAt(key.deletionDate, world.started)
        : new Date('2030-01-01T00:00:00Z'),
    }),
  };
}

export function arnOf(key: Key): string {
  return `arn:aws:kms:${key.region}:${key.account}:key/${key.id}`;
}

const policies = new WeakMap<object, Policy>();
function compiled(key: Key): Policy {
  const known = key.policy ?? key;
  const policy = policies.get(known) ?? parsePolicy(policyOf(key), `policy of key ${key.id}`);
  policies.set(known, policy);
  return policy;
}

function policyOf(key: Key) {
  return key.policy ?? defaultPolicy(key);
}

/** Without one of its own, a key has the policy that KMS gives it: its account decides through IAM. */
export function defaultPolicy({ account }: Key): NonNullable<Key['policy']> {
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}
