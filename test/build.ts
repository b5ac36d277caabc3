import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** Jest's global set-up: tests that start the product as its users do need it built, once per run. */
function build(): void {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root], {
    stdio: 'inherit',
  });
  execFileSync(process.execPath, [join(root, 'scripts/build-scanner.mjs')], { stdio: 'inherit' });
  const dice = process.env.CI ? diceOfCommit() : undefined;
  if (dice !== undefined) process.env.TEST_DICE = dice;
}

/** A number that is the same for the same product and the same tests; without git, none. */
function diceOfCommit(): string | undefined {
  try {
    const trees = execFileSync('git', ['rev-parse', 'HEAD:src', 'HEAD:test'], { cwd: root });
    const [src = '', tests = ''] = trees.toString().split('\n');
    const half = (tree: string) => Number.parseInt(tree.slice(0, 7), 16);
    return String(half(src) ^ half(tests));
  } catch {
    // A source archive has no history; then the examples are new ones, as at a desk.
    return undefined;
  }
}

module.exports = build;
