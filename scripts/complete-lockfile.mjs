// Some registries mirror the packages of one platform only, and npm then leaves the other platforms out of the
// lockfile, which `npm ci` refuses. This names them from what their parents say (`npm run lock` runs it after npm).
import { readFileSync, writeFileSync } from 'node:fs';

const OSES = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const CPUS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

const lockfile = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(lockfile, 'utf8'));
const added = [];

for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const places = [`${path ? `${path}/` : ''}node_modules/${name}`, `node_modules/${name}`];
    if (places.some((place) => lock.packages[place])) continue;
    if (!/^\d+\.\d+\.\d+/.test(version))
      throw new Error(`${name}@${version} of ${path} is no exact version`);
    const platform = platformOf(name);
    lock.packages[`node_modules/${name}`] = { version, ...platform, optional: true };
    added.push(`${name}@${version}`);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(lockfile, `${JSON.stringify(lock, null, 2)}\n`);
console.log(
  added.length > 0 ? `named ${added.length} packages of other platforms` : 'nothing was missing',
);

/** The platform in a name such as `@swc/core-linux-arm-gnueabihf`, as npm writes it into a lockfile. */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const os = words.find((word) => OSES.includes(word));
  const cpu = words.find((word) => CPUS.includes(word));
  if (!os || !cpu) throw new Error(`${name} is missing and names no platform`);
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : null;
  return { cpu: [cpu], ...(libc && { libc: [libc] }), os: [os] };
}
