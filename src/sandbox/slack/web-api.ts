import { chatMethods } from './chat-methods.ts';
import { directoryMethods } from './directory-methods.ts';
import type { Faults } from './faults.ts';
import { granted, type Methods, refused, type Stage } from './stage.ts';
import { viewMethods } from './view-methods.ts';
import type { Answer, Fields } from './workspace.ts';

/** One call of the bot, as it came in. */
export type Recorded = { method: string; args: Fields; at: number; error?: string };

export type Reply = { status: number; headers: { [name: string]: string }; body: Answer };

/** A sandbox may run for days; a test looks at its own last few calls. */
const MOST_RECORDED = 10_000;

/** Methods that the workspace lacks or is too lenient with. All others go to the workspace as they are. */
const ours: Methods = { ...chatMethods, ...directoryMethods, ...viewMethods };

/** Answers the calls of the bot: who it is, then faults on order, then the method. */
export function webApi(stage: Stage, faults: Faults, newSocketUrl: () => string) {
  const calls: Recorded[] = [];

  async function run(method: string, args: Fields, token: string): Promise<Answer> {
    const { bot, app } = stage.seed.tokens;
    if (!token) return refused('not_authed');
    if (token !== bot && token !== app) return refused('invalid_auth');
    const forApp = method === 'apps.connections.open';
    if (forApp !== (token === app)) return refused('not_allowed_token_type');
    if (forApp) return granted({ url: newSocketUrl() });
    const own = Object.hasOwn(ours, method) ? ours[method] : undefined;
    return own ? own(args, stage) : stage.workspace.call(method, args);
  }

  return {
    calls,
    async answer(method: string, args: Fields, token: string): Promise<Reply> {
      const recorded: Recorded = { method, args, at: stage.now() };
      calls.push(recorded);
      if (calls.length > MOST_RECORDED) calls.shift();
      const fault = faults.next(method, args, stage.now());
      const body = fault ? refused(fault.error) : await run(method, args, token);
      if (body.error) recorded.error = body.error;
      return {
        status: fault?.status ?? 200,
        headers: fault?.retryAfter ? { 'retry-after': String(fault.retryAfter) } : {},
        body,
      };
    },
  };
}
