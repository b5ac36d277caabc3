import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { openConfirmation, Reply } from './confirmation.ts';
import { notice, STYLE } from './pages.ts';

/** A form of ours is a hundred bytes. */
const MOST_BYTES = 4_096;

/**
 * Serves the pages at `host:port` (port 0: a free one). TLS is the matter of the proxy in front of it:
 * people reach it at `url`, which nothing but the configuration says; no header is believed.
 */
export async function listen(
  { listen: where, url }: { listen: string; url: string },
  confirmation: ReturnType<typeof openConfirmation>,
  report: (trouble: Error) => void,
): Promise<{ port: number; close(): Promise<void> }> {
  const base = new URL(url);
  const path = base.pathname.replace(/\/$/, '');
  const cookie = cookieOf(base);
  const server = createServer((request, response) => {
    answer(request)
      .catch((error: unknown): Reply => {
        report(new Error('confirming an approval', { cause: error }));
        return { status: 502, page: notice('unreachable', 'en') };
      })
      .then((reply) => send(reply, response))
      .catch((error: unknown) => {
        report(new Error('answering a browser', { cause: error }));
        response.destroy();
      });
  });
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;

  async function answer(request: IncomingMessage): Promise<Reply> {
    // The proxy may leave the path before ours away, or pass it on.
    const asked = new URL(request.url ?? '/', 'http://local');
    const at = asked.pathname.startsWith(`${path}/`)
      ? asked.pathname.slice(path.length)
      : asked.pathname;
    const visit = cookie.read(request.headers.cookie ?? '');
    const link = /^\/confirm\/([\w.-]{1,2000})$/.exec(at)?.[1];
    if (request.method === 'GET' && link) return confirmation.begin(link);
    if (request.method === 'GET' && at === '/callback')
      return confirmation.arrive(new URL(`${url}/callback${asked.search}`), visit);
    if (request.method === 'POST' && at === '/confirm') {
      const form = new URLSearchParams(await bodyOf(request));
      return confirmation.agree(form.get('consent') ?? '', visit);
    }
    return { status: 404, page: notice('no-such-page', 'en') };
  }

  function send({ status, page, location, visit }: Reply, response: ServerResponse): void {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...(base.protocol === 'https:' && { 'strict-transport-security': 'max-age=31536000' }),
      ...(location && { location }),
      ...(visit && { 'set-cookie': cookie.write(visit) }),
    });
    response.end(page?.markup);
  }

  const at = where.lastIndexOf(':');
  const host = where.slice(0, at).replace(/^\[|\]$/g, '');
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(where.slice(at + 1)), host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

/** Read to its end, unless it is longer than any form of ours. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += (piece as Buffer).length;
    if (length > MOST_BYTES) return '';
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString();
}

/** Binds a visit to its browser: whoever has only the address of the provider's answer has nothing. */
function cookieOf({ protocol }: URL) {
  const secure = protocol === 'https:';
  const name = secure ? '__Host-trailwarden' : 'trailwarden';
  return {
    // Lax: it comes along when the provider sends the browser back, and not with a form of another site.
    write: (value: string) =>
      `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600${secure ? '; Secure' : ''}`,
    read: (header: string) =>
      header
        .split(/; */)
        .find((one) => one.startsWith(`${name}=`))
        ?.slice(name.length + 1) ?? '',
  };
}
