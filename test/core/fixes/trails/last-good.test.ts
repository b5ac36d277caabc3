import { lastGood } from '../../../../src/core/fixes/trails/last-good.ts';
import type { Finding, Scan } from '../../../../src/core/posture/finding.ts';
import { goodScan } from '../../../aws/fixes/small-trails.ts';
import { openFinding, TRAIL } from '../../../jobs/fix-world.ts';

const on = (day: string) => `2026-11-${day}T00:00:00.000Z`;
const scan = (day: string, different: Parameters<typeof goodScan>[0] = {}) =>
  goodScan({ ...different, scannedAt: on(day) });
const failing = (of: Scan, finding: Partial<Finding>): Scan => ({
  ...of,
  findings: [...of.findings, openFinding({ status: 'FAIL', evidence: [], ...finding })],
});

test('it is the newest scan in which nothing was wrong with the trail', () => {
  const wrong = failing(scan('20', { logFileValidation: false }), {
    check: 'trail-log-file-validation',
    subject: TRAIL,
  });
  const good = lastGood(TRAIL, [wrong, scan('19'), scan('18')]);
  expect(good).toMatchObject({
    scannedAt: on('19'),
    state: { LogFileValidationEnabled: true, IsLogging: true },
  });
});

test('a fault of its account or of a bucket that it should record counts; one of another trail does not', () => {
  const account = failing(scan('20'), { check: 'trail-multi-region', subject: '666677778888' });
  const bucket = failing(scan('20'), {
    check: 'data-events-s3',
    subject: 'arn:aws:s3:::cards',
    evidence: scan('20').findings.flatMap(({ evidence }) => evidence),
  });
  const other = failing(scan('20'), {
    check: 'trail-logging',
    subject: TRAIL.replace('payments-audit', 'another'),
  });
  expect(lastGood(TRAIL, [account, scan('19')])?.scannedAt).toBe(on('19'));
  expect(lastGood(TRAIL, [bucket, scan('19')])?.scannedAt).toBe(on('19'));
  expect(lastGood(TRAIL, [other, scan('19')])?.scannedAt).toBe(on('20'));
});

test('where something always was wrong, it is the scan in which least was', () => {
  const always = (of: Scan) =>
    failing(of, { check: 'trail-multi-region', subject: '666677778888' });
  const worse = failing(always(scan('20')), { check: 'trail-management-events', subject: TRAIL });
  expect(lastGood(TRAIL, [worse, always(scan('19')), always(scan('18'))])?.scannedAt).toBe(
    on('19'),
  );
});

test('a scan that did not see all of it, or saw it stopped, proves nothing', () => {
  const stopped = JSON.parse(
    JSON.stringify(scan('20')).replaceAll('"IsLogging":true', '"IsLogging":false'),
  );
  const unseen = JSON.parse(
    JSON.stringify(scan('20')).replaceAll('"multiRegion":true', '"error":"AccessDenied"'),
  );
  expect(lastGood(TRAIL, [stopped, unseen])).toBeUndefined();
  expect(lastGood(TRAIL, [])).toBeUndefined();
  expect(lastGood(`${TRAIL}-2`, [scan('20')])).toBeUndefined();
});
