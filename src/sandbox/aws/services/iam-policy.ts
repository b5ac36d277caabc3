import { z } from 'zod';
import { AwsFault } from '../service.ts';

/** A policy document, compiled: identity policies, session policies and key policies alike. */
export type Policy = { name: string; statements: Statement[] };
/** One question to the policies: may this action be done to this resource, given these facts? */
export type Asked = { action: string; resource: string; context: Context };
/** Facts by condition key, such as `aws:RequestedRegion`; a missing key is an absent fact. */
export type Context = { [key: string]: string | string[] };
export type Decision = 'allowed' | 'explicit-deny' | 'no-allow';

type Test = (asked: Asked) => boolean;
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
    throw new AwsFault('MalformedPolicyDocument', `${name}: ${z.prettifyError(parsed.error)}`, 400);
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
    throw new AwsFault(
      'MalformedPolicyDocument',
      `${where}: needs either Action or NotAction`,
      400,
    );
  }
  for (const resource of [...(Resource ?? []), ...(NotResource ?? [])]) {
    if (resource.includes('${')) throw unsimulated(`${where}: policy variable in ${resource}`);
  }
  const tests: Test[] = [
    ({ action }) => (Action ? like(Action, action, 'i') : !like(NotAction ?? [], action, 'i')),
  ];
  if (Resource) tests.push(({ resource }) => like(Resource, resource));
  if (NotResource) tests.push(({ resource }) => !like(NotResource, resource));
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const [key, values] of Object.entries(keys)) {
      tests.push(condition(operator, key, values, where));
    }
  }
  return { effect: Effect, principals: principalsOf(Principal), applies: tests };
}

function principalsOf(principal: z.output<typeof StatementDocument>['Principal']) {
  if (principal === undefined) return undefined;
  if (principal === '*') return 'anyone';
  const named = principal.AWS ?? [];
  return named.includes('*') ? 'anyone' : named;
}

/** The condition keys whose facts the simulator knows. */
const KEYS =
  /^(aws:(principalorgid|principalaccount|principalarn|resourceaccount|resourceorgid|requestedregion|sourceidentity|securetransport|tagkeys|requesttag\/.+)|sts:(externalid|sourceidentity|rolesessionname))$/;
const OPERATORS: { [operator: string]: (fact: string, values: string[]) => boolean } = {
  StringEquals: (fact, values) => values.includes(fact),
  StringNotEquals: (fact, values) => !values.includes(fact),
  StringEqualsIgnoreCase: (fact, values) =>
    values.some((value) => value.toLowerCase() === fact.toLowerCase()),
  StringLike: (fact, values) => like(values, fact),
  StringNotLike: (fact, values) => !like(values, fact),
  ArnEquals: (fact, values) => like(values, fact),
  ArnLike: (fact, values) => like(values, fact),
  ArnNotEquals: (fact, values) => !like(values, fact),
  ArnNotLike: (fact, values) => !like(values, fact),
  Bool: (fact, values) => values.includes(fact),
};

function condition(operator: string, key: string, values: string[], where: string): Test {
  const fact = key.toLowerCase();
  const [, quantifier, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const compare = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!KEYS.test(fact) || (!compare && operator !== 'Null')) {
    throw unsimulated(`${where}: condition ${operator} on ${key}`);
  }
  if (values.some((value) => value.includes('${'))) {
    throw unsimulated(`${where}: policy variable in the condition on ${key}`);
  }
  if (!compare) return ({ context }) => values.includes(String(!(fact in context)));
  return ({ context }) => {
    const known = context[fact];
    // A negated comparison holds for an absent fact, and so does ForAllValues; the others do not.
    if (known === undefined) {
      return ifExists !== undefined || name.includes('Not') || quantifier === 'ForAllValues';
    }
    const facts = Array.isArray(known) ? known : [known];
    return quantifier === 'ForAllValues'
      ? facts.every((each) => compare(each, values))
      : facts.some((each) => compare(each, values));
  };
}

const patterns = new Map<string, RegExp>();
/** True when a text matches one of the patterns: `*` is any text, `?` any one character. */
function like(wanted: readonly string[], text: string, flags = ''): boolean {
  return wanted.some((pattern) => {
    const key = `${flags} ${pattern}`;
    let compiled = patterns.get(key);
    if (!compiled) {
      const source = pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
      compiled = new RegExp(`^${source}$`, `s${flags}`);
      patterns.set(key, compiled);
    }
    return compiled.test(text);
  });
}

function unsimulated(what: string): AwsFault {
  return new AwsFault('NotImplemented', `${what} is not simulated`, 501);
}
