// Compiles the scanner of log files (AssemblyScript) into the folder of the built code, where its sources are newer
// than what is there. Warnings are errors.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const sources = join(root, 'src/archive/scanner');
const built = join(root, 'dist/archive/scanner.wasm');

/** Milliseconds since 1970; 0 where there is no such file. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const newest = Math.max(
  changed(import.meta.filename),
  ...readdirSync(sources).map((name) => changed(join(sources, name))),
);
if (changed(built) < newest) {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')),
    'bin/asc.js',
  );
  mkdirSync(dirname(built), { recursive: true });
  // Others may be reading the one that is there.
  const made = `${built}.${process.pid}`;
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
  } else renameSync(made, built);
}
