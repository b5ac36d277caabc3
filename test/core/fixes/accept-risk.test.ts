import fc from 'fast-check';
import { planAcceptance, riskIn, riskOf } from '../../../src/core/fixes/accept-risk.ts';
import { planBack } from '../../../src/core/fixes/plan.ts';
import { hashOf } from '../../../src/core/hash.ts';
import { openFinding } from '../../jobs/fix-world.ts';

const acceptance = { reason: 'a migration', owner: 'payments team', expires: '2027-03-31' };

test('the plan calls nothing, says what is accepted, and takes two people where it is critical', () => {
  const plan = planAcceptance(openFinding(), acceptance);
  expect(plan).toMatchObject({
    calls: [],
    riskClass: 'B',
    before: { exception: null },
    after: { exception: acceptance },
  });
  expect(planAcceptance(openFinding({ severity: 'critical' }), acceptance).riskClass).toBe('C');
  expect(hashOf(planAcceptance(openFinding(), acceptance))).toBe(hashOf(plan));
  expect(hashOf(planAcceptance(openFinding(), { ...acceptance, reason: 'other' }))).not.toBe(
    hashOf(plan),
  );
});

test('what is accepted is read out of the plan again, whatever the subject is called', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (subject, reason) => {
      const finding = openFinding({ subject });
      const plan = planAcceptance(finding, { ...acceptance, reason });
      const risk = riskIn(plan, 'fix-1');
      expect(risk).toEqual({ ...acceptance, reason, check: finding.check, subject, fix: 'fix-1' });
      expect(riskOf(risk)).toBe(plan.resource);
    }),
  );
});

test('taking it back is light: a protection returns', () => {
  const plan = planAcceptance(openFinding(), acceptance);
  const back = planBack(plan, plan.after);
  expect(back).toMatchObject({ direction: 'back', riskClass: 'A', after: { exception: null } });
  expect(back && riskIn(back, 'fix-2')).toMatchObject(acceptance);
});
