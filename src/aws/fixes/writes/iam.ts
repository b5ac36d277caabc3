import {
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import type { ApiCall, Place } from '../../../core/fixes/fix.ts';
import { partitionOf } from '../../../core/fixes/partition.ts';
import { nameIn, textIn } from './parameters.ts';
import type { Need, Write } from './write.ts';

type Parameters = ApiCall['parameters'];
type Sending = (text: (name: string) => string, client: IAMClient) => ReturnType<Write['send']>;

/** What a fix may do to roles and users. A name is unique in its account, whatever its path is. */
export const iamWrites: Write[] = [
  on(
    'CreateRole',
    (parameters, where) => [
      `${identities(where)}:role${nameIn(parameters, 'Path')}${nameIn(parameters, 'RoleName')}`,
    ],
    (text, client) =>
      client.send(
        new CreateRoleCommand({
          Path: text('Path'),
          RoleName: text('RoleName'),
          AssumeRolePolicyDocument: text('AssumeRolePolicyDocument'),
          Description: text('Description'),
          PermissionsBoundary: text('PermissionsBoundary'),
        }),
      ),
  ),
  on('DeleteRole', called('role', 'RoleName'), (text, client) =>
    client.send(new DeleteRoleCommand({ RoleName: text('RoleName') })),
  ),
  on('PutRolePolicy', called('role', 'RoleName'), (text, client) =>
    client.send(
      new PutRolePolicyCommand({
        RoleName: text('RoleName'),
        PolicyName: text('PolicyName'),
        PolicyDocument: text('PolicyDocument'),
      }),
    ),
  ),
  on('DeleteRolePolicy', called('role', 'RoleName'), (text, client) =>
    client.send(
      new DeleteRolePolicyCommand({ RoleName: text('RoleName'), PolicyName: text('PolicyName') }),
    ),
  ),
  on('PutUserPolicy', called('user', 'UserName'), (text, client) =>
    client.send(
      new PutUserPolicyCommand({
        UserName: text('UserName'),
        PolicyName: text('PolicyName'),
        PolicyDocument: text('PolicyDocument'),
      }),
    ),
  ),
  on('DeleteUserPolicy', called('user', 'UserName'), (text, client) =>
    client.send(
      new DeleteUserPolicyCommand({ UserName: text('UserName'), PolicyName: text('PolicyName') }),
    ),
  ),
  on('UpdateAccessKey', called('user', 'UserName'), (text, client) =>
    client.send(
      new UpdateAccessKeyCommand({
        UserName: text('UserName'),
        AccessKeyId: text('AccessKeyId'),
        Status: text('Status') === 'Active' ? 'Active' : 'Inactive',
      }),
    ),
  ),
  on(
    'CreateServiceLinkedRole',
    (parameters, where) => [
      `${identities(where)}:role/aws-service-role/${nameIn(parameters, 'AWSServiceName')}/*`,
    ],
    (text, client) =>
      client.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: text('AWSServiceName') })),
  ),
];

function on(
  operation: string,
  resources: (parameters: Parameters, where: Place) => string[],
  sending: Sending,
): Write {
  const api = `iam:${operation}`;
  return {
    api,
    actions: [api],
    needs: (parameters, where): Need[] =>
      resources(parameters, where).map((resource) => ({ action: api, resource })),
    send: (parameters, clientOf) =>
      sending((name) => textIn(parameters, name), clientOf(IAMClient)),
  };
}

/** Without a path, or below any. */
function called(kind: 'role' | 'user', named: string) {
  return (parameters: Parameters, where: Place) => {
    const name = nameIn(parameters, named);
    return [`${identities(where)}:${kind}/${name}`, `${identities(where)}:${kind}/*/${name}`];
  };
}

function identities({ account, region }: Place): string {
  return `arn:${partitionOf(region)}:iam::${account}`;
}
