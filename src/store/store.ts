import type {
  AuditEntry,
  AuditLog,
  AuditStep,
  ChainVerdict,
  Checkpoint,
  SealedEntry,
} from '../core/audit.ts';
import type { AcceptedRisk } from '../core/fixes/accept-risk.ts';
import type { Aftermath, FixRecord, Member } from '../core/fixes/fix.ts';
import type { KeptFix, Move } from '../core/fixes/state.ts';
import type { KeptAnswer } from '../core/kept-answer.ts';
import type { Finding, Scan } from '../core/posture/finding.ts';
import type { KeptRow } from '../core/posture/kept/kept-rows.ts';
import type { Snooze } from '../core/posture/snooze.ts';

/**
 * What is remembered between two moments and between two processes. Every store keeps the promises of
 * `test/store/contract.ts`; several processes may use one at the same time.
 */
export type Store = AuditLog & {
  /** Keeps the scan and forgets all but the newest `keptScans`. */
  saveScan(scan: Scan): Promise<void>;
  /** The newest first. */
  lastScans(count: number): Promise<Scan[]>;
  /** What fails in the newest scan, without the rest of it. */
  lastFailing(): Promise<Finding[]>;

  /** What was read of accounts, for the next scan to keep; one row per account, the newest. */
  keepAccounts(rows: KeptRow[]): Promise<void>;
  forgetAccounts(accounts: string[]): Promise<void>;
  /** In order of the accounts. Whoever reads them trusts none: rows may be damaged or foreign. */
  keptAccounts(): Promise<KeptRow[]>;
  /** A scan came to its end: every row is marked so, and those read before `since` are forgotten. */
  finishKept(since: string): Promise<void>;

  /** Keeps a new proposal, unless one of its things has an open fix already: then that one is returned. */
  putFix(fix: FixRecord, step: AuditStep): Promise<{ kept: KeptFix } | { already: KeptFix }>;
  fix(id: string): Promise<KeptFix | undefined>;
  /** Oldest first: proposed, approved, claimed or applying. */
  openFixes(): Promise<KeptFix[]>;
  /**
   * Moves a record that still is exactly as it was read (state, plan hash, version); undefined when
   * somebody else was first, or where the move's hourly limit is used up. `along` moves a second record
   * in the same transaction where it still stands at the edge's beginning.
   */
  moveFix(move: Move, along?: Move): Promise<KeptFix | undefined>;
  /** Where the message is that tells this fix's story. */
  noteMessage(fix: string, message: { channel: string; ts: string }): Promise<void>;
  /** What was seen of it later. */
  noteAftermath(fix: string, aftermath: Aftermath): Promise<void>;
  /** The newest first, in whatever state. */
  lastFixes(count: number): Promise<KeptFix[]>;
  /** When fixes that call AWS were approved after a moment, once for each thing, oldest first (ISO 8601 UTC). */
  approvalsSince(since: string): Promise<string[]>;

  /** The exceptions that were approved here and not withdrawn, also those that have expired, by name. */
  acceptedRisks(): Promise<AcceptedRisk[]>;
  /** Nobody is to be reminded of a finding until then (ISO 8601 UTC); a later word takes its place. */
  snooze(finding: string, until: string, by: Member, step: AuditStep): Promise<void>;
  /** Those that have not run out. */
  snoozes(): Promise<Snooze[]>;

  /** True for exactly one caller per channel and day (`YYYY-MM-DD` in the channel's time zone). */
  claimDigest(channel: string, date: string): Promise<boolean>;
  /** Gives a claim back when the digest could not be posted. */
  releaseDigest(channel: string, date: string): Promise<void>;

  /**
   * Keeps what the buttons of an answer and the next question of its threads need, until `expiresAt`
   * (ISO 8601 UTC). The newest of a thread replaces the one before; past `keptAnswers` the oldest go.
   */
  keepAnswer(answer: KeptAnswer, threads: string[], expiresAt: string): Promise<void>;
  /** By the hash of its plan, whole or short; undefined where it has expired, or was never kept. */
  keptAnswer(planHash: string): Promise<KeptAnswer | undefined>;
  /** The newest answer of a thread. */
  lastAnswer(thread: string): Promise<KeptAnswer | undefined>;

  /** True once per key until `ttlSeconds` have passed: what is delivered twice is done once. */
  firstTime(key: string, ttlSeconds: number): Promise<boolean>;

  /** Several steps are one write, and stand in the log in this order with nothing between them. */
  appendAudit(...steps: AuditStep[]): Promise<void>;
  /** In order of writing. */
  audit(): Promise<AuditEntry[]>;
  /** The entries before this one, the newest first, at most so many. */
  auditBefore(seq: number, count: number): Promise<SealedEntry[]>;
  /** The whole chain, and that it is the one of which the checkpoint was taken. */
  verifyAudit(checkpoint?: Checkpoint): Promise<ChainVerdict>;

  setting(key: string): Promise<string | undefined>;
  /** With a step of the audit, both in one transaction. */
  putSetting(key: string, value: string, step?: AuditStep): Promise<void>;

  close(): void;
};

/** Answers and threads together; a few kilobytes each. */
export const keptAnswers = 4_000;

/** A month of daily scans, and room for those made by hand. */
export const keptScans = 60;
