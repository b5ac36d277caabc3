import type { Config } from './config.ts';
import type { ConfirmWorld } from './confirm/confirmation.ts';
import type { JobRequest, ReplyTo } from './core/request.ts';
import type { OpenConfirmation } from './open-confirm.ts';

/** The confirmation of a running bot; null where the configuration wants none. */
export async function openConfirmFor(
  { fixes, oidcSecret }: Pick<Config, 'fixes' | 'oidcSecret'>,
  world: Omit<ConfirmWorld, 'confirmed'> & {
    handOver(request: JobRequest): Promise<void>;
    report(trouble: Error): void;
  },
): Promise<OpenConfirmation | null> {
  if (!fixes.confirm) return null;
  const { openConfirm } = await import('./open-confirm.ts');
  return openConfirm(fixes.confirm, oidcSecret, {
    ...world,
    confirmed: ({ replyTo, ...decision }, confirmed) =>
      world.handOver({
        job: 'approve-fix',
        ...decision,
        confirmed,
        replyTo: { ...NOWHERE, user: decision.by.slackId, ...withoutWindow(replyTo) },
      }),
  });
}

/** Where nobody waits in Slack the message of the fix tells it. */
const NOWHERE = { channel: '', language: 'en', timeZone: 'UTC' } as const;

/** The window in which the yes was said has been closed since. */
function withoutWindow(replyTo: ReplyTo | null): Partial<ReplyTo> {
  const { view: _, ...rest } = replyTo ?? {};
  return rest;
}
