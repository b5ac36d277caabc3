import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openFixes } from '../../../src/aws/fixes/index.ts';
import { type Aws, type AwsSettings, openAws } from '../../../src/aws/session.ts';
import type { FixWorld } from '../../../src/jobs/fix-world.ts';
import { type AwsOptions, type RunningAws, startAws } from '../../../src/sandbox/aws/index.ts';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import type { Store } from '../../../src/store/store.ts';
import { hurriedClock } from '../../hurried-clock.ts';
import { type Stage, stageWhere } from '../../jobs/fix-world.ts';

const BOT = 'arn:aws:iam::333344445555:role/trailwarden-bot';
const trust = { principals: [BOT], externalId: 'trailwarden-sandbox' };

/** Every fix family that has a policy: there is a role for each in every account. */
const families = readdirSync(join(__dirname, '../../../policies/iam'))
  .flatMap((name) => /^fix-(.+)\.json$/.exec(name)?.[1] ?? [])
  .filter((family) => !family.endsWith('trust'));

/** What bounds the role of a family: the few that may do more than mend have their own. */
export function boundaryOf(family: string): string {
  const own = ['config', 'containment', 'trail-create', 'trail-retire'].includes(family);
  return `boundary-${own ? family : 'fix'}.json`;
}

/** Three accounts and one trail, whose log file validation is off. */
export const smallCompany: ScenarioFile = {
  name: 'three accounts',
  regions: ['ap-northeast-2', 'us-east-1'],
  organization: {
    id: 'o-bora12345',
    managementAccount: '333344445555',
    units: [],
    accounts: [
      { id: '333344445555', name: 'audit' },
      { id: '666677778888', name: 'payments-prod' },
      { id: '222233334444', name: 'log-archive' },
    ],
  },
  keys: [{ accessKeyId: 'AKIATRAILWARDENBOT00', principal: BOT, policies: ['bot.json'] }],
  roles: [
    { name: 'trailwarden-read', trust, policies: ['read.json'] },
    ...families.map((family) => ({
      name: `trailwarden-fix-${family}`,
      trust: { ...trust, sourceIdentity: true },
      policies: [`fix-${family}.json`],
      boundary: boundaryOf(family),
    })),
  ],
  iam: { policies: [{ name: 'trailwarden-boundary-made-role' }] },
  buckets: [
    { name: 'bora-payments-audit-logs', account: '666677778888', region: 'ap-northeast-2' },
  ],
  trails: [
    {
      name: 'payments-audit',
      account: '666677778888',
      homeRegion: 'ap-northeast-2',
      bucket: 'bora-payments-audit-logs',
      logFileValidation: false,
    },
    {
      name: 'another',
      account: '666677778888',
      homeRegion: 'ap-northeast-2',
      bucket: 'bora-payments-audit-logs',
      logFileValidation: false,
    },
  ],
};

/** The environment in which the SDK meets the simulator, and nothing else. */
export function environmentOf({ url }: Pick<RunningAws, 'url'>): { [name: string]: string } {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  };
}

export const settings: AwsSettings = {
  readRole: 'trailwarden-read',
  fixRoles: Object.fromEntries(families.map((family) => [family, `trailwarden-fix-${family}`])),
  externalId: 'trailwarden-sandbox',
  region: 'ap-northeast-2',
  fixing: {
    logArchiveAccount: '222233334444',
    sensitiveBuckets: [],
    retentionDays: 365,
    dataEvents: [],
    networkActivity: [],
    requiredTags: [],
    delegatedAdministrators: null,
    regions: null,
    breakGlassRoles: [],
    alarmsElsewhere: null,
    accessLogBuckets: [],
    trailKeys: [],
    alarmTopics: [],
  },
};

export type Company = {
  running: RunningAws;
  aws: Aws;
  trail: RunningAws['world']['trails'][number];
  /** How often an operation was answered with success. */
  succeeded(operation: string): number;
  close(): Promise<void>;
};

/** Starts the small company and opens the bot's door to it. */
export async function openCompany(
  different: Partial<ScenarioFile> = {},
  options: AwsOptions = {},
  fixing: Partial<AwsSettings['fixing']> = {},
): Promise<Company> {
  const clock = hurriedClock();
  const running = await startAws(
    { ...smallCompany, ...different },
    { clock: clock.now, ...options },
  );
  Object.assign(process.env, environmentOf(running));
  const aws = openAws(
    { ...settings, ...(settings.fixing && { fixing: { ...settings.fixing, ...fixing } }) },
    undefined,
    clock,
  );
  const trail = running.world.trails.find(({ name }) => name === 'payments-audit');
  if (!trail) throw new Error('the small company lost its trail');
  return {
    running,
    aws,
    trail,
    succeeded: (operation) =>
      running.calls.filter((call) => call.operation === operation && call.outcome === 'ok').length,
    async close() {
      aws.close();
      await running.close();
    },
  };
}

/** The world of the jobs over a company, with the real fixes. */
export async function worldOver(
  { aws }: Company,
  different: Partial<FixWorld> = {},
  store?: Store,
): Promise<{ world: FixWorld; stage: Stage }> {
  return stageWhere({ ...openFixes(aws), pause: async () => {}, ...different }, store);
}
