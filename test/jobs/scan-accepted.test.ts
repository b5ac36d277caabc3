import { StandingException } from '../../src/core/posture/exceptions.ts';
import { exitCodeOf, scanPosture, type World } from '../../src/jobs/scan-posture.ts';
import { frameworks, postureRules } from '../../src/policies.ts';
import {
  denied,
  MANAGEMENT,
  ORG_TRAIL,
  READ_AT,
  soundFacts,
  soundSettings,
  soundTrail,
} from '../core/posture/sound.ts';

const exception = StandingException.parse({
  check: 'trail-log-file-validation',
  subject: ORG_TRAIL,
  reason: 'the migration ends in spring',
  owner: 'cloud platform',
  expires: '2027-03-31',
});

/** An organization whose one fault is that its trail writes no digests. */
function worldWhere(differs: Partial<World> = {}): World {
  const facts = soundFacts({ trails: [soundTrail({}, { logFileValidation: false })] });
  return {
    organization: async () => facts.organization,
    facts: async () => facts,
    rules: postureRules().filter(({ id }) => id === 'trail-log-file-validation'),
    frameworks: frameworks(),
    exceptions: [exception],
    settings: soundSettings(),
    simulated: false,
    now: () => new Date(READ_AT),
    calls: () => 0,
    ...differs,
  };
}

test('an accepted fault is in the scan as one, with its controls, and does not fail it', async () => {
  const scan = await scanPosture({}, worldWhere());
  expect(scan.totals.FAIL).toBe(1);
  expect(scan.excepted).toBe(1);
  expect(scan.findings).toMatchObject([
    {
      status: 'FAIL',
      fix: null,
      exception: { owner: 'cloud platform', expired: false },
      controls: { 'CIS AWS 7.0': ['4.2'], 'PCI DSS 4.0.1': ['10.3.2', '10.3.4'] },
    },
  ]);
  expect(scan).not.toHaveProperty('unusedExceptions');
  expect(exitCodeOf(scan)).toBe(0);
});

test('the same fault fails the scan once its exception has expired', async () => {
  const exceptions = [{ ...exception, expires: '2026-11-21' }];
  const scan = await scanPosture({}, worldWhere({ exceptions }));
  expect([scan.excepted, exitCodeOf(scan)]).toEqual([0, 1]);
  expect(scan.findings[0]?.detail).toContain('expired after 2026-11-21');
});

test('an exception that nothing needs is told by a whole scan, and by no smaller one', async () => {
  const exceptions = [{ ...exception, subject: 'arn:aws:s3:::gone' }];
  const whole = await scanPosture({}, worldWhere({ exceptions }));
  expect(whole.unusedExceptions).toMatchObject([
    { of: 'arn:aws:s3:::gone', owner: 'cloud platform' },
  ]);
  const part = await scanPosture({ accounts: [MANAGEMENT] }, worldWhere({ exceptions }));
  expect(part).not.toHaveProperty('unusedExceptions');
});

test('where the accounts could not be listed, nobody says that an exception is not needed', async () => {
  const exceptions = [{ ...exception, subject: 'arn:aws:s3:::gone' }];
  const { organization, ...facts } = soundFacts();
  const blind = { ...organization, accounts: denied() };
  const unlisted = {
    organization: async () => blind,
    facts: async () => ({ ...facts, organization: blind }),
  };
  const scan = await scanPosture({}, worldWhere({ exceptions, ...unlisted }));
  expect(scan).not.toHaveProperty('unusedExceptions');
});

test('log files are counted once, and only where somebody gave them', async () => {
  let counted = 0;
  const volumes = async () => {
    counted += 1;
    return { seen: { counts: [], first: null, last: null, unread: 0 } };
  };
  await scanPosture({}, worldWhere({ volumes }));
  await scanPosture({}, worldWhere());
  expect(counted).toBe(1);
});
