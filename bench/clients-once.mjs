// As many calls as accounts, each as another account: what an account costs before it is asked anything more.
import { createRequire } from 'node:module';
import { measured } from './measure.mjs';

const require = createRequire(import.meta.url);
const { url, shared, calls } = JSON.parse(process.argv[2]);
/** As the scan asks; see LANES of src/aws/facts/accounts.ts. */
const LANES = 32;
const { CloudTrailClient, ListTrailsCommand } = require('@aws-sdk/client-cloudtrail');
const { AssumeRoleCommand, STSClient } = require('@aws-sdk/client-sts');
const { NodeHttpHandler } = require('@smithy/node-http-handler');
const region = 'ap-northeast-2';
const base = { accessKeyId: 'AKIATRAILWARDENBOT00', secretAccessKey: 'sandbox' };
const sts = new STSClient({ endpoint: url, region, credentials: base });
const { Credentials } = await sts.send(
  new AssumeRoleCommand({
    RoleArn: 'arn:aws:iam::111122223333:role/trailwarden-read',
    RoleSessionName: 'bench',
    ExternalId: 'trailwarden-sandbox',
  }),
);
const credentials = {
  accessKeyId: Credentials.AccessKeyId,
  secretAccessKey: Credentials.SecretAccessKey,
  sessionToken: Credentials.SessionToken,
};
const requestHandler = new NodeHttpHandler({ httpAgent: { maxSockets: 64, keepAlive: true } });
const make = (settings) =>
  new CloudTrailClient({ endpoint: url, region, requestHandler, ...settings });
const one = make({
  credentials: Object.assign(async () => credentials, { memoized: true }),
  cacheMiddleware: true,
});
// A scan keeps the clients of its accounts to its end: sessions and connections are theirs.
const clients = [];
const clientOf = () => {
  if (shared) return one;
  const made = make({ credentials });
  clients.push(made);
  return made;
};
const all = (wanted) => {
  let left = wanted;
  const lane = async () => {
    while (left-- > 0) await clientOf().send(new ListTrailsCommand({}));
  };
  return Promise.all(Array.from({ length: LANES }, lane));
};
await all(calls / 10);
const { wallMs, cpuMs } = await measured(() => all(calls));
const row = {
  way: shared ? 'one client for all' : 'a client per account',
  calls,
  'cpu ms per call': Number((cpuMs / calls).toFixed(2)),
  'calls a second': Math.round((calls / wallMs) * 1_000),
  'peak MiB': Math.round(process.resourceUsage().maxRSS / 1_024),
};
process.send({ row });
process.disconnect();
