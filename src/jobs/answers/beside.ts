import type { Answer, ConfigChange } from '../../core/evidence/answer.ts';
import { recordingMatters, weighed } from '../../core/evidence/recording.ts';
import { recordingAsked } from '../../core/evidence/recording-asked.ts';
import type { Plan } from '../../core/questions/plan.ts';
import { recordingOf } from '../recording.ts';
import type { World } from './world.ts';

/**
 * What stands beside found events, or beside none: whether they would have been recorded at all, and
 * what AWS Config kept of the changed resources.
 */
export async function beside(
  answer: Answer,
  plan: Plan,
  world: World,
  known?: ConfigChange[],
): Promise<Answer> {
  const told = recordingMatters(answer, recordingAsked(plan))
    ? await withRecording(answer, plan, world)
    : answer;
  const changes = known ?? (await changesBeside(told, plan, world));
  return changes.length > 0 ? { ...told, changes } : told;
}

async function withRecording(answer: Answer, plan: Plan, world: World): Promise<Answer> {
  const recording = await recordingOf(plan, world);
  return recording ? weighed(answer, recording) : answer;
}

/**
 * What AWS Config kept of what these events changed; only of events that are shown one by one: of a count
 * nobody asks what each of them changed.
 */
export async function changesBeside(
  { events, lang }: Answer,
  plan: Plan,
  world: Pick<World, 'configChanges'>,
): Promise<ConfigChange[]> {
  if (!world.configChanges || plan.shape === 'count' || events.length === 0) return [];
  return world.configChanges(events, lang);
}
