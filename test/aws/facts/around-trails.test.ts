import type { DescribeAlarmsCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { DescribeMetricFiltersCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { readAroundTrails } from '../../../src/aws/facts/around-trails.ts';
import { readKey } from '../../../src/aws/facts/keys.ts';
import { lakeside, readLakes } from '../../../src/aws/facts/lakes.ts';
import { readLogGroup } from '../../../src/aws/facts/log-groups.ts';
import { membersOf, placeIn } from '../../../src/aws/facts/named-place.ts';
import type { Ground } from '../../../src/aws/facts/reader.ts';
import { openSurroundings } from '../../../src/aws/facts/surroundings.ts';
import { readTrail } from '../../../src/aws/facts/trails.ts';
import { readOrganization } from '../../../src/aws/organization.ts';
import { readRegions } from '../../../src/aws/regions.ts';
import { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { answering, HOME, over } from './over.ts';

const MANAGEMENT = '111122223333';
const ARCHIVE = '222233334444';
const AUDIT = '333344445555';
const PAYMENTS = '666677778888';
const TEAM_SANDBOX = '151515151515';
const here = (account: string) => ({ account, region: HOME });
/** Nobody could list the accounts, or these are all. */
const around = (ground: Ground, members: Set<string> | null = null) => ({
  ...ground,
  isMember: async (account: string) => !members || members.has(account),
});
const by = { api: 'account:ListRegions', account: '', region: HOME, at: '' };

/** A part of the company as it would stand in the file of a scenario. */
function part<K extends 'kmsKeys' | 'logGroups' | 'alarms' | 'topics' | 'eventDataStores'>(
  name: K,
  setup: object,
): Scenario[K][number] {
  const least = {
    name: 'x',
    regions: [HOME],
    organization: { id: 'o-x', managementAccount: MANAGEMENT, units: [] },
    keys: [],
    roles: [],
  };
  const [one] = Scenario.parse({ ...least, [name]: [setup] })[name] as Scenario[K];
  if (!one) throw new Error(`no ${name} in the scenario`);
  return one as Scenario[K][number];
}

describe('a key', () => {
  const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const arn = `arn:aws:kms:${HOME}:${ARCHIVE}:key/${id}`;
  const add =
    (differs: object = {}) =>
    (scenario: Scenario) => {
      const key = { id, alias: 'alias/new', account: ARCHIVE, region: HOME, ...differs };
      scenario.kmsKeys.push(part('kmsKeys', key));
    };

  test('is read in the account and region of its ARN, whoever names it', async () => {
    const key = await over((ground) => readKey(around(ground), arn, here(PAYMENTS)), add());
    expect(key).toMatchObject({
      arn,
      account: ARCHIVE,
      region: HOME,
      description: {
        seen: { state: 'Enabled', manager: 'CUSTOMER', deletionDate: null },
        by: { account: ARCHIVE },
      },
      policy: { seen: { Statement: [{ Effect: 'Allow', Action: ['kms:*'] }] } },
    });
    expect(key.description).not.toHaveProperty('seen.id');
  });

  test('CT-10: that will be deleted is told with the day', async () => {
    const key = await over(
      (ground) => readKey(around(ground), arn, here(PAYMENTS)),
      add({ state: 'PendingDeletion' }),
    );
    expect(key.description).toMatchObject({
      seen: { state: 'PendingDeletion', deletionDate: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
  });

  test('that is named by an alias is found behind it', async () => {
    const alias = `arn:aws:kms:${HOME}:${ARCHIVE}:alias/new`;
    const key = await over((ground) => readKey(around(ground), alias, here(PAYMENTS)), add());
    expect(key).toMatchObject({ arn: alias, description: { seen: {} }, policy: { seen: {} } });
  });

  test('that is named by nothing but an alias is one of the trail’s own place', async () => {
    const key = await over((ground) => readKey(around(ground), 'alias/new', here(ARCHIVE)), add());
    expect(key).toMatchObject({ account: ARCHIVE, region: HOME, policy: { seen: {} } });
  });

  test('behind an alias that cannot be described is unseen as a whole', async () => {
    const alias = `arn:aws:kms:${HOME}:${TEAM_SANDBOX}:alias/theirs`;
    const key = await over((ground) => readKey(around(ground), alias, here(PAYMENTS)));
    for (const reading of [key.description, key.policy, key.rotation])
      expect(reading).toMatchObject({
        unseen: { kind: 'denied', wouldNeed: expect.stringContaining(TEAM_SANDBOX) },
      });
  });

  test('CT-10: of an account that refuses is unseen, with the account and the permission', async () => {
    const key = await over(
      (ground) => readKey(around(ground), arn, here(PAYMENTS)),
      (scenario) => {
        add()(scenario);
        scenario.faults.push({ operation: 'kms:GetKeyPolicy', account: ARCHIVE, effect: 'deny' });
      },
    );
    expect(key).toMatchObject({
      description: { seen: {} },
      policy: {
        unseen: {
          kind: 'denied',
          wouldNeed: `kms:GetKeyPolicy for role trailwarden-read in account ${ARCHIVE}, which a service control policy denies`,
        },
      },
    });
  });
});

describe('what an ARN names', () => {
  const home = here(PAYMENTS);
  test.each<[string, string, object]>([
    [
      'is where the ARN says',
      `arn:aws:kms:us-gov-west-1:${ARCHIVE}:key/k`,
      { account: ARCHIVE, region: 'us-gov-west-1' },
    ],
    ['is at home without an ARN', 'alias/k', home],
    [
      'is at home where the region is no region',
      `arn:aws:kms:evil.example/:${ARCHIVE}:key/k`,
      home,
    ],
    ['is at home where the account is no account', 'arn:aws:kms:us-east-1:root:key/k', home],
  ])('%s', (_, arn, place) => {
    expect(placeIn(arn, home)).toEqual(place);
  });

  test('is not looked for in an account of another organization', async () => {
    const stranger = `arn:aws:kms:${HOME}:999988887777:key/k`;
    let asked = -1;
    const key = await over(async (ground) => {
      const read = await readKey(around(ground, new Set([PAYMENTS])), stranger, home);
      asked = ground.aws.calls();
      return read;
    });
    expect(asked).toBe(0);
    for (const reading of [key.description, key.policy, key.rotation])
      expect(reading).toMatchObject({
        unseen: {
          kind: 'denied',
          reason: expect.stringContaining('999988887777 does not belong'),
          ko: { reason: expect.stringContaining('999988887777') },
        },
      });
  });
});

describe('a log group', () => {
  const arn = `arn:aws:logs:${HOME}:${PAYMENTS}:log-group:audit`;
  const topic = `arn:aws:sns:${HOME}:${PAYMENTS}:alerts`;
  const pattern = '{ $.eventName = "StopLogging" }';
  const filters = [{ name: 'stopped', pattern, metric: 'Stopped', namespace: 'Trail' }];
  const place = { account: PAYMENTS, region: HOME };

  type Differs = { group?: object; alarm?: object; subscriptions?: object[] };
  const add =
    ({ group, alarm, subscriptions = [] }: Differs = {}) =>
    (scenario: Scenario) => {
      scenario.logGroups.push(
        part('logGroups', { ...place, name: 'audit-other', retentionDays: 1 }),
        part('logGroups', { ...place, name: 'audit', retentionDays: 90, filters, ...group }),
      );
      const watched = { metric: 'Stopped', namespace: 'Trail', actions: [topic] };
      scenario.alarms.push(
        part('alarms', { ...place, name: 'other', ...watched, metric: 'Other' }),
        part('alarms', { ...place, name: 'stopped', ...watched, ...alarm }),
      );
      scenario.topics.push(part('topics', { ...place, name: 'alerts', subscriptions }));
    };
  const read = (ground: Ground, name = arn) =>
    readLogGroup(around(ground), name, here(PAYMENTS), new Map());
  const mail = { protocol: 'email', endpoint: 'a@bora.example' };

  test('is read with its retention, its filters, their alarms and who hears them', async () => {
    const group = await over(
      (ground) => read(ground),
      add({ subscriptions: [mail, { ...mail, endpoint: 'b@bora.example', confirmed: false }] }),
    );
    expect(group).toMatchObject({
      arn,
      ...place,
      settings: { seen: { retentionDays: 90, kmsKey: null } },
      filters: {
        seen: [
          {
            name: 'stopped',
            pattern,
            alarms: [
              {
                name: 'stopped',
                enabled: true,
                listeners: { seen: 1, by: { api: 'sns:ListSubscriptionsByTopic' } },
              },
            ],
          },
        ],
      },
    });
  });

  test('that is kept for ever, without filters, asks nobody for alarms', async () => {
    const group = await over(
      (ground) => read(ground),
      (scenario) => {
        add({ group: { retentionDays: undefined, filters: [] } })(scenario);
        scenario.faults.push({ operation: 'monitoring:DescribeAlarms', effect: 'deny' });
      },
    );
    expect(group).toMatchObject({
      settings: { seen: { retentionDays: null } },
      filters: { seen: [] },
    });
  });

  test('is the same with the `:*` that CloudTrail writes behind it', async () => {
    const group = await over((ground) => read(ground, `${arn}:*`), add());
    expect(group.settings).toMatchObject({ seen: { retentionDays: 90 } });
  });

  test('that is gone is no log group that forgets nothing', async () => {
    const group = await over((ground) => read(ground, `${arn}-gone`), add());
    expect(group).toMatchObject({
      settings: { unseen: { kind: 'failed', reason: expect.stringContaining('does not exist') } },
      filters: { unseen: { kind: 'failed' } },
    });
  });

  test('CT-30: an alarm nobody confirmed to hear has no listener', async () => {
    const subscriptions = [{ ...mail, confirmed: false }];
    const group = await over((ground) => read(ground), add({ subscriptions }));
    expect(group.filters).toMatchObject({ seen: [{ alarms: [{ listeners: { seen: 0 } }] }] });
  });

  test('CT-30: an alarm that calls a function needs no confirmation', async () => {
    const actions = [`arn:aws:lambda:${HOME}:${PAYMENTS}:function:page`];
    const group = await over((ground) => read(ground), add({ alarm: { actions } }));
    expect(group.filters).toMatchObject({ seen: [{ alarms: [{ listeners: { seen: 1 } }] }] });
  });

  test('CT-30: an alarm whose actions are off is told so', async () => {
    const group = await over((ground) => read(ground), add({ alarm: { enabled: false } }));
    expect(group.filters).toMatchObject({ seen: [{ alarms: [{ enabled: false }] }] });
  });

  test('CT-30: a topic of an account that refuses leaves the listeners open', async () => {
    const actions = [`arn:aws:sns:${HOME}:${TEAM_SANDBOX}:theirs`];
    const group = await over((ground) => read(ground), add({ alarm: { actions } }));
    expect(group.filters).toMatchObject({
      seen: [
        {
          alarms: [
            {
              listeners: {
                unseen: { kind: 'denied', wouldNeed: expect.stringContaining(TEAM_SANDBOX) },
              },
            },
          ],
        },
      ],
    });
  });

  test('whose alarms may not be read is open, with the permission', async () => {
    const group = await over(
      (ground) => read(ground),
      (scenario) => {
        add()(scenario);
        scenario.faults.push({ operation: 'monitoring:DescribeAlarms', effect: 'deny' });
      },
    );
    expect(group.filters).toMatchObject({
      unseen: { wouldNeed: expect.stringContaining('cloudwatch:DescribeAlarms') },
    });
  });

  test.each<[string, string, boolean]>([
    ['it goes off with any of its alarms', 'ALARM("stopped") OR ALARM(another)', true],
    ['it waits for another, too', 'ALARM("stopped") AND ALARM(another)', false],
    ['it goes off when all is well', 'NOT ALARM("stopped")', false],
    ['it follows others', 'ALARM(another)', false],
  ])('CT-30: a composite alarm counts when %s: %s is %s', async (_, AlarmRule, counts) => {
    const composite = {
      AlarmName: 'together',
      AlarmRule,
      ActionsEnabled: true,
      AlarmActions: [topic],
    };
    const group = await over(
      (ground) => {
        answering<DescribeAlarmsCommandOutput>(ground.aws.cloudWatch(place), (output) => {
          output.CompositeAlarms = [composite];
        });
        return read(ground);
      },
      add({ alarm: { actions: [] }, subscriptions: [mail] }),
    );
    const [first] = 'seen' in group.filters ? group.filters.seen : [];
    const names = first?.alarms.map(({ name }) => name);
    expect(names).toEqual(counts ? ['stopped', 'together'] : ['stopped']);
  });

  test('CT-30: an alarm that computes with the metric looks at it', async () => {
    const group = await over((ground) => {
      answering<DescribeAlarmsCommandOutput>(ground.aws.cloudWatch(place), (output) => {
        const Metric = { Namespace: 'Trail', MetricName: 'Stopped' };
        const Metrics = [{ Id: 'm', MetricStat: { Metric, Period: 300, Stat: 'Sum' } }];
        output.MetricAlarms = [{ AlarmName: 'math', ActionsEnabled: true, Metrics }];
      });
      return read(ground);
    }, add());
    expect(group.filters).toMatchObject({ seen: [{ alarms: [{ name: 'math' }] }] });
  });

  test.each<[string, { [name: string]: string }, string[], boolean]>([
    ['asks for a dimension that the filter does not write', {}, ['Region'], false],
    ['leaves out a dimension that the filter writes', { Region: '$.awsRegion' }, [], false],
    ['asks for what the filter writes', { Region: '$.awsRegion' }, ['Region'], true],
  ])('CT-30: an alarm that %s', async (_, written, asked, looks) => {
    const group = await over((ground) => {
      answering<DescribeMetricFiltersCommandOutput>(ground.aws.logs(place), (output) => {
        for (const { metricTransformations = [] } of output.metricFilters ?? [])
          for (const one of metricTransformations) one.dimensions = written;
      });
      answering<DescribeAlarmsCommandOutput>(ground.aws.cloudWatch(place), (output) => {
        for (const alarm of output.MetricAlarms ?? [])
          alarm.Dimensions = asked.map((Name) => ({ Name, Value: 'us-east-1' }));
      });
      return read(ground);
    }, add());
    const [first] = 'seen' in group.filters ? group.filters.seen : [];
    expect(first?.alarms).toHaveLength(looks ? 1 : 0);
  });
});

describe('CloudTrail Lake', () => {
  const store = { name: 'audit', account: AUDIT, region: 'us-east-1', id: '1234' };
  const add = (scenario: Scenario) => {
    scenario.eventDataStores.push(
      part('eventDataStores', { ...store, terminationProtection: false, retentionDays: 90 }),
    );
  };
  const twoRegions = async () => ({ seen: [HOME, 'us-east-1'], by });

  test('CT-26: is asked in every region, and each store by itself', async () => {
    const lakes = await over((ground) => readLakes(ground, [MANAGEMENT, AUDIT], twoRegions), add);
    expect(lakes.map(({ account, region }) => `${account}/${region}`)).toEqual([
      `${MANAGEMENT}/${HOME}`,
      `${MANAGEMENT}/us-east-1`,
      `${AUDIT}/${HOME}`,
      `${AUDIT}/us-east-1`,
    ]);
    expect(lakes[3]?.stores).toMatchObject({
      seen: [
        {
          arn: `arn:aws:cloudtrail:us-east-1:${AUDIT}:eventdatastore/1234`,
          name: 'audit',
          status: 'ENABLED',
          terminationProtection: false,
          retentionDays: 90,
          kmsKey: null,
        },
      ],
      by: { api: 'cloudtrail:GetEventDataStore' },
    });
    for (const { stores } of lakes.slice(0, 3)) expect(stores).toMatchObject({ seen: [] });
  });

  test('that refuses is unseen, not empty', async () => {
    const lakes = await over(
      (ground) => readLakes(ground, [AUDIT], twoRegions),
      ({ faults }) => {
        faults.push({ operation: 'cloudtrail:ListEventDataStores', effect: 'deny' });
      },
    );
    for (const { stores } of lakes) expect(stores).toMatchObject({ unseen: { kind: 'denied' } });
  });

  test('of an account whose regions cannot be listed is unseen once', async () => {
    const refused = { unseen: { kind: 'denied' as const, reason: 'AccessDenied: no' }, by };
    const lakes = await over((ground) => readLakes(ground, [AUDIT], async () => refused));
    expect(lakes).toEqual([{ account: AUDIT, region: HOME, stores: refused }]);
  });
});

test('a key and a log group that several trails name are read once', async () => {
  const found = await over(async (ground) => {
    const organization = await readOrganization(ground);
    const regionsOf = (account: string) => readRegions(ground, account);
    const surroundings = openSurroundings(ground, {
      ...membersOf(organization),
      aggregator: Promise.resolve({ seen: null, by }),
      places: Promise.resolve(new Map()),
      configRules: [],
    });
    const arn = `arn:aws:cloudtrail:${HOME}:${MANAGEMENT}:trail/bora-org-trail`;
    const trail = await readTrail(ground, { arn, homeRegion: HOME }, [], async () => ({
      seen: [HOME],
      by,
    }));
    return {
      ...(await readAroundTrails(surroundings, [trail, trail])),
      lakes: await readLakes(ground, lakeside(organization), regionsOf),
    };
  });
  expect(found.keys).toMatchObject([{ account: ARCHIVE, description: { seen: {} } }]);
  expect(found.logGroups).toMatchObject([
    { account: MANAGEMENT, settings: { seen: { retentionDays: 400 } } },
  ]);
  // The management account and the one delegated administrator of CloudTrail.
  expect(new Set(found.lakes.map(({ account }) => account))).toEqual(new Set([MANAGEMENT, AUDIT]));
});
