import { redacted } from '../core/evidence/redact.ts';
import type { KeptAnswer } from '../core/kept-answer.ts';
import { echo, shortForm } from '../core/questions/index.ts';
import type { Plan } from '../core/questions/plan.ts';
import { refreshed, wider } from '../core/questions/widen.ts';
import type { Language } from '../core/reader.ts';
import type { JobRequest, PlanChange } from '../core/request.ts';
import type { Refusal } from '../core/telling.ts';
import { type Conversing, tellAndKeep, type Watching } from './conversing.ts';
import { exportEvents } from './export-events.ts';
import { listEvents } from './list-events.ts';

export type Pressed = Extract<JobRequest, { planHash: string; eventID?: string }> & {
  job: 'answer-plan' | 'list-events' | 'export-events' | 'show-event' | 'show-plan';
};

/**
 * A button of an answer. It carries ids only: the plan is looked up, and what it finds is found again,
 * for whoever presses, in the language of its question. A button whose answer is forgotten says so.
 */
export async function press(
  pressed: Pressed,
  watchingIn: (language: Language) => Watching,
  world: Conversing,
): Promise<void> {
  const { replyTo } = pressed;
  const kept = await world.keptAnswer(pressed.planHash);
  if (!kept) return refuse(pressed, { kind: 'answer-gone' }, world);
  const watching = watchingIn(kept.lang);
  switch (pressed.job) {
    case 'answer-plan': {
      const plan = await changedBy(pressed.change, kept, world);
      if (!plan) return refuse(pressed, { kind: 'nothing-wider' }, world);
      const reader = { ...replyTo, language: kept.lang };
      const answer = await world.answer({ plan }, kept.question, reader, watching);
      const asked = pressed.change === 'reading' ? [kept.askedAt] : [];
      return tellAndKeep(answer, replyTo, world, ...asked);
    }
    case 'list-events':
      return listEvents(kept, pressed.from, replyTo, watching, world);
    case 'export-events':
      return exportEvents(kept, replyTo, watching, world);
    case 'show-event':
      return showEvent(pressed, kept, world);
    case 'show-plan': {
      const form = shortForm(kept.plan, await world.vocabulary());
      const told = { echo: echo(kept.plan, replyTo.language), form, planHash: kept.planHash };
      await world.tell(replyTo, { kind: 'plan', ...told });
      return;
    }
    default:
      pressed satisfies never;
  }
}

async function refuse({ replyTo }: Pressed, why: Refusal, world: Conversing): Promise<void> {
  await world.tell(replyTo, { kind: 'refused', why });
}

/** The plan as the button changes it; null where there is nothing wider to search. */
async function changedBy(
  change: PlanChange,
  kept: KeptAnswer,
  world: Conversing,
): Promise<Plan | null> {
  const now = world.now().toISOString();
  const plan = refreshed(kept.plan, kept.askedAt, now);
  switch (change) {
    case 'again':
      return plan;
    case 'reading':
      return kept.plan;
    case 'wider':
      return wider(plan, now, (await world.reach?.()) ?? null);
    case 'all-accounts':
      return { ...plan, accounts: 'all' };
    case 'all-regions':
      return { ...plan, regions: 'all' };
    case 'any-outcome':
      return { ...plan, outcome: 'any' };
  }
}

const ANYWHERE = { account: '', region: '', at: null };

/** The record itself, without its secrets, for the presser alone. */
async function showEvent(
  { eventID, replyTo }: Extract<Pressed, { job: 'show-event' }>,
  { events, plan }: KeptAnswer,
  world: Conversing,
): Promise<void> {
  // The same plan may have been answered anew since, with other events on its page; then all of its time is searched.
  const place = events.find((event) => event.eventID === eventID) ?? { eventID, ...ANYWHERE };
  const found = await world.record(place, plan);
  if ('reasons' in found) {
    const why: Refusal = { kind: 'event-not-found', eventID, reasons: found.reasons };
    await world.tell(replyTo, { kind: 'refused', why });
    return;
  }
  const json = JSON.stringify(redacted(found.record), null, 2);
  await world.tell(replyTo, { kind: 'record', eventID, origin: found.origin, json });
}
