import { type Control, controls, type Press } from './control.ts';
import { deliverAsSlack } from './deliveries.ts';
import { type ChannelRate, faults } from './faults.ts';
import { responseUrls, triggers } from './interactions.ts';
import { startLocalSlack } from './local-slack.ts';
import { findLocalSlack } from './local-slack-process.ts';
import { startMemoryWorkspace } from './memory.ts';
import { type Front, startProxy } from './proxy.ts';
import { answerAt } from './respond.ts';
import { boraCommerce, type Seed, type Tokens } from './seed.ts';
import { slackTiming, socketMode, type Timing } from './socket-mode.ts';
import type { Stage } from './stage.ts';
import { viewIds } from './view-ids.ts';
import { webApi } from './web-api.ts';
import type { Workspace } from './workspace.ts';

export type { Fault } from './faults.ts';
export type { Recorded } from './web-api.ts';
export type { Answer, Block, Fields, Happening, Message } from './workspace.ts';
export type { Control, Press };

export type SlackOptions = {
  /** The proxy's port; a free one unless told. */
  port?: number;
  /** Which workspace; the binary unless told. */
  as?: 'local-slack' | 'terminal';
  seed?: Seed;
  timing?: Timing;
  channelRate?: ChannelRate;
  now?: () => number;
  /** Where the binary is; in the installed packages unless told. */
  find?: typeof findLocalSlack;
  /** Told when local-slack ends by itself or cannot be talked to; a warning of the process unless told. */
  ended?: (why: string) => void;
};

export type Slack = {
  kind: 'local-slack' | 'terminal';
  /** For Bolt's `clientOptions.slackApiUrl`. */
  apiUrl: string;
  /** What a person opens; empty for the terminal. */
  pageUrl: string;
  tokens: Tokens;
  seed: Seed;
  /** To be shown to people, when set. */
  warning?: string;
  control: Control;
  close(): Promise<void>;
};

/**
 * Starts the sandbox's Slack on 127.0.0.1. `unavailable` says why there is no local-slack on this
 * machine; the same conversation is then to be had with `as: 'terminal'`.
 */
export async function startSlack(
  options: SlackOptions = {},
): Promise<Slack | { unavailable: string }> {
  const seed = options.seed ?? boraCommerce;
  const workspace = await openWorkspace(options, seed);
  if ('unavailable' in workspace) return workspace;
  try {
    return await behindProxy(workspace, seed, options);
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

async function openWorkspace(
  options: SlackOptions,
  seed: Seed,
): Promise<Workspace | { unavailable: string }> {
  if (options.as === 'terminal') return startMemoryWorkspace(seed, options.now ?? Date.now);
  const found = (options.find ?? findLocalSlack)();
  if ('missing' in found) return { unavailable: found.missing };
  return startLocalSlack(found.binary, seed, options.ended ?? warn);
}

/** Nobody asked to be told, so it must not pass unseen. */
function warn(why: string): void {
  process.emitWarning(why, { code: 'SANDBOX_SLACK_ENDED' });
}

async function behindProxy(
  workspace: Workspace,
  seed: Seed,
  options: SlackOptions,
): Promise<Slack> {
  const now = options.now ?? Date.now;
  const timers = new Set<NodeJS.Timeout>();
  let front: Front | undefined;
  const proxy = await startProxy(options.port ?? 0, () => {
    if (!front) throw new Error('The sandbox is not ready yet.');
    return front;
  });
  const stage: Stage = {
    seed,
    workspace,
    triggers: triggers(now),
    viewIds: viewIds(),
    now,
    at: (time, act) => {
      const timer = setTimeout(act, Math.min(time - now(), 2 ** 31 - 1));
      timers.add(timer);
      return () => clearTimeout(timer);
    },
  };
  const socket = socketMode(proxy.origin, seed.app.id, options.timing ?? slackTiming);
  const urls = responseUrls(proxy.origin, now);
  const ordered = faults(options.channelRate);
  const api = webApi(stage, ordered, socket.newUrl);
  const respond = (place: Parameters<typeof answerAt>[0], answer: Parameters<typeof answerAt>[1]) =>
    answerAt(place, answer, stage);
  // Addresses of files lead to the workspace itself; all that the bot sees leads to us.
  const ours = <T>(told: T): T =>
    workspace.page
      ? JSON.parse(JSON.stringify(told).replaceAll(workspace.page, proxy.origin()))
      : told;
  front = {
    workspace,
    seed,
    socketMode: socket,
    async answer(method, args, token) {
      const reply = await api.answer(method, args, token);
      return { ...reply, body: ours(reply.body) };
    },
    async respond(id, answer) {
      const use = urls.use(id);
      if ('error' in use)
        return { status: 404, headers: {}, body: { ok: false, error: use.error } };
      const body = await respond(use.place, answer);
      return { status: body.ok ? 200 : 400, headers: {}, body };
    },
  };
  workspace.deliverTo((envelope) =>
    deliverAsSlack(envelope, {
      ...stage,
      responseUrls: urls,
      deliver: (delivered) => socket.deliver(ours(delivered)),
      respond: async (place, answer) => void (await respond(place, answer)),
      failed: async ({ user, channel }, what) => {
        const text = `${what} failed: the app did not answer within 3 seconds (dispatch_failed).`;
        await workspace.call('chat.postEphemeral', { user, channel, text });
      },
    }),
  );
  // Otherwise the page offers no direct messages until the bot has written the first one.
  for (const { id } of seed.people) await workspace.call('conversations.open', { users: id });
  return {
    kind: workspace.kind,
    apiUrl: `${proxy.origin()}/api/`,
    pageUrl: workspace.page ? `${proxy.origin()}/` : '',
    tokens: seed.tokens,
    seed,
    ...(workspace.warning && { warning: workspace.warning }),
    control: controls({ stage, socket, faults: ordered, calls: api.calls }),
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await socket.close();
      await proxy.close();
      await workspace.close();
    },
  };
}
