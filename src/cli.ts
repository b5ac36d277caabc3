#!/usr/bin/env node
// node:sqlite and require() of ES modules came with Node 22.13: an older one would die of an import.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
// `trailwarden posture --json | head` closes our output early; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `trailwarden needs Node 22.13 or newer, and this is ${process.versions.node}. Install a newer Node, or run it from a checkout: npm run trailwarden -- --help\n`,
  );
  process.exitCode = 2;
} else {
  import('./commands/index.ts')
    .then(({ runCommand }) => runCommand(process.argv))
    .then((exitCode) => {
      process.exitCode = exitCode;
    })
    .catch((surprise: unknown) => {
      process.stderr.write(
        `trailwarden: ${surprise instanceof Error ? (surprise.stack ?? surprise.message) : surprise}\n`,
      );
      process.exitCode = 2;
    });
}
