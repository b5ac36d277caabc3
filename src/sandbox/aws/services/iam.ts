import { uniqueId } from '../identity.ts';
import type { IamRoleSetup } from '../scenario.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import {
  arnOfRole,
  arnOfUser,
  CONFIG_ROLE,
  changeableRole,
  configRole,
  findRole,
  hasConfigRole,
  longAgo,
  noSuch,
  policyExists,
  roleOf,
  userOf,
} from './iam-entities.ts';
import { inlinePolicies, parsedDocument } from './iam-inline.ts';
import { accessKeys } from './iam-keys.ts';

/** The simulated IAM: the roles and users of one account, their inline policies and access keys. */
export const iam: Handlers = {
  'iam:GetRole': (call, world) => ({ Role: shownRole(roleOf(call, world), world) }),
  'iam:GetUser': (call, world) => {
    const user = userOf(call, world);
    const named = { Path: user.path, UserName: user.name, UserId: uniqueId(arnOfUser(user)) };
    return { User: { ...named, Arn: arnOfUser(user), CreateDate: longAgo(world) } };
  },
  'iam:GetPolicy': ({ input }, world) => {
    const arn: string = input.PolicyArn;
    if (!policyExists(arn, world)) throw noPolicy(arn);
    const PolicyName = arn.split('/').at(-1);
    return { Policy: { PolicyName, Arn: arn, Path: '/', DefaultVersionId: 'v1' } };
  },
  'iam:CreateRole': createRole,
  'iam:DeleteRole': deleteRole,
  'iam:CreateServiceLinkedRole': createServiceLinkedRole,
  'iam:DeleteServiceLinkedRole': deleteServiceLinkedRole,
  ...inlinePolicies,
  ...accessKeys,
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
function createRole(call: Call, world: World) {
  const { RoleName, Path = '/', AssumeRolePolicyDocument, PermissionsBoundary } = call.input;
  const { Description: _ } = call.input;
  if (!/^[\w+=,.@-]{1,64}$/.test(RoleName ?? '')) {
    throw new AwsFault('ValidationError', 'The specified value for roleName is invalid.', 400);
  }
  if (!/^\/([\w+=,.@-]+\/)*$/.test(Path)) {
    throw new AwsFault('ValidationError', 'The specified value for path is invalid.', 400);
  }
  if (findRole(RoleName, call, world)) {
    throw new AwsFault(
      'EntityAlreadyExistsException',
      `Role with name ${RoleName} already exists.`,
    );
  }
  // A boundary is a policy of the account itself, or one of AWS's, which are not simulated.
  if (PermissionsBoundary !== undefined && !policyExists(PermissionsBoundary, world)) {
    throw noPolicy(PermissionsBoundary);
  }
  const role: IamRoleSetup = {
    name: RoleName,
    account: call.caller.account,
    path: Path,
    trust: parsedDocument(AssumeRolePolicyDocument),
    inline: {},
    ...(PermissionsBoundary !== undefined && { boundary: PermissionsBoundary }),
  };
  world.scenario.iam.roles.push(role);
  return { Role: shownRole(role, world) };
}

function noPolicy(arn: string): AwsFault {
  return new AwsFault(
    'NoSuchEntityException',
    `Policy ${arn} does not exist or is not attachable.`,
  );
}

function deleteRole(call: Call, world: World) {
  const role = changeableRole(call, world);
  if (Object.keys(role.inline).length > 0) {
    throw new AwsFault(
      'DeleteConflictException',
      'Cannot delete entity, must delete policies first.',
    );
  }
  const { roles } = world.scenario.iam;
  roles.splice(roles.indexOf(role), 1);
  return {};
}

/** Only the role of Config is simulated. https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles.html */
function createServiceLinkedRole(call: Call, world: World) {
  const { AWSServiceName } = call.input;
  if (AWSServiceName !== 'config.amazonaws.com') {
    throw new AwsFault('NotImplemented', `a role for ${AWSServiceName} is not simulated`, 501);
  }
  if (hasConfigRole(call.caller.account, world)) {
    throw new AwsFault(
      'InvalidInputException',
      'Service role name AWSServiceRoleForConfig has been taken in this account, please try a different suffix.',
    );
  }
  const role = configRole(call.caller.account);
  world.scenario.iam.roles.push(role);
  return { Role: shownRole(role, world) };
}

/** At AWS a task that takes a moment and fails while the role is in use; here it is done at once. */
function deleteServiceLinkedRole(call: Call, world: World) {
  const { RoleName } = call.input;
  const { account } = call.caller;
  const { roles } = world.scenario.iam;
  const at = roles.findIndex((role) => role.account === account && role.name === RoleName);
  const used = [...world.recorders.values()].some((recorder) => recorder.account === account);
  if (RoleName === CONFIG_ROLE && at >= 0 && !used) roles.splice(at, 1);
  else if (!hasConfigRole(account, world)) throw noSuch('role', RoleName);
  return {
    DeletionTaskId: `task/aws-service-role/config.amazonaws.com/${RoleName}/${call.requestId}`,
  };
}

function shownRole(role: IamRoleSetup, world: World) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: uniqueId(arnOfRole(role)),
    Arn: arnOfRole(role),
    CreateDate: longAgo(world),
    // IAM writes documents in the escapes of a URL.
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
    MaxSessionDuration: 3600,
    ...(role.boundary !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
        PermissionsBoundaryArn: role.boundary,
      },
    }),
  };
}
