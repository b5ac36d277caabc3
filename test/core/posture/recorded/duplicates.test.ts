import type {
  AccountFacts,
  BasicSelector,
  TrailFacts,
} from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { duplicateOf } from '../../../../src/core/posture/recorded/duplicates.ts';
import {
  basic,
  denied,
  field,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
  soundTrail,
} from '../sound.ts';

const OWN = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;
const OLD = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/zzz-old`;
const both = seen([
  { arn: ORG_TRAIL, homeRegion: 'us-east-1' },
  { arn: OWN, homeRegion: 'eu-west-1' },
]);

function own(differs: Partial<TrailFacts> = {}, multiRegion = true): TrailFacts {
  return soundTrail(
    { arn: OWN, owner: SHOP, homeRegion: 'eu-west-1', ...differs },
    { organization: false, multiRegion },
  );
}

function judged(trail: TrailFacts, others: TrailFacts[], account: Partial<AccountFacts> = {}) {
  const accounts = [soundAccount({ id: MANAGEMENT }), soundAccount({ trails: both, ...account })];
  return duplicateOf(trail, known(soundFacts({ accounts, trails: [trail, ...others] })));
}

function selecting(differs: Partial<BasicSelector>): Partial<TrailFacts> {
  return { selectors: seen({ basic: [basic(differs)] }) };
}

describe('CT-29: a second, paid copy of management events', () => {
  test.each<[string, TrailFacts, TrailFacts, unknown]>([
    [
      'beside the organization trail, everywhere',
      own(),
      soundTrail(),
      { seen: [`shop (${SHOP})`] },
    ],
    ['in one region', own({}, false), soundTrail(), { seen: [`shop (${SHOP})/eu-west-1`] }],
    [
      'reads only, of what the other records whole',
      own(selecting({ readWriteType: 'ReadOnly' })),
      soundTrail(),
      { seen: [`shop (${SHOP})`] },
    ],
    [
      'reads, where the other records writes',
      own(selecting({ readWriteType: 'ReadOnly' })),
      soundTrail(selecting({ readWriteType: 'WriteOnly' })),
      { seen: [] },
    ],
    [
      'only what the other leaves out',
      own({
        selectors: seen({
          advanced: [
            [
              field('eventCategory', { equals: ['Management'] }),
              field('eventSource', { equals: ['kms.amazonaws.com'] }),
            ],
          ],
        }),
      }),
      soundTrail(selecting({ excludedSources: ['kms.amazonaws.com'] })),
      { seen: [] },
    ],
    [
      'a trail of data events only',
      own(selecting({ managementEvents: false })),
      soundTrail(),
      { notApplicable: expect.anything() },
    ],
    [
      'beside one of data events only',
      own(),
      soundTrail(selecting({ managementEvents: false })),
      { seen: [] },
    ],
    [
      'a stopped trail',
      own({ logging: seen(false) }),
      soundTrail(),
      { notApplicable: expect.anything() },
    ],
    ['beside a stopped one', own(), soundTrail({ logging: seen(false) }), { seen: [] }],
    [
      'beside one of another region',
      own({}, false),
      soundTrail({}, { multiRegion: false }),
      { seen: [] },
    ],
    [
      'beside a stopped one of unknown selectors',
      own(),
      soundTrail({ logging: seen(false), selectors: denied() }),
      { seen: [] },
    ],
    ['selectors unread', own({ selectors: denied() }), soundTrail(), { unseen: expect.anything() }],
    [
      'selectors of the other unread',
      own(),
      soundTrail({ selectors: denied() }),
      { unseen: expect.anything() },
    ],
    [
      'nobody knows whether the other logs',
      own(),
      soundTrail({ logging: denied() }),
      { unseen: expect.anything() },
    ],
  ])('%s', (_, trail, other, expected) => {
    expect(judged(trail, [other]).paidTwice).toEqual(expected);
  });

  test('the organization trail is the first copy, whatever its name', () => {
    expect(judged(soundTrail(), [own()])).toEqual({
      paidTwice: { seen: [] },
      alsoRecordedBy: 'none',
    });
    expect(judged(own(), [soundTrail()]).alsoRecordedBy).toBe('org-trail');
  });

  test('trails of equal names in two accounts are two, and only the one that is seen counts', () => {
    const namesake = soundTrail(
      { arn: ORG_TRAIL.replace(MANAGEMENT, '999900001111') },
      { organization: false },
    );
    const alone = seen([{ arn: OWN, homeRegion: 'eu-west-1' }]);
    expect(judged(own(), [namesake], { trails: alone }).paidTwice).toEqual({ seen: [] });
  });

  test('of two trails of one account the one of all regions is the first', () => {
    const old = own({ arn: OLD }, false);
    const trails = seen([OWN, OLD].map((arn) => ({ arn, homeRegion: 'eu-west-1' })));
    expect(judged(own(), [old], { trails }).paidTwice).toEqual({ seen: [] });
    expect(judged(old, [own()], { trails })).toEqual({
      paidTwice: { seen: [`shop (${SHOP})/eu-west-1`] },
      alsoRecordedBy: 'own',
    });
  });

  test('where the regions are unknown, two trails of all regions are still twice the same', () => {
    const { paidTwice } = judged(own(), [soundTrail()], { regions: denied() });
    expect(paidTwice).toEqual({ seen: [`shop (${SHOP})`] });
  });

  test('where the regions are unknown, a trail of one region is a copy at home', () => {
    const { paidTwice } = judged(own({}, false), [soundTrail()], { regions: denied() });
    expect(paidTwice).toEqual({ seen: [`shop (${SHOP})/eu-west-1`] });
  });
});
