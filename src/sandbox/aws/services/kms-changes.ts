import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { decide, parsePolicy, speakingTo } from './iam-policy.ts';
import { arnOf, defaultPolicy, type Key, reachable, refused } from './kms.ts';

/** What changes a key: its policy, its state, its rotation. */
export const kmsChanges: Handlers = {
  'kms:PutKeyPolicy': (call, world) => {
    const key = own(call, world);
    const policy = newPolicy(call, key);
    const asBorn = JSON.stringify(policy) === JSON.stringify(defaultPolicy(key));
    key.policy = asBorn ? undefined : policy;
    return {};
  },
  'kms:CancelKeyDeletion': (call, world) => {
    const key = own(call, world);
    if (key.state !== 'PendingDeletion') throw wrongState(`${arnOf(key)} is not pending deletion.`);
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html: it is Disabled then.
    key.state = 'Disabled';
    key.deletionDate = undefined;
    return { KeyId: arnOf(key) };
  },
  'kms:EnableKey': (call, world) => {
    const key = own(call, world);
    checkState(key, ['Enabled', 'Disabled']);
    key.state = 'Enabled';
    return {};
  },
  'kms:EnableKeyRotation': (call, world) => rotate(call, world, true),
  'kms:DisableKeyRotation': (call, world) => rotate(call, world, false),
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
function rotate(call: Call, world: World, rotation: boolean) {
  const key = own(call, world);
  if (key.spec !== 'SYMMETRIC_DEFAULT' || key.origin !== 'AWS_KMS') {
    throw new AwsFault('UnsupportedOperationException', `${arnOf(key)} cannot be rotated by KMS.`);
  }
  if (key.state === 'Disabled') {
    throw new AwsFault('DisabledException', `${arnOf(key)} is disabled.`);
  }
  checkState(key, ['Enabled']);
  key.rotation = rotation;
  return {};
}

/** What changes a key is for its own account ("Cross-account use: No") and never for a key of AWS. */
function own(call: Call, world: World): Key {
  const key = reachable(call, world);
  if (key.account !== call.caller.account || key.manager === 'AWS') {
    throw refused(call, arnOf(key), 'no-allow');
  }
  return key;
}

function checkState(key: Key, allowed: Key['state'][]): void {
  if (allowed.includes(key.state)) return;
  const states = { PendingDeletion: 'pending deletion', PendingImport: 'pending import' } as const;
  const state = key.state in states ? states[key.state as keyof typeof states] : key.state;
  throw wrongState(`${arnOf(key)} is ${state}.`);
}

function wrongState(message: string): AwsFault {
  return new AwsFault('KMSInvalidStateException', message);
}

/** Whoever sets a policy must be able to set the next one, too, or nobody may be. */
function newPolicy({ input, caller }: Call, key: Key): NonNullable<Key['policy']> {
  const text: string = input.Policy ?? '';
  if ((input.PolicyName ?? 'default') !== 'default') {
    throw new AwsFault('ValidationException', 'Policy name must be default');
  }
  if (text.length > 32_768)
    throw new AwsFault('LimitExceededException', 'The policy is too large.');
  let document: NonNullable<Key['policy']>;
  try {
    document = JSON.parse(text);
  } catch {
    throw new AwsFault('MalformedPolicyDocumentException', 'The policy is not valid JSON.');
  }
  const policy = parsePolicy(document, `policy of key ${key.id}`);
  const arns = [caller.arn, ...(caller.role ? [caller.role.arn] : [])];
  const asked = { action: 'kms:PutKeyPolicy', resource: arnOf(key), context: {} };
  if (
    !input.BypassPolicyLockoutSafetyCheck &&
    decide([speakingTo(policy, caller.account, arns)], asked) !== 'allowed'
  ) {
    throw new AwsFault(
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
    );
  }
  return document;
}
