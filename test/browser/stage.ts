import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { keptCode } from '../kept-code.ts';

const root = join(__dirname, '../..');
const CLOCK = join(__dirname, 'clock.cjs');
/** `npm run screenshots` sets it; a test run takes none. */
const pictures = process.env.SCREENSHOTS;

/** What `npm start` starts, as a person without any settings meets it. */
export async function startProduct(): Promise<{
  url: string;
  said: string;
  ms: number;
  /** Moves the product's clock, and nobody else's. */
  wait(minutes: number): void;
  stop(): Promise<void>;
}> {
  const started = Date.now();
  const home = mkdtempSync(join(tmpdir(), 'trailwarden-browser-'));
  const clock = join(home, 'clock-ahead');
  const child = spawn(process.execPath, ['--require', CLOCK, join(root, 'dist/main.js')], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, CLOCK_AHEAD: clock },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (complained += text));
  const url = await until(60_000, () => {
    if (child.exitCode !== null) throw new Error(`the product ended: ${complained}`);
    return /Open +(http\S+)/.exec(said)?.[1];
  });
  const wait = (minutes: number) => writeFileSync(clock, String(minutes * 60_000));
  return { url, said, ms: Date.now() - started, wait, stop: () => ended(child) };
}

/** The page that `posture --html` writes of the sandbox, and what the command said. */
export async function writeReport(...options: string[]): Promise<{ file: string; code: number }> {
  const home = mkdtempSync(join(tmpdir(), 'trailwarden-report-'));
  const file = join(home, 'posture.html');
  const child = spawn(
    process.execPath,
    [join(root, 'dist/cli.js'), 'posture', '--sandbox', '--html', file, ...options],
    { cwd: home, env: { PATH: process.env.PATH, ...keptCode }, stdio: 'ignore' },
  );
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? -1));
  });
  return { file, code };
}

/** A picture of what is on the screen, where pictures are wanted. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(join(root, pictures), { recursive: true });
  await page.screenshot({ path: join(root, pictures, `${name}.png`) });
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await new Promise((resolve) => child.on('exit', resolve));
}

async function until<T>(ms: number, look: () => T | undefined): Promise<T> {
  for (const deadline = Date.now() + ms; Date.now() < deadline; ) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing within ${ms} ms`);
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export type Desk = {
  page: Page;
  /** Addresses outside this machine that the page asked for. */
  outside: string[];
  actAs(name: string): Promise<void>;
  say(text: string): Promise<void>;
  /** The newest message of the bot that holds this text. */
  message(text: string | RegExp): Locator;
  /** Presses a button of a message and waits for the window that opens. */
  open(message: Locator, button: string | RegExp): Promise<Locator>;
  /** Presses a button of a message, says why in the window that opens, and sends it. */
  decide(message: Locator, button: string | RegExp, reason: string): Promise<void>;
  shot(name: string): Promise<void>;
};

/** A browser window in which one person sits, in one channel. */
export async function sitDown(
  browser: Browser,
  url: string,
  person: string,
  channel: string,
): Promise<Desk> {
  const page = await browser.newPage({ viewport: { width: 1120, height: 1180 } });
  page.setDefaultTimeout(20_000);
  const outside: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') outside.push(request.url());
  });
  await page.goto(url);
  const desk: Desk = {
    page,
    outside,
    async actAs(name) {
      await page.locator('.actas select').selectOption({ label: name });
    },
    async say(text) {
      await page.locator('.composer-input').first().fill(text);
      await page.locator('.composer-send').first().click();
    },
    async open(message, button) {
      await message.getByRole('button', { name: button }).click();
      const window = page.locator('.modal').last();
      await window.waitFor();
      // What is looked up takes the place of what the window opens with.
      await window.getByText(/Looking it up|찾는 중입니다/).waitFor({ state: 'hidden' });
      return window;
    },
    async decide(message, button, reason) {
      const window = await desk.open(message, button);
      await window.locator('.bk-plain-input').first().fill(reason);
      await window.locator('.modal-btn.primary').click();
      await window.waitFor({ state: 'hidden' });
    },
    message: (text) => page.locator('.msg', { hasText: text }).last(),
    async shot(name) {
      if (!pictures) return;
      await page
        .locator('.messages')
        .first()
        .evaluate((list) => {
          (list as { scrollTop: number; scrollHeight: number }).scrollTop = (
            list as { scrollHeight: number }
          ).scrollHeight;
        });
      await page.waitForTimeout(500);
      await takePicture(page, name);
    },
  };
  await desk.actAs(person);
  await page.locator('.sidebar-item', { hasText: channel }).click();
  return desk;
}
