import fc from 'fast-check';
import { addressIn } from '../../src/core/evidence/address.ts';
import { isBy } from '../../src/core/evidence/caller.ts';
import { conclude } from '../../src/core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../../src/core/evidence/event.ts';
import { carries } from '../../src/core/evidence/identifiers.ts';
import { leavesOf } from '../../src/core/evidence/leaves.ts';
import { parseEvent } from '../../src/core/evidence/parse-event.ts';
import { issuedKeyOf } from '../../src/core/evidence/person.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Plan } from '../../src/core/questions/plan.ts';
import { found, soundPlan } from '../core/evidence/sound.ts';
import { ANYTHING, listed, logFile, withArchive } from './archives.ts';
import { countable, records } from './random-records.ts';

const eventsOf = (all: JsonObject[]): CloudTrailEvent[] =>
  all.flatMap((record) => {
    const parsed = parseEvent(JSON.parse(JSON.stringify(record)), 'a');
    return 'event' in parsed ? [parsed.event] : [];
  });

const key = (event: CloudTrailEvent) => JSON.stringify({ ...event, origin: '' });

// A run makes an archive: what fails is told as it is, with its seed. To make it smaller (minutes), take
// `endOnFailure` away and give the seed.
const ONCE = { numRuns: 6, endOnFailure: true };

// 6 archives of up to 80 records.
test('an archive gives back every event that was put in, exactly as parsing tells it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(records, { minLength: 1, maxLength: 80, size: 'max' }),
      async (all) => {
        await withArchive([logFile('a', all)], async (archive) => {
          const got = (await archive.select(ANYTHING)).map(key);
          const wanted = eventsOf(all).map(key);
          // Of several with one id and one time, one is kept.
          expect(got.filter((one) => !wanted.includes(one))).toEqual([]);
          const ids = (list: string[]) => {
            const marks = list.map((one) => {
              const { eventID, eventTime, record } = JSON.parse(one) as CloudTrailEvent;
              const sound = /^[0-9a-f-]{36}$/i.test(eventID);
              return sound ? `${eventID.toLowerCase()} ${eventTime}` : JSON.stringify(record);
            });
            return [...new Set(marks)].sort();
          };
          expect(ids(got)).toEqual(ids(wanted));
        });
      },
    ),
    ONCE,
  );
}, 120_000);

// 6 archives of up to 30 records, each record asked for by all that it carries.
test('whatever the core says an event carries, selects it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(records, { minLength: 1, maxLength: 30, size: 'max' }),
      async (all) => {
        await withArchive([logFile('a', all)], async (archive) => {
          const kept = await archive.select(ANYTHING);
          const has = (events: CloudTrailEvent[], event: CloudTrailEvent) =>
            events.some((one) => key(one) === key(event));
          for (const event of kept) {
            const leaves = leavesOf(event).map(({ value }) => value);
            const parts = leaves.flatMap((value) => [value, ...value.split(/[:/]/)]);
            for (const id of new Set([
              ...parts,
              `${parts[0]}.`,
              'i-0dbc91f429e48eeed',
              's3://bora-orders/x',
            ])) {
              if (!carries(event, id)) continue;
              const selected = await archive.select({ ...ANYTHING, resources: [id] });
              expect([id, has(selected, event)]).toEqual([id, true]);
            }
            const { caller } = event;
            const names = [
              caller.userName,
              caller.arn,
              caller.principalId,
              'carol',
              'orgadmin',
              caller.sourceIdentity,
            ];
            for (const value of names.filter((name) => name !== null)) {
              for (const kind of ['name', 'email', 'arn', 'role'] as const) {
                if (!isBy({ kind, value }, event)) continue;
                const selected = await archive.select({ ...ANYTHING, actors: [value] });
                expect([kind, value, has(selected, event)]).toEqual([kind, value, true]);
              }
            }
            for (const range of [
              '203.0.113.0/24',
              '203.0.112.0/21',
              '203.0.113.10',
              '198.51.100.7/32',
              '2001:db8::/32',
              '0.0.0.0/0',
              '203.0.113.8/29',
            ]) {
              if (!addressIn(event.sourceIPAddress, range)) continue;
              const selected = await archive.select({ ...ANYTHING, addresses: [range] });
              expect([range, has(selected, event)]).toEqual([range, true]);
            }
            const byId = await archive.select({ ...ANYTHING, eventIds: [event.eventID] });
            expect([event.eventID, has(byId, event)]).toEqual([event.eventID, true]);
            const issued = issuedKeyOf(event);
            if (issued)
              expect(has((await archive.issued([issued])).get(issued) ?? [], event)).toBe(true);
          }
        });
      },
    ),
    ONCE,
  );
}, 240_000);

const plans: fc.Arbitrary<Partial<Plan>> = fc.record(
  {
    accounts: fc.constantFrom<Plan['accounts']>('all', ['111122223333']),
    regions: fc.constantFrom<Plan['regions']>(
      'all',
      ['ap-northeast-2'],
      ['eu-west-1', 'us-east-1'],
    ),
    eventNames: fc.constantFrom<string[]>([], ['CreateFunction'], ['AssumeRole', 'DeleteUser']),
    eventSources: fc.constantFrom<string[]>([], ['iam.amazonaws.com']),
    verbs: fc.constantFrom<Plan['verbs']>([], ['delete'], ['assume', 'create']),
    outcome: fc.constantFrom<Plan['outcome']>('any', 'ok', 'denied', 'failed', 'throttled'),
    readOnly: fc.constantFrom(null, true, false),
    via: fc.constantFrom<Plan['via']>([], ['console'], ['iac', 'service']),
    addresses: fc.constantFrom<string[]>([], ['203.0.113.0/24']),
    resourceType: fc.constantFrom(null, 'iam-user'),
    order: fc.constantFrom<Plan['order']>('newest', 'oldest', 'count'),
    time: fc.constantFrom<Plan['time']>(
      {
        from: '2026-11-01T00:00:00Z',
        to: '2026-12-01T00:00:00Z',
        zone: 'Asia/Seoul',
        assumed: false,
      },
      {
        from: '2026-11-20T00:00:00Z',
        to: '2026-11-20T12:00:00Z',
        zone: 'Asia/Kathmandu',
        assumed: true,
      },
    ),
    except: fc.constantFrom<Plan['except']>(
      soundPlan().except,
      { ...soundPlan().except, regions: ['eu-west-1'], via: ['cli'] },
      {
        ...soundPlan().except,
        eventNames: ['GetObject'],
        addresses: ['198.51.100.0/24'],
        accounts: ['444455556666'],
      },
    ),
    groupBy: fc.subarray(
      [
        'actor',
        'account',
        'region',
        'event',
        'source',
        'address',
        'day',
        'hour',
        'error',
        'via',
      ] as const,
      { maxLength: 3 },
    ) as fc.Arbitrary<Plan['groupBy']>,
  },
  { requiredKeys: [] },
);

/**
 * 3 archives of up to 200 events in three segments, 60 plans each. What takes time is to make an archive,
 * so only the plans are tried again and made smaller where one fails; its seed makes the same records.
 */
test('a tally is what the core concludes from every event', async () => {
  for (const maxLength of [6, 60, 200]) {
    const [seed = 0] = fc.sample(fc.integer(), 1);
    const [all = []] = fc.sample(fc.array(countable, { minLength: 3, maxLength, size: 'max' }), {
      seed,
      numRuns: 1,
    });
    await withArchive([], async (archive) => {
      const third = Math.ceil(all.length / 3);
      for (const n of [0, 1, 2]) {
        const file = logFile(`f${n}`, all.slice(n * third, (n + 1) * third));
        await archive.ingest(listed([file]));
      }
      const events = await archive.select(ANYTHING);
      await fc.assert(
        fc.asyncProperty(plans, async (difference) => {
          const plan = soundPlan({ shape: 'count', ...difference });
          const asked = { id: '1', question: '', language: 'en' as const, echo: '', plan };
          const answer = conclude(asked, [{ source: 'archive', found: found(events) }], new Map());
          expect(await archive.tally(plan)).toEqual({
            total: answer.total,
            calls: answer.calls ?? answer.total,
            groups: answer.groups,
            spread: answer.spread,
          });
        }),
        { seed, numRuns: 60 },
      );
    });
  }
}, 120_000);

test('what columns do not hold is not counted by them', async () => {
  await withArchive([logFile('a', [{ eventName: 'A', eventSource: 'x' }])], async (archive) => {
    for (const difference of [
      { resources: ['i-1'] },
      { alsoResources: ['x'] },
      { actor: { kind: 'name' as const, value: 'a' } },
      { content: { kind: 'public' as const } },
      { groupBy: ['resource' as const] },
      { measure: 'bytes' as const },
      { shape: 'detect' as const },
      // The only record has no time, and the window was asked for.
      {},
    ])
      expect(await archive.tally(soundPlan(difference))).toBeNull();
  });
});
