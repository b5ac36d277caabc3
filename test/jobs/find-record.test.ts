import type { EventSource, Search } from '../../src/core/evidence/source.ts';
import { findRecord } from '../../src/jobs/find-record.ts';
import { found, soundEvent, soundPlan } from '../core/evidence/sound.ts';

const event = soundEvent();
const place = {
  eventID: event.eventID,
  account: event.account,
  region: event.region,
  at: event.eventTime,
};

function source(name: string, find: EventSource['find']): EventSource {
  return { name, needs: [], find, issuing: async () => new Map() };
}

test('an event is looked for where and when it was recorded, by its id', async () => {
  const asked: Search[] = [];
  const one = source('archive', async (search) => {
    asked.push(search);
    return found([soundEvent({ eventID: 'another' }), event]);
  });
  expect(await findRecord(place, soundPlan(), [one])).toEqual({
    record: event.record,
    origin: event.origin,
  });
  expect(asked).toMatchObject([
    {
      eventIds: [event.eventID],
      accounts: ['111122223333'],
      regions: ['ap-northeast-2'],
      from: '2026-11-20T05:31:07.000Z',
      to: '2026-11-20T05:33:07.000Z',
    },
  ]);
});

test('where no source has it any more, it is said what none of them could see', async () => {
  const gap = { account: '111122223333', region: '', reason: 'AccessDenied' };
  const blind = source('LookupEvents', async () => found([], { gaps: [gap, gap] }));
  const empty = source('archive', async () => found([]));
  expect(await findRecord(place, soundPlan(), [empty, blind])).toEqual({
    reasons: ['LookupEvents: AccessDenied'],
  });
});

test('an event without a time is looked for in the whole window of the question', async () => {
  const asked: Search[] = [];
  const one = source('archive', async (search) => {
    asked.push(search);
    return found([]);
  });
  const nowhere = { ...place, at: null, account: '', region: '' };
  await findRecord(nowhere, soundPlan(), [one]);
  expect(asked).toMatchObject([
    { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z', accounts: 'all', regions: 'all' },
  ]);
});
