import type { CloudTrailClient, ListTrailsCommandOutput } from '@aws-sdk/client-cloudtrail';
import type { DescribeConfigurationRecorderStatusCommandOutput } from '@aws-sdk/client-config-service';
import { readAccountTrails } from '../../../src/aws/facts/account-trails.ts';
import { findAggregator } from '../../../src/aws/facts/aggregator.ts';
import { readProtection } from '../../../src/aws/facts/bucket-protection.ts';
import { bucketLists, findBuckets, findSensitive } from '../../../src/aws/facts/buckets.ts';
import { readConfigWord } from '../../../src/aws/facts/config-word.ts';
import type { Ground } from '../../../src/aws/facts/reader.ts';
import { readRecorders } from '../../../src/aws/facts/recorders.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { sandbox } from '../../jobs/sandbox-scan.ts';

const MANAGEMENT = '111122223333';
const ARCHIVE = '222233334444';
const AUDIT = '333344445555';
const PAYMENTS = '666677778888';
const DATA_PLATFORM = '888899990000';
const TEAM_SANDBOX = '151515151515';
const HOME = 'ap-northeast-2';
const ORG_TRAIL = `arn:aws:cloudtrail:${HOME}:${MANAGEMENT}:trail/bora-org-trail`;
const PAYMENTS_TRAIL = `arn:aws:cloudtrail:${HOME}:${PAYMENTS}:trail/payments-audit`;

async function over<T>(
  read: (ground: Ground) => Promise<T>,
  change: (scenario: Scenario) => void = () => {},
): Promise<T> {
  const box = await sandbox(change);
  try {
    return await read({ aws: box.aws, now: box.world.now });
  } finally {
    await box.close();
  }
}

/** What a service answers, changed on its way to us. */
function answering<Output>(
  client: { middlewareStack: { add: CallableFunction } },
  change: (output: Output) => void,
): void {
  client.middlewareStack.add(
    (next: CallableFunction) => async (args: unknown) => {
      const answer = await next(args);
      change(answer.output as Output);
      return answer;
    },
    { step: 'initialize' },
  );
}

/** AWS does not say whether ListTrails shows a member the organization's trails; here it does not. */
function ownTrailsOnly(client: CloudTrailClient, account: string): void {
  answering<ListTrailsCommandOutput>(client, (output) => {
    if (output.Trails)
      output.Trails = output.Trails.filter(({ TrailARN = '' }) => TrailARN.includes(account));
  });
}

function trailOf({ trails }: Scenario, name: string) {
  const trail = trails.find((one) => one.name === name);
  if (!trail) throw new Error(`the company has no trail ${name}`);
  return trail;
}

function bucketOf({ buckets }: Scenario, name: string) {
  const bucket = buckets.find((one) => one.name === name);
  if (!bucket) throw new Error(`the company has no bucket ${name}`);
  return bucket;
}

describe('the trails that an account sees', () => {
  test('are its own and the organization’s, under the ARN of the management account', async () => {
    const trails = await over((ground) => readAccountTrails(ground, PAYMENTS));
    expect(trails).toMatchObject({ by: { api: 'cloudtrail:ListTrails', account: PAYMENTS } });
    const arns = 'seen' in trails ? trails.seen.map(({ arn }) => arn).sort() : [];
    expect(arns).toEqual([ORG_TRAIL, PAYMENTS_TRAIL].sort());
  });

  test('of a trail of another region are listed, too', async () => {
    const trails = await over((ground) => readAccountTrails(ground, '141414141414'));
    expect('seen' in trails && trails.seen).toMatchObject([{ homeRegion: 'eu-west-1' }]);
  });

  test('are shown by DescribeTrails where ListTrails keeps silent about the organization’s', async () => {
    const trails = await over((ground) => {
      ownTrailsOnly(ground.aws.cloudTrail({ account: PAYMENTS, region: HOME }), PAYMENTS);
      return readAccountTrails(ground, PAYMENTS);
    });
    const arns = 'seen' in trails ? trails.seen.map(({ arn }) => arn).sort() : [];
    expect(arns).toEqual([ORG_TRAIL, PAYMENTS_TRAIL].sort());
  });

  test('are unseen where DescribeTrails is refused: the organization’s may be among them', async () => {
    const trails = await over(
      (ground) => {
        ownTrailsOnly(ground.aws.cloudTrail({ account: PAYMENTS, region: HOME }), PAYMENTS);
        return readAccountTrails(ground, PAYMENTS);
      },
      ({ faults }) => {
        faults.push({ operation: 'cloudtrail:DescribeTrails', effect: 'deny' });
      },
    );
    expect(trails).toMatchObject({
      unseen: { kind: 'denied', wouldNeed: expect.stringContaining('cloudtrail:DescribeTrails') },
    });
  });

  test('of an account without our role are unseen, with the role that is missing', async () => {
    const trails = await over((ground) => readAccountTrails(ground, TEAM_SANDBOX));
    expect(trails).toMatchObject({
      unseen: {
        kind: 'denied',
        wouldNeed: `role trailwarden-read in account ${TEAM_SANDBOX}, trusting the bot`,
      },
    });
  });
});

describe('buckets', () => {
  const find = (ground: Ground, names: string[], accounts: string[]) =>
    findAggregator(ground, AUDIT).then((aggregator) =>
      findBuckets(ground, names, aggregator, accounts, bucketLists(ground)),
    );

  test('are found by the aggregator with one question', async () => {
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

  test('that nobody owns are unseen, not absent', async () => {
    const places = await over((ground) => find(ground, ['somebody-elses'], [ARCHIVE]));
    expect(places.get('somebody-elses')).toMatchObject({
      unseen: { kind: 'denied', reason: expect.stringContaining('none of the 1 accounts') },
    });
  });

  test('with a name that S3 does not allow never become part of a query', async () => {
    const name = "x') OR resourceName LIKE ('%";
    const places = await over((ground) => find(ground, [name], []));
    expect(places.get(name)).toHaveProperty('unseen');
  });

  test('are found by pattern in every account that lists its buckets', async () => {
    const [found, literal] = await over((ground) =>
      findSensitive(
        ground,
        ['bora-payments-*', 'not.there'],
        [PAYMENTS, ARCHIVE],
        bucketLists(ground),
      ),
    );
    expect(found).toMatchObject({
      names: {
        seen: expect.arrayContaining(['bora-payments-card-data', 'bora-payments-audit-logs']),
      },
    });
    expect(literal).toMatchObject({ names: { seen: ['not.there'] } });
  });

  test('a dot in a pattern is a dot', async () => {
    const [found] = await over((ground) =>
      findSensitive(ground, ['bora.payments*'], [PAYMENTS], bucketLists(ground)),
    );
    expect(found).toMatchObject({ names: { seen: [] } });
  });
});

describe('the protection of a bucket', () => {
  const read = (ground: Ground, account = ARCHIVE) =>
    readProtection(ground, 'bora-org-cloudtrail', {
      seen: { account, region: HOME },
      by: { api: 'test:Read', account, region: HOME, at: '' },
    });

  test('is read with MFA delete, Object Lock and lifecycle', async () => {
    expect(await over((ground) => read(ground))).toMatchObject({
      versioning: { seen: { versioning: true, mfaDelete: true } },
      objectLock: { seen: { mode: 'COMPLIANCE', days: 400 } },
      lifecycleRules: { seen: 0 },
    });
  });

  test('none at all is an answer', async () => {
    const protection = await over(
      (ground) => read(ground),
      (scenario) => {
        const bucket = bucketOf(scenario, 'bora-org-cloudtrail');
        bucket.mfaDelete = false;
        bucket.versioning = 'Off';
        delete bucket.objectLock;
      },
    );
    expect(protection).toMatchObject({
      versioning: { seen: { versioning: false, mfaDelete: false } },
      objectLock: { seen: null },
      lifecycleRules: { seen: 0 },
    });
  });

  test('in an account that does not own it is refused, not absent', async () => {
    const protection = await over((ground) => read(ground, PAYMENTS));
    expect(protection).toMatchObject({
      versioning: { unseen: { kind: 'denied' } },
      objectLock: { unseen: { kind: 'denied' } },
      lifecycleRules: { unseen: { kind: 'denied' } },
    });
  });
});

describe('Config', () => {
  test.each(['stopped', 'absent', 'failing', 'recording'] as const)(
    'has a recorder that is %s',
    async (state) => {
      const regions = {
        seen: ['eu-west-1'],
        by: { api: 'test:Read', account: DATA_PLATFORM, region: HOME, at: '' },
      };
      const recorders = await over(
        (ground) => readRecorders(ground, DATA_PLATFORM, regions),
        ({ config }) => {
          config.recorders.push({ account: DATA_PLATFORM, region: 'eu-west-1', state });
        },
      );
      expect(recorders).toMatchObject({ seen: [{ region: 'eu-west-1', state: { seen: state } }] });
    },
  );

  test('has no recorder of its own where only another service records', async () => {
    const regions = {
      seen: [HOME],
      by: { api: 'test:Read', account: PAYMENTS, region: HOME, at: '' },
    };
    const recorders = await over((ground) => {
      answering<DescribeConfigurationRecorderStatusCommandOutput>(
        ground.aws.config({ account: PAYMENTS, region: HOME }),
        ({ ConfigurationRecordersStatus = [] }) => {
          for (const status of ConfigurationRecordersStatus)
            status.servicePrincipal = 'observabilityadmin.amazonaws.com';
        },
      );
      return readRecorders(ground, PAYMENTS, regions);
    });
    expect(recorders).toMatchObject({ seen: [{ state: { seen: 'absent' } }] });
  });

  test('speaks of a trail by the identifier of its rule', async () => {
    const identifier = 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED';
    const word = await over((ground) =>
      readConfigWord(ground, { account: PAYMENTS, region: HOME }, [identifier]),
    );
    const rules = 'seen' in word.rules ? word.rules.seen : {};
    expect(Object.keys(rules)).toEqual([identifier]);
    expect(rules[identifier]).toMatchObject({ seen: [{ compliance: 'NON_COMPLIANT' }] });
  });

  test('says nothing by a rule that does not exist', async () => {
    const word = await over((ground) =>
      readConfigWord(ground, { account: PAYMENTS, region: HOME }, ['NO_SUCH_RULE']),
    );
    expect(word.rules).toMatchObject({ seen: {} });
  });
});
