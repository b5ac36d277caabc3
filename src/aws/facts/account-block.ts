import { z } from 'zod';
import type { BucketProtection, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { type Aggregator, eachRow } from './aggregator.ts';
import { type Ground, witnessed } from './reader.ts';

type AccountBlock = NonNullable<BucketProtection['accountPublicAccessBlock']>;

const Setting = z.boolean().default(false);
const NONE_SET = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};
const Row = z.object({
  awsRegion: z.string(),
  configurationItemCaptureTime: z.string(),
  configuration: z
    .object({
      blockPublicAcls: Setting,
      ignorePublicAcls: Setting,
      blockPublicPolicy: Setting,
      restrictPublicBuckets: Setting,
    })
    .default(NONE_SET),
});

/**
 * The block of public access of a whole account, as AWS Config last captured it: one question to the
 * aggregator, which we may ask, in place of one to S3 Control, which needs a permission of its own. Null
 * where Config keeps none. What the aggregator has late is no answer: the block may be off by now.
 */
export async function readAccountBlock(
  ground: Ground,
  account: string,
  aggregator: Witnessed<Aggregator | null>,
): Promise<AccountBlock> {
  if (!wasSeen(aggregator)) return aggregator;
  if (!aggregator.seen) return { unseen: NO_AGGREGATOR, by: aggregator.by };
  const { where, troubled } = aggregator.seen;
  if (!wasSeen(troubled)) return troubled;
  const rows = await readRows(ground, aggregator.seen, account);
  if (!wasSeen(rows)) return rows;
  const lateIn = new Map(
    troubled.seen
      .filter((one) => one.account === account)
      .map(({ region, status }) => [region, status]),
  );
  const told = rows.seen.filter(({ awsRegion }) => !lateIn.has(awsRegion));
  if (told.length === 0 && rows.seen[0]) {
    const { awsRegion } = rows.seen[0];
    const reason = `the aggregator in ${where.account} has the data of ${account}/${awsRegion} late (${lateIn.get(awsRegion)})`;
    return { unseen: { kind: 'failed', reason }, by: rows.by };
  }
  return { seen: newestOf(told), by: rows.by };
}

const NO_AGGREGATOR = {
  kind: 'denied' as const,
  reason: 'there is no AWS Config aggregator that could tell of the block of the account',
  ko: { reason: '계정 수준의 차단을 알려 줄 AWS Config 집계자가 없습니다' },
};

function readRows(
  ground: Ground,
  aggregator: Aggregator,
  account: string,
): Promise<Witnessed<z.infer<typeof Row>[]>> {
  const api = 'config:SelectAggregateResourceConfig';
  return witnessed(ground, api, aggregator.where, async () => {
    const rows: z.infer<typeof Row>[] = [];
    // The account comes from AWS, and must not end the quotes.
    const sql = `SELECT accountId, awsRegion, configurationItemCaptureTime, configuration.blockPublicAcls, configuration.ignorePublicAcls, configuration.blockPublicPolicy, configuration.restrictPublicBuckets WHERE resourceType = 'AWS::S3::AccountPublicAccessBlock' AND accountId = '${account.replace(/\D/g, '')}'`;
    await eachRow(ground, aggregator, sql, (row) => rows.push(Row.parse(row)));
    return rows;
  });
}

/** Several regions may tell of the one block of an account: the one that looked last is right. */
function newestOf(rows: z.infer<typeof Row>[]) {
  const at = (row: z.infer<typeof Row>) => Date.parse(row.configurationItemCaptureTime);
  const [newest] = rows.toSorted((a, b) => at(b) - at(a));
  return newest ? { ...newest.configuration, captured: newest.configurationItemCaptureTime } : null;
}
