import fc from 'fast-check';
import {
  isAccepted,
  StandingException,
  withExceptions,
} from '../../../src/core/posture/exceptions.ts';
import type { Finding, Status } from '../../../src/core/posture/finding.ts';
import { BUCKET, exception, GROUND, of, PAYMENTS, SHOP } from './sound-exception.ts';
import { finding } from './sound-finding.ts';

function only(one: Finding, ...exceptions: StandingException[]): Finding {
  const [result] = withExceptions([one], exceptions, GROUND);
  if (!result) throw new Error('a finding went in');
  return result;
}

test('an accepted fault stays a fault, with who accepted it, why and until when', () => {
  const result = only(finding(), exception());
  expect(result).toMatchObject({
    status: 'FAIL',
    detail: 'detail.',
    exception: { reason: 'a contract', owner: 'payments', expires: '2027-03-31', expired: false },
  });
  expect(isAccepted(result)).toBe(true);
});

test('lesson 16: what is accepted is not offered for fixing', () => {
  expect(only(finding(), exception()).fix).toBeNull();
  expect(only(finding(), exception({ expires: '2026-11-21' })).fix).toEqual({
    id: 'fix',
    class: 'A',
  });
});

test('an exception holds to the end of its day', () => {
  expect(only(finding(), exception({ expires: '2026-11-22' })).exception?.expired).toBe(false);
});

test('an expired one counts again, and the finding says so in both languages', () => {
  const result = only(finding(), exception({ expires: '2026-11-21' }));
  expect(isAccepted(result)).toBe(false);
  expect(result.exception?.expired).toBe(true);
  expect(result.detail).toBe(
    'detail. Its exception expired after 2026-11-21 (owner payments: a contract), so it counts again.',
  );
  expect(result.ko?.detail).toBe(
    '설명. 2026-11-21까지였던 예외가 만료되어 다시 집계됩니다(담당 payments: a contract).',
  );
});

test('of several the one that holds longest counts', () => {
  const result = only(finding(), exception({ expires: '2026-01-01' }), exception());
  expect(result.exception).toMatchObject({ expires: '2027-03-31', expired: false });
});

test('what a person wrote is made harmless where the finding repeats it', () => {
  const owner = 'pay\u202ements';
  expect(only(finding(), exception({ owner, expires: '2026-01-01' })).detail).not.toContain(
    '\u202e',
  );
});

test.each<Status>(['PASS', 'NOT_APPLICABLE', 'NOT_VISIBLE', 'ERROR'])(
  '%s is never excepted',
  (status) => {
    const sound = finding({ status });
    expect(only(sound, exception())).toBe(sound);
  },
);

describe('whom an exception speaks of', () => {
  const bucket = finding({ subject: BUCKET, covers: [PAYMENTS, SHOP] });

  test.each<[string, StandingException, Finding, boolean]>([
    ['the account’s own', exception(), finding(), true],
    ['another account’s', exception(), finding({ owner: SHOP, covers: [SHOP] }), false],
    ['what is the account’s and concerns another', exception(), bucket, false],
    ['what concerns the account and is another’s', exception(), finding({ owner: SHOP }), false],
    ['what nobody is known to own', exception(), finding({ owner: '', covers: [] }), false],
    ['another check', exception({ check: 'other' }), finding(), false],
    ['one of several checks', exception({ check: ['other', 'check'] }), finding(), true],
    ['a subject by its name, whomever it concerns', of({ subject: BUCKET }), bucket, true],
    ['a subject that begins alike', of({ subject: 'arn:aws:s3:::audit' }), bucket, false],
    ['an OU’s, by its name', of({ ou: 'payments' }), finding(), true],
    ['an OU’s, by its path', of({ ou: 'Workloads/Payments' }), finding(), true],
    ['an OU’s, by its id', of({ ou: 'ou-p' }), finding(), true],
    ['what concerns accounts of the OU only', of({ ou: 'Workloads' }), bucket, true],
    ['what concerns accounts beyond the OU', of({ ou: 'Payments' }), bucket, false],
    [
      'an account that Organizations does not name',
      of({ ou: 'Workloads' }),
      finding({ owner: '9' }),
      false,
    ],
  ])('%s', (_, by, one, expected) => {
    expect(only(one, by).exception !== null).toBe(expected);
  });

  test('the organization trail is everybody’s: an account or an OU cannot accept its fault, its name can', () => {
    const trail = 'arn:aws:cloudtrail:us-east-1:111111111111:trail/org-trail';
    const fault = finding({ subject: trail, owner: PAYMENTS, covers: [PAYMENTS, SHOP] });
    expect(only(fault, exception()).exception).toBeNull();
    expect(only(fault, of({ ou: 'Payments' })).exception).toBeNull();
    expect(only(fault, of({ subject: trail })).exception).not.toBeNull();
  });

  describe('a subject and whom it concerns', () => {
    const trail = 'arn:aws:cloudtrail:us-east-1:333333333333:trail/org-trail';
    const missing = (...covers: string[]) =>
      finding({ subject: trail, owner: '333333333333', covers });

    test.each<[string, StandingException, Finding, boolean]>([
      ['the one account', exception({ subject: trail }), missing(PAYMENTS), true],
      ['one more account', exception({ subject: trail }), missing(PAYMENTS, SHOP), false],
      ['another subject', exception({ subject: BUCKET }), missing(PAYMENTS), false],
      [
        'accounts of the OU',
        of({ subject: trail, ou: 'Workloads' }),
        missing(PAYMENTS, SHOP),
        true,
      ],
      ['nobody that is known', exception({ subject: trail }), missing(), false],
    ])('%s', (_, by, one, expected) => {
      expect(only(one, by).exception !== null).toBe(expected);
    });
  });
});

describe('the grammar', () => {
  const sound = { check: 'a-check', reason: 'r', owner: 'o', expires: '2027-01-01' };

  test.each<[string, object]>([
    ['all checks', { check: '*', account: PAYMENTS }],
    ['no check', { check: [], account: PAYMENTS }],
    ['nobody', {}],
    ['an account and an OU', { account: PAYMENTS, ou: 'Workloads' }],
    ['an account by name', { account: 'payments' }],
    ['no day', { account: PAYMENTS, expires: 'never' }],
    ['a day that there is not', { account: PAYMENTS, expires: '2027-02-30' }],
    ['an unknown key', { account: PAYMENTS, until: '2027-01-01' }],
  ])('%s is refused', (_, differs) => {
    expect(StandingException.safeParse({ ...sound, ...differs }).success).toBe(false);
  });

  test.each(['reason', 'owner', 'expires'])('without %s is refused', (key) => {
    expect(
      StandingException.safeParse({ ...sound, account: PAYMENTS, [key]: undefined }).success,
    ).toBe(false);
  });
});

const ids = fc.constantFrom(PAYMENTS, SHOP, '333333333333');
const anyFinding = fc
  .record({
    check: fc.constantFrom('check', 'other'),
    status: fc.constantFrom<Status>('PASS', 'FAIL', 'NOT_APPLICABLE', 'NOT_VISIBLE', 'ERROR'),
    subject: fc.constantFrom(BUCKET, PAYMENTS, 'arn:x'),
    owner: ids,
    covers: fc.array(ids),
  })
  .map(finding);
const anyException = fc
  .record({
    where: fc.constantFrom(
      { subject: BUCKET },
      { account: PAYMENTS },
      { account: SHOP },
      { ou: 'Workloads' },
      { ou: 'nowhere' },
    ),
    check: fc.constantFrom('check', ['check', 'other']),
    expires: fc.constantFrom('2026-01-01', '2026-11-22', '2027-01-01'),
  })
  .map(({ where, ...rest }) =>
    StandingException.parse({ reason: 'r', owner: 'o', ...rest, ...where }),
  );

test('no exception ever changes a status, hides a finding, or touches what could not be seen', () => {
  fc.assert(
    fc.property(fc.array(anyFinding), fc.array(anyException), (findings, exceptions) => {
      const after = withExceptions(findings, exceptions, GROUND);
      const seen = ({ id, check, status, subject, owner, evidence }: Finding) => [
        { id, check, status, subject, owner, evidence },
      ];
      expect(after.flatMap(seen)).toEqual(findings.flatMap(seen));
      for (const [index, one] of after.entries()) {
        if (one.status !== 'FAIL') expect(one).toBe(findings[index]);
        // Whatever an exception adds, what was said stays said.
        expect(one.detail.startsWith(findings[index]?.detail ?? '?')).toBe(true);
      }
    }),
  );
});
