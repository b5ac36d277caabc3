import { z } from 'zod';
import { AwsFault } from '../service.ts';
import { type Asked, condition, like, type Test, unsimulated } from './iam-conditions.ts';

/** A policy document, compiled: identity policies, session policies and key policies alike. */
export type Policy = { name: string; statements: Statement[] };
export type Decision = 'allowed' | 'explicit-deny' | 'no-allow';

type Statement = { effect: 'Allow' | 'Deny'; principals: Principals | undefined; applies: Test[] };
type Principals = 'anyone' | string[];

/** IAM's rule over policies of one kind: an explicit deny wins, then any allow, else nothing is allowed. */
export function decide(policies: readonly Policy[], asked: Asked): Decision {
  let allowed = false;
  for (const { statements } of policies) {
    for (const { effect, applies } of statements) {
      if (!applies.every((test) => test(asked))) continue;
      if (effect === 'Deny') return 'explicit-deny';
      allowed = true;
    }
  }
  return allowed ? 'allowed' : 'no-allow';
}

/** A resource's own policy, such as a key's, as it speaks to one principal of `account` with `arn`s. */
export function speakingTo(policy: Policy, account: string, arns: string[]): Policy {
  const meant = [account, `arn:aws:iam::${account}:root`, ...arns];
  return {
    name: policy.name,
    statements: policy.statements.filter(
      ({ principals }) =>
        principals === 'anyone' || principals?.some((principal) => meant.includes(principal)),
    ),
  };
}

const OneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const Values = z
  .union([z.string(), z.boolean(), z.number(), z.array(z.union([z.string(), z.boolean()]))])
  .transform((value) => (Array.isArray(value) ? value.map(String) : [String(value)]));
const StatementDocument = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.union([z.literal('*'), z.record(z.string(), OneOrMore)]).optional(),
  Action: OneOrMore.optional(),
  NotAction: OneOrMore.optional(),
  Resource: OneOrMore.optional(),
  NotResource: OneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), Values)).default({}),
});
const Document = z.strictObject({
  Version: z.literal('2012-10-17').optional(),
  Id: z.string().optional(),
  Statement: z.union([StatementDocument, z.array(StatementDocument)]),
});

/**
 * A document as a policy. Throws `MalformedPolicyDocument` for what is no policy, and `NotImplemented` for
 * a condition or policy variable that is not simulated: a policy half understood would be a wrong answer.
 */
export function parsePolicy(document: unknown, name: string): Policy {
  const parsed = Document.safeParse(document);
  if (!parsed.success) {
    throw malformed(`${name}: ${z.prettifyError(parsed.error)}`);
  }
  const { Statement } = parsed.data;
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  return { name, statements: statements.map((statement) => compile(statement, name)) };
}

/** A policy that allows actions by pattern on every resource. */
export function allowing(actions: readonly string[], name: string): Policy {
  const statement = { Effect: 'Allow', Action: [...actions], Resource: '*' };
  return parsePolicy(
    { Version: '2012-10-17', Statement: actions.length > 0 ? [statement] : [] },
    name,
  );
}

function compile(statement: z.output<typeof StatementDocument>, name: string): Statement {
  const { Effect, Principal, Action, NotAction, Resource, NotResource, Condition, Sid } = statement;
  const where = Sid ? `${name}, statement ${Sid}` : name;
  if ((Action === undefined) === (NotAction === undefined)) {
    throw malformed(`${where}: needs either Action or NotAction`);
  }
  if ((Resource === undefined) === (NotResource === undefined)) {
    throw malformed(`${where}: needs either Resource or NotResource`);
  }
  for (const resource of [...(Resource ?? []), ...(NotResource ?? [])]) {
    if (resource.includes('${')) throw unsimulated(`${where}: policy variable in ${resource}`);
  }
  const tests: Test[] = [
    ({ action }) => (Action ? like(Action, action, 'i') : !like(NotAction ?? [], action, 'i')),
  ];
  if (Resource) tests.push(({ resource }) => like(Resource, resource));
  if (NotResource) tests.push(({ resource }) => !like(NotResource, resource));
  const principals = principalsOf(Principal);
  // What a key's policy grants to services is nothing to a caller, whatever its conditions are.
  if (principals?.length === 0) return { effect: Effect, principals, applies: [() => false] };
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const [key, values] of Object.entries(keys)) {
      tests.push(condition(operator, key, values, where));
    }
  }
  return { effect: Effect, principals, applies: tests };
}

function principalsOf(
  principal: z.output<typeof StatementDocument>['Principal'],
): Principals | undefined {
  if (principal === undefined) return undefined;
  if (principal === '*') return 'anyone';
  const named = principal.AWS ?? [];
  return named.includes('*') ? 'anyone' : named;
}

function malformed(message: string): AwsFault {
  return new AwsFault('MalformedPolicyDocument', message, 400);
}
