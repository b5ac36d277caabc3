/** Anything that JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Neither a list nor null, which are objects to the language only. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * One text for one value: object keys sorted by code unit, no white space, as RFC 8785 orders them.
 * Plans are hashed over this text, so that the same plan always has the same hash.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // Sorted as texts are by default: by code unit. Written piece by piece, since everything is hashed.
  let members = '';
  for (const key of Object.keys(value).sort())
    members += `${members && ','}${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`;
  return `{${members}}`;
}
