import type { TrailHistory } from '../../src/core/evidence/recording-as-of.ts';
import { recordingOver } from '../../src/jobs/recording.ts';
import { soundPlan } from '../core/evidence/sound.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1' };
const NOW = '2026-11-22T12:00:02Z';
const history: TrailHistory = {
  changes: [],
  since: '2026-08-24T12:00:02Z',
  dark: [],
  heads: [],
};
const seen: Parameters<typeof recordingOver>[0]['seen'] = {
  accounts: [
    {
      id: PLACE.account,
      name: 'one',
      regions: { seen: [PLACE.region] },
      trails: { seen: ['arn:aws:cloudtrail:eu-west-1:111122223333:trail/t'] },
    },
  ],
  trails: [
    {
      arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/t',
      homeRegion: PLACE.region,
      multiRegion: true,
      organization: false,
      logging: true,
      loggingSince: null,
      undeliveredSince: null,
      selectors: {
        basic: [
          { readWriteType: 'All', managementEvents: true, excludedSources: [], dataResources: [] },
        ],
      },
      accounts: [PLACE.account],
    },
  ],
  managementAccount: PLACE.account,
  unread: [],
  readAt: NOW,
};

/** What was recorded of deletions since this moment, as of two seconds after the plan was made. */
function recordedSince(from: string) {
  const plan = soundPlan({
    eventNames: ['DeleteBucket'],
    eventSources: ['s3.amazonaws.com'],
    time: { from, to: '2026-11-22T12:00:00Z', zone: 'UTC', assumed: true },
  });
  const world = { now: () => new Date(NOW) } as Parameters<typeof recordingOver>[2];
  const { asked } = recordingOver({ places: [PLACE], seen, history }, plan, world);
  return asked.flatMap(({ places }) => places.flatMap(({ stretches }) => stretches));
}

test('the seconds between the question and the look at Event history are no gap', () => {
  expect(recordedSince('2026-08-24T12:00:00Z').map(({ least }) => least)).toEqual(['all']);
});

test('… but a day before what Event history keeps is one', () => {
  expect(recordedSince('2026-08-23T12:00:00Z').map(({ least }) => least)).toEqual(['none', 'all']);
});
