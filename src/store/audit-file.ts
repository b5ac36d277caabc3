import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { auditLog } from './sqlite-audit.ts';

/**
 * The audit log in the file of a store, to be read only: neither is the file made where there is none
 * (null), nor is anything in it changed. Throws where the file cannot be read as a store.
 */
export function openAuditFile(path: string) {
  if (!existsSync(path)) return null;
  const db = new DatabaseSync(path, { readOnly: true });
  db.exec('PRAGMA busy_timeout = 10000');
  return { ...auditLog(db), close: () => db.close() };
}
