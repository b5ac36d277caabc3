import { spawn } from 'node:child_process';
import { join } from 'node:path';

const PROGRESS = join(__dirname, '../../src/terminal/progress.ts');

/** A process with a bar on its screen, which is interrupted in the middle. */
const AT_WORK = `
  Object.defineProperty(process.stderr, 'isTTY', { value: true });
  const { progressBar } = require(${JSON.stringify(PROGRESS)});
  progressBar('searches').show(1, 9);
  process.stdout.write('begun');
  setTimeout(() => process.exit(7), 10_000);
`;

const HIDDEN = '\u001b[?25l';
const SHOWN = '\u001b[?25h';

test('interrupted, it ends at once and gives the terminal its cursor back', async () => {
  // Node 24 strips types by itself.
  const child = spawn(process.execPath, ['-e', AT_WORK], { stdio: 'pipe' });
  let drawn = '';
  child.stderr.on('data', (text) => (drawn += text));
  child.stdout.once('data', () => child.kill('SIGINT'));
  const ending = await new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  expect(drawn).toContain(HIDDEN);
  expect(drawn.lastIndexOf(SHOWN)).toBeGreaterThan(drawn.lastIndexOf(HIDDEN));
  expect(ending).toEqual({ code: null, signal: 'SIGINT' });
});
