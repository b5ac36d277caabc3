import { AwsFault, type Handlers } from '../../../../src/sandbox/aws/service.ts';
import { HANDLERS } from '../../../../src/sandbox/aws/services/index.ts';
import { approved, livesOf, proposed } from '../lives.ts';
import { openCompany, smallCompany } from '../small-company.ts';

const HOME = 'ap-northeast-2';
const [MANAGEMENT, PAYMENTS] = ['333344445555', '666677778888'];
const target = { subject: 'o-bora12345', owner: MANAGEMENT, covers: [MANAGEMENT, PAYMENTS] };

/** Config is administered in the payments account, which the organization trusts to do so. */
const delegated = {
  organization: {
    ...smallCompany.organization,
    delegatedAdministrators: { 'config.amazonaws.com': [PAYMENTS] },
    serviceAccess: ['config.amazonaws.com'],
  },
};

livesOf({
  fix: 'create-aggregator',
  where: 'none',
  company: delegated,
  target,
  riskClass: 'A',
  calls: ['iam:CreateRole', 'iam:PutRolePolicy', 'config:PutConfigurationAggregator'],
  breaks: {
    'somebody made one': ({ running: { world } }) => {
      const place = { account: PAYMENTS, region: HOME };
      world.scenario.config.aggregator = { name: 'theirs', ...place, stale: [], sources: [] };
    },
    'another account administers Config': ({ running: { world } }) => {
      world.scenario.organization.delegatedAdministrators['config.amazonaws.com'] = [];
    },
    'the organization trusts Config no more': ({ running: { world } }) => {
      world.scenario.organization.serviceAccess = [];
    },
  },
  refuses: {
    'the account has no policy that bounds the role': {
      arrange: ({ running: { world } }) => world.scenario.iam.policies.pop(),
      because: 'precondition',
    },
    'the organization does not trust Config': {
      arrange: ({ running: { world } }) => {
        world.scenario.organization.serviceAccess = [];
      },
      because: 'precondition',
    },
    'nobody but the management account could make it': {
      arrange: ({ running: { world } }) => {
        world.scenario.organization.delegatedAdministrators['config.amazonaws.com'] = [];
      },
      because: 'precondition',
    },
    'a role of its name is another’s': {
      arrange: ({ running: { world } }) => {
        const role = { name: 'config-aggregator', account: PAYMENTS, path: '/' };
        world.scenario.iam.roles.push({ ...role, trust: {}, inline: {} });
      },
      because: 'precondition',
    },
  },
});

livesOf({
  fix: 'create-aggregator',
  where: 'one of some regions',
  company: {
    ...delegated,
    config: {
      aggregator: { name: 'theirs', account: PAYMENTS, region: HOME, regions: [HOME] },
    },
  },
  arrange: ({ running: { world } }) => {
    const arn = `arn:aws:iam::${PAYMENTS}:role/aggregate`;
    const role = { name: 'aggregate', account: PAYMENTS, path: '/' };
    world.scenario.iam.roles.push({ ...role, trust: {}, inline: {} });
    Object.assign(world.scenario.config.aggregator ?? {}, { role: arn });
  },
  target,
  riskClass: 'A',
  calls: ['config:PutConfigurationAggregator'],
  breaks: {
    'it was made to be of other regions': ({ running: { world } }) => {
      Object.assign(world.scenario.config.aggregator ?? {}, { regions: ['us-east-1'] });
    },
    'it is gone': ({ running: { world } }) => {
      delete world.scenario.config.aggregator;
    },
  },
  refuses: {
    'it is of all regions and its sources are late': {
      arrange: ({ running: { world } }) => {
        const late = { account: PAYMENTS, region: '*', status: 'OUTDATED' };
        Object.assign(world.scenario.config.aggregator ?? {}, {
          regions: undefined,
          sources: [late],
        });
      },
      because: 'precondition',
    },
  },
});

test('a role that Config does not know yet is waited for, and handed over again', async () => {
  let asked = 0;
  const put = 'config:PutConfigurationAggregator';
  const handlers: Handlers = {
    ...HANDLERS,
    [put]: (call, world) => {
      asked += 1;
      if (asked === 1) throw new AwsFault('InvalidRoleException', 'The role is not valid.');
      return HANDLERS[put]?.(call, world);
    },
  };
  const company = await openCompany(delegated, { handlers });
  try {
    const given = {
      fix: 'create-aggregator',
      target,
      riskClass: 'A' as const,
      calls: [],
      breaks: {},
    };
    const { world, fix } = await proposed(company, given);
    expect(await approved(fix, world)).toMatchObject({ state: 'applied' });
    expect(asked).toBe(2);
  } finally {
    await company.close();
  }
});
