import type { Handlers } from '../service.ts';
import { account } from './account.ts';
import { cloudtrail } from './cloudtrail.ts';
import { config } from './config.ts';
import { ec2 } from './ec2.ts';
import { iam } from './iam.ts';
import { identityCenter } from './identity-center.ts';
import { kms } from './kms.ts';
import { kmsChanges } from './kms-changes.ts';
import { logs } from './logs.ts';
import { monitoring } from './monitoring.ts';
import { organizations } from './organizations.ts';
import { s3 } from './s3.ts';
import { sns } from './sns.ts';
import { sts } from './sts.ts';
import { tags } from './tags.ts';

/** Everything that is simulated, by `service:Operation`; the rest answers `NotImplemented`. */
export const HANDLERS: Handlers = {
  ...account,
  ...cloudtrail,
  ...config,
  ...ec2,
  ...iam,
  ...identityCenter,
  ...kms,
  ...kmsChanges,
  ...logs,
  ...monitoring,
  ...organizations,
  ...s3,
  ...sns,
  ...sts,
  ...tags,
};
