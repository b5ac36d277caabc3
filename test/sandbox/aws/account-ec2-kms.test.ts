import { ListRegionsCommand, paginateListRegions } from '@aws-sdk/client-account';
import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
} from '@aws-sdk/client-kms';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import {
  assume,
  clients,
  closeAll,
  failureOf,
  MANAGEMENT,
  PAYMENTS,
  SHOP,
  soundAws,
  soundScenario,
} from './soundness.ts';

afterAll(closeAll);

describe('regions', () => {
  const optedIn = (): Partial<ScenarioFile> => {
    const { organization } = soundScenario();
    const accounts = [{ id: MANAGEMENT, name: 'management', optedInRegions: ['me-central-1'] }];
    return {
      organization: {
        ...organization,
        accounts,
        delegatedAdministrators: { 'account.amazonaws.com': ['333344445555'] },
      },
    };
  };

  test('EC2 names the enabled regions, and all of them when asked', async () => {
    const aws = await soundAws(optedIn());
    const { ec2 } = clients(aws, { credentials: await assume(aws, MANAGEMENT) });
    const enabled = await ec2.send(new DescribeRegionsCommand({}));
    expect(
      enabled.Regions?.map(({ RegionName, OptInStatus }) => [RegionName, OptInStatus]),
    ).toEqual([
      ['ap-northeast-2', 'opt-in-not-required'],
      ['eu-west-1', 'opt-in-not-required'],
      ['me-central-1', 'opted-in'],
      ['us-east-1', 'opt-in-not-required'],
    ]);
    const all = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
    expect(all.Regions?.length).toBeGreaterThan(25);
    expect(all.Regions).toContainEqual({
      RegionName: 'af-south-1',
      Endpoint: 'ec2.af-south-1.amazonaws.com',
      OptInStatus: 'not-opted-in',
    });
  });

  test('EC2 knows no region that there is not, and filters none', async () => {
    const { ec2 } = clients(await soundAws());
    const named = await ec2.send(new DescribeRegionsCommand({ RegionNames: ['eu-west-1'] }));
    expect(named.Regions).toHaveLength(1);
    expect(
      await failureOf(ec2.send(new DescribeRegionsCommand({ RegionNames: ['mars-north-1'] }))),
    ).toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Invalid region name: mars-north-1',
    });
    const Filters = [{ Name: 'opt-in-status', Values: ['opted-in'] }];
    expect(await failureOf(ec2.send(new DescribeRegionsCommand({ Filters })))).toMatchObject({
      name: 'NotImplemented',
    });
  });

  test('Account lists them by status, page by page, for other accounts too', async () => {
    const aws = await soundAws(optedIn());
    const { account: client } = clients(aws);
    const names: (string | undefined)[] = [];
    const input = {
      AccountId: MANAGEMENT,
      RegionOptStatusContains: ['ENABLED' as const, 'DISABLED' as const],
      MaxResults: 5,
    };
    for await (const { Regions = [] } of paginateListRegions({ client }, input)) {
      expect(Regions.length).toBeLessThanOrEqual(5);
      names.push(...Regions.map(({ RegionName }) => RegionName));
    }
    expect(names).toContain('me-central-1');
    expect(names).toContain('af-south-1');
    expect(names).not.toContain('us-east-1');
    const own = await client.send(new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED'] }));
    expect(own.Regions).toEqual([]);
  });

  test('a region that is being switched says in which way', async () => {
    const switchingRegions = { 'af-south-1': 'ENABLING', 'me-south-1': 'DISABLING' } as const;
    const accounts = [{ id: MANAGEMENT, name: 'management', switchingRegions }];
    const aws = await soundAws({
      organization: { ...soundScenario().organization, accounts },
    });
    const { account } = clients(aws, { credentials: await assume(aws, MANAGEMENT) });
    const { Regions } = await account.send(
      new ListRegionsCommand({
        RegionOptStatusContains: ['ENABLED', 'ENABLING', 'DISABLING'],
      }),
    );
    expect(Regions).toEqual([
      { RegionName: 'af-south-1', RegionOptStatus: 'ENABLING' },
      { RegionName: 'me-south-1', RegionOptStatus: 'DISABLING' },
    ]);
  });

  test('a member may not list another account’s regions', async () => {
    const aws = await soundAws();
    const { account } = clients(aws, { credentials: await assume(aws, SHOP) });
    expect(
      await failureOf(account.send(new ListRegionsCommand({ AccountId: PAYMENTS }))),
    ).toMatchObject({ name: 'AccessDeniedException', status: 403 });
  });
});

describe('keys', () => {
  const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const arn = `arn:aws:kms:ap-northeast-2:${PAYMENTS}:key/${id}`;
  const home = `arn:aws:iam::${PAYMENTS}:root`;
  const policyFor = (...AWS: string[]) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' }],
  });
  const keyed = async (difference: Partial<NonNullable<ScenarioFile['kmsKeys']>[number]> = {}) => {
    const key = { id, account: PAYMENTS, region: 'ap-northeast-2', alias: 'alias/trail' };
    const aws = await soundAws({ kmsKeys: [{ ...key, ...difference }] });
    const at = async (account: string, region = 'ap-northeast-2') =>
      clients(aws, { region, credentials: await assume(aws, account) }).kms;
    return { aws, at };
  };

  test('its own account knows a key by id, ARN and alias', async () => {
    const { at } = await keyed({ rotation: false });
    const kms = await at(PAYMENTS);
    for (const KeyId of [id, arn, 'alias/trail', arn.replace(`key/${id}`, 'alias/trail')]) {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
      expect(KeyMetadata).toMatchObject({ Arn: arn, KeyState: 'Enabled', Enabled: true });
    }
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }))).toMatchObject({
      KeyRotationEnabled: false,
    });
    const { Policy = '' } = await kms.send(new GetKeyPolicyCommand({ KeyId: id }));
    expect(JSON.parse(Policy)).toMatchObject({ Statement: [{ Principal: { AWS: home } }] });
  });

  test('an unknown key is not found, nor is one of another region', async () => {
    const { at } = await keyed();
    const notFound = { name: 'NotFoundException', status: 400 };
    const kms = await at(PAYMENTS);
    expect(
      await failureOf(kms.send(new DescribeKeyCommand({ KeyId: 'alias/none' }))),
    ).toMatchObject(notFound);
    const elsewhere = await at(PAYMENTS, 'eu-west-1');
    expect(await failureOf(elsewhere.send(new DescribeKeyCommand({ KeyId: id })))).toMatchObject(
      notFound,
    );
  });

  test('another account reaches it by ARN if the key’s policy lets it in, but never its policy', async () => {
    const { at } = await keyed({ policy: policyFor(home, `arn:aws:iam::${SHOP}:root`) });
    const kms = await at(SHOP);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: arn }));
    expect(KeyMetadata?.AWSAccountId).toBe(PAYMENTS);
    expect(await failureOf(kms.send(new GetKeyPolicyCommand({ KeyId: arn })))).toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(await failureOf(kms.send(new DescribeKeyCommand({ KeyId: id })))).toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('another account that it does not name is denied, whether the key exists or not', async () => {
    const { at } = await keyed();
    const kms = await at(SHOP);
    for (const KeyId of [arn, arn.replace(id, 'ffffffff-0000-0000-0000-000000000000')]) {
      expect(await failureOf(kms.send(new DescribeKeyCommand({ KeyId })))).toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(
          'because no resource-based policy allows the kms:DescribeKey action',
        ),
      });
    }
  });

  test('a key that no longer trusts its account is closed to it', async () => {
    const { at } = await keyed({ policy: policyFor(`arn:aws:iam::${PAYMENTS}:role/somebody`) });
    const kms = await at(PAYMENTS);
    expect(await failureOf(kms.send(new DescribeKeyCommand({ KeyId: id })))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('what a key grants to services under conditions is nothing to a caller', async () => {
    const service = {
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 'kms:*',
      Resource: '*',
      Condition: { StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': '*' } },
    };
    const policy = policyFor(home);
    const { at } = await keyed({
      policy: { ...policy, Statement: [...policy.Statement, service] },
    });
    await (await at(PAYMENTS)).send(new DescribeKeyCommand({ KeyId: id }));
    const stranger = await at(SHOP);
    expect(await failureOf(stranger.send(new DescribeKeyCommand({ KeyId: arn })))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('a key waiting for its deletion says so', async () => {
    const { at } = await keyed({
      state: 'PendingDeletion',
      deletionDate: '2026-12-24T00:00:00Z',
      manager: 'AWS',
    });
    const kms = await at(PAYMENTS);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    expect(KeyMetadata).toMatchObject({
      KeyState: 'PendingDeletion',
      Enabled: false,
      DeletionDate: new Date('2026-12-24T00:00:00Z'),
      KeyManager: 'AWS',
    });
  });
});
