import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const src = join(__dirname, '../src');

/** Who may know whom. Files at the top of src wire everything together and may import all. */
const mayImport: { [folder: string]: RegExp } = {
  core: /^(zod$|fastest-levenshtein$|core\/)/,
  jobs: /^(core|jobs)\//,
  aws: /^(zod|@aws-sdk\/|@smithy\/|core\/|aws\/)/,
  slack: /^(@slack\/|zod$|core\/|slack\/)/,
  store: /^(node:|core\/|store\/)/,
  confirm: /^(node:|openid-client$|zod$|core\/|confirm\/)/,
  archive: /^(@duckdb\/|node:|core\/|archive\/)/,
  terminal: /^(node:|cli-progress|core\/|terminal\/)/,
  // The terminal's verbs and the doctor put edges together, as the files at the top of src do.
  commands: /./,
  doctor: /./,
  sandbox: /^(node:|zod|yaml|ws|@aws-sdk\/|@smithy\/|@slack\/types|core\/|sandbox\/)/,
};

/** The few exceptions, each with its reason. */
const exceptions: { [file: string]: string[] } = {
  // A hash is a pure function; the standard library has the one that auditors trust.
  'core/hash.ts': ['node:crypto'],
  // Clients are shared by all accounts: who calls must follow the call through the SDK's own promises.
  'aws/calling.ts': ['node:async_hooks'],
  // Signatures are made of hashes, thousands of them in a scan: the standard library's are the fast ones.
  'aws/signing-hash.ts': ['node:crypto'],
};

/** What only these files at the top of src may import, because they choose between worlds. */
const sandboxIsKnownTo = ['play-sandbox.ts', 'commands/stage.ts'];

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split('\\').join('/'))
  .filter((file) => file.endsWith('.ts'));

describe.each(Object.entries(mayImport))('src/%s', (folder, allowed) => {
  const inside = files.filter((file) => file.startsWith(`${folder}/`));

  test('is there', () => expect(inside).not.toEqual([]));

  test.each(inside)('%s imports inward only', (file) => {
    const wrong = importsOf(file).filter(
      (name) => !allowed.test(name) && !exceptions[file]?.includes(name),
    );
    expect(wrong).toEqual([]);
  });
});

test('every folder of src has a rule', () => {
  const folders = new Set(
    files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]),
  );
  expect([...folders].sort()).toEqual(Object.keys(mayImport).sort());
});

test('no product code knows of the sandbox', () => {
  const who = files.filter(
    (file) =>
      !file.startsWith('sandbox/') && importsOf(file).some((name) => name.startsWith('sandbox/')),
  );
  expect(who.filter((file) => !sandboxIsKnownTo.includes(file))).toEqual([]);
});

test('what the product imports is installed with it', () => {
  const { dependencies } = JSON.parse(readFileSync(join(src, '../package.json'), 'utf8'));
  const packages = files
    .flatMap(importsOf)
    .filter((name) => !name.startsWith('node:') && !files.includes(name))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
  const missing = packages.filter((name) => !(name in dependencies));
  expect([...new Set(missing)]).toEqual([]);
});

test('the core asks for no time, no chance and no environment', () => {
  const impure =
    /new Date\(\)|Date\.now\(|Math\.random\(|process\.|fetch\(|setTimeout\(|setInterval\(/;
  const offenders = files
    .filter((file) => file.startsWith('core/'))
    .filter((file) => impure.test(withoutComments(readFileSync(join(src, file), 'utf8'))));
  expect(offenders).toEqual([]);
});

/** Every module that a file names, in `import`, `export … from`, `import()` and `require()`. */
function importsOf(file: string): string[] {
  const text = withoutComments(readFileSync(join(src, file), 'utf8'));
  const named = [
    ...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'/gm),
    ...text.matchAll(/^import\s+'([^']+)'/gm),
    ...text.matchAll(/\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g),
  ];
  return named.map(([, name = '']) =>
    name.startsWith('.') ? posix.join(dirname(file), name) : name,
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
