import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './json.ts';

/** SHA-256 of the canonical JSON of a value, lower-case hex. */
export function hashOf(value: Json): string {
  return hashOfText(canonicalJson(value));
}

/** SHA-256 of a text, lower-case hex. */
export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
