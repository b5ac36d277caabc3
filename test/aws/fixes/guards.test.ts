import { obstacleTo } from '../../../src/aws/fixes/guards.ts';
import { openFixes } from '../../../src/aws/fixes/index.ts';
import { readOrganization } from '../../../src/aws/organization.ts';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { openFinding } from '../../jobs/fix-world.ts';
import { KEY, keyCompany } from './key-company.ts';
import { ARCHIVE } from './log-bucket-company.ts';
import { type Company, openCompany, smallCompany } from './small-company.ts';

let company: Company;
afterEach(() => company.close());

const { organization } = smallCompany;
const member = '666677778888';

/** The same company with the members below a root that has these policies. */
function under(...policies: { name: string; statement: object }[]): Partial<ScenarioFile> {
  return {
    organization: {
      ...organization,
      serviceControlPolicies: policies.map(({ name, statement }, index) => ({
        id: `p-${index}000000000`,
        name,
        targets: ['root'],
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', ...statement }] },
      })),
    },
  };
}

async function obstacle(different: Partial<ScenarioFile>, tags: { [key: string]: string } = {}) {
  company = await openCompany(different);
  company.trail.tags = tags;
  const { aws } = company;
  const planned = await openFixes(aws).plan('enable-log-file-validation', openFinding());
  if (planned === 'no-fix' || !('seen' in planned) || typeof planned.seen === 'string')
    throw new Error(`no plan: ${JSON.stringify(planned)}`);
  if (!('plan' in planned.seen)) throw new Error('an obstacle instead of a plan');
  const known = await readOrganization({ aws, now: () => new Date() });
  return { found: await obstacleTo(planned.seen.plan, known, aws), plan: planned.seen.plan };
}

test('where nothing guards and nobody owns by code, nothing stands in the way', async () => {
  expect((await obstacle({})).found).toEqual({ seen: null });
});

test('the policy that will deny the write is named, and AWS does deny it', async () => {
  const statement = { Action: 'cloudtrail:UpdateTrail', Resource: '*' };
  const { found, plan } = await obstacle(under({ name: 'protect-trails', statement }));
  expect(found).toEqual({
    seen: {
      kind: 'guarded',
      by: 'protect-trails',
      action: 'cloudtrail:UpdateTrail',
      controlTower: false,
    },
  });
  const names = {
    fix: 'f',
    planHash: 'a'.repeat(64),
    requestedBy: who,
    approvedBy: [who],
    fence: 1,
  };
  const sent = await openFixes(company.aws).apply(plan, names, async () => null);
  expect(sent).toEqual({ refused: expect.stringContaining('in a service control policy') });
  expect(company.trail.logFileValidation).toBe(false);
});

test('a policy that lets our role past is none, and AWS lets it past', async () => {
  const statement = {
    Action: 'cloudtrail:UpdateTrail',
    Resource: '*',
    Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/trailwarden-fix-trail' } },
  };
  const { found, plan } = await obstacle(under({ name: 'protect-trails', statement }));
  expect(found).toEqual({ seen: null });
  const names = {
    fix: 'f',
    planHash: 'a'.repeat(64),
    requestedBy: who,
    approvedBy: [who],
    fence: 1,
  };
  expect(await openFixes(company.aws).apply(plan, names, async () => null)).toHaveProperty(
    'requestIds',
  );
});

test('a guardrail of Control Tower is told as such', async () => {
  const statement = {
    Sid: 'GRCLOUDTRAILENABLED',
    Action: ['cloudtrail:UpdateTrail', 'cloudtrail:StopLogging'],
    Resource: '*',
    Condition: {
      ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/AWSControlTowerExecution' },
    },
  };
  const { found } = await obstacle(under({ name: 'aws-guardrails-NllhqI', statement }));
  expect(found).toMatchObject({ seen: { kind: 'guarded', controlTower: true } });
});

test('a trail that a stack owns is left to the stack', async () => {
  const { found } = await obstacle({}, { 'aws:cloudformation:stack-name': 'audit-baseline' });
  expect(found).toEqual({
    seen: { kind: 'owned', tool: 'cloudformation', where: 'audit-baseline' },
  });
});

test.each([
  [{}, null],
  [
    { 'aws:cloudformation:stack-name': 'log-key' },
    { kind: 'owned', tool: 'cloudformation', where: 'log-key' },
  ],
])('whose code owns a key is read from its tags: %j', async (tags, seen) => {
  company = await openCompany(keyCompany({ rotation: false, tags }));
  const { aws } = company;
  const target = { ...openFinding(), subject: KEY, owner: ARCHIVE };
  const planned = await openFixes(aws).plan('rotate-key', target);
  if (planned === 'no-fix' || !('seen' in planned) || typeof planned.seen === 'string')
    throw new Error(`no plan: ${JSON.stringify(planned)}`);
  if (!('plan' in planned.seen)) throw new Error('an obstacle instead of a plan');
  const known = await readOrganization({ aws, now: () => new Date() });
  expect(await obstacleTo(planned.seen.plan, known, aws)).toEqual({ seen });
});

test('tags that may not be read are no "nobody owns it"', async () => {
  company = await openCompany();
  const planned = await openFixes(company.aws).plan('enable-log-file-validation', openFinding());
  const known = await readOrganization({ aws: company.aws, now: () => new Date() });
  company.running.faults.add({ operation: 'cloudtrail:ListTags', effect: 'deny' });
  if (planned === 'no-fix' || !('seen' in planned) || typeof planned.seen === 'string')
    throw new Error('no plan');
  if (!('plan' in planned.seen)) throw new Error('an obstacle instead of a plan');
  expect(await obstacleTo(planned.seen.plan, known, company.aws)).toMatchObject({
    unseen: { kind: 'denied', reason: expect.stringContaining('cloudtrail:ListTags') },
  });
});

const who = { slackId: `U${member}`, name: 'mina', email: 'mina@example.com' };
