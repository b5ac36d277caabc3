import {
  type Event,
  GetTrailStatusCommand,
  ListTrailsCommand,
  LookupEventsCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { GetComplianceDetailsByResourceCommand } from '@aws-sdk/client-config-service';
import type { JsonObject } from '../../../src/core/json.ts';
import { type RunningAws, startAws } from '../../../src/sandbox/aws/index.ts';
import { makeWorld, type World } from '../../../src/sandbox/aws/world.ts';
import { company } from '../../../src/sandbox/company.ts';
import { assume, clients, failureOf } from './soundness.ts';

const home = 'ap-northeast-2';
const shop = '444455556666';
const payments = '666677778888';
const labs = '141414141414';
const logArchive = '222233334444';
const instance = 'i-0a1b2c3d4e5f60718';

const scenario = company();
const world = makeWorld(scenario);
const story = recordsOf(world);

function recordsOf({ events }: World): JsonObject[] {
  return [...events.values()].flat();
}
const called = (name: string, records = story) =>
  records.filter(({ eventName }) => eventName === name);
const identityOf = (record: JsonObject | undefined) => (record?.userIdentity ?? {}) as JsonObject;
const timeOf = (record: JsonObject | undefined) => Date.parse(String(record?.eventTime));
const mentions = (record: JsonObject, text: string) =>
  JSON.stringify([record.requestParameters, record.responseElements]).includes(text);

describe('the planted faults, and no others', () => {
  const active = [...world.accounts.values()].filter(({ status }) => status === 'ACTIVE');

  test('there are thirteen living accounts in the units of the company, and one that is suspended', () => {
    expect(active).toHaveLength(13);
    expect(world.accounts.get('161616161616')).toMatchObject({ status: 'SUSPENDED' });
    expect(world.accounts.get(shop)?.ou).toEqual(['Workloads', 'Production']);
    expect(new Set(active.flatMap(({ regions }) => regions)).size).toBe(17);
  });

  test('only acquired-labs is outside the reach of the organization trail', () => {
    const outside = active.filter(({ outsideOrganizationTrail }) => outsideOrganizationTrail);
    expect(outside.map(({ name }) => name)).toEqual(['acquired-labs']);
  });

  test('only labs-legacy is a trail of one region, and only its bucket lies outside the log archive', () => {
    expect(world.trails.filter(({ multiRegion }) => !multiRegion).map(({ name }) => name)).toEqual([
      'labs-legacy',
    ]);
    const strays = world.trails.filter(
      ({ bucket }) => world.buckets.get(bucket)?.account !== logArchive,
    );
    expect(strays.map(({ bucket }) => bucket)).toEqual(['labs-legacy-cloudtrail']);
    expect(world.buckets.get('labs-legacy-cloudtrail')).toMatchObject({
      account: labs,
      versioning: 'Enabled',
      mfaDelete: true,
    });
  });

  test('only payments-audit does not validate its log files, and all trails log', () => {
    expect(
      world.trails.filter((trail) => !trail.logFileValidation).map(({ name }) => name),
    ).toEqual(['payments-audit']);
    expect(world.trails.every(({ logging }) => logging)).toBe(true);
  });

  test('only the bucket of payments-audit can be destroyed', () => {
    const weak = world.trails
      .map(({ bucket }) => world.buckets.get(bucket))
      .filter((bucket) => bucket?.mfaDelete !== true && bucket?.objectLock === undefined);
    expect(weak.map((bucket) => bucket?.name)).toEqual(['bora-payments-audit-logs']);
  });

  test('of the sensitive buckets only bora-payments-card-data has no data events', () => {
    const recorded = (bucket: string) =>
      world.trails.some(({ selectors }) => JSON.stringify(selectors ?? {}).includes(`${bucket}/`));
    expect(
      ['bora-payments-card-data', 'bora-customer-documents'].filter((it) => !recorded(it)),
    ).toEqual(['bora-payments-card-data']);
  });

  test('only the recorder of data-platform in the home region does not record', () => {
    const still = [...world.recorders].filter(([, { state }]) => state !== 'recording');
    expect(still.map(([place]) => place)).toEqual([`888899990000/${home}`]);
    expect(world.recorders.size).toBe(13 * 17);
  });

  test('only the OU of the laboratory is without the policy that guards the trails', () => {
    const [guard] = scenario.organization.serviceControlPolicies;
    const guarded = new Set(guard?.targets);
    const open = scenario.organization.units.filter(({ id = '' }) => !guarded.has(id));
    expect(open.map(({ name }) => name)).toEqual(['Acquired', 'Suspended']);
  });

  test('every metric filter has an alarm, and the alarms a topic that somebody listens to', () => {
    const filters = scenario.logGroups.flatMap((group) => group.filters);
    expect(filters).toHaveLength(15);
    for (const { metric, namespace } of filters) {
      const alarm = scenario.alarms.find(
        (it) => it.metric === metric && it.namespace === namespace,
      );
      expect(alarm?.actions).toHaveLength(1);
      const topic = scenario.topics.find(({ name }) => alarm?.actions[0]?.endsWith(`:${name}`));
      expect(topic?.subscriptions.filter(({ confirmed }) => confirmed)).toHaveLength(2);
    }
  });

  test('labs-legacy alone has no key, no log group and no topic', () => {
    const bare = world.trails.filter((it) => !it.kmsKey || !it.logGroup || !it.snsTopic);
    expect(bare.map(({ name }) => name)).toEqual(['labs-legacy']);
  });

  test('no fault is injected, and nothing lags', () => {
    expect(scenario).toMatchObject({ faults: [], eventLagMs: 0 });
  });
});

describe('the story in the records', () => {
  test('there are hundreds of events of thirty days, each with its own id, in order', () => {
    expect(story.length).toBeGreaterThan(300);
    expect(story.length).toBeLessThan(2_000);
    expect(new Set(story.map(({ eventID }) => eventID)).size).toBe(story.length);
    const ages = story.map((record) => Date.now() - timeOf(record));
    expect(Math.min(...ages)).toBeGreaterThan(0);
    expect(Math.max(...ages)).toBeLessThan(32 * 86_400_000);
    for (const records of world.events.values()) {
      expect(records.map(timeOf)).toEqual(records.map(timeOf).toSorted((a, b) => a - b));
    }
  });

  test('no record keeps an unfilled word', () => {
    expect(JSON.stringify(story)).not.toContain('{{');
  });

  test('every temporary key was issued by a recorded sign-in of its account, before it was used', () => {
    const issued = new Map<string, number>();
    for (const record of story) {
      const { credentials } = (record.responseElements ?? {}) as { credentials?: JsonObject };
      if (typeof credentials?.accessKeyId === 'string') {
        issued.set(`${record.recipientAccountId} ${credentials.accessKeyId}`, timeOf(record));
      }
    }
    const orphans = story.filter((record) => {
      const { accessKeyId } = identityOf(record);
      if (typeof accessKeyId !== 'string' || !accessKeyId.startsWith('ASIA')) return false;
      const since = issued.get(`${record.recipientAccountId} ${accessKeyId}`);
      return since === undefined || since > timeOf(record);
    });
    // SageMaker gives notebooks their keys itself; CloudTrail records no AssumeRole for them here.
    expect(new Set(orphans.map((record) => identityOf(record).arn))).toEqual(
      new Set(['arn:aws:sts::999900001111:assumed-role/ml-notebook/SageMaker']),
    );
  });

  test('a session begins when its key was issued', () => {
    for (const record of story) {
      const { sessionContext, accessKeyId } = identityOf(record) as {
        sessionContext?: { attributes?: { creationDate?: string } };
        accessKeyId?: string;
      };
      const created = sessionContext?.attributes?.creationDate;
      if (created === undefined) continue;
      expect(Date.parse(created)).toBeLessThanOrEqual(timeOf(record));
      const issuer = story.find(
        (it) =>
          accessKeyId !== undefined &&
          String(it.eventName).startsWith('AssumeRole') &&
          mentions(it, accessKeyId),
      );
      if (issuer !== undefined) expect(created).toBe(issuer.eventTime);
    }
  });

  test('bob terminated the instance, through a role that he assumed from another account', () => {
    const [terminated, ...others] = called('TerminateInstances').filter((it) =>
      mentions(it, instance),
    );
    expect(others).toEqual([]);
    expect(identityOf(terminated).arn).toBe(`arn:aws:sts::${shop}:assumed-role/ops-breakglass/bob`);
    const key = String(identityOf(terminated).accessKeyId);
    const copies = called('AssumeRole').filter((it) => mentions(it, key));
    expect(copies.map(({ recipientAccountId }) => recipientAccountId).sort()).toEqual([
      '131313131313',
      shop,
    ]);
    expect(new Set(copies.map(({ sharedEventID }) => sharedEventID)).size).toBe(1);
    expect(new Set(copies.map(({ eventID }) => eventID)).size).toBe(2);
    const inSource = copies.find(({ recipientAccountId }) => recipientAccountId === '131313131313');
    const inTarget = copies.find(({ recipientAccountId }) => recipientAccountId === shop);
    expect(identityOf(inSource).arn).toMatch(
      /^arn:aws:sts::131313131313:assumed-role\/AWSReservedSSO_Engineer_9f1e\w+\/bob@bora\.example$/,
    );
    expect(identityOf(inTarget)).toEqual({
      type: 'AWSAccount',
      principalId: identityOf(inSource).principalId,
      accountId: '131313131313',
    });
    const days = (Date.now() - timeOf(terminated)) / 86_400_000;
    expect(days).toBeGreaterThan(4);
    expect(days).toBeLessThan(6);
  });

  test("mina's attempt on the organization trail was denied, and says so only in the message", () => {
    const [denied, ...others] = called('DeleteTrail');
    expect(others).toEqual([]);
    expect(denied).toMatchObject({
      errorCode: 'AccessDenied',
      requestParameters: null,
      responseElements: null,
    });
    expect(denied?.errorMessage).toContain('trail/bora-org-trail');
    expect(identityOf(denied).arn).toContain('mina@bora.example');
  });

  test('jun deleted a stack, and CloudFormation its parts on his behalf within minutes', () => {
    const [stack] = called('DeleteStack').filter((it) => mentions(it, 'shop-recommendations'));
    expect(identityOf(stack).arn).toContain('jun@bora.example');
    const parts = story.filter(
      (it) =>
        identityOf(it).invokedBy === 'cloudformation.amazonaws.com' &&
        it.recipientAccountId === stack?.recipientAccountId,
    );
    expect(parts.map(({ eventName }) => eventName).sort()).toEqual([
      'DeleteFunction20150331',
      'DeleteRole',
      'DeleteTable',
    ]);
    for (const part of parts) {
      expect(timeOf(part) - timeOf(stack)).toBeLessThan(5 * 60_000);
      expect(identityOf(part).accessKeyId).toBe(identityOf(stack).accessKeyId);
    }
  });

  test('CloudFormation deleted a table with a role of its own, which mina gave it with the stack', () => {
    const [stack] = called('DeleteStack').filter((it) => mentions(it, 'payments-mock'));
    expect(identityOf(stack).arn).toContain('mina@bora.example');
    const [part] = called('DeleteTable').filter((it) => mentions(it, 'payments-mock-Ledger'));
    expect(identityOf(part)).toMatchObject({ invokedBy: 'cloudformation.amazonaws.com' });
    expect(identityOf(part).arn).toMatch(/cfn-exec\/AWSCloudFormation$/);
    expect(JSON.stringify(part)).not.toContain('mina');
  });

  test('users of Identity Center stand in records by id, one of whom has left', () => {
    const ids = new Set(
      story.flatMap((it) => {
        const { onBehalfOf } = identityOf(it) as { onBehalfOf?: { userId: string } };
        return onBehalfOf ? [onBehalfOf.userId] : [];
      }),
    );
    const people = scenario.identityCenter?.people.filter(({ id }) => ids.has(id ?? '')) ?? [];
    expect(people.map(({ userName }) => userName.split('@')[0]).sort()).toEqual([
      'alice',
      'bob',
      'karl',
    ]);
    expect(people.filter(({ deleted }) => deleted).map(({ userName }) => userName)).toEqual([
      'karl@bora.example',
    ]);
  });

  test('Auto Scaling terminated an instance without any person or key', () => {
    const [scaled] = called('TerminateInstances').filter((it) =>
      mentions(it, 'i-0fedcba9876543210'),
    );
    expect(identityOf(scaled)).toMatchObject({ invokedBy: 'autoscaling.amazonaws.com' });
    expect(identityOf(scaled).accessKeyId).toBeUndefined();
  });

  test('CI deployed every day, from GitHub', () => {
    const deployments = called('UpdateFunctionCode20150331v2').filter(
      (it) => it.recipientAccountId === shop,
    );
    expect(deployments).toHaveLength(30);
    for (const deployment of deployments) {
      const key = String(identityOf(deployment).accessKeyId);
      const [signIn] = called('AssumeRoleWithWebIdentity').filter((it) => mentions(it, key));
      expect(identityOf(signIn)).toMatchObject({
        type: 'WebIdentityUser',
        userName: 'repo:bora-commerce/shop:ref:refs/heads/main',
      });
    }
  });

  test('root switched MFA delete off, and Config noticed minutes later', () => {
    const [change, ...others] = called('PutBucketVersioning');
    expect(others).toEqual([]);
    expect(identityOf(change)).toMatchObject({ type: 'Root', accountId: logArchive });
    const noticed = world.buckets.get('bora-payments-audit-logs')?.changed?.getTime() ?? 0;
    expect(noticed - timeOf(change)).toBeGreaterThan(0);
    expect(noticed - timeOf(change)).toBeLessThan(10 * 60_000);
  });

  test('alice widened the guarding policy only after bob had changed the trail', () => {
    const [widened] = called('UpdatePolicy');
    expect(identityOf(widened).arn).toContain('alice@bora.example');
    expect(timeOf(widened)).toBeGreaterThan(timeOf(called('UpdateTrail')[0]));
  });

  test('the recorder stopped when jun stopped it', () => {
    const [stopped] = called('StopConfigurationRecorder');
    expect(identityOf(stopped).arn).toContain('jun@bora.example');
    expect(timeOf(stopped)).toBe(world.recorders.get(`888899990000/${home}`)?.stopped?.getTime());
  });

  test('port 22 was opened to the world, and somebody closed it', () => {
    const [opened] = called('AuthorizeSecurityGroupIngress');
    expect(mentions(opened ?? {}, '0.0.0.0/0')).toBe(true);
    expect(identityOf(called('RevokeSecurityGroupIngress')[0]).arn).toContain('alice@bora.example');
  });

  test('a sign-in failed without an error code, as such records do', () => {
    const failed = called('ConsoleLogin').filter((it) => mentions(it, 'Failure'));
    expect(failed).toMatchObject([
      { errorMessage: 'Failed authentication', eventType: 'AwsConsoleSignIn' },
    ]);
    expect(failed[0]).not.toHaveProperty('errorCode');
  });

  test('one user agent is hostile', () => {
    const [hostile] = called('DeleteBucket');
    expect(hostile?.userAgent).toMatch(/^<!channel> .*\u202E.*rm -rf/);
  });
});

test.each([
  '2026-11-24T14:04:00Z', // a Tuesday, just before
  '2026-11-24T14:06:00Z', // and just after the hour of the change
  '2027-01-01T00:00:30Z',
  '2028-02-29T23:59:59Z',
])('the story holds whenever it is told: %s', (at) => {
  const told = makeWorld(scenario, () => new Date(at));
  const records = recordsOf(told);
  const [change, ...others] = called('UpdateTrail', records);
  expect(others).toEqual([]);
  expect(String(change?.eventTime)).toMatch(/T14:05:00Z$/);
  expect(new Date(timeOf(change)).getUTCDay()).toBe(2);
  expect(identityOf(change).arn).toContain('/bob@bora.example');
  expect(told.trails.find(({ name }) => name === 'payments-audit')?.validatedUntil?.getTime()).toBe(
    timeOf(change),
  );
  expect(Math.max(...records.map(timeOf))).toBeLessThan(Date.parse(at));
  expect(records).toHaveLength(story.length);
});

describe('the company as the bot meets it', () => {
  let aws: RunningAws;
  beforeAll(async () => {
    aws = await startAws(scenario, { log: () => undefined });
  });
  afterAll(() => aws.close());

  async function reading(account: string, region = home) {
    return clients(aws, { region, credentials: await assume(aws, account) });
  }

  test('the read role is everywhere but in team-sandbox', async () => {
    for (const { id, status } of aws.world.accounts.values()) {
      if (status !== 'ACTIVE') continue;
      if (id === '151515151515') {
        expect(await failureOf(assume(aws, id))).toMatchObject({
          name: 'AccessDenied',
          status: 403,
        });
      } else expect((await assume(aws, id)).accessKeyId).toMatch(/^ASIA/);
    }
  });

  test('the event history of every place together names one end of the instance', async () => {
    const found: Event[] = [];
    for (const account of [shop, payments, '131313131313']) {
      for (const region of [home, 'us-east-1']) {
        const { cloudtrail } = await reading(account, region);
        const { Events = [] } = await cloudtrail.send(
          new LookupEventsCommand({
            LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: instance }],
          }),
        );
        found.push(...Events);
      }
    }
    expect(found.map(({ EventName }) => EventName)).toEqual([
      'TerminateInstances',
      'DescribeInstances',
      'RunInstances',
    ]);
  });

  test('payments-audit is delivered everywhere, and has no digest since last Tuesday', async () => {
    for (const region of [home, 'us-east-1', 'sa-east-1']) {
      const { cloudtrail } = await reading(payments, region);
      const status = await cloudtrail.send(
        new GetTrailStatusCommand({
          Name: `arn:aws:cloudtrail:${home}:${payments}:trail/payments-audit`,
        }),
      );
      expect(status.IsLogging).toBe(true);
      expect(status.LatestDeliveryError).toBeUndefined();
      const [change] = called('UpdateTrail', recordsOf(aws.world));
      expect(status.LatestDigestDeliveryTime?.getTime()).toBeLessThanOrEqual(timeOf(change));
    }
  });

  test('the read role may not change what it reads', async () => {
    const { cloudtrail } = await reading(payments);
    const change = new UpdateTrailCommand({
      Name: 'payments-audit',
      EnableLogFileValidation: true,
    });
    expect(await failureOf(cloudtrail.send(change))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('Config says the same of the trail as CloudTrail does', async () => {
    const { config } = await reading(payments);
    const { EvaluationResults = [] } = await config.send(
      new GetComplianceDetailsByResourceCommand({
        ResourceType: 'AWS::CloudTrail::Trail',
        ResourceId: `arn:aws:cloudtrail:${home}:${payments}:trail/payments-audit`,
        ComplianceTypes: ['NON_COMPLIANT'],
      }),
    );
    const rules = EvaluationResults.map(
      (result) => result.EvaluationResultIdentifier?.EvaluationResultQualifier?.ConfigRuleName,
    );
    expect(rules).toEqual(['cloud-trail-log-file-validation-enabled']);
  });

  test('members have the organization trail, and acquired-labs only its own', async () => {
    const trails = async (account: string) => {
      const { cloudtrail } = await reading(account);
      const { Trails = [] } = await cloudtrail.send(new ListTrailsCommand({}));
      return Trails.map(({ Name, HomeRegion }) => `${Name} ${HomeRegion}`);
    };
    expect(await trails(shop)).toEqual([`bora-org-trail ${home}`]);
    expect(await trails(payments)).toEqual([`bora-org-trail ${home}`, `payments-audit ${home}`]);
    expect(await trails(labs)).toEqual(['labs-legacy eu-west-1']);
  });
});
