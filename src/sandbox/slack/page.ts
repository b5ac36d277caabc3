import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { frameForPage } from './page-frames.ts';
import type { Workspace } from './workspace.ts';

/** What of local-slack is reachable through our address. Its Web API and most controls are not. */
const SHOWN = /^\/($|archives\/|assets\/|emoji\/|files\/|files-pri\/|upload\/v1\/|favicon)/;
/** The page itself sends uploads of people here. */
const PAGE_UPLOAD = '/_control/upload';

/** Passes the page, its assets and files on from local-slack, with our address in place of its own. */
export function forwardPage(
  request: IncomingMessage,
  response: ServerResponse,
  { page }: Workspace,
  origin: string,
): void {
  const { pathname, search } = new URL(request.url ?? '/', origin);
  if (!page || !(SHOWN.test(pathname) || pathname === PAGE_UPLOAD)) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end(page ? 'Nothing here.\n' : 'This Slack has no page; it talks in the terminal.\n');
    return;
  }
  const inner = ask(
    `${page}${pathname}${search}`,
    { method: request.method, headers: { ...request.headers, host: new URL(page).host } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  inner.on('error', () => {
    if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
    response.end('local-slack does not answer.\n');
  });
  request.pipe(inner);
}

const server = new WebSocketServer({ noServer: true });

/** Joins the page's own link to local-slack's, and redraws for the page what it cannot draw. */
export function linkPage(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { page }: Workspace,
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
      const shown = frameForPage(JSON.parse(String(frame)), origin);
      browser.send(JSON.stringify(shown).replaceAll(page, origin));
    });
    browser.on('message', (frame) => {
      if (inner.readyState === WebSocket.OPEN) inner.send(String(frame));
      else early.push(String(frame));
    });
    for (const side of [browser, inner]) side.on('close', end).on('error', end);
  });
}
