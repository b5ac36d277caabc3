import {
  AuthorizeSecurityGroupIngressCommand,
  type AuthorizeSecurityGroupIngressCommandInput,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { z } from 'zod';
import type { ApiCall, Place } from '../../../core/fixes/fix.ts';
import { partitionOf } from '../../../core/fixes/partition.ts';
import { nameIn, shaped } from './parameters.ts';
import type { Write } from './write.ts';

const described = { Description: z.string().optional() };
const Revoke = z.strictObject({
  GroupId: z.string(),
  SecurityGroupRuleIds: z.array(z.string()).length(1),
});
const Authorize = z.strictObject({
  GroupId: z.string(),
  IpPermissions: z
    .array(
      z.strictObject({
        IpProtocol: z.string(),
        FromPort: z.number().int(),
        ToPort: z.number().int(),
        IpRanges: z.array(z.strictObject({ CidrIp: z.string(), ...described })).optional(),
        Ipv6Ranges: z.array(z.strictObject({ CidrIpv6: z.string(), ...described })).optional(),
        PrefixListIds: z
          .array(z.strictObject({ PrefixListId: z.string(), ...described }))
          .optional(),
        UserIdGroupPairs: z
          .array(
            z.strictObject({ GroupId: z.string(), UserId: z.string().optional(), ...described }),
          )
          .optional(),
      }),
    )
    .length(1),
});

/** Both are tried with `DryRun` first: EC2 then says whether it would do it, and does nothing. */
export const ec2Writes: Write[] = [
  {
    api: 'ec2:RevokeSecurityGroupIngress',
    actions: ['ec2:RevokeSecurityGroupIngress'],
    needs: (parameters, where) => [
      { action: 'ec2:RevokeSecurityGroupIngress', resource: groupIn(parameters, where) },
    ],
    send: (parameters, clientOf) => {
      const input = shaped<z.output<typeof Revoke>>(parameters, Revoke);
      const client = clientOf(EC2Client);
      return tried((DryRun) =>
        client.send(new RevokeSecurityGroupIngressCommand({ ...input, DryRun })),
      );
    },
  },
  {
    api: 'ec2:AuthorizeSecurityGroupIngress',
    actions: ['ec2:AuthorizeSecurityGroupIngress'],
    needs: (parameters, where) => [
      { action: 'ec2:AuthorizeSecurityGroupIngress', resource: groupIn(parameters, where) },
      {
        action: 'ec2:AuthorizeSecurityGroupIngress',
        resource: `${ec2(where)}:security-group-rule/*`,
      },
    ],
    send: (parameters, clientOf) => {
      const input = shaped<AuthorizeSecurityGroupIngressCommandInput>(parameters, Authorize);
      const client = clientOf(EC2Client);
      return tried((DryRun) =>
        client.send(new AuthorizeSecurityGroupIngressCommand({ ...input, DryRun })),
      );
    },
  },
];

async function tried<T>(send: (dryRun: boolean) => Promise<T>): Promise<T> {
  try {
    await send(true);
  } catch (error) {
    // What would be done is told as an error of this name; any other is the answer.
    if (!(error instanceof Error) || error.name !== 'DryRunOperation') throw error;
    return send(false);
  }
  throw new Error('EC2 answered a dry run as if it had been none');
}

function groupIn(parameters: ApiCall['parameters'], where: Place): string {
  return `${ec2(where)}:security-group/${nameIn(parameters, 'GroupId')}`;
}

function ec2({ account, region }: Place): string {
  return `arn:${partitionOf(region)}:ec2:${region}:${account}`;
}
