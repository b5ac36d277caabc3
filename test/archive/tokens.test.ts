import fc from 'fast-check';
import { createBatchBuilder } from '../../src/archive/batch-builder.ts';
import { scannerModule } from '../../src/archive/open-scanner.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import { tokensOf } from '../../src/archive/tokens.ts';
import { callerNames, isBy, roleNameOf } from '../../src/core/evidence/caller.ts';
import type { CloudTrailEvent } from '../../src/core/evidence/event.ts';
import { carries, namesIn } from '../../src/core/evidence/identifiers.ts';
import { leavesOf } from '../../src/core/evidence/leaves.ts';
import { parseEvent } from '../../src/core/evidence/parse-event.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { records } from './random-records.ts';

/** One for all records, as a worker has it: it takes long to make, and remembers what it met. */
const builder = createBatchBuilder(LIMITS, scannerModule());

/** A record as the core reads it, and the tokens that the archive makes of it; null where it is none. */
function readTwice(record: JsonObject): { event: CloudTrailEvent; tokens: Set<number> } | null {
  const file = Buffer.from(JSON.stringify({ Records: [record] }));
  builder.roomForFile(file.length).set(file);
  if (!builder.scan(file.length)) return null;
  builder.endFile({ name: 'a', size: 1, troubles: null, again: false });
  const { rows, parts } = builder.finish();
  const parsed = parseEvent(JSON.parse(JSON.stringify(record)), 'a');
  if (rows === 0 || 'rejected' in parsed) return null;
  return { event: parsed.event, tokens: new Set(parts.flatMap((part) => [...part.tokens])) };
}

const isHeld = (identifier: string, tokens: Set<number>) => {
  const asked = tokensOf(identifier);
  return asked === null || asked.some((token) => tokens.has(token));
};

test('of whatever the core says an event carries, the index holds a token', () => {
  fc.assert(
    fc.property(records, (record) => {
      const read = readTwice(record);
      if (!read) return;
      const { event, tokens } = read;
      const leaves = leavesOf(event).map(({ value }) => value);
      const names = leaves.flatMap((value) => [
        value,
        value.toUpperCase(),
        `${value}.`,
        `arn:aws:ec2:ap-northeast-2:111122223333:${value}`,
        ...namesIn(value),
        ...value.split(/[:/]/),
      ]);
      const missed = names.filter((name) => carries(event, name) && !isHeld(name, tokens));
      expect(missed).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('of whatever the core calls the caller of an event, the index holds a token', () => {
  const kinds = ['name', 'email', 'arn', 'role', 'access-key', 'instance'] as const;
  fc.assert(
    fc.property(records, (record) => {
      const read = readTwice(record);
      if (!read) return;
      const { event, tokens } = read;
      const { caller } = event;
      const called = callerNames(event);
      const names = [
        ...called,
        ...called.map((name) => name.split('@')[0]),
        caller.arn,
        caller.sessionIssuerArn,
        caller.accessKeyId,
        roleNameOf(caller),
      ].filter((name) => typeof name === 'string');
      const missed = names.filter(
        (value) => kinds.some((kind) => isBy({ kind, value }, event)) && !isHeld(value, tokens),
      );
      expect(missed).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
