import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Locked = {
  version?: string;
  resolved?: string;
  optionalDependencies?: { [name: string]: string };
};
const { packages }: { packages: { [path: string]: Locked } } = JSON.parse(
  readFileSync(join(__dirname, '../package-lock.json'), 'utf8'),
);

test('the lockfile pins every package, and names no registry', () => {
  for (const [path, { version, resolved }] of Object.entries(packages)) {
    expect([path, version]).toEqual([path, expect.stringMatching(/^\d+\.\d+\.\d+/)]);
    expect(resolved).toBeUndefined();
  }
});

test('the lockfile names the packages of every platform, so that `npm ci` works on each (npm run lock)', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});
