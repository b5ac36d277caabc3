import type { Json, JsonObject } from '../json.ts';
import { isEverybody } from './address.ts';
import type { CloudTrailEvent } from './event.ts';
import { isObject, readJson, text } from './parse-event.ts';

/** One statement of a policy document that a request carried. */
export type Statement = {
  allows: boolean;
  /** `*`, ARNs, account ids, services, canonical users; null: the document speaks of whoever has it. */
  principals: string[] | null;
  /** Everybody but these: with `allows` that is nearly everybody. */
  exceptPrincipals: boolean;
  actions: string[];
  /** Every action but these; null: the statement lists actions. */
  exceptActions: string[] | null;
  resources: string[];
  conditions: Condition[];
};

export type Condition = { operator: string; key: string; values: string[] };

/**
 * The statements of all policy documents in the request: bucket, key, queue, trust and IAM policies. They
 * stand there as objects, as JSON text, or as percent-encoded JSON text (reference: questions, 0.4).
 */
export function statementsOf(event: CloudTrailEvent): Statement[] {
  const known = remembered.get(event);
  if (known) return known;
  const statements = documentsIn(event.record.requestParameters ?? null).flatMap((document) => {
    const listed = at(document, 'Statement');
    return (Array.isArray(listed) ? listed : [listed]).filter(isObject).map(statementOf);
  });
  remembered.set(event, statements);
  return statements;
}

const remembered = new WeakMap<CloudTrailEvent, Statement[]>();

/** Deeper than any request, so that no nesting exhausts anything. */
const DEPTH = 32;

function documentsIn(root: Json): JsonObject[] {
  const found: JsonObject[] = [];
  let level: Json[] = [root];
  for (let depth = 0; level.length > 0 && depth < DEPTH; depth += 1) {
    const next: Json[] = [];
    for (const value of level.map(opened)) {
      if (isObject(value) && at(value, 'Statement') !== undefined) found.push(value);
      else if (typeof value === 'object' && value !== null)
        for (const inside of Object.values(value)) next.push(inside);
    }
    level = next;
  }
  return found;
}

/** A document that was written as text, percent-encoded or not. */
function opened(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*(\{|\[|%7B|%5B)/i.test(value)) return value;
  const plain = /^\s*%/.test(value) ? decoded(value) : value;
  return readJson(plain) ?? value;
}

function decoded(words: string): string {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

function statementOf(statement: JsonObject): Statement {
  const principal = at(statement, 'Principal');
  const except = at(statement, 'NotPrincipal');
  const exceptActions = at(statement, 'NotAction');
  return {
    allows: text(at(statement, 'Effect'))?.toLowerCase() === 'allow',
    principals: principal === undefined ? null : namesIn(principal),
    exceptPrincipals: except !== undefined,
    actions: listOf(at(statement, 'Action')),
    exceptActions: exceptActions === undefined ? null : listOf(exceptActions),
    resources:
      at(statement, 'NotResource') === undefined ? listOf(at(statement, 'Resource')) : ['*'],
    conditions: conditionsIn(at(statement, 'Condition')),
  };
}

/** `"*"`, `{ "AWS": "*" }` and `{ "AWS": ["a", "b"], "Service": "c" }`. */
function namesIn(principal: Json): string[] {
  return isObject(principal) ? Object.values(principal).flatMap(listOf) : listOf(principal);
}

function conditionsIn(condition: Json | undefined): Condition[] {
  if (!isObject(condition)) return [];
  return Object.entries(condition).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: listOf(values) }))
      : [],
  );
}

function listOf(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).map(text).filter((one) => one !== null);
}

/** CloudTrail sometimes writes the first letter of a member small. */
function at(from: JsonObject, name: string): Json | undefined {
  return from[name] ?? from[`${name.charAt(0).toLowerCase()}${name.slice(1)}`];
}

/** Does the statement let everybody in, whoever they are and wherever they call from? */
export function allowsEverybody(statement: Statement): boolean {
  return (
    statement.allows &&
    (statement.exceptPrincipals || (statement.principals?.includes('*') ?? false)) &&
    !statement.conditions.some(narrows)
  );
}

/** A key that says who or where the caller is. */
const WHO =
  /(PrincipalOrg|PrincipalAccount|PrincipalArn|SourceVpc|SourceArn|SourceAccount|SourceOwner|SourceIp|SourceOrg|CallerAccount|ViaService|userid|PrincipalTag|FederatedProvider)/i;

/**
 * Does a condition keep strangers out? Only one that must be met: `…IfExists` and `ForAllValues` are met by
 * a caller who has no such key, `Not…` by everybody else, and a wildcard by all.
 */
export function narrows({ operator, key, values }: Condition): boolean {
  return (
    /^(ForAnyValue:)?(StringEquals|StringLike|StringEqualsIgnoreCase|ArnEquals|ArnLike|IpAddress)$/i.test(
      operator,
    ) &&
    WHO.test(key) &&
    values.length > 0 &&
    values.every((value) => value !== '*' && value !== 'arn:*' && !isEverybody(value))
  );
}
