import { TRAIL } from '../../../jobs/fix-world.ts';
import { livesOf, planned } from '../lives.ts';
import { type Company, openCompany } from '../small-company.ts';

const PAYMENTS = '666677778888';
const given = {
  fix: 'deliver-to-cloudwatch-logs',
  target: { subject: TRAIL, owner: PAYMENTS },
  riskClass: 'B',
} as const;

function roleCalled(name: string) {
  return { name, account: PAYMENTS, path: '/', trust: {}, inline: {} };
}

/** The log group that a fix made before and left. */
function groupKept(retentionDays?: number) {
  return {
    name: 'trailwarden/cloudtrail/payments-audit',
    account: PAYMENTS,
    region: 'ap-northeast-2',
    filters: [],
    tags: {},
    ...(retentionDays !== undefined && { retentionDays }),
  };
}

livesOf({
  ...given,
  calls: [
    'logs:CreateLogGroup',
    'logs:PutRetentionPolicy',
    'iam:CreateRole',
    'iam:PutRolePolicy',
    'cloudtrail:UpdateTrail',
  ],
  breaks: {
    'somebody delivers to a log group of theirs': ({ trail }) => {
      trail.logGroup = `arn:aws:logs:ap-northeast-2:${PAYMENTS}:log-group:theirs:*`;
    },
    'a role of this name appeared': ({ running }) =>
      running.world.scenario.iam.roles.push(roleCalled('cloudtrail-to-logs-payments-audit')),
    'it became an organization trail': ({ trail }) => {
      trail.organization = true;
    },
    'a log group of this name appeared that keeps events for ever': ({ running }) =>
      running.world.scenario.logGroups.push(groupKept()),
    'the trail is gone': ({ running, trail }) => {
      running.world.trails.splice(running.world.trails.indexOf(trail), 1);
    },
  },
  refuses: {
    'the account has no policy that bounds the role': {
      arrange: ({ running: { world } }) => world.scenario.iam.policies.pop(),
      because: 'precondition',
    },
    'it delivers already': {
      arrange: ({ trail }) => {
        trail.logGroup = `arn:aws:logs:ap-northeast-2:${PAYMENTS}:log-group:theirs:*`;
      },
      because: 'already-sound',
    },
    'a role of this name is another’s': {
      arrange: ({ running }) =>
        running.world.scenario.iam.roles.push(roleCalled('cloudtrail-to-logs-payments-audit')),
      because: 'precondition',
    },
  },
  leaves: takeGroupAway,
  leavesWhenStopped: takeGroupAway,
  staysWhenStopped: [1, 2],
});

function takeGroupAway({ running: { world } }: Company): void {
  expect(world.scenario.logGroups.pop()).toMatchObject({
    name: 'trailwarden/cloudtrail/payments-audit',
    retentionDays: 365,
  });
}

describe('a log group that was left by a way back', () => {
  let company: Company;
  beforeEach(async () => {
    company = await openCompany();
  });
  afterEach(() => company.close());

  test.each([
    [undefined, false],
    [731, false],
    [365, true],
    [30, true],
  ])('that keeps events for %s days is told to keep them for 365: %s', async (days, told) => {
    company.running.world.scenario.logGroups.push(groupKept(days));
    const { calls } = await planned(company, { ...given, calls: [], breaks: {} });
    expect(calls.some(({ api }) => api === 'logs:PutRetentionPolicy')).toBe(told);
  });
});

describe('the role that CloudTrail delivers with', () => {
  let company: Company;
  beforeEach(async () => {
    company = await openCompany();
  });
  afterEach(() => company.close());

  const resources = async () => {
    const plan = await planned(company, { ...given, calls: [], breaks: {} });
    const policy = plan.calls.find(({ api }) => api === 'iam:PutRolePolicy');
    return JSON.parse(String(policy?.parameters.PolicyDocument)).Statement[0].Resource;
  };
  const streams = `arn:aws:logs:ap-northeast-2:${PAYMENTS}:log-group:trailwarden/cloudtrail/payments-audit:log-stream:`;

  test('may write the streams of its trail', async () => {
    expect(await resources()).toEqual([`${streams}${PAYMENTS}_CloudTrail_ap-northeast-2*`]);
  });

  test('of an organization trail may write those of the organization, too', async () => {
    company.trail.organization = true;
    expect(await resources()).toEqual([
      `${streams}${PAYMENTS}_CloudTrail_ap-northeast-2*`,
      `${streams}o-bora12345_*`,
    ]);
  });
});
