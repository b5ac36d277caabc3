import { EXPIRES_AFTER_MINUTES, NEEDED } from '../../src/core/fixes/approval.ts';
import type { Member } from '../../src/core/fixes/fix.ts';
import { planLogFileValidation, type State } from '../../src/core/fixes/plan.ts';
import type { Finding, Scan } from '../../src/core/posture/finding.ts';
import type { ReplyTo } from '../../src/core/request.ts';
import type { Telling } from '../../src/core/telling.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { openStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

export const TRAIL = 'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/payments-audit';
export const alice: Member = { slackId: 'U01ALICE', name: 'alice', email: 'alice@bora.example' };
export const bob: Member = { slackId: 'U02BOB', name: 'bob', email: 'bob@bora.example' };
export const mina: Member = { slackId: 'U03MINA', name: 'mina', email: 'mina@bora.example' };
export const jun: Member = { slackId: 'U04JUN', name: 'jun', email: 'jun@bora.example' };

export const inChannel: ReplyTo = {
  channel: 'C02GOVERN',
  user: 'U01ALICE',
  language: 'en',
  timeZone: 'UTC',
};

/** A finding that the fix can mend, unless said otherwise. */
export function openFinding(different: Partial<Finding> = {}): Finding {
  return {
    id: 'f0000001',
    check: 'trail-log-file-validation',
    status: 'FAIL',
    severity: 'medium',
    subject: TRAIL,
    owner: '666677778888',
    covers: ['666677778888'],
    title: 'Log file validation is on',
    detail: '',
    evidence: [],
    config: null,
    fix: { id: 'enable-log-file-validation', class: 'A' },
    controls: {},
    exception: null,
    ...different,
  };
}

export function scanWith(findings: Finding[], different: Partial<Scan> = {}): Scan {
  return {
    schemaVersion: 1,
    organization: 'o-bora12345',
    scannedAt: '2026-11-22T09:00:00.000Z',
    durationMs: 1,
    apiCalls: 1,
    accounts: [],
    findings,
    coverage: [],
    totals: { PASS: 0, FAIL: findings.length, NOT_APPLICABLE: 0, NOT_VISIBLE: 0, ERROR: 0 },
    excepted: 0,
    ...different,
  };
}

/** The parts of a world that a test watches or turns. */
export type Stage = {
  store: Store;
  /** The trail as it is in the world. */
  trail: State;
  clock: { now: Date; pass(minutes: number): void };
  group: Set<string>;
  told: Telling[];
  troubles: Error[];
  /** How often the plan's calls reached the world. */
  applications: number;
};

/** A world in which everything works: a trail without validation, approvers mina, jun and alice. */
export async function stageWhere(
  different: Partial<FixWorld> = {},
  store: Store = openStore(':memory:'),
): Promise<{ world: FixWorld; stage: Stage }> {
  const stage: Stage = {
    store,
    trail: { LogFileValidationEnabled: false, S3BucketName: 'bora-payments-audit-logs' },
    clock: {
      now: new Date('2026-11-22T10:00:00.000Z'),
      pass(minutes) {
        stage.clock.now = new Date(stage.clock.now.getTime() + minutes * 60_000);
      },
    },
    group: new Set([alice.slackId, mina.slackId, jun.slackId]),
    told: [],
    troubles: [],
    applications: 0,
  };
  let ids = 0;
  const world: FixWorld = {
    ...store,
    now: () => stage.clock.now,
    newId: () => {
      ids += 1;
      return `fix-${ids}`;
    },
    worker: 'here',
    isGone: () => false,
    pause: async () => {},
    plan: async (_fix, target) => {
      const plan = planLogFileValidation(target, stage.trail);
      return { seen: plan ? { plan } : 'already-sound' };
    },
    read: async () => ({ seen: { ...stage.trail } }),
    apply: async (plan) => {
      stage.applications += 1;
      for (const { parameters } of plan.calls) {
        stage.trail = {
          ...stage.trail,
          LogFileValidationEnabled: parameters.EnableLogFileValidation ?? null,
        };
      }
      return { requestIds: ['request-1'] };
    },
    obstacles: async () => ({ seen: null }),
    asCode: () => [],
    approversFor: async ({ riskClass }) => ({
      seen: { group: '@cloud-approvers', needed: NEEDED[riskClass] },
    }),
    isApprover: async ({ slackId }) => ({ seen: stage.group.has(slackId) }),
    expireAfterMinutes: EXPIRES_AFTER_MINUTES,
    stopped: async () => null,
    freeze: () => null,
    perHour: 5,
    confirmation: null,
    eventsOf: async () => ({ seen: [] }),
    later: async () => null,
    tell: async (telling) => {
      stage.told.push(telling);
      return telling.kind === 'fix' ? { channel: 'C02GOVERN', ts: `1.${telling.fix.id}` } : null;
    },
    report: (trouble) => stage.troubles.push(trouble),
    ...different,
  };
  await store.saveScan(scanWith([openFinding()]));
  return { world, stage };
}
