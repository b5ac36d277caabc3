import { consentPage, notice } from '../../src/confirm/pages.ts';
import { groupPlan } from '../../src/core/fixes/group.ts';
import { planLogFileValidation } from '../../src/core/fixes/plan.ts';
import { hashOf } from '../../src/core/hash.ts';

const HOSTILE = '"><script src=//x></script>\u202e`';

function planOf(name: string) {
  const subject = `arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/${name}`;
  const plan = planLogFileValidation({ id: 'f', subject }, { LogFileValidationEnabled: false });
  if (!plan) throw new Error('nothing to plan');
  return plan;
}

function shown(plan: ReturnType<typeof planOf>, reason: string | null = null) {
  const by = { slackId: 'U1', name: 'alice', email: 'alice@bora.example' };
  const record = {
    id: 'fix-1',
    plan,
    planHash: hashOf(plan),
    state: 'proposed' as const,
    requestedBy: { ...by, email: HOSTILE },
    requestedAt: '2026-11-22T10:00:00.000Z',
    expiresAt: '2026-11-22T11:00:00.000Z',
    approvers: '@cloud-approvers',
    needed: 1,
    approvals: [],
    decidedAt: null,
    claim: null,
    finishedAt: null,
    outcome: null,
    message: null,
  };
  return consentPage(record, { reason, email: 'mina@bora.example', consent: 'c' }, 'en').markup;
}

test('of a plan over several every call is shown once, and counted once', () => {
  const page = shown(groupPlan([planOf('one'), planOf('two')]));
  expect(page).toContain('The exact calls (2)');
  expect(page.match(/cloudtrail:UpdateTrail/g)).toHaveLength(2);
  expect(page).toContain('trail/one');
  expect(page).toContain('trail/two');
});

test('what people, AWS and the provider say becomes no element, attribute or turned text', () => {
  const plan = { ...planOf('one'), resource: HOSTILE };
  const parameters = { Name: HOSTILE };
  const pages = [
    shown({ ...plan, calls: [{ api: 'cloudtrail:UpdateTrail', parameters }] }, HOSTILE),
    notice('refused', 'ko', HOSTILE).markup,
  ];
  for (const page of pages) {
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202e');
  }
});
