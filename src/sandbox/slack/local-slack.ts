import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { runLocalSlack } from './local-slack-process.ts';
import type { Seed, Tokens } from './seed.ts';
import {
  type Answer,
  type Envelope,
  type Fields,
  fieldsOf,
  type Happening,
  listOf,
  type Message,
  textOf,
  type Workspace,
} from './workspace.ts';

/**
 * The workspace that the `local-slack` binary keeps. We are its only app: what is meant for the bot
 * comes to us first, and the proxy hands it on as Slack would.
 */
export async function startLocalSlack(
  binary: string,
  seed: Seed,
  ended: (why: string) => void,
): Promise<Workspace> {
  // Tokens of our own, so that nobody but the proxy can speak to the binary as the bot.
  const tokens = { bot: `xoxb-${randomUUID()}`, app: `xapp-${randomUUID()}` };
  const { origin, warning, stop } = await runLocalSlack(binary, seed, tokens, ended);
  try {
    const app = await linkAsApp(origin, tokens, ended);
    const page = await linkAsPage(origin);
    return {
      kind: 'local-slack',
      page: origin,
      ...(warning && { warning }),
      call: (method, args) => callMethod(origin, tokens.bot, method, args),
      deliverTo: app.deliverTo,
      watch: page.watch,
      ...drivers(origin, page.send),
      async close() {
        app.close();
        page.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw new Error('connecting to local-slack', { cause: error });
  }
}

async function callMethod(
  origin: string,
  token: string,
  method: string,
  args: Fields,
): Promise<Answer> {
  const response = await fetch(`${origin}/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Answer;
}

/** The app's Socket Mode connection. local-slack waits 5 s for an answer and never repeats. */
async function linkAsApp(origin: string, tokens: Tokens, trouble: (why: string) => void) {
  const opened = await callMethod(origin, tokens.app, 'apps.connections.open', {});
  const socket = await open(textOf(opened.url));
  let receiver: (envelope: Envelope) => Promise<unknown> = async () => undefined;
  socket.on('message', (frame) => {
    answer(read(frame)).catch((error: unknown) => trouble(`local-slack: ${String(error)}`));
  });
  async function answer({ envelope_id, type, payload }: Fields): Promise<void> {
    if (typeof envelope_id !== 'string') return;
    const said = await receiver({ type: type as Envelope['type'], payload: fieldsOf(payload) });
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ envelope_id, ...(said ? { payload: said } : {}) }));
  }
  return {
    deliverTo(app: (envelope: Envelope) => Promise<unknown>) {
      receiver = app;
    },
    close: () => socket.terminate(),
  };
}

/** A page of ours without a browser: it sees every message and can do what only a page can. */
async function linkAsPage(origin: string) {
  const socket = await open(`${origin.replace('http', 'ws')}/ui`);
  const listeners = new Set<(happening: Happening) => void>();
  socket.on('message', (frame) => {
    const happening = happeningOf(read(frame));
    if (happening) for (const listener of listeners) listener(happening);
  });
  return {
    watch(listener: (happening: Happening) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    send: (frame: Fields) => socket.send(JSON.stringify(frame)),
    close: () => socket.terminate(),
  };
}

function happeningOf(frame: Fields): Happening | undefined {
  switch (frame.t) {
    case 'message':
      return { what: 'message', message: frame.message as Message };
    case 'message_update':
      return { what: 'changed', message: frame.message as Message };
    case 'message_delete':
      return { what: 'deleted', channel: textOf(frame.channel), ts: textOf(frame.ts) };
    case 'view':
      return { what: 'view', stack: listOf(frame.stack) };
    case 'view_errors':
      return { what: 'view-errors', errors: fieldsOf(frame.errors) };
    default:
      return undefined;
  }
}

/** What people do, over the binary's control addresses and, for a modal, over the page's own link. */
function drivers(origin: string, send: (frame: Fields) => void) {
  const control = async (what: string, body: Fields): Promise<Fields> => {
    const response = await fetch(`${origin}/_control/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = fieldsOf(await response.json());
    if (!response.ok) throw new Error(`local-slack refused ${what}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    async say(user: string, channel: string, text: string, thread?: string) {
      const said = await control('message', {
        ...{ user, channel, text },
        ...(thread && { thread_ts: thread }),
      });
      return textOf(fieldsOf(said.message).ts);
    },
    async command(user: string, channel: string, command: string, text: string) {
      await control('command', { user, channel, command, text });
    },
    async press({ channel, message, user, element, block }: Parameters<Workspace['press']>[0]) {
      const action = { ...element, block_id: block };
      await control('interact', { channel, messageTs: message, user, action });
    },
    async submitView(user: string, values: Fields) {
      send({ t: 'view_submit', user, values });
    },
    async openHome(user: string) {
      await control('open-home', { user });
    },
    async react(user: string, channel: string, ts: string, name: string) {
      await control('reaction', { user, channel, ts, name });
    },
    async messages(channel: string) {
      const response = await fetch(`${origin}/_control/messages/${encodeURIComponent(channel)}`);
      return fieldsOf(await response.json()).messages as Message[];
    },
  };
}

function open(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`${url} closed before it opened`)));
  });
}

function read(frame: unknown): Fields {
  return fieldsOf(JSON.parse(String(frame)));
}
