import { readConfig } from '../config.ts';
import { type AuditEntry, type Checkpoint, open, proveChain } from '../core/audit.ts';
import { plain } from '../core/prose.ts';
import { reasonOf } from '../core/reason.ts';
import { openAuditFile } from '../store/audit-file.ts';
import { entriesProse, verdictProse } from '../terminal/audit.ts';
import { print } from './stage.ts';
import { type ExitCode, moment, UsageError } from './usage.ts';

export type VerifyOptions = { checkpoint?: string; store?: string; json?: boolean };
export type ShowOptions = {
  last?: number;
  since?: string;
  fix?: string;
  action?: string;
  store?: string;
  json?: boolean;
};

type AuditFile = NonNullable<ReturnType<typeof openAuditFile>>;

/** Proves the chain of the audit log. 0: it holds; 1: it does not, with the first entry that is broken; 3: it could not be read. */
export function verifyAudit(options: VerifyOptions): Promise<ExitCode> {
  const checkpoint =
    options.checkpoint === undefined ? undefined : checkpointIn(options.checkpoint);
  return inAuditFile(options, async (log) => {
    const { head } = await log.auditHead();
    const verdict = await proveChain(log, checkpoint);
    if (options.json) {
      const known = { schemaVersion: 1, ...verdict, ...(head && { head }) };
      print(JSON.stringify({ ...known, ...(checkpoint && { checkpoint }) }));
    } else print(verdictProse(verdict, { checkpoint, head }));
    return verdict.ok ? 0 : 1;
  });
}

/** Prints entries, the oldest of them first. They are shown as they stand: `verify` says whether they hold. */
export function showAudit(options: ShowOptions): Promise<ExitCode> {
  const since = options.since === undefined ? '' : moment(options.since, '--since').toISOString();
  return inAuditFile(options, async (log) => {
    const shown = await newest(
      log,
      options.last ?? LAST,
      (entry) => isWanted(entry, options),
      since,
    );
    if (options.json) for (const entry of shown) print(JSON.stringify(entry));
    else if (shown.length > 0) print(plain(entriesProse(shown, 'UTC')));
    else process.stderr.write('No entry of the audit log is like that.\n');
    return 0;
  });
}

const LAST = 50;
const PAGE = 500;

/** Read from the end, since what is asked for is seldom old. */
async function newest(
  log: AuditFile,
  count: number,
  wanted: (entry: AuditEntry) => boolean,
  since: string,
): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for (let before = Number.MAX_SAFE_INTEGER; found.length < count; ) {
    const page = (await log.auditBefore(before, PAGE)).map(open);
    found.push(...page.filter((entry) => entry.at >= since && wanted(entry)));
    const last = page.at(-1);
    if (!last || last.at < since) break;
    before = last.seq;
  }
  return found.slice(0, count).reverse();
}

function isWanted({ action, details }: AuditEntry, options: ShowOptions): boolean {
  const { fix } = options;
  return (
    (options.action === undefined || action === options.action) &&
    (fix === undefined || details.fix === fix || details.about === fix)
  );
}

async function inAuditFile(
  { store }: { store?: string },
  use: (log: AuditFile) => Promise<ExitCode>,
): Promise<ExitCode> {
  const path = store ?? readConfig().store;
  let log: AuditFile | null = null;
  try {
    log = openAuditFile(path);
    if (!log) throw new UsageError(`${path}: there is no such store (store: in trailwarden.yml)`);
    return await use(log);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    process.stderr.write(`${path}: the audit log cannot be read: ${reasonOf(error)}\n`);
    return 3;
  } finally {
    log?.close();
  }
}

function checkpointIn(text: string): Checkpoint {
  const [, seq = '', hash = ''] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === '')
    throw new UsageError(
      '--checkpoint: expected <number>:<hash>, with the 64 digits of the hash, as they were posted',
    );
  return { seq: Number(seq), hash };
}
