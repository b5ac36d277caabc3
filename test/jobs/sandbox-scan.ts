import type { Clock } from '../../src/aws/evidence/pace.ts';
import { scanWorld } from '../../src/aws/facts/index.ts';
import { openAws } from '../../src/aws/session.ts';
import type { PostureSettings } from '../../src/core/posture/facts.ts';
import type { Scan } from '../../src/core/posture/finding.ts';
import type { Scope } from '../../src/core/posture/scope.ts';
import { type Progress, scanPosture, type World } from '../../src/jobs/scan-posture.ts';
import { frameworks, postureRules } from '../../src/policies.ts';
import { type RunningAws, startAws } from '../../src/sandbox/aws/index.ts';
import type { Scenario } from '../../src/sandbox/aws/scenario.ts';
import { company } from '../../src/sandbox/company.ts';
import { hurriedClock } from '../hurried-clock.ts';

export const SETTINGS: PostureSettings = {
  logArchiveAccount: '222233334444',
  sensitiveBuckets: ['bora-payments-card-data', 'bora-customer-documents'].map((name) => ({
    by: { name },
    record: 'write',
  })),
  retentionDays: 365,
  dataEvents: [],
  networkActivity: [],
  requiredTags: [],
  delegatedAdministrators: null,
  regions: null,
  breakGlassRoles: [
    'ops-breakglass',
    'trailwarden-fix-trail',
    'trailwarden-fix-trail-retire',
    'trailwarden-fix-logs',
    'trailwarden-fix-config',
  ],
  alarmsElsewhere: null,
};

/**
 * The simulated company, with what differs, and the bot's connection to it over the wire; nobody waits
 * for the pace that AWS allows, unless the clock is the real one.
 */
export async function sandbox(
  change: (scenario: Scenario) => void = () => {},
  clock: Clock = hurriedClock(),
) {
  const scenario = company();
  // No posture reads the story; without it the company starts at once.
  scenario.events = [];
  change(scenario);
  const simulated = await startAws(scenario, { clock: clock.now });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: simulated.url,
    AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_REGION: 'ap-northeast-2',
  });
  const aws = openAws(
    {
      readRole: 'trailwarden-read',
      fixRoles: { trail: 'trailwarden-fix-trail' },
      externalId: 'trailwarden-sandbox',
      region: 'ap-northeast-2',
    },
    undefined,
    clock,
  );
  const world: World = {
    ...scanWorld(aws, SETTINGS, postureRules(), { now: simulated.world.now, simulated: true }),
    frameworks: frameworks(),
    exceptions: [],
  };
  return {
    aws,
    world,
    simulated: simulated as RunningAws,
    scan: (scope: Scope = {}, progress?: Progress): Promise<Scan> =>
      scanPosture(scope, world, progress),
    async close() {
      aws.close();
      await simulated.close();
    },
  };
}
