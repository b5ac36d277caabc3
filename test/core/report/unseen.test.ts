import { blindSpots, isExample } from '../../../src/core/report/unseen.ts';
import { aFinding } from '../../slack/samples.ts';

const dark = (id: string, reason: string) => ({ id, name: '', ou: '', visible: false, reason });
const hidden = (owner: string, check: string, detail = 'no') =>
  aFinding({ id: `${owner}${check}`, owner, check, status: 'NOT_VISIBLE', detail, subject: owner });

test('one missing role in many accounts is one reason, however many checks it hides', () => {
  const ids = Array.from({ length: 40 }, (_, at) => String(100000000000 + at));
  const spots = blindSpots({
    accounts: ids.map((id) => dark(id, `AccessDenied: arn:aws:iam::${id}:role/trailwarden-read`)),
    findings: ids.flatMap((id) => ['a', 'b', 'c'].map((check) => hidden(id, check))),
  });
  expect(spots).toHaveLength(1);
  expect(spots[0]?.accounts).toHaveLength(40);
  expect(spots[0]?.findings).toHaveLength(120);
  expect(spots.map(isExample)).toEqual([true]);
});

test('single checks of seen accounts stand by their own reason, refusals apart from errors', () => {
  const spots = blindSpots({
    accounts: [{ id: '1', name: '', ou: '', visible: true, reason: null }],
    findings: [
      hidden('1', 'a', 'Could not be seen: x'),
      hidden('1', 'b', 'Could not be seen: x'),
      { ...hidden('1', 'c', 'Could not be seen: x'), status: 'ERROR' },
      { ...hidden('1', 'd'), status: 'PASS' },
    ],
  });
  expect(spots.map(({ accounts, findings }) => [accounts.length, findings.length])).toEqual([
    [0, 2],
    [0, 1],
  ]);
  expect(spots.map(isExample)).toEqual([false, false]);
});

test('a closed account hides nothing', () => {
  const closed = { ...dark('1', 'SUSPENDED'), closed: true as const };
  expect(blindSpots({ accounts: [closed], findings: [] })).toEqual([]);
});
