import {
  CancelKeyDeletionCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import type { ApiCall } from '../../../core/fixes/fix.ts';
import { nameIn, textIn } from './parameters.ts';
import type { Write } from './write.ts';

type Sending = (KeyId: string, client: KMSClient, parameters: ApiCall['parameters']) => Sent;
type Sent = ReturnType<Write['send']>;

/** Keys are named by their ARN, so that an id or an alias cannot mean another account's. */
export const kmsWrites: Write[] = [
  onKey('PutKeyPolicy', (KeyId, client, parameters) =>
    // BypassPolicyLockoutSafetyCheck is never sent: KMS refuses a policy that would lock us all out.
    client.send(new PutKeyPolicyCommand({ KeyId, Policy: textIn(parameters, 'Policy') })),
  ),
  onKey('CancelKeyDeletion', (KeyId, client) =>
    client.send(new CancelKeyDeletionCommand({ KeyId })),
  ),
  onKey('EnableKey', (KeyId, client) => client.send(new EnableKeyCommand({ KeyId }))),
  onKey('EnableKeyRotation', (KeyId, client) =>
    client.send(new EnableKeyRotationCommand({ KeyId })),
  ),
  onKey('DisableKeyRotation', (KeyId, client) =>
    client.send(new DisableKeyRotationCommand({ KeyId })),
  ),
];

/** An operation that IAM checks on the one key, under its own name. */
function onKey(operation: string, sending: Sending): Write {
  const api = `kms:${operation}`;
  return {
    api,
    actions: [api],
    needs: (parameters) => [{ action: api, resource: nameIn(parameters, 'KeyId') }],
    send: (parameters, clientOf) =>
      sending(textIn(parameters, 'KeyId'), clientOf(KMSClient), parameters),
  };
}
