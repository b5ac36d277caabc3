// Packs the package as npm would publish it, installs the result into an empty folder, and runs it there
// against the sandbox: what is missing from the package is missing for every user.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'trailwarden-bundle-'));
try {
  const npm = (args, cwd) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const [{ filename, size, files }] = JSON.parse(
    npm(['pack', '--json', '--pack-destination', folder], process.cwd()),
  );
  console.log(`packed ${files.length} files, ${Math.round(size / 1024)} KiB`);

  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  npm(
    [
      'install',
      '--omit=dev',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      join(folder, filename),
    ],
    folder,
  );
  const cli = join(folder, 'node_modules/trailwarden/dist/cli.js');
  const run = (...args) =>
    spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });

  const help = run('--help');
  if (help.status !== 0 || !help.stdout.includes('posture'))
    throw new Error(`--help: ${help.stderr}`);
  const posture = run('posture', '--sandbox', '--json');
  // One account of the sandbox cannot be seen, so the scan must say 3.
  if (posture.status !== 3)
    throw new Error(`posture --sandbox exited ${posture.status}: ${posture.stderr}`);
  const { totals } = JSON.parse(posture.stdout);
  console.log(`installed package scanned the sandbox: ${JSON.stringify(totals)}`);
  if (!totals.FAIL) throw new Error('the scan found none of the planted faults');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
