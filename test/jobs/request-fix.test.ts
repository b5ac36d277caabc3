import type { Finding } from '../../src/core/posture/finding.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { requestFix } from '../../src/jobs/request-fix.ts';
import { alice, inChannel, jun, openFinding, scanWith, stageWhere } from './fix-world.ts';

const asked = { finding: 'f0000001', by: alice, replyTo: inChannel };

test('the proposal holds the plan and its hash, expires after an hour, and knows its message', async () => {
  const { world, stage } = await stageWhere();
  const told = await requestFix(asked, world);
  expect(told).toMatchObject({
    kind: 'fix',
    approvers: '@cloud-approvers',
    fix: {
      state: 'proposed',
      requestedBy: alice,
      requestedAt: '2026-11-22T10:00:00.000Z',
      expiresAt: '2026-11-22T11:00:00.000Z',
      planHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      message: { channel: 'C02GOVERN', ts: '1.fix-1' },
    },
  });
  expect((await stage.store.fix('fix-1'))?.message).toEqual({
    channel: 'C02GOVERN',
    ts: '1.fix-1',
  });
  expect(stage.told).toMatchObject([{ kind: 'fix', finding: { id: 'f0000001' } }]);
  expect(stage.applications).toBe(0);
});

test.each<[string, Partial<Finding> | null, object]>([
  ['is not in the last scan', null, { kind: 'no-such-finding', finding: 'f0000001' }],
  ['passes', { status: 'PASS' }, { kind: 'finding-not-open', finding: 'f0000001', status: 'PASS' }],
  [
    'could not be seen',
    { status: 'NOT_VISIBLE' },
    { kind: 'finding-not-open', finding: 'f0000001', status: 'NOT_VISIBLE' },
  ],
  [
    'has no fix',
    { fix: null, check: 'log-bucket-mfa-delete' },
    { kind: 'no-fix-for-this', finding: 'f0000001', check: 'log-bucket-mfa-delete' },
  ],
  [
    'is accepted (lesson 16: what is suppressed is not offered for fixing)',
    { fix: null, exception: { reason: 'r', owner: 'o', expires: '2027-01-01', expired: false } },
    {
      kind: 'finding-accepted',
      finding: 'f0000001',
      owner: 'o',
      reason: 'r',
      expires: '2027-01-01',
    },
  ],
])('for a finding that %s nothing is proposed', async (_, different, why) => {
  const { world, stage } = await stageWhere();
  const findings = different ? [openFinding(different)] : [];
  await stage.store.saveScan(scanWith(findings, { scannedAt: '2026-11-22T09:30:00.000Z' }));
  expect(await requestFix(asked, world)).toEqual({ kind: 'refused', why });
  expect(stage.told).toEqual([{ kind: 'refused', why }]);
  expect(await stage.store.openFixes()).toEqual([]);
});

test.each<[string, Partial<FixWorld>, object]>([
  [
    'a fix that this version does not know',
    { plan: async () => 'no-fix' },
    { kind: 'no-fix-for-this', finding: 'f0000001', check: 'trail-log-file-validation' },
  ],
  [
    'a state that cannot be read',
    { plan: async () => ({ unseen: { kind: 'denied', reason: 'AccessDenied: no' } }) },
    { kind: 'could-not-read', reason: 'AccessDenied: no' },
  ],
  [
    'something that has been mended since the scan',
    { plan: async () => ({ seen: 'already-sound' }) },
    { kind: 'finding-not-open', finding: 'f0000001', status: 'PASS' },
  ],
])('for %s nothing is proposed', async (_, different, why) => {
  const { world, stage } = await stageWhere(different);
  expect(await requestFix(asked, world)).toEqual({ kind: 'refused', why });
  expect(await stage.store.openFixes()).toEqual([]);
});

test('before any scan there is no finding', async () => {
  const { world } = await stageWhere({ lastScans: async () => [] });
  expect(await requestFix(asked, world)).toMatchObject({ why: { kind: 'no-such-finding' } });
});

test('the second request for the same thing is shown the first', async () => {
  const { world, stage } = await stageWhere();
  const told = await Promise.all([
    requestFix(asked, world),
    requestFix({ ...asked, by: jun }, world),
  ]);
  expect(told).toMatchObject([
    { kind: 'fix', fix: { id: 'fix-1' } },
    { kind: 'refused', why: { kind: 'already-requested', fix: 'fix-1', by: alice } },
  ]);
  expect(await stage.store.openFixes()).toHaveLength(1);
});

test('an expired request does not stand in the way of a new one', async () => {
  const { world, stage } = await stageWhere();
  await requestFix(asked, world);
  stage.clock.pass(60);
  expect(await requestFix(asked, world)).toMatchObject({ fix: { state: 'proposed' } });
  expect((await stage.store.fix('fix-1'))?.state).toBe('expired');
  expect((await stage.store.openFixes()).map(({ id }) => id)).not.toContain('fix-1');
});
