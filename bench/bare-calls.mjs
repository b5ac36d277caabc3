// What the SDK's own calls cost a process that does nothing else: as many as a scan makes, with one client over one
// pool of connections. The first batch of a process is as cold as the first scan of one, the later ones are warm.
import { createRequire } from 'node:module';
import { measured } from './measure.mjs';

const require = createRequire(import.meta.url);
const { CloudTrailClient, GetTrailStatusCommand } = require('@aws-sdk/client-cloudtrail');
const { AssumeRoleCommand, STSClient } = require('@aws-sdk/client-sts');
const { url, batches, lanes } = JSON.parse(process.argv[2]);
Object.assign(process.env, {
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
});

const { Credentials } = await new STSClient({ endpoint: url }).send(
  new AssumeRoleCommand({
    RoleArn: 'arn:aws:iam::111122223333:role/trailwarden-read',
    RoleSessionName: 'bench',
    ExternalId: 'trailwarden-sandbox',
  }),
);
const client = new CloudTrailClient({
  endpoint: url,
  credentials: {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
  },
});
const Name = 'arn:aws:cloudtrail:ap-northeast-2:111122223333:trail/bora-org-trail';

function all(wanted) {
  let left = wanted;
  const lane = async () => {
    while (left-- > 0) await client.send(new GetTrailStatusCommand({ Name }));
  };
  return Promise.all(Array.from({ length: lanes }, lane));
}

const cpuMs = [];
for (const batch of batches) cpuMs.push((await measured(() => all(batch))).cpuMs / batch);
process.send({ cpuMs });
process.disconnect();
