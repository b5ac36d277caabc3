import type { DatabaseSync } from 'node:sqlite';
import type { AuditStep } from '../core/audit.ts';
import { type AcceptedRisk, riskOf } from '../core/fixes/accept-risk.ts';
import type { Aftermath, FixPlan, FixRecord, Member } from '../core/fixes/fix.ts';
import { usedBy } from '../core/fixes/group.ts';
import { type KeptFix, locksOf, type Move, OPEN } from '../core/fixes/state.ts';
import type { Snooze } from '../core/posture/snooze.ts';
import type { Store } from './store.ts';

type Kept = Pick<
  Store,
  | 'putFix'
  | 'fix'
  | 'openFixes'
  | 'lastFixes'
  | 'moveFix'
  | 'noteMessage'
  | 'noteAftermath'
  | 'approvalsSince'
  | 'acceptedRisks'
  | 'snooze'
  | 'snoozes'
>;

/** What the store remembers of fixes; `append` writes the audit within the transaction that is open. */
export function fixesIn(
  db: DatabaseSync,
  atomically: <T>(work: () => T) => T,
  append: (step: AuditStep) => void,
  now: () => Date,
): Kept {
  const byId = db.prepare(`SELECT ${COLUMNS} FROM fixes WHERE id = ?`);
  const forward = db.prepare(
    `UPDATE fixes SET state = ?, version = version + 1, record = ?,
       approved_at = coalesce(?, approved_at)
     WHERE id = ? AND state = ? AND plan_hash = ? AND version = ?
     RETURNING message, aftermath, version`,
  );
  const open = db.prepare(
    `SELECT ${COLUMNS} FROM fixes WHERE state IN (SELECT value FROM json_each(?))
     ORDER BY requested_at, id`,
  );
  const holders = db.prepare(
    `SELECT ${COLUMNS} FROM fixes
     WHERE id IN (SELECT fix FROM fix_locks WHERE lock IN (SELECT value FROM json_each(?)))
     ORDER BY requested_at, id`,
  );
  const release = db.prepare('DELETE FROM fix_locks WHERE fix = ?');

  return {
    async putFix(fix, step) {
      return atomically(() => {
        const locks = locksOf(fix.plan);
        const [already] = rowsOf(holders.all(JSON.stringify(locks)));
        if (already) return { already };
        const { message, aftermath, ...record } = fix;
        db.prepare(
          `INSERT INTO fixes (id, state, version, plan_hash, resource_lock, requested_at, record, message)
           VALUES (?, ?, 1, ?, ?, ?, ?, ?)`,
        ).run(
          fix.id,
          fix.state,
          fix.planHash,
          locks[0] ?? '',
          fix.requestedAt,
          JSON.stringify(record),
          message && JSON.stringify(message),
        );
        const hold = db.prepare('INSERT INTO fix_locks VALUES (?, ?)');
        for (const lock of locks) hold.run(lock, fix.id);
        append(step);
        return { kept: { ...fix, version: 1 } };
      });
    },
    async fix(id) {
      return rowsOf(byId.all(id))[0];
    },
    async openFixes() {
      return rowsOf(open.all(JSON.stringify(OPEN)));
    },
    async lastFixes(count) {
      return rowsOf(
        db
          .prepare(`SELECT ${COLUMNS} FROM fixes ORDER BY requested_at DESC, rowid DESC LIMIT ?`)
          .all(count),
      );
    },
    async moveFix(first, along) {
      return atomically(() => {
        const moved = move(first);
        if (moved && along) move(along);
        return moved;
      });
    },
    async noteMessage(fix, message) {
      db.prepare('UPDATE fixes SET message = ? WHERE id = ?').run(JSON.stringify(message), fix);
    },
    async noteAftermath(fix, aftermath) {
      db.prepare('UPDATE fixes SET aftermath = ? WHERE id = ?').run(JSON.stringify(aftermath), fix);
    },
    async approvalsSince(since) {
      const rows = db
        .prepare(
          `SELECT approved_at, ${THINGS} AS things FROM fixes WHERE approved_at > ?
           ORDER BY approved_at`,
        )
        .all(since) as { approved_at: string; things: number }[];
      return rows.flatMap(({ approved_at: at, things }) => Array<string>(things).fill(at));
    },

    async acceptedRisks() {
      const rows = db.prepare('SELECT body FROM accepted_risks ORDER BY name').all();
      return (rows as { body: string }[]).map(({ body }) => JSON.parse(body) as AcceptedRisk);
    },
    async snooze(finding, until, by, step) {
      atomically(() => {
        db.prepare('DELETE FROM snoozes WHERE until <= ?').run(now().toISOString());
        db.prepare(
          `INSERT INTO snoozes VALUES (?, ?, ?) ON CONFLICT (finding) DO UPDATE SET
           until = excluded.until, snoozed_by = excluded.snoozed_by`,
        ).run(finding, until, JSON.stringify(by));
        append(step);
      });
    },
    async snoozes() {
      const rows = db
        .prepare('SELECT * FROM snoozes WHERE until > ? ORDER BY finding')
        .all(now().toISOString()) as { finding: string; until: string; snoozed_by: string }[];
      return rows.map(
        ({ finding, until, snoozed_by: by }): Snooze => ({
          finding,
          until,
          by: JSON.parse(by) as Member,
        }),
      );
    },
  };

  /** One conditional update; it changes a row only when the copy in hand is still the newest. */
  function move({ fix, edge, change, step, limit, risk }: Move): KeptFix | undefined {
    if (limit) {
      const counted = db
        .prepare(`SELECT coalesce(sum(${THINGS}), 0) AS used FROM fixes WHERE approved_at > ?`)
        .get(limit.since) as { used: number };
      if (counted.used + usedBy(fix.plan) > limit.perHour) return undefined;
    }
    const { message: _, aftermath: __, version, ...before } = fix;
    const record = { ...before, ...change, state: edge.to };
    const counts = edge.to === 'approved' && usedBy(fix.plan) > 0;
    const moved = forward.get(
      edge.to,
      JSON.stringify(record),
      counts ? step.at : null,
      fix.id,
      edge.from,
      fix.planHash,
      version,
    ) as Beside | undefined;
    if (!moved) return undefined;
    if (!OPEN.some((state) => state === edge.to)) release.run(fix.id);
    if (risk) remember(risk);
    append(step);
    return { ...record, ...besideOf(moved) };
  }

  function remember(risk: NonNullable<Move['risk']>): void {
    if ('withdraw' in risk) {
      db.prepare('DELETE FROM accepted_risks WHERE name = ?').run(riskOf(risk.withdraw));
      return;
    }
    db.prepare(
      `INSERT INTO accepted_risks VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET
       fix = excluded.fix, body = excluded.body`,
    ).run(riskOf(risk.accept), risk.accept.fix, JSON.stringify(risk.accept));
  }
}

/** What a record that is counted uses up, as `usedBy` says it: its parts, or the one. */
const THINGS = `CASE json_extract(record, '$.plan.direction') WHEN 'back' THEN 1
  ELSE coalesce(json_array_length(record, '$.plan.parts'), 1) END`;

const COLUMNS = 'record, message, aftermath, version';

/** What lies beside a record, because it changes without a move. */
type Beside = { message: string | null; aftermath: string | null; version: number };

function besideOf({ message, aftermath, version }: Beside) {
  return {
    message: message === null ? null : (JSON.parse(message) as FixRecord['message']),
    ...(aftermath !== null && { aftermath: JSON.parse(aftermath) as Aftermath }),
    version,
  };
}

function rowsOf(rows: unknown[]): KeptFix[] {
  return (rows as (Beside & { record: string })[]).map(({ record, ...beside }) => ({
    ...asNow(JSON.parse(record) as Older),
    ...besideOf(beside),
  }));
}

type Older = Omit<FixRecord, 'message' | 'approvers' | 'needed' | 'approvals' | 'plan'> &
  Partial<Pick<FixRecord, 'approvers' | 'needed' | 'approvals'>> & {
    plan: Omit<FixPlan, 'family' | 'blast'> & Partial<Pick<FixPlan, 'family' | 'blast'>>;
    approvedBy?: Member | null;
  };

/**
 * A record as it is written now. Before, one person approved, and plans said less; a plan that is
 * completed here has another hash than the one that was approved, so that it can only be looked at.
 */
function asNow({ approvedBy, plan, ...older }: Older): Omit<FixRecord, 'message'> {
  const at = older.decidedAt ?? older.requestedAt;
  const once = { planHash: older.planHash, reason: null, group: '' };
  const blast = { accounts: [plan.account], feels: { en: '', ko: '' }, keeps: [] };
  return {
    approvers: '',
    needed: 1,
    approvals: approvedBy ? [{ by: approvedBy, at, ...once }] : [],
    ...older,
    plan: { family: 'trail', blast, ...plan },
  };
}
