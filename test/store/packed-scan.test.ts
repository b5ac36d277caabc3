import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Finding } from '../../src/core/posture/finding.ts';
import { failingIn, packed, unpacked } from '../../src/store/packed-scan.ts';
import { openFinding, scanWith } from '../jobs/fix-world.ts';

/** Thirty findings about all of ten thousand accounts, which name them in one and the same list. */
function wide(): Finding[] {
  const covers = Array.from({ length: 10_000 }, (_, index) => String(700_000_000_000 + index));
  return Array.from({ length: 30 }, (_, index) => ({
    ...openFinding(),
    id: `finding-${index}`,
    covers: index === 0 ? ['111122223333'] : covers,
  }));
}

test('accounts that many findings concern are written down once, and shared again when read', () => {
  const scan = scanWith(wide());
  const { head, parts } = packed(scan);
  const bodies = [...parts];
  const written = bodies.reduce((sum, body) => sum + inflateRawSync(body).length, 0);
  // One list takes 150 KB; thirty of them would be 4.5 MB.
  expect(written).toBeLessThan(400_000);
  const read = unpacked(head, bodies);
  expect(read).toEqual(scan);
  expect(read.findings[1]?.covers).toBe(read.findings[29]?.covers);
  expect(failingIn(head, bodies)).toEqual(scan.findings);
});

test('no part is a text of a megabyte, however many findings there are', () => {
  const one = openFinding();
  const findings = Array.from({ length: 3_000 }, (_, index) => ({
    ...one,
    id: `finding-${index}`,
  }));
  for (const body of packed(scanWith(findings)).parts)
    expect(inflateRawSync(body).length).toBeLessThan(1_000_000);
});

test('a stored scan that points at accounts it does not hold is refused', () => {
  const scan = scanWith(wide().slice(0, 2));
  const { head, parts } = packed(scan);
  const [body] = [...parts].filter((part) => inflateRawSync(part).includes('"covers"'));
  if (!body) throw new Error('the scan has a part with findings');
  const broken = JSON.parse(inflateRawSync(body).toString('utf8'));
  broken.covers = [];
  expect(() => unpacked(head, [deflateRawSync(JSON.stringify(broken))])).toThrow(
    'points at a list that it does not hold',
  );
});
