import type { Member } from './fixes/fix.ts';
import { hashOf } from './hash.ts';
import { canonicalJson, type Json, type JsonObject } from './json.ts';

/** One thing that was done or refused; `at` is ISO 8601 UTC. */
export type AuditStep = {
  at: string;
  actor: Member | 'trailwarden';
  action: string;
  details: JsonObject;
};

export type AuditEntry = AuditStep & { seq: number; prevHash: string; hash: string };

/** An entry as it is kept: `body` is the canonical JSON of everything but the hash, which is over it. */
export type SealedEntry = { seq: number; hash: string; body: string };

/** What the first entry names as the hash before it. */
const GENESIS = '0'.repeat(64);

/** The next link of the chain: SHA-256 over the canonical JSON of the step, its place and the hash before. */
export function seal(
  previous: { seq: number; hash: string } | undefined,
  step: AuditStep,
): SealedEntry {
  const seq = (previous?.seq ?? 0) + 1;
  const content: Json = { ...step, seq, prevHash: previous?.hash ?? GENESIS };
  return { seq, hash: hashOf(content), body: canonicalJson(content) };
}

export function open({ hash, body }: SealedEntry): AuditEntry {
  return { ...(JSON.parse(body) as Omit<AuditEntry, 'hash'>), hash };
}

/**
 * Reads the chain from its beginning. `head` is the last link as it was noted beside the chain, without
 * which nobody could tell that the end was cut off. `brokenAt` is the first place that does not hold.
 */
export function verifyChain(
  chain: SealedEntry[],
  head: { seq: number; hash: string } | undefined,
): { ok: true; entries: number } | { ok: false; brokenAt: number } {
  let prevHash = GENESIS;
  for (const [index, entry] of chain.entries()) {
    if (entry.seq !== index + 1 || !holds(entry, prevHash))
      return { ok: false, brokenAt: index + 1 };
    prevHash = entry.hash;
  }
  const last = chain.at(-1);
  if (last?.seq !== head?.seq || last?.hash !== head?.hash) {
    return { ok: false, brokenAt: chain.length + 1 };
  }
  return { ok: true, entries: chain.length };
}

function holds({ seq, hash, body }: SealedEntry, prevHash: string): boolean {
  let content: Json;
  try {
    content = JSON.parse(body);
  } catch {
    // A body that is no JSON any more is exactly what this looks for.
    return false;
  }
  if (content === null || typeof content !== 'object' || Array.isArray(content)) return false;
  // Compared as text too: JSON has several spellings of one value, and only ours was written.
  return (
    canonicalJson(content) === body &&
    hashOf(content) === hash &&
    content.seq === seq &&
    content.prevHash === prevHash
  );
}
