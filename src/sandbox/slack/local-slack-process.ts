import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Seed, Tokens } from './seed.ts';

/** Where the binary of this platform is, or why there is none. */
export function findLocalSlack(): { binary: string } | { missing: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const built = `local-slack-${system}-${process.arch}`;
  const file = process.platform === 'win32' ? 'local-slack.exe' : 'local-slack';
  try {
    return { binary: require.resolve(`${built}/bin/${file}`) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    return {
      missing: `local-slack, the Slack that runs on this machine, is not installed for ${process.platform} on ${process.arch} (no package ${built}).`,
    };
  }
}

/** The running binary: `origin` is its address, `warning` is set when others can reach it. */
export type Running = { origin: string; warning?: string; stop(): Promise<void> };

/**
 * Runs `local-slack` on a free port of 127.0.0.1, with its files in a folder that `stop` removes.
 * `ended` is told when the process ends without being asked to. Throws when it does not come up.
 */
export async function runLocalSlack(
  binary: string,
  seed: Seed,
  tokens: Tokens,
  ended: (why: string) => void,
): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'trailwarden-slack-'));
  const child = await spawnIn(folder, binary, seed, tokens);
  // Whatever ends us ends the child too: this process is also left by 'exit' when a signal is handled.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let up = false;
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', (code, signal) => {
      if (up) ended(`local-slack ended by itself (${signal ?? `exit code ${code}`})`);
      resolve();
    });
  });
  const stop = async () => {
    up = false;
    child.kill('SIGTERM');
    const impatient = setTimeout(kill, 2000);
    await gone;
    clearTimeout(impatient);
    process.removeListener('exit', kill);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const origin = await addressOf(child);
    up = true;
    const outside = await answersOutside(Number(new URL(origin).port));
    return {
      origin,
      ...(outside && {
        warning: `local-slack also answers at ${outside}: whoever reaches that address can read and write in the sandbox's Slack.`,
      }),
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error('starting local-slack', { cause: error });
  }
}

/**
 * The binary listens on all interfaces and has no option for it, but it is made with Bun, which reads
 * `bunfig.toml` in the working directory and runs what that preloads: its one `Bun.serve` is bound to
 * 127.0.0.1. If a later version stops reading it, `answersOutside` sees it and the sandbox says so.
 *
 * Its standard input is a pipe of ours, which ends however we end, even by SIGKILL; then it ends too
 * and takes its folder with it.
 */
const PRELOAD = `
const serve = Bun.serve;
Bun.serve = (options) => serve({ ...options, hostname: '127.0.0.1' });
const { rmSync } = require('node:fs');
const folder = process.cwd();
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
`;

async function spawnIn(
  folder: string,
  binary: string,
  seed: Seed,
  tokens: Tokens,
): Promise<ChildProcess> {
  await writeFile(join(folder, 'config.json'), JSON.stringify(configOf(seed, tokens)));
  await writeFile(join(folder, 'bunfig.toml'), 'preload = ["./preload.js"]\n');
  await writeFile(join(folder, 'preload.js'), PRELOAD);
  return spawn(
    binary,
    [
      ...['--config', 'config.json', '--port', '0', '--base-host', '127.0.0.1'],
      ...['--files-dir', join(folder, 'files')],
    ],
    // A group of its own: Ctrl+C in the terminal is for us, and we end it in order.
    { cwd: folder, env: {}, stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
}

function configOf(seed: Seed, tokens: Tokens) {
  return {
    workspace: { name: seed.team.name, domain: seed.team.domain, teamId: seed.team.id },
    app: {
      appId: seed.app.id,
      botUserId: seed.app.user,
      botName: seed.app.name,
      botToken: tokens.bot,
      appToken: tokens.app,
      signingSecret: tokens.app,
      mode: 'socket',
    },
    users: seed.people.map((person) => ({
      id: person.id,
      name: person.name,
      real_name: person.realName,
      email: person.email,
      tz: person.timeZone,
    })),
    channels: seed.channels,
  };
}

/** The address that the process prints; with port 0 only it knows. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(
      () => reject(new Error(`no address after 20 s; it said: ${said}`)),
      20_000,
    );
    const read = (chunk: Buffer) => {
      // Only the beginning is of interest; a chatty process must not fill our memory.
      if (said.length < 10_000) said += chunk.toString();
      const address = /Web UI:\s+(http:\/\/127\.0\.0\.1:[1-9]\d*)\s/.exec(said)?.[1];
      if (!address) return;
      clearTimeout(late);
      resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`it ended with code ${code}; it said: ${said}`));
    });
  });
}

/** The first address of this machine, other than loopback, at which the port answers. */
async function answersOutside(port: number): Promise<string | undefined> {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  for (const { address } of addresses) if (await answersAt(address, port)) return address;
  return undefined;
}

function answersAt(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const tell = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.once('connect', () => tell(true));
    socket.once('error', () => tell(false));
    socket.once('timeout', () => tell(false));
  });
}
