import type { IamRoleSetup, IamUserSetup } from '../scenario.ts';
import { AwsFault, type Call, type World } from '../service.ts';

/** Which roles and users an account has. */

export const CONFIG_ROLE = 'AWSServiceRoleForConfig';

export function configRole(account: string): IamRoleSetup {
  return {
    name: CONFIG_ROLE,
    account,
    path: '/aws-service-role/config.amazonaws.com/',
    trust: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'config.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    inline: {},
  };
}

/** Whoever ever set Config up has its role; a scenario without any recorder of an account never did. */
export function hasConfigRole(account: string, world: World): boolean {
  const never = world.scenario.config.recorders.some(
    (one) => one.account === account && one.region === '*' && one.state === 'absent',
  );
  const made = world.scenario.iam.roles.some(
    (role) => role.account === account && role.name === CONFIG_ROLE,
  );
  return made || !never;
}

/** True for the ARN of a managed policy that its account has. */
export function policyExists(arn: string, world: World): boolean {
  const [, account = '', name = ''] = /^arn:aws:iam::(\d{12}):policy\/([^/]+)$/.exec(arn) ?? [];
  return world.scenario.iam.policies.some(
    (policy) =>
      policy.name === name &&
      world.accounts.has(account) &&
      (policy.accounts === 'all' || policy.accounts.includes(account)),
  );
}

/** True for the ARN of a role that its account has. */
export function roleExists(arn: string, world: World): boolean {
  const [, account = '', name = ''] =
    /^arn:aws:iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/.exec(arn) ?? [];
  if (name === CONFIG_ROLE) return hasConfigRole(account, world);
  return world.scenario.iam.roles.some(
    (role) => role.account === account && arnOfRole(role) === arn,
  );
}

/** Its own role, or one of the bot's and its like, which no call can change. */
export function findRole(name: string, { caller }: Call, world: World): IamRoleSetup | undefined {
  const { account } = caller;
  const own = world.scenario.iam.roles.find(
    (role) => role.account === account && role.name === name,
  );
  if (own) return own;
  if (name === CONFIG_ROLE && hasConfigRole(account, world)) return configRole(account);
  const stage = world.scenario.roles.find(
    (role) =>
      role.name === name &&
      !role.except.includes(account) &&
      (role.accounts === 'all' || role.accounts.includes(account)),
  );
  return stage && { name, account, path: '/', trust: {}, inline: {} };
}

export function roleOf(call: Call, world: World): IamRoleSetup {
  const role = findRole(call.input.RoleName, call, world);
  if (!role) throw noSuch('role', call.input.RoleName);
  return role;
}

/** Roles of services and of Identity Center cannot be changed by their account. */
export function changeableRole(call: Call, world: World): IamRoleSetup {
  const role = roleOf(call, world);
  if (/^\/aws-(service-role|reserved)\//.test(role.path)) {
    throw new AwsFault(
      'UnmodifiableEntityException',
      `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
    );
  }
  if (!world.scenario.iam.roles.includes(role)) {
    throw new AwsFault(
      'NotImplemented',
      `a change of the stage's role ${role.name} is not simulated`,
      501,
    );
  }
  return role;
}

export function userOf({ input, caller }: Call, world: World): IamUserSetup {
  const user = world.scenario.iam.users.find(
    ({ account, name }) => account === caller.account && name === input.UserName,
  );
  if (!user) throw noSuch('user', input.UserName);
  return user;
}

export function noSuch(kind: 'role' | 'user', name: string): AwsFault {
  return new AwsFault('NoSuchEntityException', `The ${kind} with name ${name} cannot be found.`);
}

export function arnOfRole({ account, path, name }: IamRoleSetup): string {
  return `arn:aws:iam::${account}:role${path}${name}`;
}

export function arnOfUser({ account, path, name }: IamUserSetup): string {
  return `arn:aws:iam::${account}:user${path}${name}`;
}

export function longAgo(world: World): Date {
  return new Date(world.started.getTime() - 500 * 86_400_000);
}
