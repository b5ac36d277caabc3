import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as breath } from 'node:timers/promises';
import {
  type AuditStep,
  type Checkpoint,
  open,
  proveChain,
  type SealedEntry,
  seal,
} from '../core/audit.ts';
import type { Store } from './store.ts';

type Kept = Pick<
  Store,
  'appendAudit' | 'audit' | 'auditHead' | 'auditAfter' | 'auditBefore' | 'verifyAudit'
>;

/** The audit log of an open store; `append` writes within the transaction that is open. */
export function auditIn(
  db: DatabaseSync,
  atomically: <T>(work: () => T) => T,
): { append(step: AuditStep): void; kept: Kept } {
  const log = auditLog(db);
  const head = db.prepare('SELECT seq, hash FROM audit_head');
  const insert = db.prepare('INSERT INTO audit (seq, hash, body) VALUES (?, ?, ?)');
  const note = db.prepare(
    `INSERT INTO audit_head VALUES (1, ?, ?)
     ON CONFLICT (only) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
  );

  function append(step: AuditStep): void {
    const entry = seal(head.get() as Checkpoint | undefined, step);
    insert.run(entry.seq, entry.hash, entry.body);
    note.run(entry.seq, entry.hash);
  }

  return {
    append,
    kept: {
      ...log,
      async appendAudit(...steps) {
        if (steps.length > 0) atomically(() => steps.forEach(append));
      },
      async audit() {
        const all = db.prepare('SELECT seq, hash, body FROM audit ORDER BY seq').all();
        return (all as SealedEntry[]).map(open);
      },
      verifyAudit: (checkpoint) => proveChain(log, checkpoint),
    },
  };
}

/** Reads the audit log of a database; writes nothing. */
export function auditLog(
  db: DatabaseSync,
): Pick<Store, 'auditHead' | 'auditAfter' | 'auditBefore'> {
  return {
    async auditHead() {
      // One statement, so that nothing is appended between the two.
      const { entries, seq, hash } = db
        .prepare(
          `SELECT (SELECT count(*) FROM audit) AS entries, seq, hash
           FROM (SELECT 1) LEFT JOIN audit_head ON true`,
        )
        .get() as { entries: number; seq: number | null; hash: string | null };
      return { entries, head: seq === null || hash === null ? undefined : { seq, hash } };
    },
    async auditAfter(seq, count) {
      // A long chain is read while people wait for answers.
      await breath();
      return db
        .prepare('SELECT seq, hash, body FROM audit WHERE seq > ? ORDER BY seq LIMIT ?')
        .all(seq, count) as SealedEntry[];
    },
    async auditBefore(seq, count) {
      return db
        .prepare('SELECT seq, hash, body FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?')
        .all(seq, count) as SealedEntry[];
    },
  };
}
