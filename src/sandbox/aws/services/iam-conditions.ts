import { AwsFault } from '../service.ts';

/** One question to the policies: may this action be done to this resource, given these facts? */
export type Asked = { action: string; resource: string; context: Context };
/** Facts by condition key in lower case, such as `aws:requestedregion`; a missing key is an absent fact. */
export type Context = { [key: string]: string | string[] };
export type Test = (asked: Asked) => boolean;

/**
 * One condition of a policy as a test. Throws `NotImplemented` for a key, an operator or a policy variable
 * that is not simulated; `where` says in which policy it stands.
 */
export function condition(operator: string, key: string, values: string[], where: string): Test {
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

/** The condition keys whose facts the simulator knows. */
const KEYS =
  /^(aws:(principalorgid|principalaccount|principalarn|resourceaccount|resourceorgid|requestedregion|sourceidentity|securetransport|tagkeys|requesttag\/.+)|sts:(externalid|sourceidentity|rolesessionname)|s3:prefix|iam:(passedtoservice|permissionsboundary)|aws:tokenissuetime|kms:encryptioncontext:aws:cloudtrail:arn)$/;
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
  DateLessThan: (fact, values) => values.some((value) => Date.parse(fact) < Date.parse(value)),
  Bool: (fact, values) => values.includes(fact),
};

const patterns = new Map<string, RegExp>();

/** True when a text matches one of the patterns: `*` is any text, `?` any one character. */
export function like(wanted: readonly string[], text: string, flags = ''): boolean {
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

export function unsimulated(what: string): AwsFault {
  return new AwsFault('NotImplemented', `${what} is not simulated`, 501);
}
