import type { AwsOptions } from '../../../src/sandbox/aws/index.ts';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { clients, soundAws, soundScenario } from './soundness.ts';

export const LOGS = '222233334444';
/** An account that the organization trail does not reach. */
export const LABS = '141414141414';

/** The sound organization with a log archive, an outsider, and a key with all rights in every account. */
export async function stageWhere(difference: Partial<ScenarioFile> = {}, options: AwsOptions = {}) {
  const sound = soundScenario();
  const aws = await soundAws(
    {
      organization: {
        ...sound.organization,
        units: [
          ...sound.organization.units,
          {
            name: 'More',
            accounts: [
              { id: LOGS, name: 'log-archive' },
              { id: LABS, name: 'labs', outsideOrganizationTrail: true },
            ],
          },
        ],
      },
      keys: [
        ...sound.keys,
        ...['111122223333', LOGS, '333344445555', '444455556666', '666677778888', LABS].map(
          (account) => ({
            accessKeyId: keyOf(account),
            principal: `arn:aws:iam::${account}:user/tester`,
            allow: ['*'],
          }),
        ),
      ],
      ...difference,
    },
    options,
  );
  const as = (account: string, region = 'ap-northeast-2') =>
    clients(aws, {
      region,
      credentials: { accessKeyId: keyOf(account), secretAccessKey: 'sandbox' },
    });
  return { aws, as };
}

function keyOf(account: string): string {
  return `AKIA0000${account}`;
}
