import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlsOf, findFramework, OF_SEEN_TRAILS } from '../../src/core/posture/framework.ts';
import { frameworks, frameworksIn, postureRules } from '../../src/policies.ts';

const FOLDER = join(__dirname, '../../policies/frameworks');
const all = frameworks();
const checks = new Set(postureRules().map(({ id }) => id));

function framework(name: string) {
  const found = findFramework(name, all);
  if (!found) throw new Error(`there is no framework ${name}`);
  return found;
}

/** The checks that a framework maps to a control. */
function mapped(name: string, control: string): string[] {
  const found = framework(name).controls.find(({ id }) => id === control);
  return Object.keys(found?.checks ?? {});
}

test('the checks that have no finding where no trail is seen are those of trails and of what they deliver to', () => {
  const kinds = ['alarms', 'log-bucket', 'log-group', 'trail', 'trail-key', 'trail-sink'];
  const of = postureRules().filter(({ every }) => kinds.includes(every));
  expect([...OF_SEEN_TRAILS]).toEqual(of.map(({ id }) => id).sort());
});

test('the frameworks of this version are these', () => {
  expect(all.map(({ key }) => key)).toEqual([
    'AWS FSBP',
    'CIS AWS 1.4',
    'CIS AWS 1.5',
    'CIS AWS 2.0',
    'CIS AWS 3.0',
    'CIS AWS 4.0',
    'CIS AWS 5.0',
    'CIS AWS 6.0',
    'CIS AWS 7.0',
    'GDPR',
    'HIPAA',
    'KISA ISMS-P 2023',
    'ISO 27001:2022',
    'NIST 800-53 r5',
    'PCI DSS 4.0.1',
    'SOC 2',
  ]);
});

test.each<[string, RegExp]>([
  ['fsbp', /^(CloudTrail|Config|S3)\.\d+$/],
  ['cis 1.4', /^[234]\.\d+(\.\d+)?$/],
  ['cis 7.0', /^[2345]\.\d+(\.\d+)?$/],
  ['gdpr', /^Art\. \d+$/],
  ['hipaa', /^164\.3\d\d\([a-e]\)(\(\d\)(\([iv]+\)(\([A-D]\))?)?)?$/],
  ['isms-p', /^2\.\d{1,2}\.\d$/],
  ['iso', /^A\.[58]\.\d{1,2}$/],
  ['nist', /^[A-Z]{2}-\d+(\(\d+\))?$/],
  // A running number of a check (`10.3.2.4`) is no requirement; those of 10.2.1 have a fourth number.
  ['pci', /^(1[0-2]\.\d{1,2}\.\d|10\.2\.1\.[1-7]|10\.4\.1\.1)$/],
  ['soc 2', /^(CC\d|C1|PI1)\.\d$/],
])('the ids of %s are formed as its controls are', (name, form) => {
  for (const { id } of framework(name).controls) expect(id).toMatch(form);
});

test('every check that any framework names is there, and every check but those of money and tags serves one', () => {
  const named = new Set(
    all.flatMap(({ controls }) => controls.flatMap((one) => Object.keys(one.checks))),
  );
  expect([...named].filter((check) => !checks.has(check))).toEqual([]);
  expect([...checks].filter((check) => !named.has(check)).sort()).toEqual([
    'data-events-feedback-loop',
    'trail-duplicates',
    'trail-notifications',
    'trail-tags',
  ]);
});

test('the numbers of CIS move with its versions', () => {
  const numbers = (check: string) =>
    Object.entries(controlsOf(check, all)).flatMap(([key, ids]) =>
      key.startsWith('CIS') ? [`${key.slice(8)}: ${ids}`] : [],
    );
  expect(numbers('trail-kms-encryption')).toEqual([
    '1.4: 3.7',
    '1.5: 3.7',
    '2.0: 3.7',
    '3.0: 3.5',
    '4.0: 3.5',
    '5.0: 3.5',
    '6.0: 4.5',
    '7.0: 4.5',
  ]);
  expect(numbers('trail-cloudwatch-logs')).toEqual(['1.4: 3.4', '1.5: 3.4', '2.0: 3.4']);
  expect(numbers('data-events-s3').at(-1)).toBe('7.0: 4.8,4.9');
});

describe('errors of other tools’ mappings are not repeated', () => {
  test('PCI 10.6.3 speaks of clocks, and no check of ours does', () => {
    expect(mapped('pci', '10.6.3')).toEqual([]);
  });

  test('PCI 8.4 speaks of people who sign in, not of MFA delete', () => {
    expect(framework('pci').controls.filter(({ id }) => id.startsWith('8.'))).toEqual([]);
  });

  test('of PCI DSS v4.0.1 Security Hub lists CloudTrail.2, .3, .4, .6 and .7 only', () => {
    const listed = framework('pci').controls.flatMap(({ checks: its }) =>
      Object.entries(its).flatMap(([check, by]) => (by.includes('security-hub') ? [check] : [])),
    );
    expect([...new Set(listed)].sort()).toEqual([
      'log-bucket-access-logging',
      'log-bucket-not-public',
      'trail-kms-encryption',
      'trail-log-file-validation',
      'trail-logging',
    ]);
  });

  test.each([
    ['fsbp', 'S3.13'],
    ['iso', 'A.8.10'],
    ['soc 2', 'C1.2'],
  ])('%s %s asks that something is deleted in time, and no check of ours does', (name, control) => {
    expect(mapped(name, control)).toEqual([]);
  });

  test('PCI 10.3.1 speaks of who may read, and the check of the policy of who may write', () => {
    expect(mapped('pci', '10.3.1')).toEqual(['log-bucket-not-public']);
  });

  test('NIST AU-8 speaks of clocks', () => {
    expect(mapped('nist', 'AU-8')).toEqual([]);
  });

  test('the public-bucket and CloudWatch Logs controls of CIS ended with 2.0', () => {
    for (const { key, controls } of all.filter(({ key: name }) => /CIS AWS [3-7]/.test(name)))
      for (const { checks: its } of controls)
        expect([key, 'log-bucket-not-public' in its || 'trail-cloudwatch-logs' in its]).toEqual([
          key,
          false,
        ]);
  });
});

test('SOX is argued through SOC 2, and the report says so in both languages', () => {
  const { key, note } = framework('sox');
  expect(key).toBe('SOC 2');
  expect(note?.en).toContain('argued through');
  expect(note?.ko).toContain('SOX');
});

const files = readdirSync(FOLDER).map(
  (file) => [file, readFileSync(join(FOLDER, file), 'utf8')] as const,
);

test.each(files)('%s claims nothing', (_, text) => {
  expect(text).not.toMatch(/\b(prove[sdn]?|proof|compliant|compliance|certif\w+|guarantee\w*)\b/i);
  // The name of the Korean certification scheme is no claim of ours.
  expect(text.replace('ISMS-P 인증기준', '')).not.toMatch(
    /인증받|인증됨|인증되|준수합니다|(?<!자격 )증명|보장합니다/,
  );
});

test('whoever a framework says it is mapped by, is', () => {
  // Not every version of CIS has a mapping of each source; together they have.
  for (const { id, mappedBy } of all) {
    const family = all.filter(
      (one) => one.id.replace(/-\d\.\d$/, '') === id.replace(/-\d\.\d$/, ''),
    );
    const used = family.flatMap(({ controls }) =>
      controls.flatMap((one) => Object.values(one.checks).flat()),
    );
    expect([id, ...new Set(used)].sort()).toEqual([id, ...Object.keys(mappedBy)].sort());
  }
});

describe('a faulty framework is refused, and the file is named', () => {
  const control = { id: '1', title: { en: 'a', ko: '가' }, checks: { 'trail-logging': ['us'] } };
  const sound = {
    id: 'sound',
    key: 'Sound',
    title: { en: 'a', ko: '가' },
    mappedBy: { us: { en: 'us', ko: '우리' } },
    controls: [control],
  };
  const read = (differs: object) => () =>
    frameworksIn('sound.yml', JSON.stringify({ ...sound, ...differs }), checks);

  test('the sound one is accepted', () => {
    expect(read({})()).toHaveLength(1);
  });

  test.each<[string, object, RegExp]>([
    [
      'an unknown check',
      { controls: [{ ...control, checks: { 'trail-colour': ['us'] } }] },
      /trail-colour, which there is not/,
    ],
    ['a control twice', { controls: [control, control] }, /Sound has the control 1 twice/],
    ['a title without Korean', { controls: [{ ...control, title: { en: 'a' } }] }, /ko/],
    ['an unknown key', { colour: 'red' }, /colour/],
    [
      'a source without a name',
      { controls: [{ ...control, checks: { 'trail-logging': ['them'] } }] },
      /`mappedBy` does not name `them`/,
    ],
    [
      'a check without a source',
      { controls: [{ ...control, checks: { 'trail-logging': [] } }] },
      /trail-logging/,
    ],
    [
      'versions by id without versions',
      { controls: [{ ...control, id: { '1.0': '1' } }] },
      /an id for each version/,
    ],
    ['another id than the file’s name', { id: 'other' }, /holds the framework other/],
  ])('%s', (_, differs, complaint) => {
    expect(read(differs)).toThrow(complaint);
    expect(read(differs)).toThrow('policies/frameworks/sound.yml');
  });
});

describe('policies/README.md', () => {
  const readme = readFileSync(join(__dirname, '../../policies/README.md'), 'utf8');

  test.each(all.map(({ id, key }) => [id, key] as const))('names %s', (id, key) => {
    const [family = '', version = ''] = key.split(/ (?=\d\.\d$)/);
    const row = readme
      .split('\n')
      .find((line) => line.startsWith(`| \`${id.replace(/-\d\.\d$/, '')}`));
    expect(row).toContain(family);
    expect(row).toContain(version);
  });
});
