import type { CoverageCell, Finding } from '../../../src/core/posture/finding.ts';
import {
  byControl,
  controlsOf,
  type Framework,
  Frameworks,
  findFramework,
} from '../../../src/core/posture/framework.ts';
import { frameworks } from '../../../src/policies.ts';
import { finding } from './sound-finding.ts';

const TEXT = { en: 'title', ko: '제목' };

function framework(differs: Partial<Framework> = {}): Framework {
  return {
    id: 'f',
    key: 'F',
    aliases: [],
    title: TEXT,
    note: null,
    mappedBy: { us: TEXT },
    controls: [
      { id: '1', title: TEXT, checks: { a: ['us'], b: ['us'] } },
      { id: '2', title: TEXT, checks: { b: ['us'] } },
    ],
    ...differs,
  };
}

test('the controls of a check are named by the framework’s key; a framework without one is left out', () => {
  const all = [framework(), framework({ key: 'G', controls: [] })];
  expect(controlsOf('b', all)).toEqual({ F: ['1', '2'] });
  expect(controlsOf('a', all)).toEqual({ F: ['1'] });
  expect(controlsOf('unmapped', all)).toEqual({});
});

describe('people name frameworks in many ways', () => {
  test.each([
    ['pci', 'PCI DSS 4.0.1'],
    ['PCI-DSS', 'PCI DSS 4.0.1'],
    ['pci-dss-4', 'PCI DSS 4.0.1'],
    ['PCI DSS 4.0.1', 'PCI DSS 4.0.1'],
    ['cis', 'CIS AWS 7.0'],
    ['cis 3.0', 'CIS AWS 3.0'],
    ['CIS AWS 3.0', 'CIS AWS 3.0'],
    ['cis-aws-1.4', 'CIS AWS 1.4'],
    ['cis v5.0', 'CIS AWS 5.0'],
    ['cis 3', 'CIS AWS 3.0'],
    ['isms-p', 'KISA ISMS-P 2023'],
    ['ISMS', 'KISA ISMS-P 2023'],
    ['정보보호 관리체계', 'KISA ISMS-P 2023'],
    ['sox', 'SOC 2'],
    ['soc 2', 'SOC 2'],
    ['nist', 'NIST 800-53 r5'],
    ['hipaa', 'HIPAA'],
    ['gdpr', 'GDPR'],
    ['iso 27001', 'ISO 27001:2022'],
    ['fsbp', 'AWS FSBP'],
  ])('%s is %s', (words, key) => {
    expect(findFramework(words, frameworks())?.key).toBe(key);
  });

  test.each(['', 'cis 9.0', 'payments', 'p'])('%j is none', (words) => {
    expect(findFramework(words, frameworks())).toBeUndefined();
  });

  test('no name means two frameworks', () => {
    const all = frameworks();
    for (const { id, key, aliases } of all)
      for (const name of [id, key, ...aliases])
        expect([name, findFramework(name, all)?.id]).toEqual([name, id]);
  });
});

describe('a scan by control', () => {
  test('each control has the findings of its checks and the worst of their outcomes', () => {
    const findings = [
      finding({ check: 'a', status: 'FAIL' }),
      finding({ check: 'b', status: 'NOT_VISIBLE' }),
      finding({ check: 'b', status: 'PASS' }),
      finding({ check: 'c', status: 'FAIL' }),
    ];
    const judged = byControl({ findings, coverage: [] }, framework());
    expect(
      judged.map(({ control, findings: its, worst }) => [control.id, its.length, worst]),
    ).toEqual([
      ['1', 3, 'FAIL'],
      ['2', 2, 'NOT_VISIBLE'],
    ]);
  });

  test('what could not be seen is never counted as sound', () => {
    const findings = [
      finding({ check: 'a', status: 'PASS' }),
      finding({ check: 'a', status: 'ERROR' }),
    ];
    expect(byControl({ findings, coverage: [] }, framework())[0]?.worst).toBe('ERROR');
  });

  test('a control of trails is not met while the trails of an account are unread', () => {
    const dark = finding({
      check: 'trail-logging',
      status: 'NOT_VISIBLE',
      subject: '444455556666',
      owner: '444455556666',
    });
    const sound = finding({ check: 'trail-kms-encryption', status: 'PASS' });
    const all = { ...framework(), controls: framework().controls.slice(0, 1) };
    const encrypted = all.controls.map((one) => ({
      ...one,
      checks: { 'trail-kms-encryption': ['us'] },
    }));
    const of = (findings: Finding[], coverage: CoverageCell[] = []) =>
      byControl({ findings, coverage }, { ...all, controls: encrypted })[0];
    expect(of([sound, dark])).toMatchObject({ worst: 'NOT_VISIBLE', findings: [sound, dark] });
    // Its trails were seen, and whether they are logging was not.
    const cell: CoverageCell = {
      account: '444455556666',
      region: 'us-east-1',
      managementRead: false,
      managementWrite: false,
      dataEvents: [],
      trails: [],
    };
    expect(of([sound, dark], [cell])?.worst).toBe('PASS');
    expect(of([dark])?.worst).toBeNull();
  });

  test('an accepted fault is as wrong as any', () => {
    const exception = { reason: 'r', owner: 'o', expires: '2027-01-01', expired: false };
    const [one] = byControl(
      { findings: [finding({ check: 'a', status: 'FAIL', exception })], coverage: [] },
      framework(),
    );
    expect(one?.worst).toBe('FAIL');
  });

  test('a control whose checks were not judged says nothing', () => {
    expect(
      byControl({ findings: [], coverage: [] }, framework()).map(({ worst }) => worst),
    ).toEqual([null, null]);
  });
});

describe('versions', () => {
  const file = {
    id: 'v',
    key: 'V',
    title: TEXT,
    versions: ['1', '2', '3'],
    mappedBy: { us: TEXT },
    controls: [
      { id: { '1 - 2': 'old', '3': 'new' }, title: TEXT, checks: { a: ['us'] } },
      { id: { '3': 'only' }, title: TEXT, checks: { a: ['us'] } },
    ],
  };

  test('a control has its number of each version, and is not in those that lack it', () => {
    const found = Frameworks.parse(file).map(({ key, controls }) => [
      key,
      controls.map(({ id }) => id),
    ]);
    expect(found).toEqual([
      ['V 1', ['old']],
      ['V 2', ['old']],
      ['V 3', ['new', 'only']],
    ]);
  });

  test.each([
    ['a version that there is not', { ...file.controls[0], id: { '4': 'x' } }, /`4` is none of/],
    ['a range backwards', { ...file.controls[0], id: { '2 - 1': 'x' } }, /`2 - 1` is none of/],
    ['one id for all', { ...file.controls[0], id: 'x' }, /an id for each version/],
    [
      'a control twice',
      { ...file.controls[0], id: { '1 - 3': 'only' } },
      /V 3 has the control only twice/,
    ],
  ])('%s is refused', (_, control, complaint) => {
    const { error } = Frameworks.safeParse({ ...file, controls: [control, file.controls[1]] });
    expect(error?.message).toMatch(complaint);
  });
});
