// Questions over log files, against reading and parsing the same files with node:zlib and JSON.parse alone.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { measured } from './measure.mjs';

const require = createRequire(import.meta.url);

export async function benchAsk({ smoke }) {
  const { openLogs } = require('../dist/wire.js');
  const rows = [];
  for (const records of smoke ? [2_000] : [10_000, 100_000]) {
    const folder = mkdtempSync(join(tmpdir(), 'trailwarden-bench-'));
    const wanted = writeLogs(folder, records);
    const bound = await measured(async () => {
      for (const file of readdirSync(folder))
        JSON.parse(gunzipSync(readFileSync(join(folder, file))));
    });
    const logs = openLogs([folder], () => new Date('2026-11-22T00:00:00Z'));
    const reader = { language: 'en', timeZone: 'UTC' };
    const first = await measured(() => logs.ask(`who deleted ${wanted}?`, reader));
    if (first.result.total !== 1)
      throw new Error(`found ${first.result.total} events instead of one`);
    const many = smoke ? 5 : 50;
    const next = await measured(async () => {
      for (let question = 0; question < many; question += 1)
        await logs.ask(`${wanted} 누가 지웠어?`, reader);
    });
    await logs.close();
    rows.push({
      records,
      'gunzip + parse alone, ms': Math.round(bound.wallMs),
      'first question, ms': Math.round(first.wallMs),
      'first / alone': Number((first.wallMs / bound.wallMs).toFixed(2)),
      'each further question, ms': Number((next.wallMs / many).toFixed(1)),
      'peak RSS MiB': Math.round(process.resourceUsage().maxRSS / 1024),
    });
    rmSync(folder, { recursive: true });
  }
  return rows;
}

/** Files as CloudTrail writes them, a hundred records each; answers the id of an instance that one record deletes. */
function writeLogs(folder, records) {
  const names = [
    'RunInstances',
    'StopInstances',
    'DescribeInstances',
    'StartInstances',
    'PutObject',
  ];
  const target = 'i-0feedfacefeedface';
  for (let start = 0; start < records; start += 100) {
    const Records = Array.from({ length: Math.min(100, records - start) }, (_, index) => {
      const n = start + index;
      const last = n === records - 1;
      const instance = last ? target : `i-${n.toString(16).padStart(17, '0')}`;
      const account = String(111_111_111_111 + (n % 50));
      return {
        eventVersion: '1.11',
        userIdentity: {
          type: 'AssumedRole',
          principalId: `AROAEXAMPLE:${n % 200}`,
          arn: `arn:aws:sts::${account}:assumed-role/deployer/${n % 200}`,
          accountId: account,
          accessKeyId: `ASIA${String(n % 1000).padStart(16, '0')}`,
          sessionContext: {
            sessionIssuer: {
              type: 'Role',
              arn: `arn:aws:iam::${account}:role/deployer`,
              accountId: account,
              userName: 'deployer',
            },
            attributes: { creationDate: '2026-11-20T00:00:00Z', mfaAuthenticated: 'false' },
          },
        },
        eventTime: new Date(Date.UTC(2026, 10, 20) + n * 500)
          .toISOString()
          .replace('.000', '')
          .replace('.500', ''),
        eventSource: 'ec2.amazonaws.com',
        eventName: last ? 'TerminateInstances' : names[n % names.length],
        awsRegion: ['ap-northeast-2', 'us-east-1', 'eu-west-1', 'us-west-2'][n % 4],
        sourceIPAddress: `203.0.113.${n % 250}`,
        userAgent: 'aws-cli/2.15.0 Python/3.11 Linux/6.1 exe/x86_64 prompt/off command/ec2',
        requestParameters: { instancesSet: { items: [{ instanceId: instance }] } },
        responseElements: {
          instancesSet: {
            items: [
              {
                instanceId: instance,
                currentState: { code: 32, name: 'shutting-down' },
                previousState: { code: 16, name: 'running' },
              },
            ],
          },
        },
        requestID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        eventID: `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        readOnly: false,
        eventType: 'AwsApiCall',
        managementEvent: true,
        recipientAccountId: account,
        eventCategory: 'Management',
      };
    });
    writeFileSync(join(folder, `${start}.json.gz`), gzipSync(JSON.stringify({ Records })));
  }
  return target;
}
