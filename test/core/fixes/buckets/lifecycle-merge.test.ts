import fc from 'fast-check';
import { isAboutLogs, keptLongEnough } from '../../../../src/core/fixes/buckets/lifecycle-merge.ts';
import {
  isEnabled,
  isNarrowed,
  type LifecycleRule,
  prefixOf,
} from '../../../../src/core/fixes/buckets/lifecycle-rule.ts';
import type { LifecycleRule as Judged } from '../../../../src/core/posture/facts.ts';
import { lifecycleGaps } from '../../../../src/core/posture/guards/lifecycle.ts';

const by = { api: 's3:GetLifecycleConfiguration', account: '1', region: 'r', at: 'now' };
const day = fc.integer({ min: 1, max: 3_000 });
const prefix = fc.constantFrom('', 'AWSLogs/', 'AWSLogs/1/Config/', 'reports/', 'p/', 'p/AWSLogs/');
const moment = fc.oneof(
  day.map((Days) => ({ Days })),
  fc.constant({ Date: '2030-01-01T00:00:00.000Z' }),
);
const filter = fc.oneof(
  prefix.map((Prefix) => ({ Prefix })),
  prefix.map((Prefix) => ({ And: { Prefix, Tags: [{ Key: 'a', Value: 'b' }] } })),
  fc.constant({ ObjectSizeLessThan: 10 }),
);
const rules: fc.Arbitrary<LifecycleRule[]> = fc.uniqueArray(
  fc.record(
    {
      ID: fc.constantFrom('a', 'b', 'c', 'trailwarden-log-files', 'trailwarden-log-files-2'),
      Status: fc.constantFrom('Enabled', 'Disabled'),
      Filter: filter,
      Expiration: moment,
      Transitions: fc.array(fc.record({ Days: day, StorageClass: fc.constant('GLACIER') }), {
        minLength: 1,
        maxLength: 2,
      }),
      NoncurrentVersionExpiration: day.map((NoncurrentDays) => ({ NoncurrentDays })),
      AbortIncompleteMultipartUpload: fc.constant({ DaysAfterInitiation: 3 }),
      Unheard: fc.constant('of'),
    },
    { requiredKeys: ['ID', 'Status', 'Filter'] },
  ),
  { selector: ({ ID }) => ID, maxLength: 4 },
);
const keeping = fc.record({
  retentionDays: fc.integer({ min: 1, max: 2_000 }),
  logPrefixes: fc.constantFrom<string[]>(['AWSLogs/'], ['p/AWSLogs/'], ['AWSLogs/', 'p/AWSLogs/']),
});

/** A moment as days from now, as the judgement counts; a date is always too early. */
const days = (one: LifecycleRule['Expiration']) => one?.Days ?? (one?.Date ? 0 : null);

function judged(rule: LifecycleRule): Judged {
  return {
    id: rule.ID ?? '',
    enabled: isEnabled(rule),
    prefix: prefixOf(rule),
    narrowed: isNarrowed(rule),
    expirationDays: days(rule.Expiration),
    ...(rule.Expiration?.Date && { onDate: true as const }),
    noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays ?? null,
    transitions: [],
  };
}

test('afterwards no rule deletes log files too early, as the posture judges it', () => {
  fc.assert(
    fc.property(rules, keeping, (before, about) => {
      const lifecycle = { seen: keptLongEnough(before, about).map(judged), by };
      const protection = {
        lifecycle,
        versioning: { seen: { versioning: true, mfaDelete: false }, by },
        objectLock: { seen: null, by },
      };
      const gaps = lifecycleGaps(
        protection as unknown as Parameters<typeof lifecycleGaps>[0],
        about.logPrefixes,
        about.retentionDays,
      );
      expect(gaps).toEqual({ seen: [] });
    }),
  );
});

test('no rule goes, none moves, and one about anything else stays to the letter', () => {
  fc.assert(
    fc.property(rules, keeping, (before, about) => {
      const after = keptLongEnough(before, about);
      for (const [index, rule] of before.entries()) {
        const now = after[index];
        expect(now?.ID).toBe(rule.ID);
        if (!isAboutLogs(rule, about)) expect(now).toEqual(rule);
        else {
          // Only how long it keeps may differ, and only to longer.
          const { Expiration, NoncurrentVersionExpiration: old, Status, ...rest } = rule;
          const { Expiration: e, NoncurrentVersionExpiration: n, Status: s, ...others } = now ?? {};
          expect(others).toEqual(rest);
          expect([Status, 'Disabled']).toContain(s);
          expect(e === undefined).toBe(Expiration === undefined);
          if (Expiration?.Days !== undefined)
            expect(e?.Days).toBeGreaterThanOrEqual(Expiration.Days);
          if (old) expect(n?.NoncurrentDays).toBeGreaterThanOrEqual(old.NoncurrentDays ?? 0);
        }
      }
      const ids = after.map(({ ID }) => ID);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('to merge twice changes nothing', () => {
  fc.assert(
    fc.property(rules, keeping, (before, about) => {
      const once = keptLongEnough(before, about);
      expect(keptLongEnough(once, about)).toEqual(once);
    }),
  );
});

test('what no rule ever deleted is not deleted by ours, unless there was no rule at all', () => {
  fc.assert(
    fc.property(rules, keeping, (before, about) => {
      const expires = before.some((rule) => isAboutLogs(rule, about) && rule.Expiration);
      const ours = keptLongEnough(before, about).slice(before.length);
      if (before.length > 0 && !expires)
        for (const { Expiration } of ours) expect(Expiration).toBeUndefined();
    }),
  );
});

test('ours never deletes earlier than a rule that keeps longer', () => {
  const years = {
    ID: 'years',
    Status: 'Enabled',
    Filter: { Prefix: 'AWSLogs/o-bora12345/' },
    Expiration: { Days: 2_557 },
  };
  const [, ours] = keptLongEnough([years], { retentionDays: 365, logPrefixes: ['AWSLogs/'] });
  expect(ours?.Expiration).toEqual({ Days: 2_557 });
});

test('a rule with dates only rests, for S3 takes no days beside dates', () => {
  const dated = {
    ID: 'dated',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    Expiration: { Date: '2027-01-01T00:00:00.000Z' },
    Transitions: [{ Date: '2026-12-01T00:00:00.000Z', StorageClass: 'GLACIER' }],
  };
  const [first] = keptLongEnough([dated], { retentionDays: 365, logPrefixes: ['AWSLogs/'] });
  expect(first).toEqual({ ...dated, Status: 'Disabled' });
});

test('beside rules without a filter ours has none either, for S3 takes no mixture', () => {
  const first = { ID: 'first', Status: 'Enabled', Prefix: '', Expiration: { Days: 3 } };
  const [, ours] = keptLongEnough([first], { retentionDays: 365, logPrefixes: ['AWSLogs/'] });
  expect(ours).toMatchObject({ ID: 'trailwarden-log-files', Prefix: 'AWSLogs/' });
  expect(ours?.Filter).toBeUndefined();
});
