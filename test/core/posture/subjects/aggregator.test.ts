import type {
  AggregatorFacts,
  AggregatorPlace,
  MappedResource,
  PostureFacts,
} from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { subjectsOf } from '../../../../src/core/posture/subjects/index.ts';
import {
  ARCHIVE,
  denied,
  failed,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundFacts,
  soundSettings,
} from '../sound.ts';

function uniting(differs: Partial<AggregatorFacts> = {}): AggregatorFacts {
  return {
    name: 'all',
    organization: true,
    accounts: [],
    regions: null,
    troubled: seen([]),
    ...differs,
  };
}

function at(found: AggregatorPlace['found'], account = ARCHIVE): AggregatorPlace {
  return { account, region: 'us-east-1', found };
}

function judged(aggregators: AggregatorPlace[], facts: Partial<PostureFacts> = {}) {
  const all = known(soundFacts({ aggregators, keys: [], ...facts }));
  return subjectsOf('aggregator', all, soundSettings())[0];
}

const late = { account: SHOP, region: 'eu-west-1', at: '2026-11-19T00:00:00Z', error: '' };

describe('the holes of the aggregators', () => {
  test.each<[string, AggregatorPlace[], Partial<PostureFacts>, unknown]>([
    ['none: one unites all', [at(seen([uniting()]))], {}, { seen: [] }],
    ['there is none', [at(seen([]))], {}, { seen: ['absent'] }],
    [
      'it is not in the place that was asked first',
      [at(seen([]), MANAGEMENT), at(seen([uniting()]))],
      {},
      { seen: [] },
    ],
    [
      'an account that nobody named',
      [at(seen([uniting({ organization: false, accounts: [MANAGEMENT] })]))],
      {},
      { seen: [`shop (${SHOP}) (left-out)`] },
    ],
    [
      'none: two aggregators together name everybody',
      [
        at(
          seen([
            uniting({ organization: false, accounts: [MANAGEMENT] }),
            uniting({ organization: false, accounts: [SHOP] }),
          ]),
        ),
      ],
      {},
      { seen: [] },
    ],
    [
      'a region that it does not ask',
      [at(seen([uniting({ regions: ['us-east-1'] })]))],
      {},
      { seen: ['eu-west-1 (left-out)'] },
    ],
    [
      'none: what one leaves out, another asks',
      [at(seen([uniting({ regions: ['us-east-1'] }), uniting({ regions: ['eu-west-1'] })]))],
      {},
      { seen: [] },
    ],
    [
      'sources that are late and that fail',
      [
        at(
          seen([
            uniting({
              troubled: seen([
                { ...late, status: 'OUTDATED' },
                { ...late, account: MANAGEMENT, status: 'FAILED' },
              ]),
            }),
          ]),
        ),
      ],
      {},
      { seen: [`${SHOP}/eu-west-1 (outdated)`, `${MANAGEMENT}/eu-west-1 (failed)`] },
    ],
    [
      'nobody knows: the state of its sources is throttled',
      [at(seen([uniting({ troubled: failed() })]))],
      {},
      { unseen: expect.objectContaining({ kind: 'failed' }) },
    ],
    [
      'nobody knows: the only place was refused',
      [at(denied())],
      {},
      { unseen: expect.objectContaining({ kind: 'denied' }) },
    ],
    [
      'nobody knows: where one has holes and another place was refused',
      [at(seen([uniting({ organization: false })])), at(denied(), MANAGEMENT)],
      {},
      { unseen: expect.objectContaining({ kind: 'denied' }) },
    ],
    [
      'what is wrong with the organization’s own is wrong, whatever was refused',
      [at(seen([uniting({ regions: ['us-east-1'] })])), at(denied(), MANAGEMENT)],
      {},
      { seen: ['eu-west-1 (left-out)'] },
    ],
  ])('%s', (_, places, facts, holes) => {
    expect(judged(places, facts)?.facts.holes).toEqual(holes);
  });

  test('CT-31: without the delegated administrators nobody says that there is none', () => {
    const organization = {
      ...soundFacts().organization,
      administrators: denied('AccessDenied: organizations:ListDelegatedAdministrators'),
    };
    expect(judged([at(seen([]))], { organization })?.facts.holes).toMatchObject({
      unseen: { kind: 'denied', reason: expect.stringContaining('ListDelegatedAdministrators') },
    });
    // Who has found one needs to know nobody.
    expect(judged([at(seen([uniting()]))], { organization })?.facts.holes).toEqual({ seen: [] });
  });

  test('an account of no organization, and a scan that asked nobody, have none to judge', () => {
    const organization = { ...soundFacts().organization, alone: true as const };
    expect(judged([at(seen([]))], { organization })).toBeUndefined();
    expect(judged([])).toBeUndefined();
  });
});

test('it is mended where it is; where there is none, in the management account', () => {
  expect(judged([at(seen([uniting()]))])).toMatchObject({ subject: 'o-sound', owner: ARCHIVE });
  expect(judged([at(seen([]))])).toMatchObject({ subject: 'o-sound', owner: MANAGEMENT });
});

describe('the map against what was read live', () => {
  const trail: MappedResource = {
    type: 'AWS::CloudTrail::Trail',
    arn: ORG_TRAIL,
    account: MANAGEMENT,
    region: 'us-east-1',
    at: '2026-11-20T00:00:00Z',
  };
  const bucket: MappedResource = {
    ...trail,
    type: 'AWS::S3::Bucket',
    arn: 'arn:aws:s3:::org-logs',
    account: ARCHIVE,
  };
  const gone: MappedResource = { ...trail, arn: ORG_TRAIL.replace('org-trail', 'old') };

  test.each<[string, PostureFacts['mapped'], string]>([
    ['they agree', seen([trail, bucket]), 'none'],
    ['it does not know the bucket yet', seen([trail]), '− org-logs'],
    ['it still knows a trail that is gone', seen([trail, bucket, gone]), '+ old'],
    ['both', seen([trail, gone]), '− org-logs, + old'],
    ['it could not be read', denied(), 'unknown'],
  ])('%s', (_, mapped, gaps) => {
    const subject = judged([at(seen([uniting()]))], mapped ? { mapped } : {});
    expect(subject?.fields.gaps).toBe(gaps);
    // A map that is late is no fault of the aggregator.
    expect(subject?.facts.holes).toEqual({ seen: [] });
  });

  test('a trail of an account that nobody saw is not gone', () => {
    const hidden = { ...gone, account: '999999999999' };
    const subject = judged([at(seen([uniting()]))], { mapped: seen([trail, bucket, hidden]) });
    expect(subject?.fields.gaps).toBe('none');
  });
});
