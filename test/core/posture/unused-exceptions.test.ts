import type { StandingException } from '../../../src/core/posture/exceptions.ts';
import type { Finding } from '../../../src/core/posture/finding.ts';
import { unusedExceptions } from '../../../src/core/posture/unused-exceptions.ts';
import { BUCKET, exception, GROUND, of, PAYMENTS, SHOP } from './sound-exception.ts';
import { finding } from './sound-finding.ts';

describe('an exception that nothing needs', () => {
  const unused = (findings: Finding[], by = exception(), dark: string[] = []) =>
    unusedExceptions(findings, [by], { ...GROUND, dark });

  test('is told when the fault is mended', () => {
    expect(unused([finding({ status: 'PASS' })])).toEqual([
      { checks: ['check'], of: PAYMENTS, owner: 'payments', expires: '2027-03-31' },
    ]);
  });

  test('is told when the subject is gone', () => {
    expect(unused([], of({ subject: BUCKET }))).toMatchObject([{ of: BUCKET }]);
  });

  test('is not told while the fault is there, whether the exception expired or not', () => {
    expect(unused([finding()])).toEqual([]);
    expect(unused([finding()], exception({ expires: '2026-01-01' }))).toEqual([]);
  });

  test.each<[string, Finding, StandingException]>([
    ['the account', finding({ status: 'NOT_VISIBLE' }), exception()],
    ['an account of the OU', finding({ status: 'ERROR' }), of({ ou: 'Workloads' })],
    [
      'the bucket itself',
      finding({ status: 'ERROR', subject: BUCKET, owner: '' }),
      of({ subject: BUCKET }),
    ],
    [
      'any account, for a bucket of somebody',
      finding({ status: 'NOT_VISIBLE' }),
      of({ subject: BUCKET }),
    ],
    [
      'the account of the ARN',
      finding({ status: 'NOT_VISIBLE', subject: PAYMENTS }),
      of({ subject: `arn:aws:cloudtrail:us-east-1:${PAYMENTS}:trail/gone` }),
    ],
  ])('is not told while %s cannot be seen', (_, hidden, by) => {
    expect(unused([hidden], by)).toEqual([]);
  });

  test('is told though an account that it does not speak of is dark', () => {
    const dark = finding({ status: 'NOT_VISIBLE', owner: SHOP, covers: [SHOP], subject: SHOP });
    expect(unused([dark])).toHaveLength(1);
    expect(unused([dark], of({ subject: `arn:aws:kms:us-east-1:${PAYMENTS}:key/k` }))).toHaveLength(
      1,
    );
  });

  test.each<[string, string, StandingException]>([
    ['whose account is dark', PAYMENTS, exception()],
    ['of an OU of which an account is dark', SHOP, of({ ou: 'Workloads' })],
    [
      'of a trail whose account is dark',
      PAYMENTS,
      of({ subject: `arn:aws:cloudtrail:us-east-1:${PAYMENTS}:trail/audit` }),
    ],
    [
      'of a trail, where the account that it concerns is dark',
      PAYMENTS,
      exception({ subject: `arn:aws:cloudtrail:us-east-1:${SHOP}:trail/audit` }),
    ],
    ['of an account that is dark', PAYMENTS, of({ subject: PAYMENTS })],
    ['of a bucket, while any account is dark: it may be its own', SHOP, of({ subject: BUCKET })],
  ])('%s is not told', (_, account, by) => {
    expect(unused([], by, [account])).toEqual([]);
  });

  test('is told though another account is dark', () => {
    expect(unused([], exception(), [SHOP])).toHaveLength(1);
  });
});
