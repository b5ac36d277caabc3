import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../src/core/evidence/answer.ts';
import type { Scan } from '../src/core/posture/finding.ts';
import { keptCode } from './kept-code.ts';

const cli = join(__dirname, '../dist/cli.js');
const home = mkdtempSync(join(tmpdir(), 'trailwarden-cli-'));

/** Runs the built command as a user would, in an empty folder and an environment that says nothing to it. */
function trailwarden(
  args: string[],
  {
    input = '',
    env = {},
    cwd = home,
  }: { input?: string; env?: { [name: string]: string }; cwd?: string } = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...keptCode, ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

test.each([[], ['posture'], ['ask'], ['digest'], ['fix'], ['doctor'], ['sandbox']])(
  'trailwarden %s --help says what it does',
  async (...command) => {
    const { code, out } = await trailwarden([
      ...command.filter((word) => typeof word === 'string'),
      '--help',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: trailwarden/);
  },
);

describe('bad usage or configuration exits 2 with one plain sentence', () => {
  test.each([
    ['an unknown command', ['postur'], /unknown command/],
    [
      'an unknown option',
      ['posture', '--jsn'],
      /unknown option[\s\S]*\(trailwarden posture --help/,
    ],
    ['no question', ['ask'], /There is no question\. Such as: trailwarden ask "who deleted/],
    [
      'a moment that is none',
      ['ask', 'who?', '--now', 'soon', '--logs', '.'],
      /--now: expected a moment such as/,
    ],
    [
      'a zone that is none',
      ['ask', 'who?', '--tz', 'Seoul/Asia', '--logs', '.'],
      /--tz: expected an IANA time zone/,
    ],
    ['no AWS', ['posture'], /No AWS settings were found.*--sandbox/],
    [
      'an approval in the terminal',
      ['fix', 'f1', '--approve', 'mina'],
      /approved in Slack, by another person.*a terminal approves nothing/,
    ],
    [
      'a request in the name of somebody',
      ['fix', 'f1', '--request', 'mina'],
      /whoever AWS says is calling/,
    ],
    [
      'a digest without a channel',
      ['digest', '--sandbox', '--channel', 'C0NOTHERE'],
      /No digest is configured for C0NOTHERE/,
    ],
  ])('%s', async (_, args, sentence) => {
    const { code, out, err } = await trailwarden(args);
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  test('a wrong key in trailwarden.yml', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'trailwarden-cli-'));
    writeFileSync(join(cwd, 'trailwarden.yml'), 'language: en\nslak: {}\n');
    const { code, err } = await trailwarden(['posture'], { cwd });
    expect(err).toMatch(
      /^trailwarden\.yml line 2: `slak` is not a key that I know: expected the keys/,
    );
    expect(code).toBe(2);
  });

  test('AWS settings without a region', async () => {
    const { code, err } = await trailwarden(['posture'], {
      env: {
        AWS_ACCESS_KEY_ID: 'AKIA',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    });
    expect(err).toContain('AWS_REGION is missing');
    expect(code).toBe(2);
  });
});

test('posture --sandbox --json is one document, and exits 3 because one account cannot be seen', async () => {
  const { code, out } = await trailwarden(['posture', '--sandbox', '--json']);
  const scan = JSON.parse(out) as Scan;
  expect(scan).toMatchObject({ schemaVersion: 1, organization: 'o-bora12345', simulated: true });
  expect(scan.totals).toMatchObject({ FAIL: 16, ERROR: 0 });
  expect(code).toBe(3);
});

test('a reader that goes away early is no failure', async () => {
  const child = spawn(process.execPath, [cli, 'posture', '--sandbox', '--json'], {
    cwd: home,
    env: { PATH: process.env.PATH, ...keptCode },
  });
  child.stdout.once('data', () => child.stdout.destroy());
  let complained = '';
  child.stderr.on('data', (text) => (complained += text));
  await new Promise((resolve) => child.on('close', resolve));
  expect(complained).toBe('');
});

test('a scan of one sound account exits 0, one with failing findings exits 1', async () => {
  expect((await trailwarden(['posture', '--sandbox', '--account', 'shop-staging'])).code).toBe(0);
  expect((await trailwarden(['posture', '--sandbox', '--account', '888899990000'])).code).toBe(1);
});

test('a question in the sandbox is answered as text, with what could not be seen (exit 3)', async () => {
  const { code, out } = await trailwarden(['ask', 'who deleted i-0a1b2c3d4e5f60718?', '--sandbox']);
  expect(out).toMatch(/bob@bora\.example/);
  expect(out).toMatch(/proven chain/);
  expect(out).toMatch(/Simulated organization/);
  expect(code).toBe(3);
});

test('many questions over log files: one JSON answer a line, in the same order', async () => {
  const logs = join(mkdtempSync(join(tmpdir(), 'trailwarden-cli-')), 'log.json');
  const record = {
    eventVersion: '1.11',
    eventID: '0ea6b2d5-51d5-4765-ad83-4db65d506d9c',
    eventTime: '2026-11-20T05:32:07Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'TerminateInstances',
    awsRegion: 'ap-northeast-2',
    recipientAccountId: '111122223333',
    sourceIPAddress: '203.0.113.10',
    userAgent: 'aws-cli/2.15',
    userIdentity: {
      type: 'IAMUser',
      userName: 'alice',
      arn: 'arn:aws:iam::111122223333:user/alice',
      accountId: '111122223333',
    },
    requestParameters: { instancesSet: { items: [{ instanceId: 'i-0abc' }] } },
    responseElements: null,
  };
  writeFileSync(logs, JSON.stringify({ Records: [record] }));
  const questions = [
    {
      id: 'q2',
      question: 'i-0abc 누가 지웠어?',
      now: '2026-11-22T00:00:00Z',
      expect: 'extra members are not ours',
    },
    { id: 'q1', question: 'who deleted i-0abcd?', now: '2026-11-22T00:00:00Z' },
    { id: 'q3', question: 'lorem ipsum', now: '2026-11-22T00:00:00Z' },
  ];
  const { code, out, err } = await trailwarden(['ask', '--logs', logs, '--jsonl'], {
    input: questions.map((question) => JSON.stringify(question)).join('\n'),
  });
  expect(err).toBe('');
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
  expect(answers.map(({ id }) => id)).toEqual(['q2', 'q1', 'q3']);
  expect(answers[0]).toMatchObject({ lang: 'ko', verdict: 'found', total: 1 });
  expect(answers[0]?.events[0]).toMatchObject({
    eventID: record.eventID,
    person: { name: 'alice', proof: 'direct' },
  });
  expect(answers[1]).toMatchObject({ lang: 'en', total: 0 });
  expect(answers[2]?.verdict).toMatch(/^(not-understood|unclear)$/);
  expect(code).toBeGreaterThan(0);
});

test('a line that is no question is named by its number', async () => {
  const { code, err } = await trailwarden(['ask', '--logs', home, '--jsonl'], {
    input: 'who deleted it?\n',
  });
  expect(err).toContain('line 1 is not JSON');
  expect(code).toBe(2);
});

test('digest --dry-run prints, sends nothing, and says by its code that not everything was seen', async () => {
  const { code, out } = await trailwarden(['digest', '--dry-run', '--sandbox']);
  expect(out).toMatch(/15 new/);
  expect(out).toMatch(/simulated/i);
  expect(code).toBe(3);
});

test('a place that is not there is bad usage, not blindness', async () => {
  const { code, out, err } = await trailwarden([
    'posture',
    '--sandbox',
    '--account',
    'shop-prod',
    'nosuch',
  ]);
  expect(err).toContain('No account and no OU of this organization is called "nosuch"');
  expect(out).toBe('');
  expect(code).toBe(2);
});

describe('fix', () => {
  let finding = '';
  beforeAll(async () => {
    const { out } = await trailwarden(['posture', '--sandbox', '--json']);
    const { findings } = JSON.parse(out) as Scan;
    finding = findings.find(({ fix }) => fix?.id === 'enable-log-file-validation')?.id ?? '';
  });
  const inSandbox = (...words: string[]) => trailwarden(['fix', finding, '--sandbox', ...words]);

  test('shows the exact plan and changes nothing', async () => {
    const { code, out } = await inSandbox();
    expect(out).toContain('Simulated organization');
    expect(out).toContain('LogFileValidationEnabled: false → true');
    expect(out).toContain('Nothing has been changed');
    expect(code).toBe(0);
  });

  test('goes all the way in the sandbox: asked for by one, approved by another, applied and verified', async () => {
    const { code, out } = await inSandbox('--request', 'alice', '--approve', 'mina');
    expect(out).toMatch(/waiting for approval[\s\S]*being applied[\s\S]*applied and verified/);
    expect(out).toContain('Read again afterwards: LogFileValidationEnabled = true');
    expect(code).toBe(0);
  });

  test.each([
    ['alice', 'This is your own request'],
    ['bob', 'Only members of @cloud-approvers may decide'],
  ])('%s may not approve what alice asked for', async (who, sentence) => {
    const { code, out } = await inSandbox('--request', 'alice', '--approve', who);
    expect(out).toContain(sentence);
    expect(out).not.toContain('being applied');
    expect(code).toBe(1);
  });
});

test('doctor names the missing role and what to do', async () => {
  const { code, out } = await trailwarden(['doctor', '--sandbox']);
  expect(out).toMatch(/failed.*Read role: .*151515151515/);
  expect(out).toMatch(/→ Deploy trailwarden-read there/);
  expect(code).toBe(1);
});
