import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { WebSocket } from 'ws';
import { type Slack, startSlack } from '../../../src/sandbox/slack/index.ts';
import { findLocalSlack } from '../../../src/sandbox/slack/local-slack-process.ts';
import { until } from './bolt-app.ts';
import { unlessMissing } from './unless-missing.ts';

async function started(options?: Parameters<typeof startSlack>[0]): Promise<Slack> {
  const slack = await startSlack(options);
  if ('unavailable' in slack) throw new Error(slack.unavailable);
  return slack;
}

/** The status of a GET with these headers; fetch would not let us choose Host and Origin. */
function statusOf(url: string, headers: { [name: string]: string }): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

const opens = (url: string, origin: string) =>
  new Promise<boolean>((resolve) => {
    const socket = new WebSocket(url, { origin });
    socket.once('open', () => {
      socket.close();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const PARENT = `
const { spawn } = require('node:child_process');
const [, binary, cwd] = process.argv;
const child = spawn(binary, ['--config', 'config.json', '--port', '0'], { cwd, env: {} });
child.stdout.once('data', () => console.log(child.pid));
`;

/** Ids of processes that this one started. */
const children = () =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);

async function startedWithChild(options?: Parameters<typeof startSlack>[0]) {
  const others = children();
  const slack = await started(options);
  const [child = ''] = children().filter((id) => !others.includes(id));
  return { slack, child, folder: readlinkSync(`/proc/${child}/cwd`) };
}

test('without the binary Slack says what is missing, and starts nothing', async () => {
  const slack = await startSlack({ find: () => ({ missing: 'no local-slack for plan9' }) });
  expect(slack).toEqual({ unavailable: 'no local-slack for plan9' });
});

test('the terminal’s Slack has no page', async () => {
  const slack = await started({ as: 'terminal' });
  expect(slack).toMatchObject({ kind: 'terminal', pageUrl: '' });
  expect(slack.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/$/);
  expect(await statusOf(new URL('/', slack.apiUrl).href, {})).toBe(404);
  await slack.close();
});

test('a request whose Host or Origin is another site’s is refused', async () => {
  const slack = await started({ as: 'terminal' });
  const { host } = new URL(slack.apiUrl);
  const url = `${slack.apiUrl}auth.test`;
  expect(await statusOf(url, { host })).toBe(200);
  expect(await statusOf(url, { host: 'rebound.example' })).toBe(403);
  expect(await statusOf(url, { host, origin: 'https://elsewhere.example' })).toBe(403);
  await slack.close();
});

test('nonsense over HTTP and the socket is refused, and the next one is served', async () => {
  const slack = await started({ as: 'terminal' });
  const { host, port } = new URL(slack.apiUrl);
  const authorization = `Bearer ${slack.tokens.bot}`;
  const raw = (head: string) =>
    new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(`${head}\r\n\r\n`));
      socket.on('close', () => resolve()).on('error', () => resolve());
      socket.resume();
    });
  await raw(`GET // HTTP/1.1\r\nHost: ${host}`);
  for (const path of ['//', '/link/?ticket=forged', '/ui', '/nowhere'])
    await raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket`);
  const post = (body: string, type: string) =>
    fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body,
    });
  expect((await post('{"channel":', 'application/json')).status).toBe(500);
  const form = await post('channel=C02GOVERN&blocks=[{', 'application/x-www-form-urlencoded');
  expect(await form.json()).toMatchObject({ error: 'invalid_blocks' });
  const app = new WebClient(slack.tokens.app, { slackApiUrl: slack.apiUrl });
  const { url = '' } = await app.apps.connections.open();
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.once('message', resolve));
  socket.send('no json');
  expect(await slack.control.event({ type: 'x' }).then(({ acknowledged }) => acknowledged)).toBe(
    false,
  );
  expect((await post('{"channel":"C02GOVERN","text":"x"}', 'application/json')).status).toBe(200);
  await slack.close();
});

test('a port that is taken is an error, and nothing is left behind', async () => {
  const first = await started({ as: 'terminal' });
  const port = Number(new URL(first.apiUrl).port);
  await expect(startSlack({ as: 'terminal', port })).rejects.toThrow('EADDRINUSE');
  await first.close();
});

unlessMissing('the local-slack process', () => {
  test('answers on loopback only, its page only at our own origin', async () => {
    const slack = await started();
    expect(slack.warning).toBeUndefined();
    const outside = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside)
      await expect(fetch(`http://${address}:${new URL(slack.pageUrl).port}/`)).rejects.toThrow();
    const link = `${slack.pageUrl.replace('http', 'ws')}ui`;
    expect(await opens(link, slack.pageUrl.slice(0, -1))).toBe(true);
    expect(await opens(link, 'https://elsewhere.example')).toBe(false);
    expect(await statusOf(`${slack.pageUrl}_control/state`, {})).toBe(404);
    await slack.close();
  });

  test('closes although a page is still open', async () => {
    const slack = await started();
    const page = new WebSocket(`${slack.pageUrl.replace('http', 'ws')}ui`);
    const closed = new Promise((resolve) => page.once('close', resolve));
    await new Promise((resolve) => page.once('open', resolve));
    await slack.close();
    await closed;
  });

  test('is stopped on close, and its folder is gone', async () => {
    const { slack, child, folder } = await startedWithChild();
    expect(existsSync(join(folder, 'config.json'))).toBe(true);
    await slack.close();
    expect([existsSync(`/proc/${child}`), existsSync(folder)]).toEqual([false, false]);
  });

  test('its end is told when nobody asked for it', async () => {
    const told: string[] = [];
    const { slack, child } = await startedWithChild({ ended: (why) => told.push(why) });
    process.kill(Number(child), 'SIGKILL');
    await until(() => told.length);
    expect(told).toEqual(['local-slack ended by itself (SIGKILL)']);
    await slack.close();
  });

  test('it ends when we are killed without a chance to stop it, and takes its folder along', async () => {
    const { slack, folder } = await startedWithChild({ ended: () => undefined });
    const { binary } = findLocalSlack() as { binary: string };
    // A parent that starts the same binary with the same preload, and is killed.
    const parent = spawn(process.execPath, ['-e', PARENT, binary, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const child = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (said) => resolve(String(said).trim())),
    );
    expect(existsSync(`/proc/${child}`)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !existsSync(`/proc/${child}`) && !existsSync(folder));
    await slack.close();
  });

  test('a binary that does not start is told with what it said', async () => {
    await expect(startSlack({ find: () => ({ binary: '/bin/false' }) })).rejects.toMatchObject({
      message: 'starting local-slack',
      cause: expect.objectContaining({ message: expect.stringContaining('ended with code 1') }),
    });
    await expect(startSlack({ find: () => ({ binary: '/no/such' }) })).rejects.toMatchObject({
      cause: expect.objectContaining({ code: 'ENOENT' }),
    });
  });
});
