import { KEY, keyCompany, keyNow } from '../key-company.ts';
import { livesOf } from '../lives.ts';
import { ARCHIVE } from '../log-bucket-company.ts';

livesOf({
  fix: 'rotate-key',
  target: { subject: KEY, owner: ARCHIVE },
  riskClass: 'A',
  company: keyCompany({ rotation: false }),
  calls: ['kms:EnableKeyRotation'],
  breaks: {
    'somebody switched it on': (company) => {
      keyNow(company).rotation = true;
    },
    'the key was disabled': (company) => {
      keyNow(company).state = 'Disabled';
    },
  },
  refuses: {
    'it rotates': {
      arrange: (company) => {
        keyNow(company).rotation = true;
      },
      because: 'already-sound',
    },
    'it is disabled': {
      arrange: (company) => {
        keyNow(company).state = 'Disabled';
      },
      because: 'precondition',
    },
    'its material was imported': {
      arrange: (company) => {
        keyNow(company).origin = 'EXTERNAL';
      },
      because: 'precondition',
    },
  },
});
