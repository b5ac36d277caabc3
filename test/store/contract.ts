import type { AuditStep } from '../../src/core/audit.ts';
import type { AcceptedRisk } from '../../src/core/fixes/accept-risk.ts';
import type { Approval, FixRecord } from '../../src/core/fixes/fix.ts';
import { groupPlan } from '../../src/core/fixes/group.ts';
import { planLogFileValidation } from '../../src/core/fixes/plan.ts';
import { EDGES, type Edge, type KeptFix } from '../../src/core/fixes/state.ts';
import { hashOf } from '../../src/core/hash.ts';
import type { KeptAnswer } from '../../src/core/kept-answer.ts';
import type { Scan } from '../../src/core/posture/finding.ts';
import type { KeptRow } from '../../src/core/posture/kept/kept-rows.ts';
import { keptAnswers, keptScans, type Store } from '../../src/store/store.ts';
import { soundPlan } from '../core/evidence/sound.ts';
import { alice, mina, openFinding, scanWith } from '../jobs/fix-world.ts';

/** A store under test: `open` gives one more handle on the same memory, as another process has it. */
export type Opened = { open(): Promise<Store>; clock: { now: Date } };

/** What every store promises. A new store adds a line to `stores` in `contract.test.ts`. */
export function promises(begin: () => Promise<Opened>) {
  test('a fix comes back as it was put, in its first version', async () => {
    const { a } = await two(begin);
    const fix = proposal();
    expect(await a.putFix(fix, step('fix-proposed'))).toEqual({ kept: { ...fix, version: 1 } });
    expect(await a.fix(fix.id)).toEqual({ ...fix, version: 1 });
    expect(await a.fix('another')).toBeUndefined();
  });

  test('a scan comes back as it was saved, with what its findings share', async () => {
    const { a, b } = await two(begin);
    const scan = largeScan();
    await a.saveScan(scan);
    expect(await b.lastScans(1)).toEqual([scan]);
    const [read] = await b.lastScans(1);
    expect(read?.findings[0]?.evidence[0]).toBe(read?.findings.at(-1)?.evidence[0]);
  });

  test('what fails in the newest scan comes back without the rest, with what it rests on', async () => {
    const { a, b } = await two(begin);
    expect(await b.lastFailing()).toEqual([]);
    await a.saveScan(scanWith([]));
    expect(await b.lastFailing()).toEqual([]);
    const scan = largeScan();
    const [first, second, ...rest] = scan.findings;
    if (!first || !second) throw new Error('a large scan has findings');
    const mended = { ...scan, scannedAt: '2026-11-23T10:00:00.000Z' };
    mended.findings = [
      { ...first, status: 'FAIL' },
      { ...second, status: 'PASS' },
      ...rest.map((one) => ({ ...one, status: 'FAIL' as const })),
    ];
    await a.saveScan(mended);
    const failing = mended.findings.filter(({ status }) => status === 'FAIL');
    expect(await b.lastFailing()).toEqual(failing);
  });

  test('a scan without anything comes back, too', async () => {
    const { a, b } = await two(begin);
    await a.saveScan(scanWith([]));
    expect(await b.lastScans(5)).toEqual([scanWith([])]);
  });

  test('what was read of accounts is kept, the newest of each', async () => {
    const { a, b } = await two(begin);
    await a.keepAccounts([keptRow('1', '09:00'), keptRow('2', '09:01')]);
    await b.keepAccounts([{ ...keptRow('1', '09:30'), body: 'not even JSON' }]);
    expect(await a.keptAccounts()).toEqual([
      { ...keptRow('1', '09:30'), body: 'not even JSON' },
      keptRow('2', '09:01'),
    ]);
  });

  test('a scan that ends marks what is kept as finished, and forgets what is old', async () => {
    const { a, b } = await two(begin);
    await a.keepAccounts([keptRow('1', '08:00'), keptRow('2', '09:00'), keptRow('3', '10:00')]);
    await a.finishKept('2026-11-22T09:00:00.000Z');
    expect(await b.keptAccounts()).toEqual([
      { ...keptRow('2', '09:00'), finished: true },
      { ...keptRow('3', '10:00'), finished: true },
    ]);
    await b.keepAccounts([keptRow('2', '11:00')]);
    expect((await a.keptAccounts()).map(({ finished }) => finished)).toEqual([false, true]);
  });

  test('an account that could not be seen is forgotten, and nobody else', async () => {
    const { a, b } = await two(begin);
    await a.keepAccounts([keptRow('1', '09:00'), keptRow('2', '09:00')]);
    await b.forgetAccounts(['1', 'nobody']);
    expect(await a.keptAccounts()).toEqual([keptRow('2', '09:00')]);
  });

  test('an answer is found again by its plan and by its threads, until it expires', async () => {
    const { a, b, clock } = await two(begin);
    const answer = keptAnswer('p1');
    await a.keepAnswer(answer, ['C1:1.0', 'D1'], inDays(clock.now, 7));
    expect(await b.keptAnswer('p1')).toEqual(answer);
    expect(await b.lastAnswer('C1:1.0')).toEqual(answer);
    expect(await b.lastAnswer('D1')).toEqual(answer);
    expect(await b.lastAnswer('p1')).toBeUndefined();
    expect(await b.keptAnswer('D1')).toBeUndefined();
    clock.now = new Date(inDays(clock.now, 7));
    expect(await b.keptAnswer('p1')).toBeUndefined();
    expect(await b.lastAnswer('D1')).toBeUndefined();
  });

  test('a thread remembers its newest answer; the one before is found by its plan only', async () => {
    const { a, b, clock } = await two(begin);
    await a.keepAnswer(keptAnswer('p1'), ['C1:1.0'], inDays(clock.now, 7));
    await b.keepAnswer(keptAnswer('p2'), ['C1:1.0'], inDays(clock.now, 7));
    expect((await a.lastAnswer('C1:1.0'))?.planHash).toBe('p2');
    expect((await a.keptAnswer('p1'))?.planHash).toBe('p1');
  });

  test('so many answers are kept and no more, the newest of them', async () => {
    const { a, clock } = await two(begin);
    const later = inDays(clock.now, 7);
    await a.keepAnswer(keptAnswer('first'), [], later);
    const threads = Array.from({ length: keptAnswers - 2 }, (_, at) => `T${at}`);
    await a.keepAnswer(keptAnswer('many'), threads, later);
    expect(await a.keptAnswer('first')).toBeDefined();
    await a.keepAnswer(keptAnswer('last'), [], later);
    expect(await a.keptAnswer('first')).toBeUndefined();
    expect(await a.lastAnswer('T0')).toBeDefined();
    expect(await a.keptAnswer('last')).toBeDefined();
  });

  test('an open fix keeps others away from its resource; a closed one does not', async () => {
    const { a, b } = await two(begin);
    const { kept } = await put(a, proposal());
    const second = proposal({ id: 'fix-b' });
    expect(await b.putFix(second, step('fix-proposed'))).toEqual({ already: kept });
    expect(await b.fix('fix-b')).toBeUndefined();
    expect(await b.audit()).toHaveLength(1);

    await a.moveFix(moving(kept, { from: 'proposed', to: 'cancelled' }));
    expect(await b.putFix(second, step('fix-proposed'))).toMatchObject({ kept: { id: 'fix-b' } });
  });

  test('a move changes state and what it says, raises the version, and is written into the audit', async () => {
    const { a, b } = await two(begin);
    const { kept } = await put(a, proposal());
    const yes = approval(kept);
    const moved = await a.moveFix({
      ...moving(kept, { from: 'proposed', to: 'approved' }),
      change: { approvals: [yes], decidedAt: '2026-11-22T10:05:00.000Z' },
    });
    expect(moved).toEqual({
      ...kept,
      state: 'approved',
      version: 2,
      approvals: [yes],
      decidedAt: '2026-11-22T10:05:00.000Z',
    });
    expect(await b.fix(kept.id)).toEqual(moved);
    expect((await b.audit()).map(({ action }) => action)).toEqual(['fix-proposed', 'fix-approved']);
  });

  test('of two who read the same record, one moves it', async () => {
    const { a, b } = await two(begin);
    const { kept } = await put(a, proposal());
    const seenByB = (await b.fix(kept.id)) ?? kept;
    const moved = await Promise.all([
      a.moveFix(moving(kept, { from: 'proposed', to: 'approved' })),
      b.moveFix(moving(seenByB, { from: 'proposed', to: 'cancelled' })),
    ]);
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect(await a.audit()).toHaveLength(2);
  });

  test.each<[string, (fix: { version: number; planHash: string }) => object, Edge]>([
    [
      'an old version',
      ({ version }) => ({ version: version - 1 }),
      { from: 'proposed', to: 'approved' },
    ],
    ['another plan', () => ({ planHash: 'f'.repeat(64) }), { from: 'proposed', to: 'approved' }],
    ['another id', () => ({ id: 'fix-z' }), { from: 'proposed', to: 'approved' }],
    ['another state', () => ({}), { from: 'approved', to: 'claimed' }],
  ])('%s moves nothing and leaves no trace', async (_, different, edge) => {
    const { a } = await two(begin);
    const { kept } = await put(a, proposal());
    expect(await a.moveFix(moving({ ...kept, ...different(kept) }, edge))).toBeUndefined();
    expect(await a.fix(kept.id)).toEqual(kept);
    expect(await a.audit()).toHaveLength(1);
  });

  test('a second record moves along with the first, or not at all', async () => {
    const { a } = await two(begin);
    const first = await walked(a, proposal(), 'approved', 'claimed', 'applying', 'applied');
    const back = await walked(a, proposal({ id: 'fix-back', undoes: first.id }), 'approved');
    const along = moving(first, { from: 'applied', to: 'rolled-back' });

    const late = { ...back, version: 1 };
    expect(
      await a.moveFix(moving(late, { from: 'approved', to: 'claimed' }), along),
    ).toBeUndefined();
    expect((await a.fix(first.id))?.state).toBe('applied');

    await a.moveFix(moving(back, { from: 'approved', to: 'claimed' }), along);
    expect((await a.fix(first.id))?.state).toBe('rolled-back');
  });

  test('open fixes are the ones that somebody still has to act on, oldest first', async () => {
    const { a, b } = await two(begin);
    await walked(a, proposal({ id: 'done' }), 'approved', 'claimed', 'applying', 'applied');
    await put(a, elsewhere('later', '2026-11-22T10:30:00.000Z'));
    await put(a, elsewhere('sooner', '2026-11-22T10:10:00.000Z'));
    expect((await b.openFixes()).map(({ id }) => id)).toEqual(['sooner', 'later']);
  });

  test('a plan over several things holds each of them, and lets all go when it is over', async () => {
    const { a, b } = await two(begin);
    const [first, second] = [elsewhere('one', AT), elsewhere('two', AT)];
    const both = { ...first.plan, parts: [first.plan, second.plan] };
    const { kept } = await put(a, proposal({ id: 'both', plan: both }));
    expect(await b.putFix(second, step('fix-proposed'))).toEqual({ already: kept });
    const declined = await a.moveFix(moving(kept, { from: 'proposed', to: 'proposed' }));
    expect(await b.putFix(first, step('fix-proposed'))).toMatchObject({ already: { id: 'both' } });
    if (!declined) throw new Error('it was not moved');
    await a.moveFix(moving(declined, { from: 'proposed', to: 'cancelled' }));
    expect(await b.putFix(second, step('fix-proposed'))).toMatchObject({ kept: { id: 'two' } });
    expect(await b.putFix(first, step('fix-proposed'))).toMatchObject({ kept: { id: 'one' } });
  });

  test('within an hour so many are approved and no more, whoever asks at the same moment', async () => {
    const { a, b } = await two(begin);
    const asked = await Promise.all(
      ['1', '2', '3', '4'].map(async (id) => (await put(a, elsewhere(id, AT))).kept),
    );
    const since = '2026-11-22T09:00:00.000Z';
    const limit = { perHour: 2, since };
    const moved = await Promise.all(
      asked.map((kept, index) =>
        (index % 2 ? a : b).moveFix({
          ...moving(kept, { from: 'proposed', to: 'approved' }),
          limit,
        }),
      ),
    );
    expect(moved.filter(Boolean)).toHaveLength(2);
    expect(await a.approvalsSince(since)).toEqual([AT, AT]);
    expect(await a.approvalsSince(AT)).toEqual([]);
    const [last] = asked.filter((_, index) => !moved[index]);
    if (!last) throw new Error('all were moved');
    expect(await b.fix(last.id)).toEqual(last);
    const later = { ...limit, since: AT };
    expect(
      await b.moveFix({ ...moving(last, { from: 'proposed', to: 'approved' }), limit: later }),
    ).toMatchObject({ state: 'approved' });
  });

  test('a plan over several counts by its things, and is not approved where they are too many', async () => {
    const { a, b } = await two(begin);
    const { plan } = proposal();
    const of = (id: string, things: number) => {
      const parts = Array.from({ length: things }, (_, at) => ({
        ...plan,
        resource: `${id}-${at}`,
      }));
      return proposal({ id, plan: groupPlan(parts) });
    };
    const since = '2026-11-22T09:00:00.000Z';
    const approving = (kept: KeptFix, perHour: number) => ({
      ...moving(kept, { from: 'proposed', to: 'approved' }),
      limit: { perHour, since },
    });
    const { kept: three } = await put(a, of('three', 3));
    const { kept: both } = await put(a, of('two', 2));
    expect(await a.moveFix(approving(three, 2))).toBeUndefined();
    expect(await a.moveFix(approving(three, 4))).toMatchObject({ state: 'approved' });
    expect(await a.approvalsSince(since)).toEqual([AT, AT, AT]);
    expect(await b.moveFix(approving(both, 4))).toBeUndefined();
    expect(await b.fix('two')).toEqual(both);
    expect(await b.moveFix(approving(both, 5))).toMatchObject({ state: 'approved' });
    expect(await a.approvalsSince(since)).toHaveLength(5);

    const back = groupPlan(
      ['x', 'y'].map((resource) => ({ ...plan, resource, direction: 'back' as const })),
    );
    const { kept: wayBack } = await put(a, proposal({ id: 'back', plan: back }));
    expect(await b.moveFix(approving(wayBack, 5))).toBeUndefined();
    expect(await b.moveFix(approving(wayBack, 6))).toMatchObject({ state: 'approved' });
    expect(await a.approvalsSince(since)).toHaveLength(6);
  });

  test('what calls nothing is not counted', async () => {
    const { a } = await two(begin);
    const { plan } = proposal();
    const { kept } = await put(a, proposal({ plan: { ...plan, calls: [] } }));
    await a.moveFix(moving(kept, { from: 'proposed', to: 'approved' }));
    expect(await a.approvalsSince('2026-11-22T09:00:00.000Z')).toEqual([]);
  });

  test('a risk is accepted with the move that ends its fix, and withdrawn with another', async () => {
    const { a, b } = await two(begin);
    const accept = acceptedRisk('fix-a');
    const applying = await walked(a, proposal(), 'approved', 'claimed', 'applying');
    const end = moving(applying, { from: 'applying', to: 'applied' });
    expect(
      await a.moveFix({ ...end, fix: { ...applying, version: 1 }, risk: { accept } }),
    ).toBeUndefined();
    expect(await b.acceptedRisks()).toEqual([]);
    await a.moveFix({ ...end, risk: { accept } });
    expect(await b.acceptedRisks()).toEqual([accept]);

    const longer = { ...accept, expires: '2027-06-30', fix: 'fix-b' };
    const again = await walked(a, proposal({ id: 'fix-b' }), 'approved', 'claimed', 'applying');
    const next = moving(again, { from: 'applying', to: 'applied' });
    await a.moveFix({ ...next, risk: { accept: longer } });
    expect(await b.acceptedRisks()).toEqual([longer]);

    const back = await walked(a, proposal({ id: 'fix-c' }), 'approved', 'claimed', 'applying');
    const over = moving(back, { from: 'applying', to: 'applied' });
    await b.moveFix({ ...over, risk: { withdraw: longer } });
    expect(await a.acceptedRisks()).toEqual([]);
  });

  test('a finding is put off until its time is over; a later word takes the place of the first', async () => {
    const { a, b, clock } = await two(begin);
    const until = inDays(clock.now, 3);
    await a.snooze('f0000001', inDays(clock.now, 1), mina, step('finding-snoozed'));
    await b.snooze('f0000001', until, alice, step('finding-snoozed'));
    expect(await a.snoozes()).toEqual([{ finding: 'f0000001', until, by: alice }]);
    expect((await a.audit()).map(({ action }) => action)).toEqual([
      'finding-snoozed',
      'finding-snoozed',
    ]);
    clock.now = new Date(until);
    expect(await a.snoozes()).toEqual([]);
  });

  test('the newest fixes come first, in whatever state', async () => {
    const { a, b } = await two(begin);
    await walked(a, elsewhere('old', '2026-11-22T08:00:00.000Z'), 'cancelled');
    await put(a, elsewhere('new', '2026-11-22T12:00:00.000Z'));
    await put(a, elsewhere('middle', '2026-11-22T09:00:00.000Z'));
    expect((await b.lastFixes(2)).map(({ id }) => id)).toEqual(['new', 'middle']);
    expect((await b.lastFixes(9)).map(({ state }) => state)).toEqual([
      'proposed',
      'proposed',
      'cancelled',
    ]);
  });

  test('what is seen later lies beside the record and disturbs no move', async () => {
    const { a, b } = await two(begin);
    const { kept } = await put(a, proposal());
    const aftermath = { events: [{ eventID: 'e1', eventName: 'UpdateTrail', eventTime: AT }] };
    await b.noteAftermath(kept.id, aftermath);
    expect((await a.fix(kept.id))?.aftermath).toEqual(aftermath);
    const moved = await a.moveFix(moving(kept, { from: 'proposed', to: 'approved' }));
    expect(moved?.aftermath).toEqual(aftermath);
    expect((await b.fix(kept.id))?.aftermath).toEqual(aftermath);
  });

  test('noting where the message is does not disturb a move', async () => {
    const { a, b } = await two(begin);
    const { kept } = await put(a, proposal());
    await b.noteMessage(kept.id, { channel: 'C02GOVERN', ts: '1.1' });
    const moved = await a.moveFix(moving(kept, { from: 'proposed', to: 'approved' }));
    expect(moved?.message).toEqual({ channel: 'C02GOVERN', ts: '1.1' });
  });

  test('hostile text in a record comes back as it went in, and the audit still holds', async () => {
    const { a, b } = await two(begin);
    const name = `<!channel> '; DROP TABLE fixes;-- \u0000 \u202e \ud800 ${'x'.repeat(100_000)}`;
    await put(a, proposal({ requestedBy: { ...alice, name } }));
    await a.appendAudit({ ...step('said'), details: { words: name } });
    expect((await b.fix('fix-a'))?.requestedBy.name).toBe(name);
    expect((await b.audit()).at(-1)?.details).toEqual({ words: name });
    expect(await b.verifyAudit()).toEqual({ ok: true, entries: 2 });
  });

  test('scans come back newest first, and only so many are kept', async () => {
    const { a, b } = await two(begin);
    expect(await a.lastScans(2)).toEqual([]);
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1, n)).toISOString();
    for (let n = 0; n < keptScans + 3; n += 1) {
      await a.saveScan(scanWith([openFinding()], { scannedAt: at(n) }));
    }
    const scans = await b.lastScans(1000);
    expect(scans).toHaveLength(keptScans);
    expect(scans[0]).toEqual(scanWith([openFinding()], { scannedAt: at(keptScans + 2) }));
    expect((await b.lastScans(2)).map(({ scannedAt }) => scannedAt)).toEqual([
      at(keptScans + 2),
      at(keptScans + 1),
    ]);
  });

  test('a digest is claimed once per channel and day, and again after it was given back', async () => {
    const { a, b } = await two(begin);
    expect(await a.claimDigest('C1', '2026-11-22')).toBe(true);
    expect(await b.claimDigest('C1', '2026-11-22')).toBe(false);
    expect(await b.claimDigest('C2', '2026-11-22')).toBe(true);
    expect(await b.claimDigest('C1', '2026-11-23')).toBe(true);
    await a.releaseDigest('C1', '2026-11-22');
    expect(await b.claimDigest('C1', '2026-11-22')).toBe(true);
  });

  test('a key is new once, until it has expired', async () => {
    const { a, b, clock } = await two(begin);
    expect(await a.firstTime('Ev1', 600)).toBe(true);
    expect(await b.firstTime('Ev1', 600)).toBe(false);
    expect(await b.firstTime('Ev2', 600)).toBe(true);
    clock.now = new Date(clock.now.getTime() + 600_000);
    expect(await b.firstTime('Ev1', 600)).toBe(true);
  });

  test('the audit is one chain, whoever writes', async () => {
    const { a, b } = await two(begin);
    expect(await a.verifyAudit()).toEqual({ ok: true, entries: 0 });
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 2 ? a : b).appendAudit(step(`act-${n}`))),
    );
    const entries = await b.audit();
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(entries[0]).toMatchObject({ prevHash: '0'.repeat(64), actor: alice });
    expect(await a.verifyAudit()).toEqual({ ok: true, entries: 40 });
  });

  test('settings are kept by name', async () => {
    const { a, b } = await two(begin);
    expect(await a.setting('team')).toBeUndefined();
    await a.putSetting('team', 'T01BORA');
    await b.putSetting('team', 'T02OTHER');
    expect(await a.setting('team')).toBe('T02OTHER');
  });
}

const AT = '2026-11-22T10:00:00.000Z';

function acceptedRisk(fix: string): AcceptedRisk {
  return {
    check: 'trail-log-file-validation',
    subject: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/a b',
    reason: 'a migration',
    owner: 'payments team',
    expires: '2027-03-31',
    fix,
  };
}

async function two(begin: () => Promise<Opened>) {
  const { open, clock } = await begin();
  return { a: await open(), b: await open(), clock };
}

export function step(action: string): AuditStep {
  return { at: '2026-11-22T10:00:00.000Z', actor: alice, action, details: {} };
}

/** Mina's yes to a fix. */
export function approval({ planHash }: Pick<FixRecord, 'planHash'>): Approval {
  const at = '2026-11-22T10:05:00.000Z';
  return { by: mina, at, planHash, reason: null, group: '@cloud-approvers' };
}

/** A proposal for the trail of the story, unless said otherwise. */
export function proposal(different: Partial<FixRecord> = {}): FixRecord {
  const plan = planLogFileValidation(openFinding(), { LogFileValidationEnabled: false });
  if (!plan) throw new Error('the trail is sound already');
  return {
    id: 'fix-a',
    plan,
    planHash: hashOf(plan),
    state: 'proposed',
    requestedBy: alice,
    requestedAt: '2026-11-22T10:00:00.000Z',
    expiresAt: '2026-11-22T11:00:00.000Z',
    approvers: '@cloud-approvers',
    needed: 1,
    approvals: [],
    decidedAt: null,
    claim: null,
    finishedAt: null,
    outcome: null,
    message: null,
    ...different,
  };
}

function elsewhere(id: string, requestedAt: string): FixRecord {
  const { plan } = proposal();
  return proposal({ id, requestedAt, plan: { ...plan, resource: `${plan.resource}-${id}` } });
}

async function put(store: Store, fix: FixRecord) {
  const result = await store.putFix(fix, step('fix-proposed'));
  if (!('kept' in result)) throw new Error('the resource has an open fix already');
  return result;
}

function moving(fix: Parameters<Store['moveFix']>[0]['fix'], edge: Edge) {
  return { fix, edge, change: {}, step: step(`fix-${edge.to}`) };
}

/** Puts a proposal and walks it along the given states. */
async function walked(store: Store, proposed: FixRecord, ...states: string[]) {
  let { kept } = await put(store, proposed);
  for (const to of states) {
    const [edge] = edges().filter((each) => each.from === kept.state && each.to === to);
    const moved = edge && (await store.moveFix(moving(kept, edge)));
    if (!moved) throw new Error(`no way from ${kept.state} to ${to}`);
    kept = moved;
  }
  return kept;
}

/** Every legal edge. */
export function edges(): Edge[] {
  return Object.entries(EDGES).flatMap(([from, targets]) =>
    targets.map((to) => ({ from, to }) as Edge),
  );
}

function keptAnswer(planHash: string): KeptAnswer {
  return {
    planHash,
    plan: soundPlan(),
    question: 'who deleted i-0abc?',
    lang: 'en',
    askedAt: '2026-11-22T10:00:00.000Z',
    events: [{ eventID: 'e1', account: '111122223333', region: 'eu-west-1', at: null }],
    callers: [{ kind: 'root', value: 'root' }],
    resources: ['i-0abc'],
    coverage: {
      from: '2026-08-24T09:00:00Z',
      to: '2026-11-22T09:00:00Z',
      accounts: { searched: 1, of: 1 },
      regions: { searched: 1, of: 1 },
      categories: ['management'],
      sources: ['LookupEvents'],
      gaps: [],
    },
    total: 1,
    listed: 1,
  };
}

const inDays = (from: Date, days: number) =>
  new Date(from.getTime() + days * 24 * 60 * 60 * 1000).toISOString();

function keptRow(account: string, time: string): KeptRow {
  return { account, readAt: `2026-11-22T${time}:00.000Z`, finished: false, body: '{}' };
}

/** More findings and places than fit into one part of any store, resting on one reading. */
function largeScan(): Scan {
  const evidence = [
    {
      api: 'cloudtrail:GetTrail',
      account: '111122223333',
      region: 'us-east-1',
      at: '2026-11-22T09:00:00.000Z',
      fields: { logFileValidation: true },
    },
  ];
  const ids = Array.from({ length: 2_500 }, (_, index) => String(700_000_000_000 + index));
  return scanWith(
    ids.map((id) => ({ ...openFinding(), id, owner: id, evidence })),
    {
      accounts: ids.map((id) => ({ id, name: `team ${id}`, ou: '', visible: true, reason: null })),
      coverage: ids.flatMap((account, index) =>
        ['us-east-1', 'af-south-1', ...(index % 7 ? ['eu-west-1'] : [])].map((region) => ({
          account,
          region,
          managementRead: index % 3 > 0,
          managementWrite: true,
          dataEvents: index % 2 ? ['AWS::S3::Object'] : [],
          trails: ['arn:aws:cloudtrail:us-east-1:111122223333:trail/org'],
        })),
      ),
    },
  );
}
