import { livesOf } from '../lives.ts';
import type { Company } from '../small-company.ts';

const PAYMENTS = '666677778888';
const HOME = 'ap-northeast-2';
const place = { account: PAYMENTS, region: HOME };
const target = {
  subject: `arn:aws:logs:${HOME}:${PAYMENTS}:log-group:payments-audit:*`,
  owner: PAYMENTS,
};

function groupOf({ running }: Company) {
  const group = running.world.scenario.logGroups.find(({ name }) => name === 'payments-audit');
  if (!group) throw new Error('the log group is gone');
  return group;
}

const given = {
  fix: 'set-log-retention',
  company: {
    logGroups: [
      { ...place, name: 'payments-audit', retentionDays: 30 },
      { ...place, name: 'payments-audit-2', retentionDays: 7 },
    ],
  },
  target,
  riskClass: 'B' as const,
};

livesOf({
  ...given,
  calls: ['logs:PutRetentionPolicy'],
  breaks: {
    'somebody raised it, and not enough': (company) => {
      groupOf(company).retentionDays = 90;
    },
    'it is encrypted by another key': (company) => {
      groupOf(company).kmsKey = 'arn:aws:kms:ap-northeast-2:666677778888:key/another';
    },
    'the log group is gone': ({ running }) => running.world.scenario.logGroups.shift(),
  },
  refuses: {
    'it keeps for ever': {
      arrange: (company) => {
        groupOf(company).retentionDays = undefined;
      },
      because: 'already-sound',
    },
    'it keeps for as long as asked for': {
      arrange: (company) => {
        groupOf(company).retentionDays = 365;
      },
      because: 'already-sound',
    },
  },
});

livesOf({
  ...given,
  where: 'longer than CloudWatch Logs can count',
  fixing: { retentionDays: 4_000 },
  calls: ['logs:DeleteRetentionPolicy'],
  breaks: {},
});
