import { livesOf } from '../lives.ts';
import type { Company } from '../small-company.ts';
import { ACCOUNT, delivering, lakeStore, STORE, smallTrail, storeIn } from '../small-trails.ts';

const KEY = `arn:aws:kms:ap-northeast-2:${ACCOUNT}:key/1a2b3c4d-5e6f-4a5b-8c7d-lake00000001`;
const policy = (conditions: object = {}) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: '*',
      ...conditions,
    },
  ],
});

livesOf({
  fix: 'encrypt-lake-store',
  company: {
    ...delivering,
    trails: [smallTrail],
    eventDataStores: [lakeStore],
    kmsKeys: [
      {
        id: '1a2b3c4d-5e6f-4a5b-8c7d-lake00000001',
        account: ACCOUNT,
        region: 'ap-northeast-2',
        policy: policy(),
      },
    ],
  },
  fixing: { trailKeys: [KEY.replace('ap-northeast-2', 'us-east-1'), KEY] },
  target: { subject: STORE, owner: ACCOUNT },
  riskClass: 'C',
  calls: ['cloudtrail:UpdateEventDataStore'],
  oneWay: true,
  breaks: {
    'the key was disabled': (company) => {
      keyIn(company).state = 'Disabled';
    },
    'the policy of the key asks for a source by now': (company) => {
      keyIn(company).policy = confined;
    },
    'somebody began to delete the store': (company) => {
      storeIn(company).status = 'PENDING_DELETION';
    },
    'somebody else set a key': (company) => {
      storeIn(company).kmsKey = KEY;
    },
  },
  refuses: {
    'it has a key': {
      arrange: (company) => {
        storeIn(company).kmsKey = KEY;
      },
      because: 'already-sound',
    },
    'the key is disabled': {
      arrange: (company) => {
        keyIn(company).state = 'Disabled';
      },
      because: 'precondition',
    },
    'the policy of the key asks for a source': {
      arrange: (company) => {
        keyIn(company).policy = confined;
      },
      because: 'precondition',
    },
    'no key of its region is configured': {
      arrange: (company) => {
        if (company.aws.settings.fixing) company.aws.settings.fixing.trailKeys = [];
      },
      because: 'precondition',
    },
  },
});

const confined = policy({
  Condition: {
    StringEquals: { 'aws:SourceArn': `arn:aws:cloudtrail:ap-northeast-2:${ACCOUNT}:trail/one` },
  },
});

function keyIn({ running }: Company) {
  const [key] = running.world.scenario.kmsKeys;
  if (!key) throw new Error('the small company lost its key');
  return key;
}
