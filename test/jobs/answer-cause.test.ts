import type { Plan } from '../../src/core/questions/plan.ts';
import { asking } from './beside-world.ts';

const AUDIT_LOGS = 'bora-payments-audit-logs';
const cause = (more: Partial<Plan> = {}): Partial<Plan> => ({
  shape: 'cause',
  state: { property: 'noncompliant', rule: null },
  ...more,
});

describe('which change broke a rule', () => {
  let company: Awaited<ReturnType<typeof asking>>;
  beforeAll(async () => {
    company = await asking();
  });
  afterAll(() => company.close());

  test('when, what was otherwise before, which call, and who; each proven or not', async () => {
    const answer = await company.ask(cause({ resources: [AUDIT_LOGS] }));
    expect(answer.verdict).toBe('found');
    expect(answer.events).toMatchObject([
      { eventName: 'PutBucketVersioning', person: { name: 'root', proof: 'direct' } },
    ]);
    const [event] = answer.events;
    expect(answer.causes).toMatchObject([
      {
        en: expect.stringMatching(/broke s3-bucket-mfa-delete-enabled at .*, and was not at /),
        proven: true,
      },
      { en: expect.stringContaining('isMfaDeleteEnabled'), proven: false },
      {
        en: expect.stringContaining('PutBucketVersioning by root'),
        proven: true,
        eventID: event?.eventID,
      },
    ]);
    expect(answer.changes?.[0]?.members).toContainEqual({
      path: 'supplementaryConfiguration.BucketVersioningConfiguration.isMfaDeleteEnabled',
      before: 'true',
      after: 'false',
    });
    expect(answer.states).toMatchObject([{ resource: AUDIT_LOGS, wrong: true }]);
  });

  test('without a history of compliance, what a rule says now is an upper bound, and said as one', async () => {
    const answer = await company.ask(
      cause({
        resources: ['payments-audit'],
        state: { property: 'noncompliant', rule: 'cloud-trail-log-file-validation-enabled' },
      }),
      'ko',
    );
    expect(answer.events).toMatchObject([
      { eventName: 'UpdateTrail', person: { name: 'bob@bora.example', proof: 'proven-chain' } },
    ]);
    expect(answer.causes?.[0]).toMatchObject({
      ko: expect.stringContaining('늦어도'),
      proven: false,
    });
    expect(answer.coverage.gaps).toContainEqual(
      expect.objectContaining({ reason: expect.stringContaining('no history of compliance') }),
    );
  });

  test('a rule that was never broken is not blamed on anybody', async () => {
    const answer = await company.ask(
      cause({
        resources: [AUDIT_LOGS],
        state: { property: 'noncompliant', rule: 's3-bucket-versioning-enabled' },
      }),
    );
    expect(answer).toMatchObject({ verdict: 'none', events: [] });
  });

  test('a resource that Config does not know cannot be traced', async () => {
    const answer = await company.ask(cause({ resources: ['no-such-thing'] }));
    expect(answer.verdict).toBe('unknowable');
    expect(answer.text).toContain('Config does not know this resource');
  });

  test('without Config it cannot be known', async () => {
    const { config: _, ...others } = company.world;
    const answer = await company.ask(cause({ resources: [AUDIT_LOGS] }), 'en', others);
    expect(answer.verdict).toBe('unknowable');
    expect(answer.text).toContain('nobody can ask AWS Config');
  });

  test('a call that nobody can see leaves when and what, and no name', async () => {
    const answer = await company.ask(cause({ resources: [AUDIT_LOGS] }), 'en', {
      ...company.world,
      sources: company.world.sources.map((source) => ({
        ...source,
        find: async (search) => {
          const found = await source.find(search);
          return { ...found, events: [] };
        },
      })),
    });
    expect(answer).toMatchObject({ verdict: 'none-visible', events: [] });
    expect(answer.text).toContain('who made the change is not known');
    expect(answer.text).toContain('s3-bucket-mfa-delete-enabled');
  });

  test('without a resource, those that a rule says were broken lately are traced', async () => {
    const answer = await company.ask(
      cause({
        state: { property: 'noncompliant', rule: 'mfa-delete' },
        accounts: ['222233334444'],
      }),
    );
    expect(answer.states).toContainEqual(expect.objectContaining({ resource: AUDIT_LOGS }));
  });
});

test('where the history of the resource is refused, that is said', async () => {
  const company = await asking();
  try {
    company.box.simulated.faults.add({
      operation: 'config:GetResourceConfigHistory',
      effect: 'deny',
    });
    const answer = await company.ask(cause({ resources: [AUDIT_LOGS] }));
    expect(answer.coverage.gaps).toContainEqual(
      expect.objectContaining({
        account: '222233334444',
        reason: expect.stringContaining('AccessDenied'),
      }),
    );
    expect(answer.verdict).not.toBe('none');
  } finally {
    await company.close();
  }
});
