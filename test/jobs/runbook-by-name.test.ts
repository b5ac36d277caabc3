import { type PlanningWorld, planFix } from '../../src/jobs/plan-fix.ts';
import { runbookMessage } from '../../src/slack/messages/runbook.ts';

const world: PlanningWorld = {
  lastScans: async () => [],
  plan: async () => 'no-fix',
  obstacles: async () => ({ seen: null }),
  asCode: () => [],
};
const KIM = 'arn:aws:iam::666677778888:user/kim';

test.each([
  ['forward-events', '222233334444', 'arn:aws:events:REGION:222233334444:event-bus/audit'],
  ['narrow-access', KIM, `--arn ${KIM}`],
])('%s is written for what somebody names, without a finding', async (finding, subject, said) => {
  const answer = await planFix({ finding, subject }, world);
  if (!('runbook' in answer)) throw new Error(JSON.stringify(answer));
  expect(answer.runbook.id).toBe(finding);
  expect(JSON.stringify(answer.runbook.steps)).toContain(said);
  for (const language of ['en', 'ko'] as const) {
    const message = JSON.stringify(runbookMessage(answer, { language, timeZone: 'Asia/Seoul' }));
    expect(message).toContain(answer.runbook.title[language]);
    expect(message).not.toContain('action_id');
  }
});

test.each([
  ['narrow-access', `${KIM}" $(reboot)`],
  ['narrow-access', 'kim'],
  ['no-such-thing', KIM],
])('%s for %s is none', async (finding, subject) => {
  expect(await planFix({ finding, subject }, world)).toMatchObject({
    why: { kind: 'no-fix-for-this', check: finding },
  });
});
