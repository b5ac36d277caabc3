import { livesOf } from '../lives.ts';
import { ACCOUNT, delivering, lakeStore, STORE, smallTrail, storeIn } from '../small-trails.ts';

livesOf({
  fix: 'protect-lake-store',
  company: {
    ...delivering,
    trails: [smallTrail],
    eventDataStores: [
      {
        ...lakeStore,
        kmsKey: 'arn:aws:kms:ap-northeast-2:666677778888:key/lake',
        terminationProtection: false,
      },
    ],
  },
  target: { subject: STORE, owner: ACCOUNT },
  riskClass: 'A',
  calls: ['cloudtrail:UpdateEventDataStore'],
  breaks: {
    'somebody protected it': (company) => {
      storeIn(company).terminationProtection = true;
    },
    'somebody began to delete it': (company) => {
      storeIn(company).status = 'PENDING_DELETION';
    },
    'it keeps its events for a shorter time': (company) => {
      storeIn(company).retentionDays = 7;
    },
  },
  refuses: {
    'it is protected and has a key': {
      arrange: (company) => {
        storeIn(company).terminationProtection = true;
      },
      because: 'already-sound',
    },
    'what it lacks is a key': {
      arrange: (company) => {
        Object.assign(storeIn(company), { terminationProtection: true, kmsKey: undefined });
      },
      because: 'precondition',
    },
    'somebody is deleting it': {
      arrange: (company) => {
        storeIn(company).status = 'PENDING_DELETION';
      },
      because: 'precondition',
    },
  },
});
