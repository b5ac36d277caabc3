import { restoreTrailKey } from '../../../../src/aws/fixes/restore-trail-key.ts';
import type { FixPlan } from '../../../../src/core/fixes/fix.ts';
import { KEY, keyCompany, keyNow, ofTheAccount } from '../key-company.ts';
import { livesOf } from '../lives.ts';
import { ARCHIVE } from '../log-bucket-company.ts';
import { openCompany } from '../small-company.ts';

const fix = {
  fix: 'restore-trail-key',
  target: { subject: KEY, owner: ARCHIVE, check: 'trail-kms-key-usable' },
  riskClass: 'C' as const,
  oneWay: true as const,
};

livesOf({
  ...fix,
  where: 'about to be deleted',
  company: keyCompany({ state: 'PendingDeletion', deletionDate: '2030-01-01T00:00:00Z' }),
  calls: ['kms:CancelKeyDeletion', 'kms:EnableKey'],
  staysWhenStopped: [1],
  breaks: {
    'somebody cancelled the deletion': (company) => {
      keyNow(company).state = 'Disabled';
    },
    'the deletion was planned anew': (company) => {
      keyNow(company).deletionDate = '2030-02-01T00:00:00Z';
    },
  },
  refuses: {
    'its key material is missing': {
      arrange: (company) => {
        keyNow(company).state = 'PendingImport';
      },
      because: 'precondition',
    },
    'it is one of AWS': {
      arrange: (company) => {
        keyNow(company).manager = 'AWS';
      },
      because: 'precondition',
    },
    'it is enabled and shuts CloudTrail out': {
      arrange: (company) => {
        keyNow(company).state = 'Enabled';
        keyNow(company).policy = { Version: '2012-10-17', Statement: [ofTheAccount] };
      },
      because: 'precondition',
    },
  },
});

livesOf({
  ...fix,
  where: 'disabled',
  company: keyCompany({ state: 'Disabled' }),
  calls: ['kms:EnableKey'],
  breaks: {
    'somebody enabled it': (company) => {
      keyNow(company).state = 'Enabled';
    },
    'CloudTrail was shut out': (company) => {
      keyNow(company).policy = { Version: '2012-10-17', Statement: [ofTheAccount] };
    },
  },
});

test('whether log files arrive again is asked of the trails that the policy of the key names', async () => {
  const company = await openCompany(keyCompany());
  try {
    const plan = { resource: KEY } as FixPlan;
    const hour = 3_600_000;
    const at = (offset: number) => new Date(Date.now() + offset).toISOString();
    const since = { at: at(-hour), now: at(0) };
    expect(await restoreTrailKey.later?.(plan, since, company.aws)).toMatchObject({
      seen: { holds: true },
    });
    company.trail.deliveryErrors = { '*': { s3: 'KMS.DisabledException' } };
    const later = { at: at(-hour), now: at(hour) };
    expect(await restoreTrailKey.later?.(plan, later, company.aws)).toMatchObject({
      seen: { holds: false, told: { en: expect.stringContaining('KMS.DisabledException') } },
    });
    keyNow(company).policy = { Version: '2012-10-17', Statement: [ofTheAccount] };
    expect(await restoreTrailKey.later?.(plan, later, company.aws)).toEqual({ seen: undefined });
  } finally {
    await company.close();
  }
});
