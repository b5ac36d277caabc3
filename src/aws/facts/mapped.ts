import { z } from 'zod';
import { concurrently } from '../../core/concurrently.ts';
import { AUDIT_TYPES } from '../../core/posture/audit-types.ts';
import type { AccountFacts, MappedResource, Witness, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { type Aggregator, eachRow, type Named } from './aggregator.ts';
import type { Places } from './buckets.ts';
import { type Ground, witnessed } from './reader.ts';

/** Questions asked at a time. */
const LANES = 6;

/** Names in one question: Config takes 4,096 characters. */
const NAMES = 40;

const Row = z.object({
  resourceType: z.enum(['AWS::CloudTrail::Trail', 'AWS::S3::Bucket', 'AWS::KMS::Key']),
  resourceId: z.string(),
  arn: z.string().optional(),
  accountId: z.string(),
  awsRegion: z.string(),
  configurationItemCaptureTime: z.string(),
  configuration: z
    .object({ s3BucketName: z.string().nullish(), kmsKeyId: z.string().nullish() })
    .nullish(),
});

const COLUMNS = 'resourceType, resourceId, arn, accountId, awsRegion, configurationItemCaptureTime';

const TRAILS = `SELECT ${COLUMNS}, configuration.s3BucketName, configuration.kmsKeyId WHERE resourceType = 'AWS::CloudTrail::Trail'`;

/** The trails of all accounts as the aggregator knows them, and the buckets and keys that they name. */
export type MappedTrails = { rows: MappedResource[] } & MappedNames;

/** Names of buckets, and ARNs of keys. */
export type MappedNames = { buckets: string[]; keys: string[] };

/** What was asked already, and what the aggregator answered: the trails of all, and these buckets and keys. */
export type Mapped = MappedTrails & { by: Witness };

/** One question for the trails of all accounts. It tells early whom to ask; live readings decide. */
export function readMappedTrails(
  ground: Ground,
  aggregator: Named,
): Promise<Witnessed<MappedTrails>> {
  return witnessed(ground, 'config:SelectAggregateResourceConfig', aggregator.where, async () => {
    const rows: MappedResource[] = [];
    const buckets = new Set<string>();
    const keys = new Set<string>();
    await eachRow(ground, aggregator, TRAILS, (row) => {
      const read = Row.parse(row);
      rows.push(resource(read));
      const { s3BucketName, kmsKeyId } = read.configuration ?? {};
      if (s3BucketName) buckets.add(s3BucketName);
      if (kmsKeyId) keys.add(kmsKeyId);
    });
    return { rows, buckets: [...buckets], keys: [...keys] };
  });
}

/**
 * What the aggregator knows of the trails of all accounts, and of the buckets and keys that were read
 * live: one question for the trails, and one for every forty names, but none for what is `known` already.
 */
export async function readMapped(
  ground: Ground,
  aggregator: Named,
  { buckets, keys }: MappedNames,
  known: Mapped | null = null,
): Promise<Witnessed<MappedResource[]>> {
  const unknown = (names: string[], asked: string[] = []) =>
    names.filter((name) => !asked.includes(name));
  const named = [
    ...inLots(unknown(buckets, known?.buckets)).map((names) => among('AWS::S3::Bucket', names)),
    ...inLots(unknown(keys, known?.keys).map((arn) => arn.slice(arn.lastIndexOf('/') + 1))).map(
      (ids) => among('AWS::KMS::Key', ids),
    ),
  ];
  // What the map names and nobody else does is not what was read live.
  const answered = (known?.rows ?? []).filter(
    ({ type, arn }) =>
      type === 'AWS::CloudTrail::Trail' || buckets.includes(nameOf(arn)) || keys.includes(arn),
  );
  if (known && named.length === 0) return { seen: answered, by: known.by };
  const api = 'config:SelectAggregateResourceConfig';
  return witnessed(ground, api, aggregator.where, async () => {
    const found = [...answered];
    await concurrently(LANES, [...(known ? [] : [TRAILS]), ...named], (sql) =>
      eachRow(ground, aggregator, sql, (row) => found.push(resource(Row.parse(row)))),
    );
    return found;
  });
}

/** Where the buckets are that it names, by their names. */
export function placesIn({ rows, by }: Mapped): Places {
  return new Map(
    rows
      .filter(({ type }) => type === 'AWS::S3::Bucket')
      .map(({ arn, account, region }) => [nameOf(arn), { seen: { account, region }, by }]),
  );
}

/** The name of a bucket in its ARN. */
function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

function among(type: string, names: string[]): string {
  return `SELECT ${COLUMNS} WHERE resourceType = '${type}' AND resourceId IN (${names.map((name) => `'${name}'`).join(', ')})`;
}

function resource(row: z.infer<typeof Row>): MappedResource {
  return {
    type: row.resourceType,
    arn: row.arn ?? row.resourceId,
    account: row.accountId,
    region: row.awsRegion,
    at: row.configurationItemCaptureTime,
  };
}

/** Names as AWS allows them; what is no such name is nobody's, and must not end the quotes. */
function inLots(names: string[]): string[][] {
  const sound = [...new Set(names)].filter((name) => /^[\w.-]+$/.test(name));
  return Array.from({ length: Math.ceil(sound.length / NAMES) }, (_, lot) =>
    sound.slice(lot * NAMES, (lot + 1) * NAMES),
  );
}

const Group = z.object({
  AllSupported: z.boolean().optional(),
  ResourceTypes: z.array(z.string()).optional(),
  ExclusionByResourceTypes: z.object({ ResourceTypes: z.array(z.string()).optional() }).optional(),
  RecordingStrategy: z.object({ UseOnly: z.string().optional() }).optional(),
});
const RecorderRow = z.object({
  accountId: z.string(),
  awsRegion: z.string(),
  configuration: z.object({ RecordingGroup: Group.optional() }).optional(),
});

/** By `account/region`, the types of ours that a recorder leaves out. */
export type LeftOut = ReadonlyMap<string, string[]>;

/**
 * What recorders leave out of what the audit trail is made of. Only recorders that do not record
 * everything are asked for, so it is one question for the whole organization. Where it fails, nothing is
 * claimed.
 */
export async function readLeftOut(ground: Ground, aggregator: Aggregator): Promise<LeftOut> {
  const leftOut = new Map<string, string[]>();
  const sql =
    "SELECT accountId, awsRegion, configuration.RecordingGroup.AllSupported, configuration.RecordingGroup.ResourceTypes, configuration.RecordingGroup.ExclusionByResourceTypes.ResourceTypes, configuration.RecordingGroup.RecordingStrategy.UseOnly WHERE resourceType = 'AWS::Config::ConfigurationRecorder' AND configuration.RecordingGroup.AllSupported = false";
  await witnessed(ground, 'config:SelectAggregateResourceConfig', aggregator.where, () =>
    eachRow(ground, aggregator, sql, (row) => {
      const { accountId, awsRegion, configuration } = RecorderRow.parse(row);
      const types = leftOutBy(configuration?.RecordingGroup ?? {});
      if (types.length > 0) leftOut.set(`${accountId}/${awsRegion}`, types);
    }),
  );
  return leftOut;
}

/** The accounts with what their recorders leave out. */
export function withLeftOut(accounts: AccountFacts[], leftOut: LeftOut): AccountFacts[] {
  if (leftOut.size === 0) return accounts;
  return accounts.map((account) => {
    const { id, recorders } = account;
    if (!wasSeen(recorders)) return account;
    const seen = recorders.seen.map((recorder) => {
      const leavesOut = leftOut.get(`${id}/${recorder.region}`);
      return leavesOut ? { ...recorder, leavesOut } : recorder;
    });
    return { ...account, recorders: { ...recorders, seen } };
  });
}

/** Of ours, the types that a recording group does not take: those it does not name, or names as excluded. */
export function leftOutBy(group: z.infer<typeof Group>): string[] {
  if (group.AllSupported) return [];
  const excluded = group.ExclusionByResourceTypes?.ResourceTypes ?? [];
  const included = group.ResourceTypes ?? [];
  const excludes =
    group.RecordingStrategy?.UseOnly === 'EXCLUSION_BY_RESOURCE_TYPES' ||
    (included.length === 0 && excluded.length > 0);
  return AUDIT_TYPES.filter((type) =>
    excludes ? excluded.includes(type) : !included.includes(type),
  );
}
