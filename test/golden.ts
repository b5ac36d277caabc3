import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compares with `test/golden/<name>.json`, which can be pasted into Block Kit Builder and whose diff is
 * what users will see. `UPDATE_GOLDEN=1` writes it anew.
 */
export function expectGolden(name: string, value: unknown): void {
  const file = join(__dirname, 'golden', `${name}.json`);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
  if (!existsSync(file)) throw new Error(`no golden file ${name}; npm run golden writes it`);
  expect(value).toEqual(JSON.parse(readFileSync(file, 'utf8')));
}
