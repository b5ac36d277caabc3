import { approved, livesOf, planned, proposed } from '../lives.ts';
import { type Company, openCompany } from '../small-company.ts';

const PAYMENTS = '666677778888';
const HOME = 'ap-northeast-2';
const RULE = 'sgr-0aa11bb22cc33dd44';
const place = { account: PAYMENTS, region: HOME };
const target = {
  subject: `arn:aws:ec2:${HOME}:${PAYMENTS}:security-group-rule/${RULE}`,
  owner: PAYMENTS,
  check: '',
};
const company = {
  securityGroups: [
    {
      ...place,
      id: 'sg-0aa11bb22cc33dd44',
      name: 'debug',
      rules: [
        {
          id: RULE,
          protocol: 'tcp',
          from: 22,
          to: 22,
          cidr: '0.0.0.0/0',
          description: 'for debugging, by bob',
        },
        { id: 'sgr-0bb11bb22cc33dd44', protocol: 'tcp', from: 443, to: 443, cidr: '10.0.0.0/8' },
        { id: 'sgr-0cc11bb22cc33dd44', egress: true, protocol: '-1', cidr: '0.0.0.0/0' },
      ],
    },
  ],
};

function groupOf({ running }: Company) {
  const [group] = running.world.scenario.securityGroups;
  if (!group) throw new Error('the group is gone');
  return group;
}

function ruleOf(company: Company) {
  const rule = groupOf(company).rules.find(({ id }) => id === RULE);
  if (!rule) throw new Error('the rule is gone');
  return rule;
}

const given = {
  fix: 'close-security-group',
  company,
  target,
  riskClass: 'B' as const,
  calls: ['ec2:RevokeSecurityGroupIngress'],
};

livesOf({
  ...given,
  breaks: {
    'somebody closed it': (open) => groupOf(open).rules.shift(),
    'it opens another port by now': (open) => {
      ruleOf(open).to = 3389;
    },
    'it is open to others by now': (open) => {
      ruleOf(open).cidr = '203.0.113.0/24';
    },
    'its description says something else': (open) => {
      ruleOf(open).description = 'needed by the auditors until Friday';
    },
  },
  refuses: {
    'it is closed': { arrange: (open) => groupOf(open).rules.shift(), because: 'already-sound' },
    'it lets traffic out': {
      arrange: (open) => {
        ruleOf(open).egress = true;
      },
      because: 'precondition',
    },
  },
  leaves: (open) => {
    // EC2 gives the rule that is made again another id, and the last place.
    const { rules } = groupOf(open);
    const again = rules.pop();
    if (again) rules.unshift({ ...again, id: RULE });
  },
});

test('an id alone names no account, so that nobody guesses one', async () => {
  const open = await openCompany(company);
  try {
    const alone = { ...given, target: { ...target, subject: RULE }, breaks: {} };
    await expect(planned(open, alone)).rejects.toThrow('security-group-rule/sgr-');
  } finally {
    await open.close();
  }
});

test('EC2 is asked whether it would do it, and then to do it', async () => {
  const open = await openCompany(company);
  try {
    const { world, fix } = await proposed(open, { ...given, breaks: {} });
    expect(await approved(fix, world)).toMatchObject({ state: 'applied' });
    const sent = open.running.calls.filter(({ operation }) => operation.startsWith('Revoke'));
    expect(sent.map(({ outcome }) => outcome)).toEqual(['DryRunOperation', 'ok']);
  } finally {
    await open.close();
  }
});
