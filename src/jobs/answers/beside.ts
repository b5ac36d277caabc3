import type { Answer } from '../../core/evidence/answer.ts';
import { recordingMatters, weighed } from '../../core/evidence/recording.ts';
import { recordingAsked } from '../../core/evidence/recording-asked.ts';
import type { Plan } from '../../core/questions/plan.ts';
import { recordingOf } from '../recording.ts';
import type { World } from './world.ts';

/**
 * What stands beside found events, or beside none: whether they would have been recorded at all, and
 * what AWS Config kept of the changed resources.
 */
export async function beside(answer: Answer, plan: Plan, world: World): Promise<Answer> {
  const told = recordingMatters(answer, recordingAsked(plan))
    ? await withRecording(answer, plan, world)
    : answer;
  return withChanges(told, plan, world);
}

async function withRecording(answer: Answer, plan: Plan, world: World): Promise<Answer> {
  const recording = await recordingOf(plan, world);
  return recording ? weighed(answer, recording) : answer;
}

/** Only of events that are shown one by one: of a count nobody asks what each of them changed. */
async function withChanges(answer: Answer, plan: Plan, world: World): Promise<Answer> {
  if (!world.configChanges || plan.shape === 'count' || answer.events.length === 0) return answer;
  const changes = await world.configChanges(answer.events, answer.lang);
  return changes.length > 0 ? { ...answer, changes } : answer;
}
