import type { Member } from './fixes/fix.ts';
import { hashOfText } from './hash.ts';
import { canonicalJson, type Json, type JsonObject } from './json.ts';

/** One thing that was done or refused; `at` is ISO 8601 UTC. */
export type AuditStep = {
  at: string;
  /** A person of the workspace, the bot by itself, or whoever sat at a terminal, by the name of the machine's user. */
  actor: Member | 'trailwarden' | { terminal: string };
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
  const body = canonicalJson(content);
  return { seq, hash: hashOfText(body), body };
}

export function open({ hash, body }: SealedEntry): AuditEntry {
  return { ...(JSON.parse(body) as Omit<AuditEntry, 'hash'>), hash };
}

/** The last link of a chain as it was at some time, noted where whoever writes the chain cannot change it. */
export type Checkpoint = { seq: number; hash: string };

/**
 * The first place that does not hold. `altered`: the entry is not what its hash says; `unlinked`: it does
 * not follow from the one before; `missing`: another entry stands in its place; `cut-off`: the chain was
 * longer; `not-noted`: it holds more than its end says; `not-the-checkpoint`: it is sound in itself, and
 * not the chain that the checkpoint was taken of.
 */
export type Broken = {
  ok: false;
  brokenAt: number;
  why: 'altered' | 'unlinked' | 'missing' | 'cut-off' | 'not-noted' | 'not-the-checkpoint';
};
export type ChainVerdict = { ok: true; entries: number } | Broken;

/**
 * Reads a chain from its beginning, entry by entry, up to `head`: the last link as it was noted beside
 * the chain, without which nobody could tell that the end was cut off.
 */
export function chainCheck(head: Checkpoint | undefined, checkpoint?: Checkpoint) {
  let prevHash = GENESIS;
  let entries = 0;
  const broken = (why: Broken['why'], brokenAt = entries + 1): Broken => ({
    ok: false,
    brokenAt,
    why,
  });
  return {
    /** The next entry; what is wrong with it, where something is. */
    take(entry: SealedEntry): Broken | undefined {
      if (entry.seq !== entries + 1) return broken('missing');
      const content = contentOf(entry);
      if (!content) return broken('altered');
      if (content.prevHash !== prevHash) return broken('unlinked');
      if (checkpoint?.seq === entry.seq && checkpoint.hash !== entry.hash)
        return broken('not-the-checkpoint');
      prevHash = entry.hash;
      entries += 1;
      return undefined;
    },
    end(): ChainVerdict {
      const noted = head?.seq ?? 0;
      if (entries < noted || (checkpoint && entries < checkpoint.seq)) return broken('cut-off');
      if (entries > noted) return broken('not-noted', noted + 1);
      if (head && head.hash !== prevHash) return broken('unlinked', entries);
      return { ok: true, entries };
    },
  };
}

/** What an entry says; undefined where that is not what its hash is of. */
function contentOf({ seq, hash, body }: SealedEntry): JsonObject | undefined {
  let content: Json;
  try {
    content = JSON.parse(body);
  } catch {
    // A body that is no JSON any more is exactly what this looks for.
    return undefined;
  }
  if (content === null || typeof content !== 'object' || Array.isArray(content)) return undefined;
  // Compared as text too: JSON has several spellings of one value, and only ours was written.
  const same = canonicalJson(content) === body && hashOfText(body) === hash && content.seq === seq;
  return same ? content : undefined;
}

/** A chain that can be read a page at a time. */
export type AuditLog = {
  /** Its last link as noted beside it, and how many entries there are, both at one moment. */
  auditHead(): Promise<{ head: Checkpoint | undefined; entries: number }>;
  /** The entries behind this one, in order of writing, at most so many. */
  auditAfter(seq: number, count: number): Promise<SealedEntry[]>;
};

/**
 * Proves a chain from its first entry to the end that it had when this began; what is appended meanwhile
 * is left for the next time. Memory does not grow with the chain.
 */
export async function proveChain(log: AuditLog, checkpoint?: Checkpoint): Promise<ChainVerdict> {
  const { head, entries } = await log.auditHead();
  const check = chainCheck(head, checkpoint);
  let seq = 0;
  for (let taken = 0; taken < entries; ) {
    const page = await log.auditAfter(seq, Math.min(PAGE, entries - taken));
    if (page.length === 0) break;
    for (const entry of page) {
      const broken = check.take(entry);
      if (broken) return broken;
      seq = entry.seq;
    }
    taken += page.length;
  }
  return check.end();
}

const PAGE = 500;
