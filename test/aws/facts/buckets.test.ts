import type { Aggregator } from '../../../src/aws/facts/aggregator.ts';
import { bucketLists, findBuckets } from '../../../src/aws/facts/buckets.ts';
import type { Ground } from '../../../src/aws/facts/reader.ts';
import { findSensitive } from '../../../src/aws/facts/sensitive-buckets.ts';
import type { AccountFacts, SensitiveBuckets, Witnessed } from '../../../src/core/posture/facts.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { denied, seen, soundAccount } from '../../core/posture/sound.ts';
import { HOME, over } from './over.ts';

const ARCHIVE = '222233334444';
const AUDIT = '333344445555';
const SHOP = '444455556666';
const PAYMENTS = '666677778888';
const TEAM_SANDBOX = '151515151515';

/** The aggregator of the simulated company. */
function aggregator(troubled: Aggregator['troubled'] = seen([])): Witnessed<Aggregator> {
  return seen({ where: { account: AUDIT, region: HOME }, name: 'bora-organization', troubled });
}

type Differs = { aggregated?: Witnessed<Aggregator> | null; change?: (of: Scenario) => void };

describe('the place of a bucket', () => {
  const find = (ground: Ground, names: string[], accounts: string[]) =>
    findBuckets(ground, names, aggregator(), accounts, bucketLists(ground));

  test('is found by the aggregator with one question', async () => {
    const places = await over((ground) =>
      find(ground, ['bora-org-cloudtrail', 'labs-legacy-cloudtrail'], []),
    );
    expect(places.get('bora-org-cloudtrail')).toMatchObject({
      seen: { account: ARCHIVE },
      by: { api: 'config:SelectAggregateResourceConfig' },
    });
    expect(places.get('labs-legacy-cloudtrail')).toMatchObject({
      seen: { account: '141414141414', region: 'eu-west-1' },
    });
  });

  test('that is known already is not asked for again', async () => {
    await over(async (ground) => {
      const names = ['bora-org-cloudtrail', 'labs-legacy-cloudtrail'];
      const known = await find(ground, names, []);
      const calls = ground.aws.calls();
      const again = (all: string[]) =>
        findBuckets(ground, all, aggregator(), [], bucketLists(ground), known);
      expect([...(await again(names))]).toEqual([...known]);
      expect(ground.aws.calls() - calls).toBe(0);
      // Of what is not known, only that.
      expect((await again([...names, 'bora-shop-assets'])).size).toBe(3);
      expect(ground.aws.calls() - calls).toBe(1);
      // What somebody knows beyond what was asked for is no answer.
      expect((await again(['bora-org-cloudtrail'])).size).toBe(1);
    });
  });

  test('is found by the account’s own list where Config records nothing', async () => {
    const places = await over(
      (ground) => find(ground, ['bora-lake-raw'], ['888899990000']),
      ({ config }) => {
        config.recorders.push({
          account: '888899990000',
          region: 'ap-northeast-2',
          state: 'absent',
        });
      },
    );
    expect(places.get('bora-lake-raw')).toMatchObject({
      seen: { account: '888899990000', region: 'ap-northeast-2' },
    });
  });

  test('of a bucket that nobody owns is unseen, not absent', async () => {
    const places = await over((ground) => find(ground, ['somebody-elses'], [ARCHIVE]));
    expect(places.get('somebody-elses')).toMatchObject({
      unseen: { kind: 'denied', reason: expect.stringContaining('none of the 1 accounts') },
    });
  });

  test.each([
    ['denied', { effect: 'deny' }, 'none of the 2 accounts'],
    ['failed', { effect: 'internal-error' }, '1 of the 2 accounts'],
  ] as const)(
    'of a bucket on no list is %s where one of the lists was',
    async (kind, how, told) => {
      const places = await over(
        (ground) => find(ground, ['somebody-elses'], [ARCHIVE, PAYMENTS]),
        ({ faults }) => {
          faults.push({ operation: 's3:ListBuckets', account: PAYMENTS, ...how });
        },
      );
      expect(places.get('somebody-elses')).toMatchObject({
        unseen: { kind, reason: expect.stringContaining(told), ko: expect.anything() },
      });
    },
  );

  test('of a name that S3 does not allow never becomes part of a query', async () => {
    const name = "x') OR resourceName LIKE ('%";
    const places = await over((ground) => find(ground, [name], []));
    expect(places.get(name)).toHaveProperty('unseen');
  });
});

describe('sensitive buckets', () => {
  /** An account as the scan knows it when it looks for buckets. */
  function account(id: string, recording: boolean | null = true): AccountFacts {
    const state = seen(recording ? ('recording' as const) : ('stopped' as const));
    return soundAccount({
      id,
      recorders: recording === null ? denied() : seen([{ region: 'ap-northeast-2', state }]),
    });
  }

  function find(
    by: SensitiveBuckets['by'],
    accounts: AccountFacts[],
    { aggregated = aggregator(), change }: Differs = {},
  ) {
    return over(async (ground) => {
      const before = ground.aws.calls();
      const wanted: SensitiveBuckets[] = [{ by, record: 'write' }];
      const [found] = await findSensitive(
        ground,
        wanted,
        accounts,
        bucketLists(ground),
        aggregated,
      );
      if (!found) throw new Error('what is wanted is always answered');
      return { ...found, calls: ground.aws.calls() - before };
    }, change);
  }

  test('by pattern are found in every account that lists its buckets', async () => {
    const found = await find({ name: 'bora-payments-*' }, [account(PAYMENTS), account(ARCHIVE)]);
    expect(found.names).toMatchObject({
      seen: ['bora-payments-audit-logs', 'bora-payments-card-data', 'bora-payments-exports-2023'],
    });
    expect(found).not.toHaveProperty('dark');
  });

  test('by name stand for themselves, found or not, without a call', async () => {
    const found = await find({ name: 'not.there' }, [account(PAYMENTS)]);
    expect(found).toMatchObject({ names: { seen: ['not.there'] }, calls: 0 });
  });

  test('a dot in a pattern is a dot', async () => {
    const found = await find({ name: 'bora.payments*' }, [account(PAYMENTS)]);
    expect(found.names).toMatchObject({ seen: [] });
  });

  test('by pattern are never complete while an account cannot be asked: it is named', async () => {
    const found = await find({ name: 'bora-payments-*' }, [
      account(PAYMENTS),
      account(TEAM_SANDBOX, null),
    ]);
    expect(found).toMatchObject({ names: { seen: expect.anything() }, dark: [TEAM_SANDBOX] });
  });

  test('by pattern are unseen where none was found and an account cannot be asked', async () => {
    const found = await find({ name: 'nobody-*' }, [
      account(PAYMENTS),
      account(TEAM_SANDBOX, null),
    ]);
    expect(found).toMatchObject({
      names: { unseen: { kind: 'denied', wouldNeed: expect.stringContaining(TEAM_SANDBOX) } },
      dark: [TEAM_SANDBOX],
    });
  });

  const restricted = { tag: 'classification=restricted' };

  test('by tag are found with one question where Config records', async () => {
    const found = await find(restricted, [account(PAYMENTS), account(SHOP)]);
    expect(found.names).toMatchObject({
      seen: ['bora-customer-documents', 'bora-payments-card-data'],
    });
    // The question; who we are, and the session of the account that has the aggregator.
    expect(found.calls).toBe(3);
  });

  test('by tag are read bucket by bucket where Config does not record', async () => {
    const found = await find(restricted, [account(PAYMENTS, false), account(SHOP)]);
    expect(found.names).toMatchObject({
      seen: ['bora-customer-documents', 'bora-payments-card-data'],
    });
    // The same, and one more session, the list, and the tags of the two buckets there.
    expect(found.calls).toBe(7);
  });

  test('by tag are read bucket by bucket where Config records, but no buckets', async () => {
    const leavesOut = ['AWS::S3::Bucket'];
    const state = seen('recording' as const);
    const recorders = seen([{ region: HOME, state, leavesOut }]);
    const found = await find(restricted, [{ ...account(PAYMENTS), recorders }]);
    expect(found.names).toMatchObject({ seen: ['bora-payments-card-data'] });
    expect(found.calls).toBeGreaterThan(3);
  });

  test('by tag are read bucket by bucket without an aggregator', async () => {
    const found = await find(restricted, [account(PAYMENTS), account(SHOP)], { aggregated: null });
    expect(found.names).toMatchObject({
      seen: ['bora-customer-documents', 'bora-payments-card-data'],
    });
  });

  test('by tag are read bucket by bucket where the aggregator’s data is late, or nobody knows', async () => {
    const late = {
      account: PAYMENTS,
      region: HOME,
      status: 'OUTDATED' as const,
      at: '',
      error: '',
    };
    for (const troubled of [seen([late]), denied()]) {
      const found = await find(restricted, [account(PAYMENTS)], {
        aggregated: aggregator(troubled),
      });
      expect(found.names).toMatchObject({ seen: ['bora-payments-card-data'] });
      expect(found.calls).toBeGreaterThan(2);
    }
  });

  test('by tag are never complete while an account that Config does not know cannot be asked', async () => {
    const found = await find(restricted, [account(SHOP), account(TEAM_SANDBOX, null)]);
    expect(found).toMatchObject({
      names: { seen: ['bora-customer-documents'] },
      dark: [TEAM_SANDBOX],
    });
  });

  test('by tag: refused tags of one bucket leave its account open', async () => {
    const found = await find(restricted, [account(PAYMENTS, false)], {
      change: ({ faults }) => {
        faults.push({ operation: 's3:GetBucketTagging', effect: 'deny' });
      },
    });
    // What Config once knew of it is still told.
    expect(found).toMatchObject({ names: { seen: ['bora-payments-card-data'] }, dark: [PAYMENTS] });
  });

  test('a tag that no tag can be never becomes part of a query', async () => {
    const found = await find({ tag: "x=y' OR resourceType = 'AWS::S3::Bucket" }, [
      account(PAYMENTS),
    ]);
    expect(found.names).toMatchObject({ seen: [] });
  });
});
