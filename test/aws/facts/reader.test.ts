import { readAccountTrails } from '../../../src/aws/facts/account-trails.ts';
import { readOrganization } from '../../../src/aws/organization.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { over } from './over.ts';

const PAYMENTS = '666677778888';
const TEAM_SANDBOX = '151515151515';

function refusing(operation: string) {
  return ({ faults }: Scenario) => {
    faults.push({ operation, effect: 'deny' });
  };
}

describe('what it would take to see', () => {
  test('a permission that a service control policy denies is told as denied by it, in both languages', async () => {
    const trails = await over(
      (ground) => readAccountTrails(ground, PAYMENTS),
      refusing('cloudtrail:ListTrails'),
    );
    expect(trails).toMatchObject({
      unseen: {
        kind: 'denied',
        wouldNeed: `cloudtrail:ListTrails for role trailwarden-read in account ${PAYMENTS}, which a service control policy denies`,
        ko: {
          wouldNeed: `계정 ${PAYMENTS}의 역할 trailwarden-read에 cloudtrail:ListTrails 권한(서비스 제어 정책이 거부함)`,
        },
      },
    });
  });

  test('a role that is missing is told as missing', async () => {
    const trails = await over((ground) => readAccountTrails(ground, TEAM_SANDBOX));
    expect(trails).toMatchObject({
      unseen: { wouldNeed: `role trailwarden-read in account ${TEAM_SANDBOX}, trusting the bot` },
    });
  });

  test('a bot that may not even ask who it is needs credentials, and no role in no account', async () => {
    const { accounts } = await over(readOrganization, refusing('sts:GetCallerIdentity'));
    expect(accounts).toMatchObject({
      unseen: {
        wouldNeed: 'credentials of the bot that AWS accepts for sts:GetCallerIdentity',
        ko: { wouldNeed: 'AWS가 받아들이는 봇의 자격 증명(sts:GetCallerIdentity)' },
      },
    });
  });
});
