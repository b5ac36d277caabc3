import type { Clock } from '../../src/aws/evidence/pace.ts';
import { type Memory, readAccounts } from '../../src/aws/facts/accounts.ts';
import { scanWorld } from '../../src/aws/facts/index.ts';
import type { Finding, Scan } from '../../src/core/posture/finding.ts';
import type { KeptAccount } from '../../src/core/posture/kept/keep.ts';
import type { KeptAggregator } from '../../src/core/posture/kept/kept-aggregator.ts';
import type { KeptLake } from '../../src/core/posture/kept/kept-lakes.ts';
import { wasSeen } from '../../src/core/reading.ts';
import { scanPosture } from '../../src/jobs/scan-posture.ts';
import type { FaultInput } from '../../src/sandbox/aws/faults.ts';
import { quotaOf } from '../../src/sandbox/aws/quotas.ts';
import { Scenario } from '../../src/sandbox/aws/scenario.ts';
import { HANDLERS } from '../../src/sandbox/aws/services/index.ts';
import { forgetPaths, rootOf } from '../../src/sandbox/aws/services/organization-tree.ts';
import { company } from '../../src/sandbox/company.ts';
import { realClock } from '../hurried-clock.ts';
import { SETTINGS, sandbox } from './sandbox-scan.ts';

const MANAGEMENT = '111122223333';
const AUDIT = '333344445555';
const SHOP = '444455556666';
const PAYMENTS = '666677778888';
const DATA_PLATFORM = '888899990000';
const TEAM_SANDBOX = '151515151515';
const HOME = 'ap-northeast-2';

type Box = Awaited<ReturnType<typeof sandbox>>;

async function within<T>(
  work: (box: Box) => Promise<T>,
  change?: (scenario: Scenario) => void,
  clock?: Clock,
) {
  const box = await sandbox(change, clock);
  try {
    return await work(box);
  } finally {
    await box.close();
  }
}

/** The company with so many more accounts, all alike and sound. */
const grown = (more: number) => (scenario: Scenario) => {
  scenario.organization.accounts.push(
    ...Array.from({ length: more }, (_, index) => ({
      id: String(700_000_000_000 + index),
      name: `team-${index}`,
      email: `team-${index}@bora.example`,
      status: 'ACTIVE' as const,
      outsideOrganizationTrail: false,
      optedInRegions: [],
    })),
  );
};

/** An event data store as it would stand in the file of a scenario. */
function storeOf(store: object): Scenario['eventDataStores'][number] {
  const [made] = Scenario.parse({ ...company(), eventDataStores: [store] }).eventDataStores;
  if (!made) throw new Error('a store was lost');
  return made;
}

const verdicts = ({ findings }: Scan) =>
  findings.map(({ id, check, status, subject }) => `${status} ${check} ${subject} ${id}`).sort();

/** What a scan finds that nothing disturbs; scanned once for all who compare with it. */
let found: Promise<string[]> | undefined;
function undisturbed(): Promise<string[]> {
  found ??= within(async (box) => verdicts(await box.scan()));
  return found;
}

const sent = (box: Box, operation: string, account?: string) =>
  box.simulated.calls.filter(
    (call) => call.operation === operation && (!account || call.account === account),
  ).length;

/** A memory that lasts for a test. */
function inMind(finished = true): Memory & { rows: Map<string, KeptAccount> } {
  const rows = new Map<string, KeptAccount>();
  let lakes: KeptLake[] = [];
  let aggregator: KeptAggregator | null = null;
  return {
    rows,
    kept: async () => [...rows.values()].map((row) => ({ ...row, finished })),
    remember: async (row) => void rows.set(row.account, row),
    keptLakes: async () => lakes,
    rememberLakes: async (now) => {
      lakes = now;
    },
    keptAggregator: async () => aggregator,
    rememberAggregator: async (now) => {
      aggregator = now;
    },
  };
}

function scanning(box: Box, memory: Memory | null, patience?: number) {
  const { now, rules, frameworks, exceptions } = box.world;
  const circumstances = { now, simulated: true, memory, ...(patience && { patience }) };
  const world = scanWorld(box.aws, SETTINGS, rules, circumstances);
  return scanPosture({}, { ...world, frameworks, exceptions });
}

describe('what a scan asks', () => {
  test('with an organization trail and an aggregator: at most five calls for an account more', async () => {
    const calls = async (more: number) =>
      within(async (box) => (await box.scan()).apiCalls, grown(more));
    const [few, many] = [await calls(0), await calls(60)];
    expect((many - few) / 60).toBeLessThanOrEqual(5);
    // AssumeRole, ListRegions, ListTrails: nothing else is asked of an account that has nothing else.
    expect((many - few) / 60).toBeLessThan(3.5);
  });

  test('without an aggregator: at most twenty-four', async () => {
    const without = (more: number) => (scenario: Scenario) => {
      grown(more)(scenario);
      scenario.config.aggregator = undefined;
    };
    const calls = async (more: number) =>
      within(async (box) => (await box.scan()).apiCalls, without(more));
    const [few, many] = [await calls(0), await calls(20)];
    expect((many - few) / 20).toBeLessThanOrEqual(24);
  });

  test('the aggregator and the accounts themselves tell the same of every recorder', async () => {
    const told = (change?: (scenario: Scenario) => void) =>
      within(async (box) => verdicts(await box.scan()), change);
    const live = await told((scenario) => {
      scenario.config.aggregator = undefined;
    });
    const recorders = (all: string[]) => all.filter((one) => one.includes(' config-recorder '));
    expect(recorders(await told())).toEqual(recorders(live));
  });

  test('a recorder that the map does not show running is read live, and no other', async () => {
    await within(async (box) => {
      await box.scan();
      expect(sent(box, 'DescribeConfigurationRecorderStatus')).toBe(1);
      expect(sent(box, 'DescribeConfigurationRecorderStatus', DATA_PLATFORM)).toBe(1);
    });
  });

  test('a source that is late proves nothing: its recorders are read live', async () => {
    await within(
      async (box) => {
        const scan = await box.scan();
        expect(sent(box, 'DescribeConfigurationRecorderStatus', SHOP)).toBe(17);
        expect(
          scan.findings.find(
            ({ check, subject }) => check === 'config-recorder' && subject === SHOP,
          ),
        ).toMatchObject({ status: 'PASS' });
      },
      ({ config }) => config.aggregator?.stale.push(SHOP),
    );
  });

  test('recorders that run in some regions only are found by region, where many accounts are so', async () => {
    const some = Array.from({ length: 30 }, (_, index) => String(700_000_000_000 + index));
    await within(
      async (box) => {
        const scan = await box.scan();
        const failing = scan.findings.filter(
          ({ check, status, subject }) =>
            check === 'config-recorder' && status === 'FAIL' && some.includes(subject),
        );
        expect(failing).toHaveLength(30);
        // Only the region without a recorder is asked live, in each of them.
        expect(sent(box, 'DescribeConfigurationRecorderStatus')).toBe(1 + 30);
      },
      (scenario) => {
        grown(30)(scenario);
        for (const account of some)
          scenario.config.recorders.push({ account, region: 'sa-east-1', state: 'absent' });
      },
    );
  });

  test.each([
    ['in the management account, in the region of the bot', MANAGEMENT, HOME],
    ['in the bot’s own account, in another region', AUDIT, 'us-east-1'],
    ['in the management account, in another region', MANAGEMENT, 'eu-west-1'],
  ])('an aggregator is found %s', async (_, account, region) => {
    await within(
      async (box) => {
        const scan = await box.scan();
        expect(sent(box, 'DescribeConfigurationRecorderStatus')).toBe(1);
        expect(sent(box, 'SelectAggregateResourceConfig', account)).toBeGreaterThan(0);
        expect(scan.totals.ERROR).toBe(0);
      },
      ({ config }) => Object.assign(config.aggregator ?? {}, { account, region }),
    );
  });

  test('lesson 11: a disabled region is never called, and an opt-in region only where it is enabled', async () => {
    await within(
      async (box) => {
        await box.scan();
        const places = box.simulated.calls.map(({ account, region }) => `${account}/${region}`);
        const optIn = places.filter((place) => place.endsWith('/me-south-1'));
        expect(new Set(optIn)).toEqual(new Set([`${SHOP}/me-south-1`]));
        const regions = new Set(box.simulated.calls.map(({ region }) => region));
        expect(regions.has('af-south-1')).toBe(false);
      },
      ({ organization }) => {
        const find = (units: typeof organization.units): void => {
          for (const { accounts, units: below } of units) {
            for (const account of accounts)
              if (account.id === SHOP) account.optedInRegions.push('me-south-1');
            find(below);
          }
        };
        find(organization.units);
      },
    );
  });

  test('trails, the aggregator and its map are asked while the accounts are still being listed', async () => {
    await within(
      async (box) => {
        await box.scan();
        const asked = box.simulated.calls.map(({ operation }) => operation);
        const listed = asked.lastIndexOf('ListAccounts');
        for (const operation of [
          'ListOrganizationalUnitsForParent',
          'SelectAggregateResourceConfig',
          'GetTrailStatus',
          'GetEventSelectors',
          'GetBucketPolicy',
          'DescribeKey',
          'DescribeAlarms',
          'DescribeConfigRules',
          'GetComplianceDetailsByResource',
        ]) {
          expect(asked).toContain(operation);
          expect(asked.indexOf(operation)).toBeLessThan(listed);
        }
      },
      (scenario) => {
        grown(40)(scenario);
        scenario.organization.pageSize = 3;
        Object.assign(scenario, { latencyMs: 10 });
      },
    );
  });

  test('how many accounts are listed is told while they are', async () => {
    await within(async (box) => {
      const told: number[] = [];
      const { now, rules } = box.world;
      const listed = (accounts: number) => void told.push(accounts);
      const world = scanWorld(box.aws, SETTINGS, rules, { now, simulated: true, listed });
      const { accounts } = await world.organization(true);
      const length = wasSeen(accounts) ? accounts.seen.length : 0;
      expect(told).toEqual(Array.from({ length }, (_, index) => index + 1));
    });
  });

  test('lesson 9: no account is silently missing, however short the pages are', async () => {
    await within(
      async (box) => {
        const progress: string[] = [];
        const scan = await box.scan({}, (done, of) => progress.push(`${done} of ${of}`));
        expect(scan.accounts).toHaveLength(14 + 40);
        expect(scan.accounts.filter(({ visible, closed }) => !visible && !closed)).toHaveLength(1);
        // One account after the other, each once: `412 of 1,000 accounts` never jumps back.
        expect(progress).toEqual(Array.from({ length: 53 }, (_, done) => `${done + 1} of 53`));
      },
      (scenario) => {
        grown(40)(scenario);
        Object.assign(scenario.organization, { pageSize: 3, emptyPages: true });
      },
    );
  });
});

/** What AWS takes of one operation in any one second: a full allowance, or what a second gives. */
function mostIn(operation: string): number {
  const { burst, perSecond } = quotaOf(operation) ?? { perSecond: Number.POSITIVE_INFINITY };
  return burst ?? perSecond;
}

describe('lesson 10: the customer’s own accounts are never throttled by us', () => {
  test('no account, region and API gets more in a second than AWS takes', async () => {
    await within(
      async (box) => {
        const scan = await box.scan();
        expect(scan.totals.ERROR).toBe(0);
        expect(box.simulated.traffic.counts().throttled).toBe(0);
        const tooMuch = box.simulated.traffic
          .peaks()
          .filter(({ operation, perSecond }) => perSecond > mostIn(operation));
        expect(tooMuch).toEqual([]);
      },
      (scenario) => {
        grown(60)(scenario);
        scenario.quotas = true;
      },
      realClock,
    );
  }, 60_000);

  test.each([
    'sts:AssumeRole',
    'account:ListRegions',
    'cloudtrail:ListTrails',
    'cloudtrail:GetTrail',
    'cloudtrail:GetTrailStatus',
    'organizations:ListAccounts',
    'organizations:ListOrganizationalUnitsForParent',
    'config:DescribeConfigurationAggregators',
    'config:SelectAggregateResourceConfig',
    'config:DescribeConfigurationRecorderStatus',
    's3:GetBucketVersioning',
  ])(
    '%s, where somebody else used it up, is asked again until it answers',
    async (operation) => {
      await undisturbed();
      // The SDK waits before it asks again, up to a dice: here it is told to wait as little as it may.
      const dice = jest.spyOn(Math, 'random').mockReturnValue(0);
      await within(async (box) => {
        box.simulated.faults.add({ operation, effect: 'throttle', times: 3 });
        expect(verdicts(await box.scan())).toEqual(await undisturbed());
      }).finally(() => dice.mockRestore());
    },
    60_000,
  );
});

describe('accounts in trouble', () => {
  async function troubled(...faults: FaultInput[]) {
    return within(async (box) => {
      for (const fault of faults) box.simulated.faults.add(fault);
      const began = performance.now();
      const scan = await scanning(box, null, 4);
      return { scan, seconds: (performance.now() - began) / 1_000, calls: box.simulated.calls };
    });
  }

  test('one that hangs is ERROR with the reason, and holds up nobody', async () => {
    const { scan, seconds } = await troubled({ operation: '*', account: SHOP, effect: 'hang' });
    expect(seconds).toBeLessThan(25);
    const shop = scan.findings.filter(
      ({ subject, status }) => subject === SHOP && status === 'ERROR',
    );
    expect(shop.length).toBeGreaterThan(0);
    expect(shop[0]?.detail).toContain('took longer than 4 seconds');
    expect(scan.accounts.find(({ id }) => id === SHOP)).toMatchObject({
      visible: false,
      reason: expect.stringContaining('took longer than 4 seconds'),
    });
    const others = (one: Finding) => one.owner !== SHOP && !one.covers.includes(SHOP);
    expect(scan.findings.filter((one) => others(one) && one.status === 'ERROR')).toEqual([]);
  }, 60_000);

  test('a session that ended in the middle is renewed, once, and nothing is lost', async () => {
    const { scan, calls } = await troubled({
      operation: 'cloudtrail:ListTrails',
      account: SHOP,
      effect: 'expired-credentials',
      times: 1,
    });
    expect(verdicts(scan)).toEqual(await undisturbed());
    const expired = calls.filter(({ outcome }) => outcome.startsWith('Expired'));
    expect(expired).toHaveLength(1);
  });

  test('lesson 17: a role that is missing is named, with the account and what to do', async () => {
    const { scan } = await troubled();
    const dark = scan.findings.find(
      ({ subject, status }) => subject === TEAM_SANDBOX && status === 'NOT_VISIBLE',
    );
    expect(dark?.detail).toContain(
      `It takes role trailwarden-read in account ${TEAM_SANDBOX}, trusting the bot`,
    );
    expect(dark?.ko?.detail).toContain(`계정 ${TEAM_SANDBOX}`);
  });

  test('without the role in the management account and without a deputy, a member shows the settings', async () => {
    const scan = await within(async (box) => {
      box.simulated.faults.add({ operation: '*', account: MANAGEMENT, effect: 'deny' });
      for (const operation of ['GetTrail', 'GetEventSelectors', 'GetInsightSelectors'])
        box.simulated.faults.add({
          operation: `cloudtrail:${operation}`,
          account: AUDIT,
          effect: 'deny',
        });
      return box.scan();
    });
    const of = (check: string) =>
      scan.findings.find(
        (one) => one.check === check && one.subject.endsWith(':trail/bora-org-trail'),
      );
    expect(of('trail-log-file-validation')).toMatchObject({ status: 'PASS' });
    expect(of('trail-log-file-validation')?.evidence).toContainEqual(
      expect.objectContaining({ api: 'cloudtrail:DescribeTrails' }),
    );
    // Selectors are the owner's alone.
    const events = scan.findings.find(
      ({ check, covers }) => check === 'trail-management-events' && covers.includes(SHOP),
    );
    expect(events).toMatchObject({ status: 'NOT_VISIBLE' });
  });
});

describe('the second scan', () => {
  const LATER = 10 * 60_000;

  /** Scans twice, ten minutes apart, with what happens in between. */
  async function twice(
    happens: (call: ReturnType<typeof calling>, box: Box) => void = () => {},
    change: (scenario: Scenario) => void = grown(40),
  ) {
    return within(async (box) => {
      const memory = inMind();
      let late = 0;
      const real = box.simulated.world.now;
      const now = () => new Date(real().getTime() + late);
      box.simulated.world.now = now;
      box.world.now = now;
      const first = await scanning(box, memory);
      late = LATER / 2;
      happens(calling(box, now), box);
      late = LATER;
      const before = box.simulated.calls.length;
      const second = await scanning(box, memory);
      const calls = box.simulated.calls.slice(before);
      const fresh = await scanning(box, null);
      return { first, second, fresh, calls };
    }, change);
  }

  /** Somebody changes something in an account, as that account's own people do. */
  function calling(box: Box, now: () => Date) {
    return (operation: string, account: string, region: string, input: object) => {
      const handler = HANDLERS[operation];
      if (!handler) throw new Error(`${operation} is not simulated`);
      const [service = '', name = ''] = operation.split(':');
      const caller = { account, arn: `arn:aws:iam::${account}:user/somebody`, accessKeyId: 'AKIA' };
      const call = { service, operation: name, input, region, caller, now: now(), requestId: 'r' };
      handler(call as never, box.simulated.world);
    };
  }

  test('of a hundred accounts is three times cheaper, and finds the same', async () => {
    const { first, second, fresh, calls } = await twice(
      () => {},
      (scenario) => {
        grown(86)(scenario);
        // As Organizations pages.
        scenario.organization.pageSize = 20;
      },
    );
    expect(first.accounts).toHaveLength(100);
    expect(second.kept).toMatchObject({ unchanged: 86 + 8 });
    expect(verdicts(second)).toEqual(verdicts(fresh));
    expect(first.apiCalls / second.apiCalls).toBeGreaterThanOrEqual(3);
    // What changes without a call is always asked: the status of each trail, region by region.
    const statuses = calls.filter(({ operation }) => operation === 'GetTrailStatus');
    expect(statuses).toHaveLength(35);
    // What nobody else can prove is asked, too: guards, deputies and service access of the organization.
    for (const operation of [
      'ListPolicies',
      'DescribePolicy',
      'ListTargetsForPolicy',
      'ListDelegatedAdministrators',
      'ListAWSServiceAccessForOrganization',
      'GetEventSelectors',
      'GetBucketPolicy',
      'GetKeyPolicy',
    ])
      expect(calls.map((call) => call.operation)).toContain(operation);
  }, 60_000);

  test('of accounts keeps what Config proves', async () => {
    const { first, second, fresh } = await twice();
    expect(first.kept).toBeUndefined();
    // All but the bot's, the management account, and those that are not as everybody is.
    expect(second.kept).toMatchObject({ resumed: 0, unchanged: 40 + 8, of: 53 });
    expect(verdicts(second)).toEqual(verdicts(fresh));
    // Of what an account more costs, nothing is left.
    expect(first.apiCalls - second.apiCalls).toBeGreaterThanOrEqual(3 * 48);
  });

  test('keeps the instant at which a kept account was really read', async () => {
    await within(async (box) => {
      const memory = inMind();
      await scanning(box, memory);
      const organization = await box.world.organization();
      const asked = wasSeen(organization.accounts) ? organization.accounts.seen : [];
      const ground = { aws: box.aws, now: () => new Date(Date.now() + LATER) };
      const { accounts, kept } = await readAccounts(ground, organization, asked, memory, () => {});
      const shop = (await accounts).find(({ id }) => id === SHOP);
      expect(shop?.trails.by).toEqual(memory.rows.get(SHOP)?.facts.trails.by);
      expect(kept?.from.slice(0, 13)).toBe(memory.rows.get(SHOP)?.readAt.slice(0, 13));
    });
  });

  test.each<[string, Parameters<ReturnType<typeof calling>>, string, string]>([
    [
      'logging that was stopped',
      ['cloudtrail:StopLogging', MANAGEMENT, HOME, { Name: 'bora-org-trail' }],
      'trail-logging',
      '',
    ],
    [
      'a recorder that was stopped',
      [
        'config:StopConfigurationRecorder',
        '700000000007',
        'us-east-1',
        { ConfigurationRecorderName: 'default' },
      ],
      'config-recorder',
      '700000000007',
    ],
    [
      'a trail that was made',
      [
        'cloudtrail:CreateTrail',
        '700000000009',
        'us-east-1',
        { Name: 'shadow', S3BucketName: 'bora-org-cloudtrail' },
      ],
      'trail-log-file-validation',
      ':trail/shadow',
    ],
  ])('finds %s since', async (_, change, check, subject) => {
    const { first, second, fresh } = await twice((call) => call(...change));
    const failing = ({ findings }: Scan) =>
      findings.filter(
        (one) => one.check === check && one.status === 'FAIL' && one.subject.includes(subject),
      );
    expect(failing(first)).toEqual([]);
    expect(failing(second).length).toBeGreaterThan(0);
    expect(verdicts(second)).toEqual(verdicts(fresh));
  });

  test('a trail that the map knows is read before its account is listed, once, and with its bucket', async () => {
    const late = '700000000039';
    const { second, fresh, calls } = await twice(
      (call) =>
        call('cloudtrail:CreateTrail', late, 'us-east-1', {
          Name: 'shadow',
          S3BucketName: 'bora-org-cloudtrail',
        }),
      (scenario) => {
        grown(40)(scenario);
        scenario.organization.pageSize = 3;
        Object.assign(scenario, { latencyMs: 10 });
      },
    );
    const asked = (operation: string, account: string) =>
      calls.flatMap((call, at) =>
        call.operation === operation && call.account === account ? [at] : [],
      );
    const listed = calls.findLastIndex(({ operation }) => operation === 'ListAccounts');
    expect(asked('GetTrail', late)).toEqual([expect.any(Number)]);
    expect(asked('GetTrail', late)[0]).toBeLessThan(listed);
    const [policy = listed] = asked('GetBucketPolicy', '222233334444');
    expect(policy).toBeLessThan(listed);
    expect(second.findings.map(({ subject }) => subject)).toContainEqual(
      expect.stringMatching(/:trail\/shadow$/),
    );
    expect(verdicts(second)).toEqual(verdicts(fresh));
  });

  describe('and CloudTrail Lake', () => {
    const audit = (createdAt: string) =>
      storeOf({
        name: 'audit',
        account: MANAGEMENT,
        region: 'eu-west-1',
        id: '1234',
        createdAt,
        terminationProtection: false,
      });
    const listed = (calls: Awaited<ReturnType<typeof twice>>['calls']) =>
      calls.filter(({ operation }) => operation === 'ListEventDataStores');
    const stores = ({ findings }: Scan) => findings.filter(({ check }) => check === 'lake-stores');

    test('asks no region again that had no store and where Config knows of none', async () => {
      const { second, fresh, calls } = await twice();
      expect(listed(calls)).toEqual([]);
      expect(stores(second).map(({ status }) => status)).toEqual(
        stores(fresh).map(({ status }) => status),
      );
    });

    test('finds a store that was made since', async () => {
      const { first, second, fresh, calls } = await twice((_, { simulated: { world } }) => {
        world.scenario.eventDataStores.push(audit(world.now().toISOString()));
      });
      expect(stores(first).filter(({ status }) => status === 'FAIL')).toEqual([]);
      expect(stores(second).filter(({ status }) => status === 'FAIL')).toHaveLength(1);
      expect(listed(calls)).toMatchObject([{ account: MANAGEMENT, region: 'eu-west-1' }]);
      expect(verdicts(second)).toEqual(verdicts(fresh));
    });

    test('always reads a store that was there: it may have changed, or be gone', async () => {
      const changed = await twice(
        (_, { simulated: { world } }) => {
          Object.assign(world.scenario.eventDataStores[0] ?? {}, { terminationProtection: true });
        },
        ({ eventDataStores }) => eventDataStores.push(audit('-9d')),
      );
      expect(listed(changed.calls)).toMatchObject([{ account: MANAGEMENT, region: 'eu-west-1' }]);
      expect(verdicts(changed.second)).toEqual(verdicts(changed.fresh));
      expect(stores(changed.second)).not.toEqual(stores(changed.first));
    });

    test('asks everywhere where the aggregator will not list what it discovered', async () => {
      const { second, fresh, calls } = await twice((_, { simulated }) =>
        simulated.faults.add({
          operation: 'config:ListAggregateDiscoveredResources',
          effect: 'deny',
        }),
      );
      expect(listed(calls)).toHaveLength(34);
      expect(verdicts(second)).toEqual(verdicts(fresh));
    });
  });

  test('finds an account that was moved since in its new unit', async () => {
    const { first, second, fresh } = await twice((_, { simulated: { world } }) => {
      const { units } = rootOf(world);
      const shelf = (name: string) => units.find((unit) => unit.name === name);
      const [from, to] = [shelf('Sandbox'), shelf('Acquired')];
      if (!from || !to) throw new Error('the company has no such units');
      to.accounts.push(...from.accounts.splice(0));
      forgetPaths(world);
    });
    const guarded = ({ findings }: Scan) =>
      findings
        .filter(({ check }) => check === 'logging-guarded-by-scp')
        .map(({ detail }) => detail);
    expect(guarded(second)).not.toEqual(guarded(first));
    expect(verdicts(second)).toEqual(verdicts(fresh));
  });

  test('without an aggregator nothing proves an account unchanged: all are read', async () => {
    await within(
      async (box) => {
        const memory = inMind();
        const first = await scanning(box, memory);
        const second = await scanning(box, memory);
        expect(second.kept).toBeUndefined();
        expect(second.apiCalls).toBeGreaterThan(0.9 * first.apiCalls);
      },
      ({ config }) => {
        config.aggregator = undefined;
      },
    );
  });

  test('what a dead scan read is taken up again, with the aggregator and without', async () => {
    for (const aggregator of [true, false])
      await within(
        async (box) => {
          const memory = inMind(false);
          const first = await scanning(box, memory);
          for (const account of [SHOP, PAYMENTS, DATA_PLATFORM]) memory.rows.delete(account);
          const second = await scanning(box, memory);
          expect(second.kept).toMatchObject({ resumed: 7, unchanged: 0, of: 13 });
          expect(verdicts(second)).toEqual(verdicts(first));
        },
        ({ config }) => {
          if (!aggregator) config.aggregator = undefined;
        },
      );
  });

  test('an account that could not be seen is in nobody’s memory', async () => {
    await within(async (box) => {
      const memory = inMind(false);
      const organization = await box.world.organization();
      const asked = wasSeen(organization.accounts) ? organization.accounts.seen : [];
      const ground = { aws: box.aws, now: box.world.now };
      const first = await readAccounts(ground, organization, asked.slice(0, 13), memory, () => {});
      await first.accounts;
      const second = await readAccounts(ground, organization, asked.slice(0, 13), memory, () => {});
      const dark = (await second.accounts).find(({ id }) => id === TEAM_SANDBOX);
      expect(dark?.trails).toHaveProperty('unseen');
      expect(sent(box, 'AssumeRole')).toBeGreaterThan(13);
    });
  });
});
