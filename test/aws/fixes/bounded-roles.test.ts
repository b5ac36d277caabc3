import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { alice } from '../../jobs/fix-world.ts';
import { type Company, openCompany } from './small-company.ts';

// What somebody can do who took over the bot's process: any session of a fix role, narrowed to nothing.

const PAYMENTS = '666677778888';
const where = { account: PAYMENTS, region: 'ap-northeast-2' };
const OURS = `arn:aws:iam::${PAYMENTS}:policy/trailwarden-boundary-made-role`;
const ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(() => company.close());

async function takenOver(family: string): Promise<IAMClient> {
  const clientOf = await company.aws.fixSession({
    role: `trailwarden-fix-${family}`,
    where,
    policy: JSON.parse(ALL),
    sessionName: 'tw-0a1b2c3d-4e5f6a7b',
    sourceIdentity: 'tw-fix-1',
    tags: { 'tw:plan': '0a1b', 'tw:req': alice.slackId, 'tw:appr': 'U03MINA' },
  });
  return clientOf(IAMClient);
}

const role = (name: string) => ({
  RoleName: name,
  Path: '/trailwarden/',
  AssumeRolePolicyDocument: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  }),
  Description: 'Mine.',
});
const written = { RoleName: 'mine', PolicyName: 'all', PolicyDocument: ALL };
const denied = { name: expect.stringMatching(/^AccessDenied/) };

describe.each(['logs', 'config'])('the family %s', (family) => {
  test('makes no role that is not bounded by the policy of made roles', async () => {
    company.running.world.scenario.iam.policies.push({ name: 'wide', accounts: 'all' });
    const iam = await takenOver(family);
    await expect(iam.send(new CreateRoleCommand(role('mine')))).rejects.toMatchObject(denied);
    const wide = { ...role('mine'), PermissionsBoundary: `arn:aws:iam::${PAYMENTS}:policy/wide` };
    await expect(iam.send(new CreateRoleCommand(wide))).rejects.toMatchObject(denied);
    expect(company.running.world.scenario.iam.roles).toEqual([]);
  });

  test('writes no policy into a role that is not bounded, even under its own path', async () => {
    const { roles } = company.running.world.scenario.iam;
    roles.push({ name: 'mine', account: PAYMENTS, path: '/trailwarden/', trust: {}, inline: {} });
    const iam = await takenOver(family);
    await expect(iam.send(new PutRolePolicyCommand(written))).rejects.toMatchObject(denied);
    expect(roles[0]?.inline).toEqual({});
  });

  test('may write what it likes into a role that is bounded, which counts no further than the boundary', async () => {
    const iam = await takenOver(family);
    await iam.send(new CreateRoleCommand({ ...role('mine'), PermissionsBoundary: OURS }));
    await iam.send(new PutRolePolicyCommand(written));
    expect(company.running.world.scenario.iam.roles[0]).toMatchObject({ boundary: OURS });
  });
});

test('a boundary that the account does not have is refused by IAM itself', async () => {
  company.running.world.scenario.iam.policies.pop();
  const iam = await takenOver('logs');
  await expect(
    iam.send(new CreateRoleCommand({ ...role('mine'), PermissionsBoundary: OURS })),
  ).rejects.toMatchObject({ name: expect.stringMatching(/^NoSuchEntity/) });
});
