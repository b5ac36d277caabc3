import { seatOf, sessionFor } from '../../../../src/aws/fixes/send.ts';
import { patternFor } from '../../../../src/core/fixes/watching/patterns.ts';
import { SENSITIVE_CALLS } from '../../../../src/core/posture/alarms/sensitive-calls.ts';
import { alice, mina, TRAIL } from '../../../jobs/fix-world.ts';
import { approved, livesOf, proposed } from '../lives.ts';
import { type Company, openCompany, smallCompany } from '../small-company.ts';

const PAYMENTS = '666677778888';
const HOME = 'ap-northeast-2';
const place = { account: PAYMENTS, region: HOME };
const topic = `arn:aws:sns:${HOME}:${PAYMENTS}:security`;
const logGroup = `arn:aws:logs:${HOME}:${PAYMENTS}:log-group:audit:*`;
const DUE = 'root-use';

/** An alarm that is heard for every sensitive call but the use of root. */
const watched = SENSITIVE_CALLS.map(({ call }) => call).filter((call) => call !== DUE);
const company = {
  trails: (smallCompany.trails ?? []).map((trail) => ({ ...trail, logGroup })),
  logGroups: [
    {
      ...place,
      name: 'audit',
      filters: watched.map((name) => ({
        name,
        pattern: patternFor(name),
        metric: name,
        namespace: 'Theirs',
      })),
    },
  ],
  alarms: watched.map((name) => ({
    ...place,
    name,
    metric: name,
    namespace: 'Theirs',
    actions: [topic],
  })),
  topics: [
    {
      ...place,
      name: 'security',
      subscriptions: [{ protocol: 'email', endpoint: 'security@bora.example' }],
    },
  ],
};

function stageOf({ running: { world } }: Company) {
  const { logGroups, alarms, topics } = world.scenario;
  const [group] = logGroups;
  const [first] = topics;
  if (!group || !first) throw new Error('the log group or the topic is gone');
  return { group, alarms, topic: first };
}

const given = {
  fix: 'add-alarms',
  target: { subject: TRAIL, owner: PAYMENTS },
  riskClass: 'A' as const,
  calls: ['logs:PutMetricFilter', 'cloudwatch:PutMetricAlarm'],
};

livesOf({
  ...given,
  company,
  breaks: {
    'somebody made an alarm of theirs': (stage) => {
      const { group, alarms } = stageOf(stage);
      const metric = { metric: 'root', namespace: 'Theirs' };
      group.filters.push({ name: 'root', pattern: patternFor(DUE), ...metric });
      alarms.push({
        ...place,
        ...metric,
        name: 'root',
        actions: [topic],
        enabled: true,
        state: 'OK',
      });
    },
    'nobody listens to the topic any more': (stage) => {
      stageOf(stage).topic.subscriptions = [];
    },
    'another filter is gone': (stage) => stageOf(stage).group.filters.pop(),
    'the trail delivers to another log group': ({ trail }) => {
      trail.logGroup = logGroup.replace('audit', 'other');
    },
  },
  refuses: {
    'the trail has no log group': {
      arrange: ({ trail }) => {
        trail.logGroup = undefined;
      },
      because: 'precondition',
    },
    'no alarm tells anybody': {
      arrange: (stage) => {
        stageOf(stage).topic.subscriptions = [];
      },
      because: 'precondition',
    },
    'the trail does not record what is missing': {
      arrange: (stage) => {
        const metric = { metric: 'root', namespace: 'Theirs' };
        stageOf(stage).group.filters.push({ name: 'root', pattern: patternFor(DUE), ...metric });
        stageOf(stage).alarms.push({
          ...place,
          ...metric,
          name: 'root',
          actions: [topic],
          enabled: true,
          state: 'OK',
        });
        stage.trail.selectors = {
          basic: [{ ReadWriteType: 'All', IncludeManagementEvents: false }],
        };
      },
      because: 'precondition',
    },
    'a hundred filters are there': {
      arrange: (stage) => {
        const { group } = stageOf(stage);
        while (group.filters.length < 100)
          group.filters.push({
            name: `more-${group.filters.length}`,
            pattern: '{ $.eventName = "Nothing" }',
            metric: 'Nothing',
            namespace: 'Theirs',
          });
      },
      because: 'precondition',
    },
  },
});

livesOf({
  ...given,
  where: 'to the configured topic',
  company: {
    ...company,
    topics: [
      ...company.topics,
      {
        ...place,
        name: 'configured',
        subscriptions: [{ protocol: 'email', endpoint: 'alarms@bora.example' }],
      },
    ],
  },
  fixing: { alarmTopics: [`arn:aws:sns:${HOME}:${PAYMENTS}:configured`] },
  breaks: {
    'nobody listens to the configured topic any more': ({ running }) => {
      for (const one of running.world.scenario.topics)
        if (one.name === 'configured') one.subscriptions = [];
    },
  },
});

test('where nothing watches at all, every sensitive call is watched by one plan', async () => {
  const open = await openCompany(
    {
      ...company,
      logGroups: [{ ...place, name: 'audit' }],
      alarms: [],
    },
    {},
    { alarmTopics: [topic] },
  );
  try {
    const { world, fix } = await proposed(open, { ...given, breaks: {} });
    expect(fix.plan.calls).toHaveLength(2 * SENSITIVE_CALLS.length);
    const seated = fix.plan.calls.map((call) => ({ ...call, ...seatOf(call, fix.plan) }));
    const names = { fix: fix.id, planHash: fix.planHash, requestedBy: alice, fence: 1 };
    const session = sessionFor(seated, { ...names, approvedBy: [mina] }, open.aws);
    // STS takes 2,048 characters of inline policy.
    expect(JSON.stringify(session.policy).length).toBeLessThanOrEqual(2_048);
    expect(await approved(fix, world)).toMatchObject({
      state: 'applied',
      outcome: { verified: { Missing: [], FilterCount: SENSITIVE_CALLS.length } },
    });
  } finally {
    await open.close();
  }
}, 30_000);
