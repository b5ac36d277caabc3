/**
 * The whole posture of the sandbox, as a user's script would get it: the planted faults, each once, in the
 * account where it is mended, and nothing else; in all documents the same.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Scan } from '../../src/core/posture/finding.ts';
import { keptCode } from '../kept-code.ts';

const cli = join(__dirname, '../../dist/cli.js');
const home = mkdtempSync(join(tmpdir(), 'trailwarden-posture-'));

type Ran = { code: number | null; out: string; err: string };

function trailwarden(...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: home,
    env: { PATH: process.env.PATH, ...keptCode },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const LABS = '141414141414';
const PAYMENTS = '666677778888';
const MANAGEMENT = '111122223333';
const ARCHIVE = '222233334444';
const LEGACY = `arn:aws:cloudtrail:eu-west-1:${LABS}:trail/labs-legacy`;
const PAYMENTS_AUDIT = `arn:aws:cloudtrail:ap-northeast-2:${PAYMENTS}:trail/payments-audit`;

/** Check, subject, the account in which it is mended, severity. */
const PLANTED: [check: string, subject: string, owner: string, severity: Finding['severity']][] = [
  ['config-recorder', '888899990000', '888899990000', 'medium'],
  ['data-events-s3', 'arn:aws:s3:::bora-payments-card-data', PAYMENTS, 'medium'],
  ['insights', LABS, LABS, 'info'],
  ['log-archive-account', 'arn:aws:s3:::labs-legacy-cloudtrail', LABS, 'high'],
  ['log-bucket-immutable', 'arn:aws:s3:::bora-payments-audit-logs', ARCHIVE, 'high'],
  ['log-bucket-mfa-delete', 'arn:aws:s3:::bora-payments-audit-logs', ARCHIVE, 'medium'],
  ['log-bucket-policy', 'arn:aws:s3:::labs-legacy-cloudtrail', LABS, 'medium'],
  ['logging-guarded-by-scp', 'o-bora12345', MANAGEMENT, 'high'],
  [
    'org-trail-covers-accounts',
    `arn:aws:cloudtrail:ap-northeast-2:${MANAGEMENT}:trail/bora-org-trail`,
    MANAGEMENT,
    'high',
  ],
  ['trail-cloudwatch-logs', LEGACY, LABS, 'low'],
  ['trail-duplicates', PAYMENTS_AUDIT, PAYMENTS, 'low'],
  ['trail-global-services', LABS, LABS, 'high'],
  ['trail-kms-encryption', LEGACY, LABS, 'medium'],
  ['trail-log-file-validation', PAYMENTS_AUDIT, PAYMENTS, 'medium'],
  ['trail-multi-region', LABS, LABS, 'high'],
  ['trail-notifications', LEGACY, LABS, 'info'],
];

describe('posture --sandbox', () => {
  let json: Ran;
  let scan: Scan;
  beforeAll(async () => {
    json = await trailwarden('posture', '--sandbox', '--json');
    scan = JSON.parse(json.out);
  }, 60_000);

  const of = (status: Finding['status']) => scan.findings.filter((one) => one.status === status);

  test('finds each planted fault once, in the account where it is mended, and nothing else', () => {
    const failing = of('FAIL').map(({ check, subject, owner, severity }) => [
      check,
      subject,
      owner,
      severity,
    ]);
    expect(failing.sort()).toEqual(PLANTED);
  });

  test('exits 3, because one account could not be seen, and names what would see it', () => {
    expect(json.code).toBe(3);
    expect(scan.accounts.filter(({ visible, closed }) => !visible && !closed)).toMatchObject([
      { name: 'team-sandbox', ou: 'Sandbox' },
    ]);
    expect(of('ERROR')).toEqual([]);
    for (const { owner, detail } of of('NOT_VISIBLE')) {
      expect(owner).toBe('151515151515');
      expect(detail).toContain('It takes role trailwarden-read in account 151515151515');
    }
  });

  test('the second copy is wrong, accepted until a day by its owner, and priced', () => {
    const accepted = of('FAIL').filter(({ exception }) => exception !== null);
    expect(accepted).toMatchObject([
      {
        check: 'trail-duplicates',
        fix: null,
        exception: { owner: 'payments', expired: false },
        cost: { monthly: null },
      },
    ]);
    expect(scan.excepted).toBe(1);
  });

  test('who brought a fault about is told where anybody can know it', () => {
    const by = of('FAIL').flatMap(({ check, since }) =>
      since?.event ? [`${check}: ${since.event.person}, ${since.event.eventName}`] : [],
    );
    expect(by).toEqual(
      expect.arrayContaining([
        'config-recorder: jun@bora.example, StopConfigurationRecorder',
        'data-events-s3: mina@bora.example, PutEventSelectors',
        'trail-log-file-validation: bob@bora.example, UpdateTrail',
      ]),
    );
  });

  test('every failing finding says what to do, in both languages', () => {
    for (const { remedy, ko, check } of of('FAIL')) {
      expect([check, remedy]).toEqual([check, expect.stringMatching(/\w/)]);
      expect([check, ko?.remedy]).toEqual([check, expect.stringMatching(/[가-힣]/)]);
    }
  });

  test('--csv has the same findings, line by line', async () => {
    const { code, out } = await trailwarden('posture', '--sandbox', '--csv');
    expect(code).toBe(3);
    const [header = '', ...lines] = out.trimEnd().split('\r\n');
    expect(header).toMatch(/^id,check,status,severity,subject,owner,/);
    const said = lines.map((line) => line.split(',').slice(0, 3).join(','));
    expect(said.sort()).toEqual(
      scan.findings.map(({ id, check, status }) => `${id},${check},${status}`).sort(),
    );
  }, 60_000);

  test('--html writes the same findings into one page, and says where', async () => {
    const { code, out, err } = await trailwarden('posture', '--sandbox', '--html', 'posture.html');
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('posture.html');
    const page = readFileSync(join(home, 'posture.html'), 'utf8');
    const failing = of('FAIL');
    expect(page.match(/<div class="finding">/g)).toHaveLength(failing.length);
    for (const { check } of failing) expect(page).toContain(`<code>${check}</code>`);
    expect(page).toContain('15 findings to mend');
  }, 60_000);

  test('--json by a framework adds its controls with the ids of their findings', async () => {
    const { out } = await trailwarden('posture', '--sandbox', '--json', '--framework', 'isms-p');
    const { schemaVersion, framework, findings } = JSON.parse(out);
    expect([schemaVersion, framework.id]).toEqual([1, 'isms-p']);
    const known = new Set(findings.map(({ id }: Finding) => id));
    const named = framework.controls.flatMap(({ findings: ids }: { findings: string[] }) => ids);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((id: string) => !known.has(id))).toEqual([]);
  }, 60_000);

  test('--framework groups the same findings by control, and says whose mapping it is', async () => {
    const { out } = await trailwarden('posture', '--sandbox', '--framework', 'pci-dss-4');
    expect(out).toMatch(/Mapped by .*no proof of/s);
    expect(out).toMatch(/fail +10\.\d/);
    expect(out).toContain('trail-log-file-validation · payments-audit');
  }, 60_000);
});

test.each([
  ['two documents at once', ['--json', '--csv'], /One of --json, --csv and --html/],
  [
    'a framework that there is not',
    ['--framework', 'xyz'],
    /no framework "xyz"; there are .*pci-dss/,
  ],
  ['a language that there is not', ['--language', 'de'], /--language: expected en or ko/],
  [
    'a place that there is not',
    ['--account', 'shop-prd', '--sandbox'],
    /called "shop-prd": .* such as shop-prod/,
  ],
  [
    'a file that cannot be written',
    ['--html', 'nowhere/page.html', '--sandbox', '--account', 'shop-prod'],
    /nowhere\/page\.html could not be written \(ENOENT\)/,
  ],
])(
  '%s is refused in one plain sentence',
  async (_, args, sentence) => {
    const { code, out, err } = await trailwarden('posture', ...args);
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/\n\s+at /);
    expect([code, out]).toEqual([2, '']);
  },
  60_000,
);
