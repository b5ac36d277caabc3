import {
  counted,
  perMonth,
  type Volume,
  type Volumes,
} from '../../../../src/core/posture/cost/volumes.ts';

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

/** What a month brings of the volumes that are meant. */
function month(files: Volumes, meant: (volume: Volume) => boolean) {
  return perMonth(files.counts.filter(meant), counted(files));
}

test('what was seen in some days is continued for thirty', () => {
  const files = volumes(volume(), volume({ day: '2026-11-11' }));
  expect(month(files, all)).toMatchObject({ events: 600, seen: 200, days: 10 });
});

test('every account goes on as in its own days, not in those of another', () => {
  const files = volumes(
    volume(),
    volume({ day: '2026-11-11' }),
    volume({ account: '2', day: '2026-11-03' }),
    volume({ account: '2', day: '2026-11-04' }),
  );
  expect(month(files, ({ account }) => account === '2')).toMatchObject({
    events: 3000,
    seen: 200,
    days: 2,
  });
  expect(month(files, all)).toEqual({
    events: 3600,
    seen: 400,
    days: 10,
    lost: 0,
    missing: 0,
  });
});

test('the days of an account are those of all its records, whatever is counted', () => {
  const files = volumes(
    volume({ kind: 'data-write' }),
    volume({ day: '2026-11-11', kind: 'data-read' }),
  );
  expect(month(files, ({ kind }) => kind === 'data-write')).toMatchObject({
    events: 300,
    days: 10,
  });
});

test('volumes are found by account and by bucket, whoever made the calls', () => {
  const mine = volume({ kind: 'data-write', bucket: 'b' });
  const theirs = volume({ account: '2', kind: 'data-write', bucket: 'b' });
  const { of, inBucket } = counted(volumes(volume(), mine, theirs));
  expect([of('1').length, of('2'), of('3')]).toEqual([2, [theirs], []]);
  expect([inBucket('b'), inBucket('c')]).toEqual([[mine, theirs], []]);
});

test('less than a day counts as one', () => {
  const hour = { ...volumes(volume()), last: '2026-11-01T13:00:00Z' };
  expect(month(hour, all)).toMatchObject({ events: 3000, seen: 100, days: 1 });
});

test('no such event is no volume, and not a volume of nothing', () => {
  expect(month(volumes(volume()), () => false)).toBeNull();
  expect(month({ ...volumes(), first: null, last: null }, all)).toBeNull();
});

test('an archive says for how long it holds an account: a quiet day counts, a lost one does not', () => {
  const archive = {
    accounts: {
      '1': { days: 10, lost: 2, missing: 3 },
      '2': { days: 4.5, lost: 5, missing: 1 },
      '3': { days: 0.2, lost: 0, missing: 0 },
    },
    unplaced: 0,
  };
  const files = {
    ...volumes(volume(), volume(), volume({ account: '2' }), volume({ account: '3' })),
    archive,
  };
  const of = (wanted: string) => month(files, ({ account }) => account === wanted);
  expect(of('1')).toEqual({ events: 600, seen: 200, days: 10, lost: 2, missing: 3 });
  expect(of('2')?.events).toBeCloseTo(667, 0);
  expect(of('3')).toMatchObject({ events: 3000, days: 1 });
  expect(month(files, all)).toMatchObject({ seen: 400, days: 10, lost: 5, missing: 4 });
});
