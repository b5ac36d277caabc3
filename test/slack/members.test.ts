import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.anew());

test.each([
  ['U01ALICE', true],
  ['U03MINA', true],
  ['U02BOB', false],
  ['U99NOBODY', false],
])('%s is an approver: %s', async (slackId, expected) => {
  expect(await stage.bot.members.isApprover(slackId, '@cloud-approvers')).toBe(expected);
});

test('somebody who was taken out of the group a moment ago may approve nothing', async () => {
  expect(await stage.bot.members.isApprover('U03MINA', '@cloud-approvers')).toBe(true);
  stage.twists['usergroups.users.list'] = (answer) => ({ ...answer, users: ['U01ALICE'] });
  expect(await stage.bot.members.isApprover('U03MINA', '@cloud-approvers')).toBe(false);
});

test('a member of the group who left the company a moment ago may approve nothing', async () => {
  expect(await stage.bot.members.isApprover('U03MINA', '@cloud-approvers')).toBe(true);
  stage.twists['users.info'] = (answer) => ({
    ...answer,
    user: { ...(answer.user as object), deleted: true },
  });
  expect(await stage.bot.members.isApprover('U03MINA', '@cloud-approvers')).toBe(false);
});

test.each([
  ['a guest', { is_restricted: true }],
  ['a guest of one channel', { is_ultra_restricted: true }],
  ['a stranger of a shared channel', { is_stranger: true }],
  ['a bot', { is_bot: true }],
  ['a workflow', { is_workflow_bot: true }],
  ['a member of another workspace', { team_id: 'T0OTHER' }],
  ['somebody of no known workspace', { team_id: undefined }],
  ['somebody of whom it is not said whether they left', { deleted: undefined }],
  ['somebody of whom it is not said whether they are a bot', { is_bot: undefined }],
  ['somebody of whom it is not said whether they are a guest', { is_restricted: undefined }],
  ['somebody who may be a guest of one channel', { is_ultra_restricted: undefined }],
])('%s approves nothing, whatever the group says', async (_, different) => {
  stage.twists['users.info'] = (answer) => ({
    ...answer,
    user: { ...(answer.user as object), ...different },
  });
  expect(await stage.bot.members.isApprover('U03MINA', '@cloud-approvers')).toBe(false);
});

test.each([
  ['usergroups.list', () => ({ ok: true, usergroups: [] }), 'no user group cloud-approvers'],
  ['usergroups.list', () => ({ ok: false, error: 'missing_scope' }), 'missing_scope'],
  ['usergroups.users.list', () => ({ ok: false, error: 'missing_scope' }), 'missing_scope'],
])(
  'when %s does not answer as it should, nobody is an approver by mistake',
  async (method, twist, words) => {
    stage.twists[method] = twist;
    await expect(stage.bot.members.isApprover('U01ALICE', '@cloud-approvers')).rejects.toThrow(
      words,
    );
  },
);

test('an address that was never confirmed tells nobody apart', async () => {
  stage.twists['users.info'] = (answer) => ({
    ...answer,
    user: { ...(answer.user as object), is_email_confirmed: false },
  });
  expect(await stage.bot.members.member('U01ALICE')).toMatchObject({ email: null });
});

test('a person is known by id, with the name and e-mail that Slack has', async () => {
  expect(await stage.bot.members.member('U01ALICE')).toEqual({
    slackId: 'U01ALICE',
    name: 'alice',
    email: 'alice@bora.example',
  });
  await expect(stage.bot.members.member('U99NOBODY')).rejects.toThrow('U99NOBODY');
});

test('what Slack says of a person is remembered for five minutes, and no longer', async () => {
  const asked = () => stage.slack.control.calls('users.info').length;
  const before = asked();
  await stage.bot.members.user('U04JUN');
  stage.clock.now += 4 * 60_000;
  await stage.bot.members.user('U04JUN');
  expect(asked()).toBe(before + 1);
  stage.clock.now += 2 * 60_000;
  await stage.bot.members.user('U04JUN');
  expect(asked()).toBe(before + 2);
});

test('that Slack did not answer is not remembered', async () => {
  stage.twists['users.info'] = () => ({ ok: false, error: 'internal_error' });
  await expect(stage.bot.members.user('U04JUN')).rejects.toThrow('asking Slack who U04JUN is');
  delete stage.twists['users.info'];
  expect(await stage.bot.members.user('U04JUN')).toMatchObject({ id: 'U04JUN' });
});
