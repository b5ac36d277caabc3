import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HANDLERS } from '../../../src/sandbox/aws/services/index.ts';

test('the README names every operation that is simulated, and no other', () => {
  const file = join(__dirname, '../../../src/sandbox/aws/README.md');
  const rows = readFileSync(file, 'utf8').matchAll(/^\| *(\w+) *\|[^|]+\| *(`.+`) *\|$/gm);
  const named = [...rows].flatMap(([, service, operations = '']) =>
    [...operations.matchAll(/`(\w+)`/g)].map(([, operation]) => `${service}:${operation}`),
  );
  expect(named.sort()).toEqual(Object.keys(HANDLERS).sort());
});
