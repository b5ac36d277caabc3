import { perMonth, type Volume, type Volumes } from '../../../src/core/posture/volumes.ts';

function volume(differs: Partial<Volume> = {}): Volume {
  return {
    account: '1',
    region: 'eu-west-1',
    day: '2026-11-01',
    kind: 'management-write',
    bucket: null,
    events: 100,
    ...differs,
  };
}

/** Log files of ten days. */
function volumes(...counts: Volume[]): Volumes {
  return { counts, first: '2026-11-01T12:00:00Z', last: '2026-11-11T12:00:00Z', unread: 0 };
}

const all = () => true;

test('what was seen in some days is continued for thirty', () => {
  const files = volumes(volume(), volume({ day: '2026-11-11' }));
  expect(perMonth(files, all)).toEqual({ events: 600, seen: 200, days: 10 });
});

test('every account goes on as in its own days, not in those of another', () => {
  const files = volumes(
    volume(),
    volume({ day: '2026-11-11' }),
    volume({ account: '2', day: '2026-11-03' }),
    volume({ account: '2', day: '2026-11-04' }),
  );
  expect(perMonth(files, ({ account }) => account === '2')).toEqual({
    events: 3000,
    seen: 200,
    days: 2,
  });
  expect(perMonth(files, all)).toEqual({ events: 3600, seen: 400, days: 10 });
});

test('the days of an account are those of all its records, whatever is counted', () => {
  const files = volumes(
    volume({ kind: 'data-write' }),
    volume({ day: '2026-11-11', kind: 'data-read' }),
  );
  expect(perMonth(files, ({ kind }) => kind === 'data-write')).toMatchObject({
    events: 300,
    days: 10,
  });
});

test('less than a day counts as one', () => {
  const hour = { ...volumes(volume()), last: '2026-11-01T13:00:00Z' };
  expect(perMonth(hour, all)).toEqual({ events: 3000, seen: 100, days: 1 });
});

test('no such event is no volume, and not a volume of nothing', () => {
  expect(perMonth(volumes(volume()), () => false)).toBeNull();
  expect(perMonth({ ...volumes(), first: null, last: null }, all)).toBeNull();
});
