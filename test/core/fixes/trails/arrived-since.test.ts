import { deliveriesSince, digestsSince } from '../../../../src/core/fixes/trails/arrived-since.ts';

const at = '2026-11-22T10:00:00.000Z';
const after = (minutes: number) => ({
  at,
  now: new Date(Date.parse(at) + minutes * 60_000).toISOString(),
});

test.each([
  ['log files', deliveriesSince, 15],
  ['digests', digestsSince, 120],
])(
  '%s: what arrived since holds, what may yet come is not judged, what is late is told',
  (_, since, longest) => {
    const arrived = { lastSuccess: '2026-11-22T10:04:00.000Z', error: null };
    const old = { lastSuccess: '2026-11-22T09:58:00.000Z', error: null };
    expect(since(arrived, after(5))).toMatchObject({ holds: true });
    expect(since(old, after(longest - 1))).toBeUndefined();
    expect(since({ lastSuccess: null, error: 'AccessDenied' }, after(longest - 1))).toBeUndefined();
    expect(since(old, after(longest))).toMatchObject({ holds: false });
    const refused = since({ lastSuccess: null, error: 'AccessDenied' }, after(longest));
    expect(refused).toMatchObject({ holds: false });
    expect(refused?.told.en).toContain('AccessDenied');
    expect(refused?.told.ko).toContain('AccessDenied');
  },
);
