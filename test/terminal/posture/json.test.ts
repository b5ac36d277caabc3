import { frameworks } from '../../../src/policies.ts';
import { postureJson } from '../../../src/terminal/posture/json.ts';
import { aFinding } from '../../slack/samples.ts';
import { fullScan, scanOf } from './example.ts';

test('the pieces together are the document', () => {
  const many = Array.from({ length: 1_001 }, (_, at) => aFinding({ id: `f-${at}` }));
  for (const scan of [fullScan(), scanOf([]), scanOf(many), scanOf(many.slice(0, 200))])
    expect([...postureJson(scan, null)].join('')).toBe(`${JSON.stringify(scan)}\n`);
});

test('what is not there is left out, as JSON leaves it out', () => {
  const scan = { ...fullScan(), kept: undefined };
  expect([...postureJson(scan as never, null)].join('')).toBe(`${JSON.stringify(scan)}\n`);
});

test('no piece is long, however many findings there are', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => aFinding({ id: `f-${at}` }));
  const longest = Math.max(...[...postureJson(scanOf(many), null)].map(({ length }) => length));
  expect(longest).toBeLessThan(500_000);
});

test('a framework stands after the scan, with the findings of each control by id', () => {
  const framework = frameworks().find(({ id }) => id === 'pci-dss-4') ?? null;
  const document = JSON.parse([...postureJson(fullScan(), framework)].join(''));
  expect(document.framework).toMatchObject({ id: 'pci-dss-4', key: 'PCI DSS 4.0.1' });
  const failing = document.framework.controls.filter(
    ({ worst }: { worst: string }) => worst === 'FAIL',
  );
  expect(failing.length).toBeGreaterThan(0);
  expect(failing[0].findings.length).toBeGreaterThan(0);
});
