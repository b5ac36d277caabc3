import { cloudTrailWrites } from './cloudtrail.ts';
import { cloudWatchWrites } from './cloudwatch.ts';
import { configWrites } from './config.ts';
import { ec2Writes } from './ec2.ts';
import { iamWrites } from './iam.ts';
import { kmsWrites } from './kms.ts';
import { logsWrites } from './logs.ts';
import { s3Writes } from './s3.ts';
import { snsWrites } from './sns.ts';
import type { Write } from './write.ts';

/** Every API that a fix may call, one list per service. */
const WRITES: Write[] = [
  ...cloudTrailWrites,
  ...cloudWatchWrites,
  ...configWrites,
  ...ec2Writes,
  ...iamWrites,
  ...logsWrites,
  ...snsWrites,
  ...kmsWrites,
  ...s3Writes,
];

const byApi = new Map(WRITES.map((write) => [write.api, write]));

/** Throws for an API that no fix calls: a plan that names one was not made here. */
export function writeOf(api: string): Write {
  const write = byApi.get(api);
  if (!write) throw new Error(`no fix calls ${api}`);
  return write;
}
