// Log files as CloudTrail delivers them to an organization's bucket: 50 accounts × 4 regions × 30 days, some 49 events
// a file, the mixture of services and sizes of real trails. The same number gives the same files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';

const ACCOUNTS = Array.from({ length: 50 }, (_, n) => String(211_150_000_000 + n * 7_919_113));
const REGIONS = ['ap-northeast-2', 'us-east-1', 'eu-west-1', 'us-west-2'];
const DAYS = 30;
const START = Date.UTC(2026, 9, 20) / 1000;
const PER_FILE = 49;

/** What a bench looks for: ids that stand in one event each. */
export const NEEDLE = 'i-0feedfacefeedface';

/** A small generator of numbers (mulberry32), the same for the same seed. */
function numbers(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const HEX = Array.from({ length: 65_536 }, (_, n) => n.toString(16).padStart(4, '0'));
const THREE = HEX.slice(0, 4096).map((word) => word.slice(1));
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const TRIPLES = Array.from(
  { length: 32_768 },
  (_, n) => LETTERS[n >> 10] + LETTERS[(n >> 5) & 31] + LETTERS[n & 31],
);
/** Session tokens are cut from this: nobody asks for one, and gzip finds none of them twice. */
const TOKENS = tokens(1 << 22);

function tokens(size) {
  const random = numbers(7);
  return Buffer.from(
    Uint8Array.from({ length: size }, () => LETTERS.charCodeAt(random() * 32)),
  ).toString('latin1');
}

const days = new Map();
function dayOf(midnight) {
  const known = days.get(midnight) ?? new Date(midnight * 1000).toISOString().slice(0, 10);
  days.set(midnight, known);
  return known;
}

/** The file with this number of an organization with so many files: where it lies, and its text. */
export function logFile(number, of) {
  const random = numbers(number * 2_654_435_761 + 1);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const hex = (quads) => {
    let words = '';
    for (let quad = 0; quad < quads; quad += 1) words += HEX[(random() * 65_536) | 0];
    return words;
  };
  const quad = () => HEX[(random() * 65_536) | 0];
  const three = () => THREE[(random() * 4096) | 0];
  const uuid = () =>
    `${quad()}${quad()}-${quad()}-4${three()}-a${three()}-${quad()}${quad()}${quad()}`;
  const letters = (count) => {
    let words = '';
    for (let letter = 0; letter < count; letter += 3) words += TRIPLES[(random() * 32_768) | 0];
    return words.slice(0, count);
  };
  const token = (count) => {
    const at = (random() * (TOKENS.length - count)) | 0;
    return TOKENS.slice(at, at + count);
  };
  // Files are listed account by account, region by region, day by day, as S3 lists them.
  const places = ACCOUNTS.length * REGIONS.length;
  const perPlace = of / places;
  const place = Math.min(places - 1, Math.floor(number / perPlace));
  const account = ACCOUNTS[Math.floor(place / REGIONS.length)];
  const region = REGIONS[place % REGIONS.length];
  const within = (number - place * perPlace) / perPlace;
  const span = (DAYS * 86_400) / perPlace;
  const opened = START + Math.floor(within * DAYS * 86_400);
  const time = (n) => {
    const second = opened + Math.floor((n * span) / PER_FILE);
    const ofDay = second % 86_400;
    return `${dayOf(second - ofDay)}T${TWO[(ofDay / 3600) | 0]}:${TWO[((ofDay / 60) | 0) % 60]}:${TWO[ofDay % 60]}Z`;
  };

  // Two or three sessions are at work in any five minutes.
  const sessions = Array.from({ length: 3 }, (_, n) => {
    const role = pick(ROLES);
    const person = `${pick(PEOPLE)}@bora.example`;
    const session = n === 0 ? person : `${role}-${Math.floor(opened / 3600)}-${n}`;
    const id = `AROA${letters(17)}`;
    const created = time(0);
    return {
      role,
      agent: pick(AGENTS),
      address: `203.0.${Math.floor(random() * 8)}.${Math.floor(random() * 250)}`,
      identity: `{"type":"AssumedRole","principalId":"${id}:${session}","arn":"arn:aws:sts::${account}:assumed-role/${role}/${session}","accountId":"${account}","accessKeyId":"ASIA${letters(16)}","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"${id}","arn":"arn:aws:iam::${account}:role/${role}","accountId":"${account}","userName":"${role}"},"attributes":{"creationDate":"${created}","mfaAuthenticated":"${n === 0}"}}}`,
    };
  });
  const records = [];
  for (let n = 0; n < PER_FILE; n += 1) {
    const session = pick(sessions);
    const needle = number === Math.floor(of / 2) && n === 7;
    const kind = needle ? KINDS[0] : pick(MIX);
    const instance = needle ? NEEDLE : `i-0${hex(4)}`;
    const call = kind.call({
      account,
      region,
      instance,
      session,
      hex,
      uuid,
      letters,
      token,
      pick,
      time: time(n),
      random,
    });
    const denied = random() < 0.04 && !needle;
    const identity = call.identity ?? session.identity;
    const error = denied
      ? `"errorCode":"${kind.source === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied'}","errorMessage":"User: arn:aws:sts::${account}:assumed-role/${session.role} is not authorized to perform: ${kind.source}:${kind.name} on resource: arn:aws:${kind.source}:${region}:${account}:thing/${hex(3)} because no identity-based policy allows the ${kind.source}:${kind.name} action",`
      : '';
    records.push(
      `{"eventVersion":"1.11","userIdentity":${identity},"eventTime":"${time(n)}","eventSource":"${kind.source}.amazonaws.com","eventName":"${kind.name}","awsRegion":"${region}","sourceIPAddress":"${call.address ?? session.address}","userAgent":"${call.agent ?? session.agent}",${error}"requestParameters":${call.asked},"responseElements":${denied ? 'null' : (call.answered ?? 'null')},${call.beside ?? ''}"requestID":"${uuid()}","eventID":"${uuid()}","readOnly":${kind.readOnly},${call.resources ?? ''}"eventType":"AwsApiCall","managementEvent":${kind.category !== 'Data'},"recipientAccountId":"${account}",${call.shared ?? ''}"eventCategory":"${kind.category ?? 'Management'}","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"${kind.source}.${region}.amazonaws.com"}}`,
    );
  }
  const [day, clock] = time(PER_FILE).split('T');
  return {
    path: `AWSLogs/o-bora4example/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}/${account}_CloudTrail_${region}_${day.replaceAll('-', '')}T${clock.slice(0, 5).replace(':', '')}Z_${letters(16)}.json.gz`,
    text: `{"Records":[${records.join(',')}]}`,
  };
}

const ROLES = [
  'OrgAdmin',
  'deploy-web',
  'ci-runner',
  'eks-node',
  'AWSReservedSSO_PowerUser_4f1c2ab9de310c77',
  'backup',
  'data-pipeline',
  'readonly-audit',
  'lambda-orders',
  'ops-breakglass',
];
const PEOPLE = ['alice', 'bob', 'carol', 'dave', 'eunji', 'minsu', 'jihye', 'sora', 'tom', 'yuna'];
const AGENTS = [
  'aws-cli/2.31.3 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off',
  'Boto3/1.40.30 md/Botocore#1.40.30 ua/2.1 os/linux#5.10.240 md/arch#aarch64 lang/python#3.12.11 Botocore/1.40.30',
  'APN/1.0 HashiCorp/1.0 Terraform/1.13.2 (+https://www.terraform.io) terraform-provider-aws/6.14.0 aws-sdk-go-v2/1.39.0',
  'aws-sdk-java/2.33.4 Linux/5.10 OpenJDK_64-Bit_Server_VM/21.0.8 Java/21.0.8 kotlin vendor/Amazon.com_Inc. io/sync http/Apache',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
];

const instances = (id, states) =>
  `{"instancesSet":{"items":[{"instanceId":"${id}"${states ? ',"currentState":{"code":32,"name":"shutting-down"},"previousState":{"code":16,"name":"running"}' : ''}}]}}`;
const KINDS = [
  {
    share: 1,
    source: 'ec2',
    name: 'TerminateInstances',
    readOnly: false,
    call: ({ instance, uuid }) => ({
      asked: instances(instance),
      answered: instances(instance, true).replace('{', `{"requestId":"${uuid()}",`),
    }),
  },
  {
    share: 14,
    source: 'ec2',
    name: 'DescribeInstances',
    readOnly: true,
    call: ({ instance }) => ({
      asked: `{"maxResults":1000,"instancesSet":{"items":[{"instanceId":"${instance}"}]},"filterSet":{}}`,
    }),
  },
  {
    share: 10,
    source: 'ec2',
    name: 'DescribeNetworkInterfaces',
    readOnly: true,
    call: ({ hex }) => ({
      asked: `{"networkInterfaceIdSet":{},"filterSet":{"items":[{"name":"network-interface-id","valueSet":{"items":[{"value":"eni-0${hex(4)}"}]}}]}}`,
    }),
  },
  {
    share: 2,
    source: 'ec2',
    name: 'CreateTags',
    readOnly: false,
    call: ({ instance, hex }) => ({
      asked: `{"resourcesSet":{"items":[{"resourceId":"${instance}"}]},"tagSet":{"items":[{"key":"Name","value":"web-${hex(1)}"},{"key":"team","value":"orders"}]}}`,
      answered: `{"_return":true}`,
    }),
  },
  {
    share: 18,
    source: 'sts',
    name: 'AssumeRole',
    readOnly: true,
    call: ({ account, pick, letters, token, time, uuid, hex }) => {
      const role = pick(ROLES);
      const session = `${pick(['eks-orders', 'AutoScaling', 'config-rule', 'botocore-session'])}-${hex(2)}`;
      return {
        identity: `{"type":"AWSService","invokedBy":"${pick(['ec2', 'lambda', 'config', 'ecs-tasks'])}.amazonaws.com"}`,
        address: 'ec2.amazonaws.com',
        agent: 'ec2.amazonaws.com',
        asked: `{"roleArn":"arn:aws:iam::${account}:role/${role}","roleSessionName":"${session}","durationSeconds":3600}`,
        answered: `{"credentials":{"accessKeyId":"ASIA${letters(16)}","sessionToken":"IQoJb3JpZ2luX2VjE${token(640)}","expiration":"${time}"},"assumedRoleUser":{"assumedRoleId":"AROA${letters(17)}:${session}","arn":"arn:aws:sts::${account}:assumed-role/${role}/${session}"}}`,
        resources: `"resources":[{"accountId":"${account}","type":"AWS::IAM::Role","ARN":"arn:aws:iam::${account}:role/${role}"}],`,
        shared: `"sharedEventID":"${uuid()}",`,
      };
    },
  },
  {
    share: 14,
    source: 'kms',
    name: 'Decrypt',
    readOnly: true,
    call: ({ account, region, pick }) => {
      const key = `arn:aws:kms:${region}:${account}:key/${pick(KEYS)}`;
      return {
        asked: `{"keyId":"${key}","encryptionAlgorithm":"SYMMETRIC_DEFAULT","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::bora-orders-${account}"}}`,
        resources: `"resources":[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"${key}"}],`,
      };
    },
  },
  {
    share: 10,
    source: 's3',
    name: 'GetObject',
    readOnly: true,
    category: 'Data',
    call: ({ account, pick, hex, random }) => {
      const bucket = `bora-${pick(['orders', 'invoices', 'logs', 'media'])}-${account}`;
      const key = `year=2026/part-${hex(3)}.parquet`;
      return {
        asked: `{"bucketName":"${bucket}","Host":"${bucket}.s3.amazonaws.com","key":"${key}"}`,
        beside: `"additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"SSEApplied":"SSE_S3","AuthenticationMethod":"AuthHeader","x-amz-id-2":"${hex(12)}","bytesTransferredOut":${Math.floor(random() * 9_000_000)}},`,
        resources: `"resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::${bucket}/${key}"},{"accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}],`,
      };
    },
  },
  {
    share: 7,
    source: 'logs',
    name: 'CreateLogStream',
    readOnly: false,
    call: ({ pick, hex }) => ({
      asked: `{"logGroupName":"/aws/lambda/${pick(['orders', 'invoices', 'mailer'])}","logStreamName":"2026/11/01/[$LATEST]${hex(8)}"}`,
    }),
  },
  {
    share: 6,
    source: 'ssm',
    name: 'GetParameter',
    readOnly: true,
    call: ({ account, region, pick }) => {
      const name = `/bora/${pick(['db', 'api', 'mail'])}/password`;
      return {
        asked: `{"name":"${name}","withDecryption":true}`,
        resources: `"resources":[{"ARN":"arn:aws:ssm:${region}:${account}:parameter${name}"}],`,
      };
    },
  },
  {
    share: 5,
    source: 'dynamodb',
    name: 'DescribeTable',
    readOnly: true,
    call: ({ pick }) => ({ asked: `{"tableName":"${pick(['orders', 'carts', 'people'])}"}` }),
  },
  {
    share: 4,
    source: 'elasticloadbalancing',
    name: 'DescribeTargetHealth',
    readOnly: true,
    call: ({ account, region, hex }) => ({
      asked: `{"targetGroupArn":"arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/web/${hex(4)}"}`,
    }),
  },
  {
    share: 3,
    source: 'secretsmanager',
    name: 'GetSecretValue',
    readOnly: true,
    call: ({ account, region, pick }) => ({
      asked: `{"secretId":"arn:aws:secretsmanager:${region}:${account}:secret:prod/${pick(['db', 'api'])}-a1B2c3"}`,
    }),
  },
  {
    share: 2,
    source: 'iam',
    name: 'GetRolePolicy',
    readOnly: true,
    call: ({ pick }) => ({ asked: `{"roleName":"${pick(ROLES)}","policyName":"inline"}` }),
  },
  {
    share: 1,
    source: 'iam',
    name: 'PutRolePolicy',
    readOnly: false,
    call: ({ pick }) => ({
      asked: `{"roleName":"${pick(ROLES)}","policyName":"inline","policyDocument":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":[\\"s3:GetObject\\"],\\"Resource\\":\\"arn:aws:s3:::bora-orders/*\\"}]}"}`,
    }),
  },
  {
    share: 3,
    source: 'cloudwatch',
    name: 'DescribeAlarms',
    readOnly: true,
    call: () => ({ asked: '{"maxRecords":100}' }),
  },
];
const KEYS = [
  '0b1f4c5e-7a37-4d55-9f63-2a6f1d5c7e10',
  '5d7e9f10-1b3c-4a5d-8e7f-90a1b2c3d4e5',
  'c0ffee00-1234-4abc-9def-0123456789ab',
];
const MIX = KINDS.flatMap((kind) => Array(kind.share).fill(kind));

/** Writes the files `from` to `to` of `of`; answers how many events they hold. Two threads share the work. */
export async function writeLogFiles(folder, { from = 0, to, of = to, threads = 2 }) {
  const share = Math.ceil((to - from) / threads);
  await Promise.all(
    Array.from({ length: threads }, (_, n) => {
      const mine = { folder, from: from + n * share, to: Math.min(to, from + (n + 1) * share), of };
      return new Promise((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: mine });
        worker.once('error', reject);
        worker.once('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`ended with ${code}`)),
        );
      });
    }),
  );
  return (to - from) * PER_FILE;
}

if (!isMainThread && workerData?.folder) {
  const { folder, from, to, of } = workerData;
  const made = new Set();
  for (let number = from; number < to; number += 1) {
    const { path, text } = logFile(number, of);
    const whole = join(folder, path);
    const parent = dirname(whole);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(whole, gzipSync(Buffer.from(text, 'latin1')));
  }
  parentPort?.close();
}
