import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a link is for: one decision of one person on one plan, until a moment (milliseconds since 1970). */
export const Claims = z.strictObject({
  id: z.string().min(1).max(60),
  fix: z.string().min(1).max(120),
  planHash: z.string().regex(/^[0-9a-f]{64}$/),
  slackId: z.string().min(1).max(40),
  until: z.number().int(),
});
export type Claims = z.infer<typeof Claims>;

/** The last part of a link's address: the claims and their HMAC-SHA-256. */
export function signLink(claims: Claims, key: Buffer): string {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${seal(body, key)}`;
}

/** The claims of a link that was signed with this key. Nothing of it is looked at before its seal holds. */
export function readLink(token: string, key: Buffer, now: number): Claims | 'forged' | 'expired' {
  const [body = '', given = '', ...more] = token.split('.');
  if (more.length > 0 || !same(given, seal(body, key))) return 'forged';
  const claims = Claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  return now < claims.until ? claims : 'expired';
}

/** Compares without telling by its time how much of two secrets is alike. */
export function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const seal = (body: string, key: Buffer) =>
  createHmac('sha256', key).update(body).digest('base64url');
