import type { Plan } from '../../src/core/questions/plan.ts';
import { asking } from './beside-world.ts';

type State = NonNullable<Plan['state']>;
const state = (property: State['property'], more: Partial<Plan> = {}): Partial<Plan> => ({
  shape: 'state',
  state: { property, rule: null },
  ...more,
});
const LABS = '141414141414';

describe('how resources are, as Config’s aggregator says', () => {
  let company: Awaited<ReturnType<typeof asking>>;
  beforeAll(async () => {
    company = await asking();
  });
  afterAll(() => company.close());

  test.each([
    ['public', 'labs-demo-site', 'public through its policy'],
    ['open-to-world', 'sg-0141414141414abcd', 'open to the world: tcp 22'],
    ['unencrypted', 'vol-0141414141414cafe', 'not encrypted'],
  ] as const)('%s: exactly the one that is', async (property, resource, says) => {
    const answer = await company.ask(state(property));
    expect(answer.verdict).toBe('found');
    expect(answer.states).toEqual([
      {
        resourceType: expect.stringMatching(/^AWS::/),
        resource,
        account: LABS,
        region: 'eu-west-1',
        says,
        saysKo: expect.stringMatching(/[가-힣]/),
        wrong: true,
        at: expect.stringMatching(/^20\d\d-/),
      },
    ]);
    expect(answer.coverage.sources).toEqual(['AWS Config (bora-organization)']);
    expect(answer.text).toContain(resource);
  });

  test('a place whose recorder stopped is a gap: what Config knows there is old', async () => {
    const { coverage } = await company.ask(state('public'));
    expect(coverage.gaps).toContainEqual(
      expect.objectContaining({
        account: '888899990000',
        region: 'ap-northeast-2',
        reason: expect.stringContaining('the recorder of AWS Config is stopped since'),
      }),
    );
    expect(coverage.accounts.searched).toBeLessThan(coverage.accounts.of);
  });

  test('within one account where all is recorded, none is a no', async () => {
    const answer = await company.ask(state('public', { accounts: ['444455556666'] }));
    expect(answer).toMatchObject({ verdict: 'none', states: [], coverage: { gaps: [] } });
    expect(answer.text).toMatch(/^No\./);
  });

  test('a named bucket is told however it is, and nothing else with it', async () => {
    const answer = await company.ask(
      state('versioning', { resources: ['bora-lake-raw'], resourceType: 'bucket' }),
    );
    expect(answer.states).toMatchObject([
      { resource: 'bora-lake-raw', says: 'versioning Enabled', wrong: false },
    ]);
  });

  test('a Korean answer says in Korean how a resource is', async () => {
    const answer = await company.ask(
      state('versioning', { resources: ['bora-lake-raw'], resourceType: 'bucket' }),
      'ko',
    );
    expect(answer.text).toContain('버전 관리 Enabled');
    expect(answer.text).not.toContain('versioning Enabled');
    const open = await company.ask(state('public', { accounts: [LABS] }), 'ko');
    expect(open.text).toMatch(/공개됨: (?:버킷 정책|ACL)/);
    expect(open.states?.[0]?.says).toMatch(/^public through its /);
  });

  test('a name that is text of others never becomes a query', async () => {
    const answer = await company.ask(
      state('versioning', {
        resources: ["x' OR resourceType = 'AWS::S3::Bucket"],
        resourceType: 'bucket',
      }),
    );
    expect(answer).toMatchObject({ verdict: 'unknowable' });
    expect(answer.states).toBeUndefined();
  });

  test('what Config keeps of a kind of thing does not tell everything of it', async () => {
    const answer = await company.ask(state('versioning', { resourceType: 'instance' }));
    expect(answer).toMatchObject({ verdict: 'unknowable' });
    expect(answer.text).toContain('Config keeps nothing that would tell that');
  });

  test('a resource that Config does not know is not called in order', async () => {
    const answer = await company.ask(
      state('public', { resources: ['no-such-bucket'], resourceType: 'bucket' }),
      'ko',
    );
    expect(answer.verdict).toBe('none-visible');
    expect(answer.text).toContain('Config가 이 리소스를 모릅니다');
  });

  test('what breaks a rule is told with the rule; rules broken everywhere do not bury it', async () => {
    const answer = await company.ask(state('noncompliant'));
    expect(answer.states?.[0]?.resourceType).not.toBe('AWS::::Account');
    expect(answer.states).toContainEqual(
      expect.objectContaining({
        resource: 'bora-payments-audit-logs',
        says: 'NON_COMPLIANT s3-bucket-mfa-delete-enabled',
        account: '222233334444',
      }),
    );
  });

  test('of a named resource every rule that judged it is told, kept ones too', async () => {
    const answer = await company.ask(
      state('noncompliant', { resources: ['bora-payments-audit-logs'] }),
    );
    const says = answer.states?.map((one) => one.says) ?? [];
    expect(says).toContain('NON_COMPLIANT s3-bucket-mfa-delete-enabled');
    expect(says.some((one) => one.startsWith('COMPLIANT '))).toBe(true);
    expect(answer.states?.[0]?.wrong).toBe(true);
  });

  test('the rule of a question narrows it', async () => {
    const answer = await company.ask({
      shape: 'state',
      state: { property: 'noncompliant', rule: 's3-bucket-versioning-enabled' },
    });
    expect(answer.states).toMatchObject([{ resource: 'bora-ml-scratch' }]);
  });

  test('over log files alone nobody can ask Config', async () => {
    const { config: _, ...others } = company.world;
    const answer = await company.ask(state('public'), 'en', others);
    expect(answer.verdict).toBe('unknowable');
  });
});

test('without an aggregator every place is asked, and one that refuses is a gap', async () => {
  const company = await asking(({ config }) => {
    delete (config as { aggregator?: unknown }).aggregator;
  });
  try {
    const answer = await company.ask(
      state('public', { accounts: [LABS, '151515151515'], regions: ['eu-west-1'] }),
    );
    expect(answer.states).toMatchObject([{ resource: 'labs-demo-site', account: LABS }]);
    expect(answer.coverage.gaps).toContainEqual(
      expect.objectContaining({
        account: '151515151515',
        reason: expect.stringContaining('AccessDenied'),
      }),
    );
    const broken = await company.ask(
      state('noncompliant', { accounts: ['999900001111'], regions: ['ap-northeast-2'] }),
    );
    expect(broken.states).toContainEqual(
      expect.objectContaining({
        resource: 'bora-ml-scratch',
        says: 'NON_COMPLIANT s3-bucket-versioning-enabled',
      }),
    );
  } finally {
    await company.close();
  }
});

test('an aggregator that is late says as of when; throttled, it is asked again; refused, nobody knows', async () => {
  const company = await asking(({ config }) => {
    config.aggregator?.stale.push(LABS);
  });
  try {
    const late = await company.ask(state('public', { accounts: [LABS] }));
    expect(late.coverage.gaps).toContainEqual(
      expect.objectContaining({
        account: LABS,
        reason: expect.stringMatching(/as of .* \(OUTDATED\)/),
      }),
    );
    company.box.simulated.faults.add({
      operation: 'config:SelectAggregateResourceConfig',
      effect: 'throttle',
      times: 2,
    });
    expect(await company.ask(state('public'))).toMatchObject({ verdict: 'found' });
    company.box.simulated.faults.add({
      operation: 'config:SelectAggregateResourceConfig',
      effect: 'deny',
    });
    const refused = await company.ask(state('public'));
    expect(refused.verdict).toBe('unknowable');
    expect(refused.text).toContain('AWS Config could not be asked');
  } finally {
    await company.close();
  }
});
