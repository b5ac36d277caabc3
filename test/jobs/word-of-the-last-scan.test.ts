import { scanWorld } from '../../src/aws/facts/index.ts';
import type { Scan } from '../../src/core/posture/finding.ts';
import { remembering } from '../../src/jobs/remember-accounts.ts';
import { scanPosture } from '../../src/jobs/scan-posture.ts';
import type { CallSeen } from '../../src/sandbox/aws/index.ts';
import { HANDLERS } from '../../src/sandbox/aws/services/index.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { SETTINGS, sandbox } from './sandbox-scan.ts';

/**
 * A scan asks at once what the last one says is there, while it is still being found out whether it is.
 * Where its word does not hold any more, the findings are those of a scan that never heard it.
 */

const MANAGEMENT = '111122223333';
const LOG_ARCHIVE = '222233334444';
const HOME = 'ap-northeast-2';
const TRAIL = `arn:aws:cloudtrail:${HOME}:${MANAGEMENT}:trail/bora-org-trail`;
const LATER = 10 * 60_000;

type Box = Awaited<ReturnType<typeof sandbox>>;

/** Scans twice, ten minutes apart, with what `happens` in between; and once more by who remembers nothing. */
async function twice(happens: (box: Box) => void = () => {}) {
  const box = await sandbox();
  const store = openStore(':memory:');
  try {
    const { world } = box.simulated;
    let late = 0;
    const real = world.now;
    const now = () => new Date(real().getTime() + late);
    Object.assign(world, { now });
    const scan = async (fresh: boolean): Promise<{ scan: Scan; calls: CallSeen[] }> => {
      const before = box.simulated.calls.length;
      const memory = remembering(store, { fresh, odd: () => {} });
      const { rules, frameworks, exceptions } = box.world;
      const reading = scanWorld(box.aws, SETTINGS, rules, { now, simulated: true, memory });
      const read = await scanPosture({}, { ...reading, frameworks, exceptions });
      await memory.finish(now());
      return { scan: read, calls: box.simulated.calls.slice(before) };
    };
    const first = await scan(false);
    late = LATER;
    happens(box);
    const second = await scan(false);
    const fresh = await scan(true);
    return { first, second, fresh };
  } finally {
    store.close();
    await box.close();
  }
}

/** Somebody changes something, as the account's own people do. */
function change({ simulated }: Box, operation: string, account: string, input: object): void {
  const handler = HANDLERS[operation];
  if (!handler) throw new Error(`${operation} is not simulated`);
  const [service = '', name = ''] = operation.split(':');
  const caller = { account, arn: `arn:aws:iam::${account}:user/somebody`, accessKeyId: 'AKIA' };
  const now = simulated.world.now();
  const call = { service, operation: name, input, region: HOME, caller, now, requestId: 'r' };
  handler(call as never, simulated.world);
}

function aggregatorOf({ simulated }: Box) {
  const { aggregator } = simulated.world.scenario.config;
  if (!aggregator) throw new Error('the company has an aggregator');
  return aggregator;
}

const verdicts = ({ findings }: Scan) =>
  findings.map(({ id, check, status, subject }) => `${status} ${check} ${subject} ${id}`).sort();

const at = (calls: CallSeen[], operation: string) =>
  calls.findIndex((call) => call.operation === operation);
const count = (calls: CallSeen[], operation: string) =>
  calls.filter((call) => call.operation === operation).length;

test('what it tells is asked before it is known to hold, and nothing is asked twice', async () => {
  const { first, second, fresh } = await twice();
  const found = ({ calls }: typeof first) => at(calls, 'ListDelegatedServicesForAccount');
  // The first has to find the aggregator before it can ask it; the second asks it beside everything else.
  expect(at(first.calls, 'SelectAggregateResourceConfig')).toBeGreaterThan(
    at(first.calls, 'DescribeConfigurationAggregators'),
  );
  for (const operation of ['SelectAggregateResourceConfig', 'GetTrail'])
    expect(at(second.calls, operation)).toBeLessThan(found(second));
  expect(count(second.calls, 'DescribeConfigurationAggregatorSourcesStatus')).toBe(1);
  expect(second.scan.kept?.unchanged).toBeGreaterThan(0);
  expect(verdicts(second.scan)).toEqual(verdicts(fresh.scan));
  expect(second.scan.apiCalls).toBeLessThan(first.scan.apiCalls);
}, 60_000);

test('an aggregator that is called otherwise by now is asked by its name', async () => {
  const { second, fresh } = await twice((box) => {
    aggregatorOf(box).name = 'made-anew';
  });
  // What was asked of the old name was refused, and is nobody's answer.
  expect(
    second.calls.some(({ outcome }) => outcome.startsWith('NoSuchConfigurationAggregator')),
  ).toBe(true);
  expect(second.scan.kept?.unchanged).toBeGreaterThan(0);
  expect(verdicts(second.scan)).toEqual(verdicts(fresh.scan));
}, 60_000);

test('an aggregator that is gone proves nobody unchanged', async () => {
  const { first, second, fresh } = await twice(({ simulated }) => {
    Object.assign(simulated.world.scenario.config, { aggregator: undefined });
  });
  expect(first.scan.kept).toBeUndefined();
  expect(second.scan.kept).toBeUndefined();
  expect(verdicts(second.scan)).toEqual(verdicts(fresh.scan));
  expect(second.scan.findings).toContainEqual(
    expect.objectContaining({ check: 'config-aggregator', status: 'FAIL' }),
  );
}, 60_000);

test('an organization trail that is deleted is no trail, although it was asked for', async () => {
  const { first, second, fresh } = await twice((box) =>
    change(box, 'cloudtrail:DeleteTrail', MANAGEMENT, { Name: TRAIL }),
  );
  const told = ({ scan }: typeof first) => scan.findings.some(({ subject }) => subject === TRAIL);
  expect([told(first), told(second)]).toEqual([true, false]);
  expect(verdicts(second.scan)).toEqual(verdicts(fresh.scan));
}, 60_000);

test('a trail that delivers elsewhere by now is judged by the bucket that it names now', async () => {
  const { second, fresh } = await twice((box) =>
    change(box, 'cloudtrail:UpdateTrail', MANAGEMENT, {
      Name: TRAIL,
      S3BucketName: 'bora-payments-audit-logs',
    }),
  );
  expect(verdicts(second.scan)).toEqual(verdicts(fresh.scan));
  expect(
    second.scan.findings.some(({ subject }) => subject.endsWith(':::bora-org-cloudtrail')),
  ).toBe(fresh.scan.findings.some(({ subject }) => subject.endsWith(':::bora-org-cloudtrail')));
}, 60_000);

test.each([
  ['of the account that owns the trail', MANAGEMENT, /./],
  // Config proves the account itself unchanged, and it is kept; what stands in it never is.
  ['of the account that owns the bucket', LOG_ARCHIVE, /arn:aws:(s3|kms):/],
])(
  'a role %s that is gone leaves unseen what it would show',
  async (_, account, about) => {
    const { first, second, fresh } = await twice(({ simulated }) =>
      simulated.faults.add({ operation: '*', account, effect: 'deny' }),
    );
    const dark = ({ scan }: typeof first) =>
      scan.findings.filter(({ status }) => status === 'NOT_VISIBLE').length;
    expect(dark(second)).toBeGreaterThan(dark(first));
    const told = ({ scan }: typeof first) => verdicts(scan).filter((one) => about.test(one));
    expect(told(second)).toEqual(told(fresh));
  },
  60_000,
);
