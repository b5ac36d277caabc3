// A process of its own that takes the log files of a folder into an archive: DIRECTORY FOLDER TIMES.
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const [directory, folder, times] = process.argv.slice(2);

async function* files() {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    yield { name: path, size: statSync(path).size, source: { path } };
  }
}

process.stdout.write('started\n');
const { openArchive } = require('../../dist/archive/open-archive.js');
const archive = await openArchive(directory);
for (let round = 0; round < Number(times); round += 1) await archive.ingest(files());
await archive.close();
process.stdout.write('done\n');
