import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fixes } from '../../../src/aws/fixes/index.ts';

test('every fix shows its life in a file of cases, and no file is of none', () => {
  const files = readdirSync(join(__dirname, 'cases')).filter((name) => name.endsWith('.test.ts'));
  const ids = files.map((name) => name.replace('.test.ts', ''));
  expect(ids.sort()).toEqual(fixes.map(({ id }) => id).sort());
});
