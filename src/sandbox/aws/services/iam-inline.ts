import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { changeableRole, findRole, userOf } from './iam-entities.ts';
import { parsePolicy } from './iam-policy.ts';

/** Inline policies of roles and users. */
export const inlinePolicies: Handlers = {
  'iam:GetRolePolicy': (call, world) => {
    const role = findRole(call.input.RoleName, call, world);
    if (!role) throw missing(`The role with name ${call.input.RoleName} cannot be found.`);
    return { RoleName: role.name, ...found(role.inline, call) };
  },
  'iam:GetUserPolicy': (call, world) => {
    const user = userOf(call, world);
    return { UserName: user.name, ...found(user.inline, call) };
  },
  'iam:PutRolePolicy': (call, world) => put(changeableRole(call, world).inline, call, 10_240),
  'iam:PutUserPolicy': (call, world) => put(userOf(call, world).inline, call, 2_048),
  'iam:DeleteRolePolicy': (call, world) => removed(changeableRole(call, world).inline, call),
  'iam:DeleteUserPolicy': (call: Call, world: World) => removed(userOf(call, world).inline, call),
};

type Documents = { [name: string]: { [key: string]: unknown } };

function found(inline: Documents, { input }: Call) {
  const document = inline[input.PolicyName];
  if (!document) throw noPolicy(input.PolicyName);
  return {
    PolicyName: input.PolicyName,
    PolicyDocument: encodeURIComponent(JSON.stringify(document)),
  };
}

/** `most`: characters that all inline policies of one entity may have together, white space not counted. */
function put(inline: Documents, { input }: Call, most: number) {
  const document = parsedDocument(input.PolicyDocument);
  // What no simulated policy could mean is told as such, and not kept unseen.
  parsePolicy(document, input.PolicyName);
  const others = Object.entries(inline).filter(([name]) => name !== input.PolicyName);
  const size = [...others.map(([, one]) => one), document]
    .map((one) => JSON.stringify(one).length)
    .reduce((sum, one) => sum + one, 0);
  if (size > most) {
    throw new AwsFault(
      'LimitExceededException',
      `Maximum policy size of ${most} bytes exceeded for ${input.RoleName ? 'role' : 'user'} ${input.RoleName ?? input.UserName}`,
    );
  }
  inline[input.PolicyName] = document;
  return {};
}

function removed(inline: Documents, { input }: Call) {
  if (!inline[input.PolicyName]) throw noPolicy(input.PolicyName);
  delete inline[input.PolicyName];
  return {};
}

/** A policy document out of a parameter, as IAM reads it. */
export function parsedDocument(text: string | undefined): { [key: string]: unknown } {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw new AwsFault('MalformedPolicyDocumentException', 'Syntax errors in policy.');
  }
}

function noPolicy(name: string): AwsFault {
  return missing(`The policy with name ${name} cannot be found.`);
}

function missing(message: string): AwsFault {
  return new AwsFault('NoSuchEntityException', message);
}
