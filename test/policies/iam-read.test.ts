import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needs as lookupEvents } from '../../src/aws/evidence/lookup-events.ts';
import { factReaders } from '../../src/aws/facts/index.ts';
import { fixes } from '../../src/aws/fixes/index.ts';

const document: { Statement: { Effect: string; Action: string[]; Resource: string }[] } =
  JSON.parse(readFileSync(join(__dirname, '../../policies/iam/read.json'), 'utf8'));
const granted = document.Statement.flatMap(({ Action }) => Action);

test('the read role may do exactly what the readers, the event sources and the re-checks need', () => {
  const needed = new Set([
    ...factReaders.flatMap(({ needs }) => needs),
    ...lookupEvents,
    ...fixes.flatMap(({ needs }) => needs.read),
  ]);
  expect([...granted].sort()).toEqual([...needed].sort());
});

test('nothing is granted twice, by wildcard, or by another effect than Allow', () => {
  expect(new Set(granted).size).toBe(granted.length);
  expect(granted.filter((action) => action.includes('*'))).toEqual([]);
  expect(document.Statement.map(({ Effect }) => Effect)).toEqual(['Allow']);
});

test('it reads: no action changes anything, and none opens the logs themselves', () => {
  for (const action of granted)
    expect(action).toMatch(/^[a-z0-9]+:(Get|List|Describe|Lookup|Select)/);
  expect(granted).not.toContain('s3:GetObject');
});
