import { IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { approved, livesOf, planned, proposed } from '../lives.ts';
import { type Company, openCompany, smallCompany } from '../small-company.ts';

const PAYMENTS = '666677778888';
const AUDIT = '333344445555';
const KEY = 'AKIA0EXPOSEDKEY00001';
const user = `arn:aws:iam::${PAYMENTS}:user/ci/deployer`;
const role = `arn:aws:iam::${PAYMENTS}:role/ci/build`;
const ROLE = { name: 'build', account: PAYMENTS, path: '/ci/', trust: {}, inline: {} };
const company = {
  keys: [...smallCompany.keys, { accessKeyId: KEY, principal: user, allow: ['sns:*', 'iam:*'] }],
  topics: [{ name: 'builds', account: PAYMENTS, region: 'ap-northeast-2' }],
  iam: {
    users: [
      {
        name: 'deployer',
        account: PAYMENTS,
        path: '/ci/',
        inline: { theirs: { Version: '2012-10-17', Statement: [] } },
        keys: [{ id: KEY }, { id: 'AKIA0EXPOSEDKEY00002', status: 'Inactive' as const }],
      },
    ],
    roles: [ROLE],
  },
};

function userOf({ running }: Company) {
  const [found] = running.world.scenario.iam.users;
  if (!found) throw new Error('the user is gone');
  return found;
}

const given = { fix: 'contain-identity', company, riskClass: 'C' as const };
const ofUser = {
  ...given,
  target: { subject: user, owner: PAYMENTS, check: '' },
  calls: ['iam:PutUserPolicy', 'iam:UpdateAccessKey'],
};

livesOf({
  ...ofUser,
  where: 'a user',
  breaks: {
    'it was given another key': (open) => {
      userOf(open).keys = [{ id: 'AKIA0EXPOSEDKEY00003', status: 'Active' }];
    },
    'its second key became active': (open) => {
      for (const key of userOf(open).keys) key.status = 'Active';
    },
    'somebody contains it otherwise': (open) => {
      userOf(open).inline['trailwarden-contained'] = { Version: '2012-10-17', Statement: [] };
    },
    'it is gone': ({ running }) => running.world.scenario.iam.users.pop(),
  },
});

livesOf({
  ...given,
  where: 'a role, with the sessions from before a moment',
  target: { subject: `${role}@2026-11-22T10:00:00Z`, owner: PAYMENTS, check: '' },
  calls: ['iam:PutRolePolicy', 'iam:PutRolePolicy'],
  breaks: {
    'it is gone': ({ running }) => running.world.scenario.iam.roles.pop(),
  },
});

describe('what is never contained', () => {
  let open: Company;
  beforeEach(async () => {
    open = await openCompany(
      {
        ...company,
        iam: {
          ...company.iam,
          roles: [
            { ...ROLE, name: 'cloudtrail-to-logs-payments', path: '/trailwarden/' },
            { ...ROLE, name: 'ops-breakglass' },
            {
              ...ROLE,
              name: 'AWSServiceRoleForSupport',
              path: '/aws-service-role/support.amazonaws.com/',
            },
            { ...ROLE, name: 'AWSReservedSSO_Admin_1', path: '/aws-reserved/sso.amazonaws.com/' },
            { ...ROLE, name: 'trailwarden-bot', account: AUDIT, path: '/' },
          ],
        },
      },
      {},
      { breakGlassRoles: ['*-breakglass'] },
    );
  });
  afterEach(() => open.close());

  test.each([
    ['the bot itself', `arn:aws:iam::${AUDIT}:role/trailwarden-bot`, 'the bot itself'],
    ['a session of it', `arn:aws:sts::${AUDIT}:assumed-role/trailwarden-bot/x`, 'the bot itself'],
    ['its read role', `arn:aws:iam::${PAYMENTS}:role/trailwarden-read`, 'one of its roles'],
    ['a fix role', `arn:aws:iam::${PAYMENTS}:role/trailwarden-fix-containment`, 'one of its roles'],
    [
      'the role that events are delivered with',
      `arn:aws:iam::${PAYMENTS}:role/trailwarden/cloudtrail-to-logs-payments`,
      'made for the audit trail',
    ],
    ['a break-glass role', `arn:aws:iam::${PAYMENTS}:role/ops-breakglass`, 'break-glass'],
    [
      'a service-linked role',
      `arn:aws:iam::${PAYMENTS}:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport`,
      'service-linked',
    ],
    [
      'a role of Identity Center',
      `arn:aws:iam::${PAYMENTS}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1`,
      'Identity Center',
    ],
    ['the root user', `arn:aws:iam::${PAYMENTS}:root`, 'no ARN of a user or a role'],
    ['a whole account', PAYMENTS, 'no ARN of a user or a role'],
  ])('%s', async (_, subject, why) => {
    const target = { subject, owner: PAYMENTS, check: '' };
    const asked = planned(open, { ...given, target, calls: [], breaks: {} });
    await expect(asked).rejects.toThrow(why);
  });
});

test('whoever is contained can do nothing from the next call on, and everything again when released', async () => {
  const open = await openCompany(company);
  const credentials = { accessKeyId: KEY, secretAccessKey: 'sandbox' };
  const settings = {
    credentials,
    region: 'ap-northeast-2',
    endpoint: open.running.url,
    maxAttempts: 1,
  };
  const sns = new SNSClient(settings);
  const TopicArn = `arn:aws:sns:ap-northeast-2:${PAYMENTS}:builds`;
  const listening = () => sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  try {
    await listening();
    const { world, fix } = await proposed(open, { ...ofUser, breaks: {} });
    expect(await approved(fix, world)).toMatchObject({ state: 'applied' });
    await expect(listening()).rejects.toThrow('security token');
    for (const key of userOf(open).keys) key.status = 'Active';
    await expect(listening()).rejects.toThrow('explicit deny in an identity-based policy');
    await expect(
      new IAMClient(settings).send(new ListAccessKeysCommand({ UserName: 'deployer' })),
    ).rejects.toThrow('explicit deny');
    delete userOf(open).inline['trailwarden-contained'];
    await listening();
  } finally {
    sns.destroy();
    await open.close();
  }
});
