import fc from 'fast-check';
import type { Scan } from '../../../src/core/posture/finding.ts';
import type { Language } from '../../../src/core/reader.ts';
import { postureCsv as linesOf } from '../../../src/terminal/posture/csv.ts';
import { aFinding } from '../../slack/samples.ts';
import { fullScan, scanOf } from './example.ts';

const postureCsv = (scan: Scan, language: Language) => [...linesOf(scan, language)].join('');

/** Reads RFC 4180 back, as a spreadsheet would. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of csv.matchAll(
    /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/g,
  )) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

test('every finding is one line under a header, in the order of the scan', () => {
  const scan = fullScan();
  const [header = [], ...rows] = parsed(postureCsv(scan, 'en'));
  expect(rows).toHaveLength(scan.findings.length);
  for (const row of rows) expect(row).toHaveLength(header.length);
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
  expect(column('id')).toEqual(scan.findings.map(({ id }) => id));
  expect(column('status')).toEqual(scan.findings.map(({ status }) => status));
  expect(column('owner_name')[0]).toBe('payments-prod');
  expect(column('since_person')[0]).toBe('bob@bora.example');
  expect(column('config_agrees').slice(0, 3)).toEqual(['true', 'false', '']);
  expect(column('cost_usd_a_month')[3]).toBe('61.5');
  expect(column('exception_until')[3]).toBe('2026-12-31');
  expect(column('controls')[0]).toBe('CIS AWS 3.0 3.2');
});

test('an owner that was not asked has its name', () => {
  const others = [{ id: '012345678901', name: 'log-archive' }];
  const scan = { ...scanOf([aFinding({ owner: '012345678901' })]), others };
  const [header = [], row = []] = parsed(postureCsv(scan, 'en'));
  expect(['owner', 'owner_name', 'owner_ou'].map((name) => row[header.indexOf(name)])).toEqual([
    '012345678901',
    'log-archive',
    '',
  ]);
});

test('the texts are in the language that was asked for', () => {
  expect(postureCsv(fullScan(), 'ko')).toContain('로그 파일을 검증할 수 있음');
  expect(postureCsv(fullScan(), 'en')).not.toMatch(/[가-힣]/);
});

test.each([
  ['=HYPERLINK("https://evil.example","log in")'],
  ['+1+cmd|calc'],
  ['-2+3'],
  ['@SUM(1)'],
  ['\t=1'],
  ['  =1'],
  ['\r\n=1'],
  ['＝1'],
])('%j in a name is text to a spreadsheet, never a formula', (evil) => {
  const scan = scanOf([aFinding({ detail: evil, subject: evil, owner: evil })]);
  for (const cell of parsed(postureCsv(scan, 'en')).flat())
    expect(cell).not.toMatch(/^\s*[=+\-@＝]/);
});

test('whatever the names, the file has as many lines and cells as it should', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (evil) => {
      const scan = scanOf([aFinding({ detail: evil, subject: `${evil}",\r\n"x`, title: evil })]);
      const rows = parsed(postureCsv(scan, 'en'));
      expect(rows).toHaveLength(2);
      expect(rows[1]).toHaveLength(rows[0]?.length ?? 0);
    }),
  );
});

test('who put a finding off, and until when, stands behind the columns that were there before', () => {
  const snoozed = { until: '2026-11-29T09:00:00Z', by: 'alice' };
  const [header = [], row = []] = parsed(postureCsv(scanOf([aFinding({ snoozed })]), 'en'));
  expect(header.slice(-2)).toEqual(['snoozed_until', 'snoozed_by']);
  expect(row.slice(-2)).toEqual(['2026-11-29T09:00:00Z', 'alice']);
});
