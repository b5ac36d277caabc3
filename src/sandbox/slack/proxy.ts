import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { linkPage, type Shown, showPage } from './page.ts';
import type { SocketMode } from './socket-mode.ts';
import { refused } from './stage.ts';
import type { Reply } from './web-api.ts';
import { type Fields, fieldsOf, textOf } from './workspace.ts';

export type Front = Shown & {
  answer(method: string, args: Fields, token: string): Promise<Reply>;
  respond(id: string, answer: Fields): Promise<Reply>;
  socketMode: SocketMode;
};

export type Proxy = { origin(): string; close(): Promise<void> };

/** Arguments that form bodies carry as JSON text. */
const JSON_ARGUMENTS = ['blocks', 'attachments', 'view', 'metadata', 'files', 'channel_ids'];
const MOST_BYTES = 20_000_000;

/**
 * The one address of the sandbox's Slack, on 127.0.0.1: the Web API and Socket Mode for the bot, and
 * the page with its own link for people. `front` is asked for late, because it needs the address.
 */
export async function startProxy(port: number, front: () => Front): Promise<Proxy> {
  let origin = '';
  const server = createServer((request, response) => {
    answerRequest(request, response, front(), origin).catch((error: unknown) => {
      const body = refused('internal_error', { detail: String(error) });
      if (!response.headersSent) send(response, { status: 500, headers: {}, body });
      else response.destroy();
    });
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const [pathname] = (request.url ?? '/').split('?');
    if (!fromHere(request, origin)) socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    else if (pathname === '/link/') front().socketMode.upgrade(request, socket, head);
    else if (pathname === '/ui') linkPage(request, socket, head, front(), origin);
    else socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: () => origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // A page that is still open keeps its link, which is no longer the server's own to close.
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  front: Front,
  origin: string,
): Promise<void> {
  const url = new URL(request.url ?? '/', origin);
  if (!fromHere(request, origin))
    return send(response, { status: 403, headers: {}, body: refused('not_from_this_page') });
  const [, first = '', second = ''] = url.pathname.split('/');
  if (first === 'api') {
    const args = { ...Object.fromEntries(url.searchParams), ...(await argumentsOf(request)) };
    const { token, ...rest } = args as Fields;
    return send(response, await front.answer(second, rest, bearer(request) || textOf(token)));
  }
  if (first === 'respond' && request.method === 'POST')
    return send(response, await front.respond(second, await argumentsOf(request)));
  return showPage(request, response, front, origin);
}

/**
 * A page from elsewhere in the same browser must not speak to the sandbox: its requests carry its own
 * origin, and a name that was made to point to 127.0.0.1 shows in the Host header.
 */
function fromHere({ headers }: IncomingMessage, origin: string): boolean {
  const port = new URL(origin).port;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const from = headers.origin;
  return (
    hosts.includes(headers.host ?? '') &&
    (from === undefined || hosts.some((host) => from === `http://${host}`))
  );
}

function bearer({ headers }: IncomingMessage): string {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
}

async function argumentsOf(request: IncomingMessage): Promise<Fields> {
  const body = (await bodyOf(request)).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  if (type.includes('json')) return fieldsOf(JSON.parse(body || '{}'));
  const args: Fields = Object.fromEntries(new URLSearchParams(body));
  for (const name of JSON_ARGUMENTS)
    if (typeof args[name] === 'string') args[name] = parsedOr(args[name]);
  return args;
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // Left as it is, for the check of the method to refuse.
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) throw new Error('a request of more than 20 MB');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
