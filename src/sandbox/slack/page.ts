import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { frameForPage } from './page-frames.ts';
import { pageScript } from './page-script.ts';
import type { Seed } from './seed.ts';
import { fieldsOf, textOf, type Workspace } from './workspace.ts';

/** What of local-slack is reachable through our address. Its Web API and most controls are not. */
const SHOWN = /^\/($|archives\/|assets\/|emoji\/|files\/|upload\/v1\/|favicon)/;
/** The page itself sends uploads of people here. */
const PAGE_UPLOAD = '/_control/upload';

const SCRIPT = '/sandbox.js';

/** A Slack as the page needs to know it. */
export type Shown = { workspace: Workspace; seed: Seed };

/** Passes the page, its assets and files on from local-slack, with our few lines of script added. */
export async function showPage(
  request: IncomingMessage,
  response: ServerResponse,
  { workspace, seed }: Shown,
  origin: string,
): Promise<void> {
  const { page } = workspace;
  const { pathname, search } = new URL(request.url ?? '/', origin);
  const file = fileAsked(request, pathname, seed);
  if (!page)
    return tell(response, 404, 'text/plain', 'This Slack has no page; it talks in the terminal.');
  if (pathname === SCRIPT) return tell(response, 200, 'text/javascript', pageScript(seed));
  if (file) return sendFile(response, workspace, file, page, origin);
  if (!SHOWN.test(pathname) && pathname !== PAGE_UPLOAD)
    return tell(response, 404, 'text/plain', 'Nothing here.');
  const inner = ask(
    `${page}${pathname}${search}`,
    { method: request.method, headers: { ...request.headers, host: new URL(page).host } },
    (answer) => {
      const html = /^text\/html/.test(answer.headers['content-type'] ?? '');
      const { 'content-length': length, ...headers } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, html || !length ? headers : answer.headers);
      if (!html) return void answer.pipe(response);
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const written = Buffer.concat(chunks)
          .toString('utf8')
          .replace('try /echo hi', 'try /trail help');
        // The script comes after the page's own root element, so that it finds it.
        response.end(`${written}<script src="${SCRIPT}"></script>`);
      });
    },
  );
  inner.on('error', () => tell(response, 502, 'text/plain', 'local-slack does not answer.'));
  request.pipe(inner);
}

/** The page asks for pictures by our own address; `url_private` is for who has the bot's token. */
function fileAsked({ headers }: IncomingMessage, pathname: string, seed: Seed): string | undefined {
  const asBot = headers.authorization === `Bearer ${seed.tokens.bot}`;
  const own = /^\/slack-file\/(F[A-Z0-9]+)$/.exec(pathname)?.[1];
  const withToken = /^\/files-pri\/[A-Z0-9]+-(F[A-Z0-9]+)\//.exec(pathname)?.[1];
  return own ?? (asBot ? withToken : undefined);
}

/** The bytes of an uploaded file, which only the bot may fetch. */
async function sendFile(
  response: ServerResponse,
  { call }: Workspace,
  id: string,
  page: string,
  origin: string,
): Promise<void> {
  const file = fieldsOf((await call('files.info', { file: id })).file);
  if (!file.permalink) return tell(response, 404, 'text/plain', 'There is no such file.');
  // The workspace names its files under its own address; the path is what counts.
  const { pathname } = new URL(textOf(file.permalink), origin);
  const bytes = await fetch(`${page}${pathname}`);
  response.writeHead(bytes.status, { 'content-type': textOf(file.mimetype) });
  response.end(Buffer.from(await bytes.arrayBuffer()));
}

function tell(response: ServerResponse, status: number, type: string, text: string): void {
  if (!response.headersSent)
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(`${text}\n`);
}

const server = new WebSocketServer({ noServer: true });

/** Joins the page's own link to local-slack's, and redraws for the page what it cannot draw. */
export function linkPage(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { workspace: { page }, seed }: Shown,
  origin: string,
): void {
  if (!page) {
    socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    return;
  }
  server.handleUpgrade(request, socket, head, (browser) => {
    const inner = new WebSocket(`${page.replace('http', 'ws')}/ui`);
    const early: string[] = [];
    const end = () => {
      browser.close();
      inner.close();
    };
    inner.on('open', () => {
      for (const frame of early.splice(0)) inner.send(frame);
    });
    inner.on('message', (frame) => {
      const shown = frameForPage(JSON.parse(String(frame)), seed, origin);
      browser.send(JSON.stringify(shown).replaceAll(page, origin));
    });
    browser.on('message', (frame) => {
      if (inner.readyState === WebSocket.OPEN) inner.send(String(frame));
      else early.push(String(frame));
    });
    for (const side of [browser, inner]) side.on('close', end).on('error', end);
  });
}
