// Compiles the scanner of log files (AssemblyScript) into the folder of the built code, unless what is there has the
// time of the newest source: it is given that one, so that no clock is asked. Warnings are errors.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const sources = join(root, 'src/archive/scanner');
const built = join(root, 'dist/archive/scanner.wasm');

/** Milliseconds since 1970; 0 where there is no such file. */
function changed(path) {
  return Math.round(statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

const newest = Math.max(
  changed(import.meta.filename),
  ...readdirSync(sources).map((name) => changed(join(sources, name))),
);
if (changed(built) !== newest) {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')),
    'bin/asc.js',
  );
  mkdirSync(dirname(built), { recursive: true });
  // Others may be reading the one that is there.
  const made = `${built}.${process.pid}`;
  try {
    const { stderr } = await promisify(execFile)(process.execPath, [
      compiler,
      join(sources, 'index.ts'),
      ...['--outFile', made],
      ...['--runtime', 'stub', '--use', 'abort='],
      ...['--enable', 'simd', '--enable', 'bulk-memory'],
      ...['-O3', '--converge', '--noAssert'],
    ]);
    if (stderr !== '') {
      process.stderr.write(stderr);
      process.exitCode = 1;
    } else {
      utimesSync(made, newest / 1000, newest / 1000);
      renameSync(made, built);
    }
  } finally {
    // What could not be finished must not be packed.
    rmSync(made, { force: true });
  }
}
