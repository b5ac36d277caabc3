import { tracing } from '../../src/aws/evidence/tracing.ts';
import type { PostureFacts } from '../../src/core/posture/facts.ts';
import type { Finding, Scan } from '../../src/core/posture/finding.ts';
import { scanPosture } from '../../src/jobs/scan-posture.ts';
import { tellSince } from '../../src/jobs/since.ts';
import { postureRules } from '../../src/policies.ts';
import type { Scenario } from '../../src/sandbox/aws/scenario.ts';
import { company } from '../../src/sandbox/company.ts';
import { sandbox } from './sandbox-scan.ts';

const PAYMENTS = '666677778888';
const DATA_PLATFORM = '888899990000';

/** The company with its story, scanned by a world that remembers its last scan. */
async function told(change: (scenario: Scenario) => void = () => {}) {
  const box = await sandbox((scenario) => {
    scenario.events = company().events;
    change(scenario);
  });
  let last: Scan | undefined;
  const since = (findings: Finding[], facts: PostureFacts) =>
    tellSince(findings, facts, {
      ...tracing({ aws: box.aws, now: box.world.now }, facts),
      previous: async () => last?.findings ?? [],
      rules: postureRules(),
    });
  return {
    ...box,
    async scan(): Promise<Scan> {
      last = await scanPosture({}, { ...box.world, since });
      return last;
    },
    /** How often an operation was called so far. */
    made: (...operations: string[]) =>
      box.simulated.calls.filter(({ operation }) => operations.includes(operation)).length,
  };
}

function failing(scan: Scan, check: string, subject = ''): Finding {
  const found = scan.findings.find(
    (one) => one.check === check && one.status === 'FAIL' && one.subject.includes(subject),
  );
  if (!found) throw new Error(`${check} does not fail`);
  return found;
}

describe('the company, over the wire', () => {
  let box: Awaited<ReturnType<typeof told>>;
  let scan: Scan;
  beforeAll(async () => {
    box = await told();
    scan = await box.scan();
  });
  afterAll(() => box.close());

  test('bob switched log file validation off, last Tuesday at 14:05', () => {
    const { since } = failing(scan, 'trail-log-file-validation');
    expect(since).toMatchObject({
      at: expect.stringMatching(/T14:05:00Z$/),
      event: { eventName: 'UpdateTrail', person: 'bob@bora.example', proof: 'proven-chain' },
    });
    expect(new Date(since?.at ?? '').getUTCDay()).toBe(2);
    expect(since?.detail).toMatch(
      /^Since [0-9T:-]+Z: bob@bora.example, UpdateTrail \(proof: proven chain\)$/,
    );
    expect(since?.ko).toContain('부터: bob@bora.example, UpdateTrail');
  });

  test('lesson 5: the call stands next to what Config had before and after it', () => {
    const { since } = failing(scan, 'trail-log-file-validation');
    expect(since?.evidence).toMatchObject([
      {
        api: 'cloudtrail:LookupEvents',
        account: PAYMENTS,
        fields: { eventID: since?.event?.eventID },
      },
      {
        api: 'config:GetResourceConfigHistory',
        account: PAYMENTS,
        region: 'ap-northeast-2',
        fields: { before: { value: true }, after: { value: false } },
      },
    ]);
  });

  test('jun stopped the recorder of data-platform', () => {
    const { since } = failing(scan, 'config-recorder', DATA_PLATFORM);
    expect(since?.event).toMatchObject({
      eventName: 'StopConfigurationRecorder',
      person: 'jun@bora.example',
    });
    // That it is stopped is the finding itself.
    expect(since?.detail).toMatch(/\(proof: proven chain\)$/);
  });

  test('root switched MFA delete off', () => {
    const { since } = failing(scan, 'log-bucket-mfa-delete');
    expect(since?.event).toMatchObject({
      eventName: 'PutBucketVersioning',
      person: 'root',
      proof: 'direct',
    });
  });

  test('mina chose the buckets whose objects are recorded', () => {
    const { since } = failing(scan, 'data-events-s3');
    expect(since?.event).toMatchObject({
      eventName: 'PutEventSelectors',
      person: 'mina@bora.example',
    });
  });

  test('what was never otherwise is so since Config has recorded, and nobody is accused', () => {
    const { since } = failing(scan, 'trail-multi-region');
    expect(since).toMatchObject({ event: null });
    expect(since?.detail).toMatch(/or longer|is not known/);
  });

  test('a verdict of Config from before the change would be stale, and this one is not', () => {
    expect(failing(scan, 'trail-log-file-validation').config).toMatchObject({ agrees: true });
  });

  test('every failing finding with a history was looked up, and what passes was not', () => {
    const withHistory = new Set(postureRules().flatMap(({ id, history }) => (history ? [id] : [])));
    for (const { check, status, since } of scan.findings) {
      if (status !== 'FAIL') expect(since ?? null).toBeNull();
      else if (since) expect(withHistory.has(check)).toBe(true);
    }
    expect(scan.traced).toMatchObject({ kept: 0, notAsked: 0 });
    expect(scan.traced?.asked).toBeGreaterThanOrEqual(5);
  });

  test('a second scan asks nothing again, and tells the same', async () => {
    const before = box.made('LookupEvents', 'GetResourceConfigHistory');
    const again = await box.scan();
    expect(box.made('LookupEvents', 'GetResourceConfigHistory')).toBe(before);
    expect(again.traced).toEqual({ asked: 0, kept: scan.traced?.asked, notAsked: 0 });
    const key = ({ id, since }: Finding) => [id, since?.detail ?? null];
    expect(again.findings.map(key)).toEqual(scan.findings.map(key));
  });
});

test.each<[string, string, RegExp]>([
  ['config:GetResourceConfigHistory', 'deny', /AccessDenied/],
  ['cloudtrail:LookupEvents', 'deny', /AccessDenied/],
])('%s refused never fails the scan, and the reason is told', async (operation, effect, reason) => {
  const box = await told(({ faults }) => {
    faults.push({ operation, effect } as Scenario['faults'][number]);
  });
  try {
    const { since } = failing(await box.scan(), 'trail-log-file-validation');
    expect(since?.detail).toMatch(reason);
    expect(since?.ko).toMatch(reason);
    if (operation.startsWith('cloudtrail')) expect(since?.event).toBeNull();
    else expect(since?.event?.person).toBe('bob@bora.example');
  } finally {
    await box.close();
  }
});
