import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Jest's global set-up: tests that start the product as its users do need it built, once per run. */
function build(): void {
  const root = join(__dirname, '..');
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root], {
    stdio: 'inherit',
  });
}

module.exports = build;
