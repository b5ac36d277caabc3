import {
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  paginateListAccessKeys,
} from '@aws-sdk/client-iam';
import {
  type Contained,
  DENY_ALL,
  NO_IDENTITY,
  planContainment,
  REVOKED,
} from '../../core/fixes/access/contain.ts';
import { type Identity, identityOf, untouchableAs } from '../../core/fixes/access/identity.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { document } from './own-role.ts';

/** A user or role that is exposed can do nothing any more, until it is released. */
export const containIdentity: Fix = {
  id: 'contain-identity',
  title: { en: 'Contain an exposed identity', ko: '노출된 자격 증명 격리하기' },
  needs: {
    read: [
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:GetUser',
      'iam:GetUserPolicy',
      'iam:ListAccessKeys',
    ],
  },
  writes: {
    containment: [
      'iam:PutRolePolicy',
      'iam:DeleteRolePolicy',
      'iam:PutUserPolicy',
      'iam:DeleteUserPolicy',
      'iam:UpdateAccessKey',
    ],
  },
  withoutFinding: true,

  async plan(target, aws) {
    const identity = identityOf(target.subject);
    if (!identity) return { seen: NO_IDENTITY };
    const state = await readIdentity(identity, aws);
    if (!wasSeen(state)) return state;
    const bot = await reading('sts:GetCallerIdentity', () => aws.identity());
    if (!wasSeen(bot)) return bot;
    const { readRole, fixRoles, fixing } = aws.settings;
    const untouchable = {
      bot: bot.seen.arn,
      roles: [readRole, ...Object.values(fixRoles)],
      breakGlass: fixing?.breakGlassRoles ?? [],
    };
    const because = untouchableAs(identity, pathIn(state.seen.Arn), untouchable);
    return { seen: planContainment(target, identity, homeOf(identity), state.seen, because) };
  },

  async read(plan, aws) {
    const identity = identityOf(plan.resource);
    if (!identity) throw new Error(`the plan is about no identity: ${plan.resource}`);
    return readIdentity(identity, aws);
  },

  asCode: () => [],
};

/** Where IAM answers, and where CloudTrail records what is done to it, by partition. */
function homeOf({ partition }: Identity): string {
  if (partition === 'aws-cn') return 'cn-north-1';
  return partition === 'aws-us-gov' ? 'us-gov-west-1' : 'us-east-1';
}

function pathIn(arn: string): string {
  return /:(?:user|role)(\/(?:.*\/)?)[^/]+$/.exec(arn)?.[1] ?? '/';
}

/** What containment changes of an identity; one that does not exist cannot be read. */
function readIdentity(identity: Identity, aws: Aws): Promise<Reading<Contained>> {
  const { kind, account, name } = identity;
  const client = aws.iam({ account, region: aws.settings.region });
  const policy = (PolicyName: string) =>
    orNone('NoSuchEntityException', null, async () => {
      const { PolicyDocument } =
        kind === 'user'
          ? await client.send(new GetUserPolicyCommand({ UserName: name, PolicyName }))
          : await client.send(new GetRolePolicyCommand({ RoleName: name, PolicyName }));
      return document(PolicyDocument);
    });
  return reading(`iam:Get${kind === 'user' ? 'User' : 'Role'} in ${account}`, async () => {
    const Arn =
      kind === 'user'
        ? (await client.send(new GetUserCommand({ UserName: name }))).User?.Arn
        : (await client.send(new GetRoleCommand({ RoleName: name }))).Role?.Arn;
    if (!Arn) throw new Error(`IAM answered no ${kind} called ${name}`);
    const AccessKeys: Contained['AccessKeys'] = {};
    if (kind === 'user')
      for await (const { AccessKeyMetadata = [] } of paginateListAccessKeys(
        { client },
        { UserName: name },
      ))
        for (const { AccessKeyId, Status } of AccessKeyMetadata)
          if (AccessKeyId && Status) AccessKeys[AccessKeyId] = Status;
    return { Arn, DenyAll: await policy(DENY_ALL), Revoked: await policy(REVOKED), AccessKeys };
  });
}
