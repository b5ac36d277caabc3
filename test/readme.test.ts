import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseConfigFile } from '../src/config.ts';
import { SLACK_SCOPES } from '../src/doctor/slack.ts';
import { postureRules } from '../src/policies.ts';

const root = join(__dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');

test.each(postureRules().map(({ id }) => id))('the README names the check %s', (check) => {
  expect(readme).toContain(`\`${check}\``);
});

test('the README names every verb of the terminal', () => {
  const verbs = [...read('src/commands/index.ts').matchAll(/program\n\s+\.command\('(\w+)/g)].map(
    ([, verb]) => verb,
  );
  expect(verbs.length).toBeGreaterThan(5);
  for (const verb of verbs) expect(readme).toContain(`trailwarden ${verb}`);
});

test('the README names every variable of the environment that is ours', () => {
  const ours = read('src/config.ts').match(/\b(SLACK|TRAILWARDEN)_[A-Z_]+\b/g) ?? [];
  // This one only the sandbox sets.
  for (const name of new Set(ours))
    if (name !== 'TRAILWARDEN_SIMULATED') expect(readme).toContain(name);
});

test('the configuration in the README is a configuration', () => {
  const yaml = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(parseConfigFile(yaml, 'README.md').digests).toHaveLength(1);
});

test('its pictures exist', () => {
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path ?? '');
  expect(pictures.length).toBeGreaterThan(0);
  for (const picture of pictures) expect(existsSync(join(root, picture))).toBe(true);
});

test('the Slack manifest asks for exactly the scopes that the doctor looks for', () => {
  const manifest = parse(read('policies/slack-manifest.yml'));
  expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(SLACK_SCOPES.toSorted());
});

test('every file that the documents name exists', () => {
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    'SECURITY.md',
    'DECISIONS.md',
    'policies/README.md',
  ];
  const named = documents.flatMap((file) => [
    ...read(file).matchAll(/`((?:src|test|policies|bench|scripts)\/[\w./-]+)`/g),
  ]);
  expect(named.length).toBeGreaterThan(20);
  const missing = named
    .map(([, path = '']) => path)
    .filter((path) => !existsSync(join(root, path)));
  expect(missing).toEqual([]);
});
