/** What the fixes of trails are for: the finding that asked for one passes once it is applied. */

import { join } from 'node:path';
import { openFixes } from '../../../src/aws/fixes/index.ts';
import { openAws } from '../../../src/aws/session.ts';
import { fixSettings, readConfig } from '../../../src/config.ts';
import type { Finding, Scan } from '../../../src/core/posture/finding.ts';
import { wasSeen } from '../../../src/core/reading.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { alice, mina } from '../../jobs/fix-world.ts';
import { sandbox } from '../../jobs/sandbox-scan.ts';

const LABS = '141414141414';
const PAYMENTS = '666677778888';

test('in the sandbox: all regions, global services, Insights, the cards, the log bucket, a stopped trail', async () => {
  const stage = await sandbox((scenario) => {
    trailOf(scenario, 'labs-legacy').selectors = {
      basic: [
        {
          ReadWriteType: 'WriteOnly',
          DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::'] }],
        },
      ],
    };
    trailOf(scenario, 'labs-legacy').logging = false;
  });
  const before = await stage.scan({ accounts: [LABS, PAYMENTS] });
  expect(failing(before, LABS)).toContain('trail-logging');
  await mend(before, LABS, 'trail-logging');

  const started = await stage.scan({ accounts: [LABS, PAYMENTS] });
  const due = [
    'data-events-feedback-loop',
    'insights',
    'trail-global-services',
    'trail-management-events',
    'trail-multi-region',
  ];
  expect(failing(started, LABS)).toEqual(expect.arrayContaining(due));
  for (const check of due.filter((one) => one !== 'trail-global-services'))
    await mend(started, LABS, check);
  await mend(started, PAYMENTS, 'data-events-s3');

  const after = await stage.scan({ accounts: [LABS, PAYMENTS] });
  for (const check of [...due, 'trail-logging']) expect(failing(after, LABS)).not.toContain(check);
  expect(failing(after, PAYMENTS)).not.toContain('data-events-s3');
  await stage.close();
}, 60_000);

function trailOf(scenario: Scenario, name: string) {
  const trail = scenario.trails.find((one) => one.name === name);
  if (!trail) throw new Error(`the company has no trail ${name}`);
  return trail;
}

function failing({ findings }: Scan, owner: string): string[] {
  return findings
    .filter((one) => one.owner === owner && one.status === 'FAIL')
    .map(({ check }) => check);
}

/** Plans the fix that a finding offers, and applies it with the roles and settings of the sandbox. */
async function mend(scan: Scan, owner: string, check: string): Promise<void> {
  const finding = scan.findings.find(
    (one: Finding) => one.owner === owner && one.check === check && one.status === 'FAIL',
  );
  if (!finding?.fix) throw new Error(`no fix for ${check} in ${owner}`);
  const config = readConfig({
    TRAILWARDEN_CONFIG: join(__dirname, '../../../src/sandbox/trailwarden.yml'),
  });
  const { readRole, externalId, fixRoles } = config.aws;
  const aws = openAws({
    readRole,
    externalId,
    fixRoles: Object.fromEntries(
      Object.entries(fixRoles).flatMap(([family, role]) => (role ? [[family, role]] : [])),
    ),
    region: 'ap-northeast-2',
    fixing: fixSettings(config),
  });
  const fixes = openFixes(aws);
  const planned = await fixes.plan(finding.fix.id, finding);
  if (planned === 'no-fix' || !wasSeen(planned) || typeof planned.seen === 'string')
    throw new Error(`${check}: ${JSON.stringify(planned)}`);
  if ('cannot' in planned.seen) throw new Error(JSON.stringify(planned.seen.cannot));
  const names = {
    fix: 'fix-1',
    planHash: '0'.repeat(64),
    requestedBy: alice,
    approvedBy: [mina],
    fence: 1,
  };
  const sent = await fixes.apply(planned.seen.plan, names, async () => null);
  expect(sent).toEqual({ requestIds: planned.seen.plan.calls.map(() => expect.any(String)) });
  aws.close();
}
