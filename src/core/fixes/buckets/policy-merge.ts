import type { Json, JsonObject } from '../../json.ts';

/** What is added to a policy document, beside all that is there. */
export type Added = { name: string; statement: JsonObject };

/** A policy document taken apart: its statements in their order, and every other member. */
export function apart(policy: Json): { statements: Json[]; rest: JsonObject } {
  if (policy === null) return { statements: [], rest: { Version: '2012-10-17' } };
  if (typeof policy !== 'object' || Array.isArray(policy)) throw new Error('a policy is an object');
  const { Statement = [], ...rest } = policy;
  return { statements: Array.isArray(Statement) ? Statement : [Statement], rest };
}

/** The document with further statements behind those that there are, each under a name of its own. */
export function withStatements(policy: Json, added: Added[]): Json {
  const { statements, rest } = apart(policy);
  const all = [...statements];
  for (const { name, statement } of added) {
    all.push({ Sid: unusedName(name, all), ...statement });
  }
  return { ...rest, Statement: all };
}

function unusedName(name: string, statements: Json[]): string {
  const used = new Set(
    statements.map((one) =>
      one !== null && typeof one === 'object' && !Array.isArray(one) ? one.Sid : undefined,
    ),
  );
  let free = name;
  for (let more = 2; used.has(free); more += 1) free = `${name}${more}`;
  return free;
}
