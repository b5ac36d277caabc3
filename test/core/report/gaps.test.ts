import type { CoverageCell, ScannedAccount } from '../../../src/core/posture/finding.ts';
import { coverageMapOf, gapsOf } from '../../../src/core/report/gaps.ts';

const REGIONS = ['ap-northeast-2', 'eu-west-1', 'us-east-1'];

function account(id: string, differs: Partial<ScannedAccount> = {}): ScannedAccount {
  return { id, name: `name-${id}`, ou: '', visible: true, reason: null, ...differs };
}

function cells(id: string, regions = REGIONS, differs: Partial<CoverageCell> = {}): CoverageCell[] {
  return regions.map((region) => ({
    account: id,
    region,
    managementRead: true,
    managementWrite: true,
    dataEvents: [],
    trails: [],
    ...differs,
  }));
}

test('equal accounts are one row, and the fullest come first', () => {
  const map = coverageMapOf({
    accounts: ['1', '2', '3', '4'].map((id) => account(id)),
    coverage: [
      ...cells('2', ['eu-west-1']),
      ...cells('2', ['us-east-1', 'ap-northeast-2'], {
        managementRead: false,
        managementWrite: false,
      }),
      ...cells('1'),
      ...cells('3'),
    ],
  });
  expect(map.regions).toEqual(REGIONS);
  expect(map.rows.map(({ cells: row, accounts }) => [row.join(), accounts.length])).toEqual([
    ['recorded,recorded,recorded', 2],
    ['none,recorded,none', 1],
    ['unseen,unseen,unseen', 1],
  ]);
});

test('reads without writes are a hole, a region that is not enabled is none', () => {
  const map = coverageMapOf({
    accounts: [account('1'), account('2')],
    coverage: [
      ...cells('1', ['eu-west-1', 'us-east-1'], { managementWrite: false }),
      ...cells('2', ['eu-west-1']),
    ],
  });
  expect(gapsOf(map)).toMatchObject({
    recorded: 1,
    of: 2,
    gaps: [{ account: { id: '1' }, unseen: false, missing: ['eu-west-1', 'us-east-1'], of: 2 }],
  });
});

test('a closed account is no gap, and an unseen one is', () => {
  const map = coverageMapOf({
    accounts: [
      account('1'),
      account('2', { visible: false, reason: 'SUSPENDED', closed: true }),
      account('3', { visible: false, reason: 'AccessDenied' }),
    ],
    coverage: cells('1'),
  });
  expect(gapsOf(map)).toMatchObject({
    recorded: 1,
    of: 2,
    gaps: [{ account: { id: '3' }, unseen: true, missing: [] }],
  });
});

test('with nothing seen nothing is recorded', () => {
  const map = coverageMapOf({ accounts: [account('1', { visible: false })], coverage: [] });
  expect(gapsOf(map)).toMatchObject({ recorded: 0, of: 1, gaps: [{ unseen: true }] });
});

test('ten thousand accounts of seventeen regions are a map at once', () => {
  const ids = Array.from({ length: 10_000 }, (_, at) => String(100000000000 + at));
  const regions = Array.from({ length: 17 }, (_, at) => `eu-west-${at}`);
  const coverage = ids.flatMap((id, at) =>
    cells(id, regions, at % 1000 === 0 ? { managementWrite: false } : {}),
  );
  const started = performance.now();
  const map = coverageMapOf({ accounts: ids.map((id) => account(id)), coverage });
  expect(map.rows).toHaveLength(2);
  expect(gapsOf(map)).toMatchObject({ recorded: 9_990, of: 10_000 });
  expect(performance.now() - started).toBeLessThan(3_000);
});
