import { fixes, openFixes } from '../../../src/aws/fixes/index.ts';
import { seatOf, sessionFor } from '../../../src/aws/fixes/send.ts';
import { writeOf } from '../../../src/aws/fixes/writes/index.ts';
import type { AwsSettings } from '../../../src/aws/session.ts';
import type { FixPlan, FixRecord, FixTarget } from '../../../src/core/fixes/fix.ts';
import { agree } from '../../../src/core/fixes/plan.ts';
import { canTakeSomeBack } from '../../../src/core/fixes/way-back-of-some.ts';
import { hashOf } from '../../../src/core/hash.ts';
import { canonicalJson } from '../../../src/core/json.ts';
import { wasSeen } from '../../../src/core/reading.ts';
import { approveFix } from '../../../src/jobs/approve-fix.ts';
import type { FixWorld } from '../../../src/jobs/fix-world.ts';
import { requestFix, requestWayBack } from '../../../src/jobs/request-fix.ts';
import { faultOf } from '../../../src/sandbox/aws/fault-codes.ts';
import type { RunningAws } from '../../../src/sandbox/aws/index.ts';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import type { Call, Handlers } from '../../../src/sandbox/aws/service.ts';
import { HANDLERS } from '../../../src/sandbox/aws/services/index.ts';
import { alice, jun, mina, openFinding, scanWith } from '../../jobs/fix-world.ts';
import { beyond } from './nothing-else.ts';
import { type Company, openCompany, worldOver } from './small-company.ts';

/**
 * One fix where it is due. `livesOf` proves over the wire and through the real jobs what every fix must
 * show; a fix has one file of cases, `cases/<id>.test.ts`, and what only it does is tested there, too.
 */
export type FixCase = {
  /** As the registry knows it. */
  fix: string;
  /** What is told apart where a fix has several cases. */
  where?: string;
  /** What differs from the small company. */
  company?: Partial<ScenarioFile>;
  /** What differs from the settings of the small company. */
  fixing?: Partial<AwsSettings['fixing']>;
  /** What the simulated organization answers otherwise, such as fewer regions than there are. */
  answers?: Handlers;
  /** Further arrangements that a scenario cannot say. */
  arrange?(company: Company): void | Promise<void>;
  target: Pick<FixTarget, 'subject' | 'owner'> & Partial<FixTarget>;
  riskClass: FixPlan['riskClass'];
  /** The APIs in their order: what a reader of the case should see. */
  calls: string[];
  /** What may break between approval and application; each must refuse and change nothing. */
  breaks: { [what: string]: (company: Company) => unknown };
  /** Where nothing is proposed, and why: `already-sound`, or the kind of obstacle. */
  refuses?: { [what: string]: { arrange(company: Company): unknown; because: string } };
  /**
   * What a way back leaves on purpose because the bot deletes none of it (log groups, topics, recorders) or
   * because AWS gives it another id: taken away by hand before the world is compared with what it was.
   */
  leaves?(company: Company): void;
  /** The same, where it was stopped behind some of its calls. */
  leavesWhenStopped?(company: Company): void;
  /** Behind how many of its calls nothing can be taken back, because the bot takes back none of it. */
  staysWhenStopped?: number[];
  /** Where a full way back does not exist: then the plan has none, and says why. */
  oneWay?: true;
  /** What is answered once it is applied; `already-sound` unless there is a next step to speak of. */
  afterwards?: string;
};

/** The tests that every fix must pass. */
export function livesOf(given: FixCase): void {
  const { fix: id, where } = given;
  const title = where ? `${id}, ${where}` : id;

  describe(title, () => {
    let company: Company;
    let gate: Gate;
    beforeEach(async () => {
      gate = gateOf(given.answers);
      company = await openCompany(given.company, { handlers: gate.handlers }, given.fixing);
      await given.arrange?.(company);
    });
    afterEach(() => company.close());

    test('is planned twice alike, calls what it declares, and names its way back', async () => {
      const plan = await planned(company, given);
      expect(hashOf(await planned(company, given))).toBe(hashOf(plan));
      expect(JSON.parse(canonicalJson(plan))).toEqual(plan);
      expect(plan.calls.map(({ api }) => api)).toEqual(given.calls);
      expect(plan).toMatchObject({ fix: id, direction: 'forward', riskClass: given.riskClass });
      const { writes } = fixOf(id);
      for (const call of [...plan.calls, ...plan.wayBack]) {
        expect(writes[seatOf(call, plan).family]).toContain(call.api);
      }
      expect(plan.wayBack.length === 0).toBe(given.oneWay === true);
      if (given.oneWay) expect(plan.blast.irreversible).toBeDefined();
      expect(plan.blast.accounts.length).toBeGreaterThan(0);
      expect(agree(plan.before, plan.after)).toBe(false);
    });

    test('has sessions that STS takes, each for one place, that can do nothing else', async () => {
      const plan = await planned(company, given);
      for (const calls of [plan.calls, plan.wayBack]) {
        const seated = calls.map((call) => ({ ...call, ...seatOf(call, plan) }));
        const keys = new Set(
          seated.map(({ family, at }) => `${family}/${at.account}/${at.region}`),
        );
        for (const key of keys) {
          const here = seated.filter(
            ({ family, at }) => `${family}/${at.account}/${at.region}` === key,
          );
          const names = {
            fix: 'fix-1',
            planHash: hashOf(plan),
            requestedBy: alice,
            approvedBy: [mina, jun],
            fence: 1,
          };
          const { policy } = sessionFor(here, names, company.aws);
          // STS takes 2,048 characters of inline policy.
          expect(JSON.stringify(policy).length).toBeLessThanOrEqual(2048);
          const needs = here.flatMap(({ api, parameters, at }) =>
            writeOf(api).needs(parameters, at),
          );
          expect(beyond({ policy, family: here[0]?.family ?? '', needs })).toEqual([]);
        }
      }
    });

    test('approved, it is applied and verified; its way back restores what was', async () => {
      const before = settled(company.running);
      const { world, stage, fix } = await proposed(company, given);
      expect(await approved(fix, world)).toMatchObject({ state: 'applied' });
      const applied = settled(company.running);
      expect(applied).not.toEqual(before);
      expect(kindOf(await planning(company, given))).toBe(given.afterwards ?? 'already-sound');

      const told = await requestWayBack({ fix: fix.id, by: alice, replyTo: null }, world);
      if (given.oneWay) {
        expect(told.kind).toBe('refused');
        expect(settled(company.running)).toEqual(applied);
        return;
      }
      if (told.kind !== 'fix') throw new Error(`told instead: ${JSON.stringify(told)}`);
      expect(await approved(told.fix, world)).toMatchObject({ state: 'applied' });
      expect((await stage.store.fix(fix.id))?.state).toBe('rolled-back');
      given.leaves?.(company);
      expect(settled(company.running)).toEqual(before);
      const read = await openFixes(company.aws).read(fix.plan);
      expect(read).toEqual({ seen: fix.plan.before });
    });

    for (const [what, breaking] of Object.entries(given.breaks)) {
      test(`refuses and changes nothing when meanwhile ${what}`, async () => {
        const { world, fix } = await proposed(company, given);
        await breaking(company);
        const broken = settled(company.running);
        const ended = await approved(fix, world);
        expect(['stale', 'failed']).toContain(ended.state);
        if (ended.outcome?.kind === 'failed') expect(ended.outcome.changed).toBe('nothing');
        expect(gate.written).toEqual([]);
        expect(settled(company.running)).toEqual(broken);
      });
    }

    for (const [what, { arrange, because }] of Object.entries(given.refuses ?? {})) {
      test(`is not proposed where ${what}`, async () => {
        await arrange(company);
        expect(kindOf(await planning(company, given))).toBe(because);
        expect(gate.written).toEqual([]);
      });
    }

    test.each(given.calls.map((api, index) => [api, index] as const))(
      'when %s (call %i of it) is denied, the record tells what was accepted before',
      async (_, index) => {
        const { world, fix } = await proposed(company, given);
        const before = settled(company.running);
        gate.denyWrite = index;
        const ended = await approved(fix, world);
        const changed = index === 0 ? 'nothing' : 'partly';
        expect(ended).toMatchObject({ state: 'failed', outcome: { kind: 'failed', changed } });
        if (ended.outcome?.kind !== 'failed') throw new Error('unreachable');
        expect(ended.outcome.reason).toMatch(/denied|not authorized/i);
        expect((ended.outcome.accepted ?? []).map(({ api }) => api)).toEqual(
          given.calls.slice(0, index),
        );
        expect(gate.written).toHaveLength(index);
        if (index === 0) expect(settled(company.running)).toEqual(before);
      },
    );

    for (const [before, api] of given.calls.slice(1).entries()) {
      const index = before + 1;
      test(`stopped before ${api} (call ${index} of it), nothing more is sent and the record says so`, async () => {
        const before = settled(company.running);
        const { world, stage, fix } = await proposed(company, given);
        const stop = { by: jun, at: '2026-11-22T10:00:00.000Z', reason: 'an incident' };
        world.stopped = async () => (gate.written.length === index ? stop : null);
        const ended = await approved(fix, world);
        expect(ended).toMatchObject({
          state: 'failed',
          outcome: { changed: 'partly', why: { kind: 'fixes-stopped', by: 'jun' } },
        });
        if (ended.outcome?.kind !== 'failed') throw new Error('unreachable');
        expect((ended.outcome.accepted ?? []).map(({ api: taken }) => taken)).toEqual(
          given.calls.slice(0, index),
        );
        expect(gate.written).toHaveLength(index);

        world.stopped = async () => null;
        const told = await requestWayBack({ fix: fix.id, by: alice, replyTo: null }, world);
        expect(canTakeSomeBack(ended)).toBe(!given.staysWhenStopped?.includes(index));
        if (given.staysWhenStopped?.includes(index)) {
          expect(told).toMatchObject({ kind: 'refused', why: { kind: 'no-way-back' } });
          expect(gate.written).toHaveLength(index);
          return;
        }
        if (told.kind !== 'fix') throw new Error(`told instead: ${JSON.stringify(told)}`);
        expect(told.fix).toMatchObject({ needed: 2, plan: { direction: 'back', riskClass: 'C' } });
        expect(await approved(told.fix, world)).toMatchObject({ state: 'applied' });
        expect((await stage.store.fix(fix.id))?.state).toBe('rolled-back');
        given.leavesWhenStopped?.(company);
        expect(settled(company.running)).toEqual(before);
      });
    }

    // As often as there are reads, at the pace that AWS allows: seconds of waiting, not of work.
    test('whatever it may not read makes no other plan', async () => {
      const plan = await planned(company, given);
      const { reads } = gate;
      expect(reads).toBeGreaterThan(0);
      for (let denied = 0; denied < reads; denied += 1) {
        gate.denyRead = gate.reads + denied;
        const answer = await planning(company, given);
        if (answer === 'no-fix') throw new Error('there is no fix');
        if (!wasSeen(answer)) continue;
        if (answer.seen === 'already-sound') throw new Error('called sound what it could not read');
        if ('plan' in answer.seen) expect(hashOf(answer.seen.plan)).toBe(hashOf(plan));
      }
    }, 120_000);

    test('whatever it may not read makes no other state', async () => {
      const plan = await planned(company, given);
      const before = gate.reads;
      await openFixes(company.aws).read(plan);
      const reads = gate.reads - before;
      expect(reads).toBeGreaterThan(0);
      for (let denied = 0; denied < reads; denied += 1) {
        gate.denyRead = gate.reads + denied;
        const state = await openFixes(company.aws).read(plan);
        if (wasSeen(state)) expect(state.seen).toEqual(plan.before);
      }
    }, 120_000);
  });
}

/** Counts what the fix roles write and the read role reads, and denies the one that a test names. */
type Gate = {
  handlers: Handlers;
  written: string[];
  reads: number;
  denyWrite: number | null;
  denyRead: number | null;
};

function gateOf(instead: Handlers = {}): Gate {
  const gate: Gate = { handlers: {}, written: [], reads: 0, denyWrite: null, denyRead: null };
  let asked = 0;
  const pass = (call: Call) => {
    const role = call.caller.role?.name ?? '';
    const name = `${call.service}:${call.operation}`;
    if (role.startsWith('trailwarden-fix-')) {
      asked += 1;
      if (asked - 1 === gate.denyWrite) throw faultOf(call.service, 'denied');
      return () => gate.written.push(name);
    }
    if (role === 'trailwarden-read') {
      gate.reads += 1;
      if (gate.reads - 1 === gate.denyRead) throw faultOf(call.service, 'denied');
    }
    return () => {};
  };
  for (const [name, handler] of Object.entries({ ...HANDLERS, ...instead })) {
    gate.handlers[name] = async (call, world) => {
      const passed = pass(call);
      const output = await handler(call, world);
      passed();
      return output;
    };
  }
  return gate;
}

function fixOf(id: string) {
  const fix = fixes.find((each) => each.id === id);
  if (!fix) throw new Error(`there is no fix called ${id}`);
  return fix;
}

function targetOf({ fix, target }: FixCase): FixTarget {
  return { id: 'f0000001', check: `${fix}-check`, covers: [target.owner], ...target };
}

/** `already-sound`, `plan`, or the kind of obstacle; throws for what could not be read. */
function kindOf(answer: Awaited<ReturnType<typeof planning>>): string {
  if (answer === 'no-fix' || !wasSeen(answer)) throw new Error(JSON.stringify(answer));
  const { seen } = answer;
  if (seen === 'already-sound') return seen;
  return 'plan' in seen ? 'plan' : seen.cannot.kind;
}

function planning(company: Company, given: FixCase) {
  return openFixes(company.aws).plan(given.fix, targetOf(given));
}

/** The plan of a case; throws with what was answered instead. */
export async function planned(company: Company, given: FixCase): Promise<FixPlan> {
  const answer = await planning(company, given);
  if (answer === 'no-fix' || !wasSeen(answer) || answer.seen === 'already-sound') {
    throw new Error(`no plan: ${JSON.stringify(answer)}`);
  }
  if ('cannot' in answer.seen) throw new Error(`no plan: ${JSON.stringify(answer.seen.cannot)}`);
  return answer.seen.plan;
}

/** A case asked for by alice, through the job, in a world over its company. */
export async function proposed(company: Company, given: FixCase) {
  const { world, stage } = await worldOver(company);
  const finding = openFinding({
    ...targetOf(given),
    fix: { id: given.fix, class: given.riskClass },
  });
  await stage.store.saveScan(scanWith([finding]));
  const told = await requestFix({ finding: finding.id, by: alice, replyTo: null }, world);
  if (told.kind !== 'fix') throw new Error(`told instead: ${JSON.stringify(told)}`);
  return { world, stage, fix: told.fix };
}

/** Approved by as many as it needs, and carried out: the record as it is then. */
export async function approved(fix: FixRecord, world: FixWorld): Promise<FixRecord> {
  for (const by of [mina, jun]) {
    const now = await world.fix(fix.id);
    if (now?.state !== 'proposed') break;
    const approval = { fix: fix.id, planHash: fix.planHash, by, reason: 'CHG-1042', replyTo: null };
    await approveFix(approval, world);
  }
  const ended = await world.fix(fix.id);
  if (!ended) throw new Error(`the store lost fix ${fix.id}`);
  return ended;
}

/** What stands in the simulated organization, without what only time changes. */
export function settled({ world }: RunningAws): unknown {
  const {
    identities: _identities,
    events: _events,
    changes: _changes,
    allowances: _allowances,
    started: _started,
    now: _now,
    ...rest
  } = world;
  return timeless(rest);
}

/** Dates say when somebody touched a thing; a thing that was put back was touched. */
function timeless(value: unknown): unknown {
  if (value instanceof Date || typeof value === 'function') return undefined;
  if (value instanceof Map) return timeless(Object.fromEntries(value));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const plain = timeless(member);
      return plain === undefined ? [] : [[name, plain]];
    }),
  );
}
