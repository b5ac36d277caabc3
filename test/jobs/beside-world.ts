import { knowledge } from '../../src/aws/evidence/knowledge.ts';
import { lookupEvents } from '../../src/aws/evidence/lookup-events.ts';
import { placesOf } from '../../src/aws/evidence/places.ts';
import { readOrganization } from '../../src/aws/organization.ts';
import { readRegions } from '../../src/aws/regions.ts';
import type { Answer } from '../../src/core/evidence/answer.ts';
import type { Plan } from '../../src/core/questions/plan.ts';
import type { Language } from '../../src/core/reader.ts';
import { answerPlan, type World } from '../../src/jobs/answer-question.ts';
import type { Scenario } from '../../src/sandbox/aws/scenario.ts';
import { company } from '../../src/sandbox/company.ts';
import { soundPlan } from '../core/evidence/sound.ts';
import { sandbox } from './sandbox-scan.ts';

const DAY = 86_400_000;

/** The simulated company with its story, asked over the wire as questions ask it. */
export async function asking(change: (scenario: Scenario) => void = () => {}) {
  const box = await sandbox((scenario) => {
    scenario.events = company().events;
    change(scenario);
  });
  const { now } = box.simulated.world;
  const ground = { aws: box.aws, now };
  const organization = () => readOrganization(ground);
  const places = async () =>
    placesOf(await organization(), (account) => readRegions(ground, account));
  const world: World = {
    ...knowledge(ground, { organization, places }),
    now,
    vocabulary: async () => ({ accounts: [], people: [] }),
    sources: [lookupEvents({ cloudTrail: box.aws.cloudTrail, places, clock: box.aws.clock })],
  };
  return {
    box,
    world,
    /** The plan is about the last ninety days, where it says nothing else. */
    ask(about: Partial<Plan>, language: Language = 'en', asked: World = world): Promise<Answer> {
      const to = now();
      const time = {
        from: new Date(to.getTime() - 90 * DAY).toISOString(),
        to: to.toISOString(),
        zone: 'UTC',
        assumed: true,
      };
      const plan = soundPlan({ time, ...about });
      return answerPlan(plan, 'asked in a test', { language, timeZone: 'UTC' }, asked);
    },
    close: box.close,
  };
}
