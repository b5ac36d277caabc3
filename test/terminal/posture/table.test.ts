import fc from 'fast-check';
import type { Finding } from '../../../src/core/posture/finding.ts';
import { frameworks } from '../../../src/policies.ts';
import { columns } from '../../../src/terminal/columns.ts';
import { aFinding } from '../../slack/samples.ts';
import { account, fullScan, LABS, LEGACY, PAYMENTS, recorded, scanOf, tableOf } from './example.ts';

test('the whole table, as it is read in ten seconds', () => {
  expect(tableOf(fullScan())).toBe(
    `
Simulated organization: none of this is real.
3 findings to mend, in 2 places: 1 CRITICAL · 2 MEDIUM · 1 accepted for a time
3 of 4 accounts seen · organization o-bora12345

CRITICAL Trail labs-legacy (eu-west-1) · mend in acquired-labs (141414141414)
         trail-delivery              The trail does not deliver to S3
         trail-kms-encryption        Log files are not encrypted with a KMS key
                                     Config says otherwise: Rule CLOUD_TRAIL_ENCRYPTION_ENABLED said
                                     COMPLIANT at 2026-11-01 00:00:00 UTC

MEDIUM   Trail payments-audit (ap-northeast-2) · mend in payments-prod (666677778888)
         trail-log-file-validation   Log file validation is off
                                     Since 2026-11-20 05:32:07 UTC: bob@bora.example, UpdateTrail
                                     (proof: proven chain)
                                     fix: /trail fix f-7c1d2e3f

Accepted for a time (still wrong)

LOW      Trail payments-audit (ap-northeast-2) · mend in payments-prod (666677778888)
         trail-duplicates            Management events are recorded, and paid for, twice
                                     cost: about 61.5 USD a month
                                     accepted until 2026-12-31 by payments: auditors asked for it

Coverage  management events fully recorded in 2 of 4 accounts
  ap ca eu us
  ▮▮ ▮  ▮  ▮▮  2 accounts: every region
  ▯▯ ▯  ▮  ▯▯  acquired-labs (141414141414): only eu-west-1
  ?? ?  ?  ??  team-sandbox (151515151515): not visible
  ▮ recorded  ▯ not recorded  ? not visible

Not visible
  1 account: team-sandbox (151515151515) · 1 check
    Could not be seen: AccessDenied. It takes the role trailwarden-read there.

1 PASS · 4 FAIL · 1 NOT_VISIBLE · 2026-11-22 09:00:00 UTC · 4.2 s · 318 calls
What was found, costs and remedies: --all, or one page with everything: --html report.html`.trimStart(),
  );
});

const sound = aFinding({ status: 'PASS', fix: null, config: null });
const seenAll = {
  simulated: false,
  accounts: [account('111122223333'), account(PAYMENTS)],
  coverage: [...recorded('111122223333'), ...recorded(PAYMENTS)],
};

test('a sound organization says so, and that nothing fails is not said of what nobody saw', () => {
  const table = tableOf(scanOf([sound], seenAll));
  expect(table).toMatch(/^All sound\n2 of 2 accounts seen/);
  expect(table).not.toContain('Not visible');
  const unsure = tableOf(scanOf([sound, { ...sound, status: 'ERROR' }], seenAll));
  expect(unsure).toMatch(/^Nothing to mend in what was seen, but not everything could be seen/);
  const dark = account('1', { visible: false, reason: 'AccessDenied' });
  const blind = tableOf(scanOf([], { ...seenAll, accounts: [dark], coverage: [] }));
  expect(blind).toMatch(/^Nothing could be seen\n0 of 1 account seen/);
});

test('a closed account is not counted as unseen', () => {
  const closed = account('1', { visible: false, reason: 'SUSPENDED: not asked', closed: true });
  const table = tableOf(scanOf([sound], { ...seenAll, accounts: [...seenAll.accounts, closed] }));
  expect(table).toContain('2 of 3 accounts seen · 1 closed, not asked');
  expect(table).toContain('fully recorded in 2 of 2 accounts');
  expect(table).not.toContain('Not visible');
});

test('lesson 13: criticals stand first whatever the order of the scan', () => {
  const of = (severity: Finding['severity']) =>
    aFinding({ severity, subject: severity, check: `check-${severity}`, config: null });
  const table = tableOf(scanOf([of('info'), of('low'), of('critical'), of('medium'), of('high')]));
  const at = ['critical', 'high', 'medium', 'low', 'info'].map((one) =>
    table.indexOf(`check-${one}`),
  );
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(table).toContain('1 CRITICAL · 1 HIGH · 1 MEDIUM · 1 LOW · 1 INFO');
});

test('lesson 9: an account that could not be read is never missing from the report', () => {
  const many = Array.from({ length: 40 }, (_, at) =>
    account(String(100000000000 + at), { visible: false, reason: 'AccessDenied: no role' }),
  );
  const table = tableOf(scanOf([sound], { ...seenAll, accounts: [...seenAll.accounts, ...many] }));
  expect(table).toContain('2 of 42 accounts seen');
  expect(table).toContain('40 accounts: account-100000000000 (100000000000), ');
  expect(table).toContain('and 37 more');
  expect(table).toContain('For example: AccessDenied');
  expect(table.match(/AccessDenied/g)).toHaveLength(1);
});

test('an accepted fault is not to mend and offers no fix, an expired one is and says so', () => {
  const exception = { reason: 'r', owner: 'payments', expires: '2026-11-01', expired: true };
  const expired = tableOf(
    scanOf([aFinding({ exception, detail: 'Its exception expired after 2026-11-01.' })], seenAll),
  );
  expect(expired).toContain('1 finding to mend');
  expect(expired).toContain('Its exception expired after 2026-11-01.');
  expect(expired).toContain('/trail fix');
  const held = tableOf(
    scanOf([aFinding({ exception: { ...exception, expired: false } })], seenAll),
  );
  expect(held).toMatch(/^Nothing to mend but what was accepted · 1 accepted for a time/);
  expect(held).toContain('Accepted for a time (still wrong)');
  expect(held).not.toContain('/trail fix');
});

test('what a person mends by hand says where its runbook is, and is called no fix', () => {
  const table = tableOf(scanOf([aFinding({ fix: { id: 'enable-mfa-delete', class: 'X' } })]));
  expect(table).toContain('by hand: /trail fix f-7c1d2e3f');
  expect(table).not.toMatch(/ fix: \/trail/);
});

test('what somebody put off stays to mend, and says until when and by whom', () => {
  const snoozed = { until: '2026-11-29T09:00:00Z', by: 'alice' };
  const table = tableOf(scanOf([aFinding({ snoozed })], seenAll));
  expect(table).toContain('1 finding to mend');
  expect(table).toContain('snoozed: alice does not want to be reminded before 2026-11-29');
});

test('the same fault in a thousand accounts is one block, and the table stays short', () => {
  const ids = Array.from({ length: 1_000 }, (_, at) => String(100000000000 + at));
  const findings = ids.map((id) =>
    aFinding({ id, check: 'config-recorder', subject: id, owner: id, config: null, fix: null }),
  );
  const scan = scanOf(findings, {
    accounts: ids.map((id) => account(id)),
    coverage: ids.flatMap((id, at) => recorded(id, at % 100 === 0 ? [] : undefined)),
  });
  const table = tableOf(scan);
  expect(table.split('\n').length).toBeLessThan(30);
  expect(table).toContain('1,000 × Account');
  expect(table).toContain('and 997 more');
  expect(table).toContain('fully recorded in 990 of 1,000 accounts');
  expect(table).toContain('990 accounts: every region');
  expect(table).toMatch(/10 accounts \(account-100000000000 .* and 7 more\): nowhere/s);
});

test('what was kept is said, with how old it may be and how to read it anew', () => {
  const kept = { resumed: 412, unchanged: 500, of: 1000, from: '2026-11-22T08:30:00Z' };
  const table = tableOf(fullScan({ kept }), {}, 140);
  expect(table).toContain(
    'Read anew: 88 of 1,000 accounts · 412 from the scan that broke off · 500 unchanged, as Config proves · since 2026-11-22 08:30:00 UTC',
  );
});

test('how far the map can be trusted is said, unless that is a fault of its own', () => {
  const map = aFinding({
    check: 'config-aggregator',
    status: 'PASS',
    detail: 'Aggregator all; late since 2026-11-22T08:30:00Z: eu-west-1.',
  });
  const scan = fullScan();
  const said = 'Map: Aggregator all; late since 2026-11-22 08:30:00 UTC: eu-west-1.';
  expect(tableOf({ ...scan, findings: [...scan.findings, map] })).toContain(said);
  const wrong = { ...map, status: 'FAIL' as const };
  expect(tableOf({ ...scan, findings: [...scan.findings, wrong] })).not.toContain('Map: ');
});

test('an exception that nothing needs any more is said', () => {
  const unusedExceptions = [
    { checks: ['trail-tags'], of: LEGACY, owner: 'labs', expires: '2027-01-01' },
  ];
  expect(tableOf(fullScan({ unusedExceptions }), {}, 140)).toContain(
    `The exception for trail-tags of ${LEGACY} (owner labs) accepts nothing`,
  );
});

test('--all tells what to do, and names what passes', () => {
  const table = tableOf(fullScan(), { all: true });
  expect(table).toContain('do: Enable log file validation on the trail.');
  expect(table).toMatch(/pass +trail-logging +payments-audit/);
  expect(tableOf(fullScan())).not.toContain('trail-logging');
});

test('--all tells a remedy to its last word, and what Config says where it agrees', () => {
  const remedy = `${'Choose one answer, and think of the other writers of the bucket. '.repeat(10)}Then look again.`;
  const config = { agrees: true, detail: 'Rule S3_BUCKET_VERSIONING_ENABLED said NON_COMPLIANT' };
  const scan = scanOf([aFinding({ remedy, config }), aFinding({ remedy, config, check: 'other' })]);
  const table = tableOf(scan, { all: true });
  expect(table).toMatch(/Then\s+look\s+again\./);
  expect(table).toMatch(/Config agrees: Rule S3_BUCKET_VERSIONING_ENABLED\s+said\s+NON_COMPLIANT/);
  expect(tableOf(scan)).not.toContain('Config agrees');
});

test('a history that all faults of a thing share is said of all of them', () => {
  const since = { at: '', event: null, detail: 'Since then', ko: '', evidence: [] };
  const scan = scanOf(
    ['trail-tags', 'trail-notifications'].map((check) => aFinding({ check, since })),
  );
  expect(tableOf(scan, { all: true })).toContain('all of these: Since then');
});

test('by framework: controls with what fails them, who mapped them, and that this is no proof', () => {
  const framework = frameworks().find(({ id }) => id === 'pci-dss-4');
  if (!framework) throw new Error('there is a framework pci-dss-4');
  const table = tableOf(fullScan(), { framework });
  expect(table).toContain(framework.title.en);
  expect(table).toMatch(/Mapped by .*no proof of\s+compliance/s);
  const [id = ''] = framework.controls
    .filter(({ checks }) => 'trail-log-file-validation' in checks)
    .map((control) => control.id);
  expect(table).toMatch(new RegExp(`fail +${id.replaceAll('.', '\\.')} `));
  expect(table).toContain('MEDIUM   trail-log-file-validation · payments-audit');
  expect(table).not.toContain('Enable log file');
  expect(tableOf(fullScan(), { framework, all: true })).toContain('do: Enable log file');
});

test('in Korean, every word is Korean and every column is where it should be', () => {
  const table = tableOf(fullScan(), { language: 'ko', timeZone: 'Asia/Seoul' });
  expect(table).toContain('시뮬레이션 조직입니다');
  expect(table).toContain('고쳐야 할 항목 3건, 2곳: 심각 1 · 중간 2 · 한시적으로 수용한 항목 1건');
  expect(table).toContain('심각     트레일 labs-legacy (eu-west-1) · 고칠 계정 acquired-labs');
  expect(table).toContain('2026-11-20 14:32:07 KST');
  const beside = (check: string) => {
    const line = table.split('\n').find((one) => one.includes(check)) ?? '';
    return columns(line.slice(0, line.search(/[가-힣]/)));
  };
  expect(beside('trail-kms-encryption')).toBe(beside('trail-delivery'));
});

test('no line is wider than the terminal, in either language', () => {
  for (const language of ['en', 'ko'] as const)
    for (const width of [48, 60, 80, 100, 140])
      for (const line of tableOf(fullScan(), { language, all: true }, width).split('\n'))
        expect(columns(line)).toBeLessThanOrEqual(width);
});

test('hostile names stay inside their line and move nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (evil) => {
      const trick = `${evil}\u001b[2J\u202e\n0 findings`;
      const scan = fullScan({
        organization: trick,
        accounts: [account(LABS, { name: trick }), account('1', { visible: false, reason: trick })],
      });
      scan.findings = scan.findings.map((finding) => ({
        ...finding,
        detail: trick,
        owner: trick,
        subject: trick,
      }));
      const table = tableOf(scan, { all: true });
      expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(table).not.toMatch(/^0 findings/m);
    }),
    { numRuns: 50 },
  );
});

test('lesson 15: each finding names the account, the resource and what to do', () => {
  const table = tableOf(fullScan(), { all: true });
  for (const word of ['payments-prod (666677778888)', 'Trail payments-audit', 'Enable log file'])
    expect(table).toContain(word);
});

test('a trail that is recorded nowhere but by reads is told so', () => {
  const scan = scanOf([sound], {
    ...seenAll,
    coverage: seenAll.coverage.map((cell) => ({
      ...cell,
      managementWrite: cell.account !== PAYMENTS,
    })),
  });
  const table = tableOf(scan);
  expect(table).toContain('rr r  r  rr  account-666677778888 (666677778888): not in');
  expect(table).toContain('r reads only');
});
