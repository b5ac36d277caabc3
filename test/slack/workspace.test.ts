import { isOfWorkspace } from '../../src/slack/workspace.ts';
import { openStage, until } from './stage.ts';

const own = { team_id: 'T0BORA', enterprise_id: 'E0BORA' };
const alone = { team_id: 'T0BORA', enterprise_id: null };

test.each([
  ['a command', { team_id: 'T0BORA' }, true],
  ['a pressed button', { team: { id: 'T0BORA' }, enterprise: null }, true],
  ['a window', { team: { id: 'T0BORA' }, view: { team_id: 'T0BORA' } }, true],
  ['a sister of the same organization', { team_id: 'T0SISTER', enterprise_id: 'E0BORA' }, true],
  ['an organization-wide button', { team: null, enterprise: { id: 'E0BORA' } }, true],
  ['another workspace', { team_id: 'T0OTHER' }, false],
  ['another organization', { team_id: 'T0OTHER', enterprise_id: 'E0OTHER' }, false],
  ['two that contradict', { team_id: 'T0BORA', team: { id: 'T0OTHER' } }, false],
  ['a window of another', { team: { id: 'T0BORA' }, view: { team_id: 'T0OTHER' } }, false],
  ['one that does not say', { type: 'event_callback' }, false],
  ['one of empty names', { team_id: '', team: { id: '' } }, false],
  ['a number', { team_id: 7 }, false],
  ['nothing', null, false],
])('%s: %j is ours: %s', (_, body, expected) => {
  expect(isOfWorkspace(body, own)).toBe(expected);
});

test('a workspace of no organization has no sisters', () => {
  expect(isOfWorkspace({ team_id: 'T0OTHER', enterprise_id: null }, alone)).toBe(false);
  expect(isOfWorkspace({ team_id: 'T0OTHER', enterprise_id: 'E0BORA' }, alone)).toBe(false);
});

test('over the wire: what is delivered of another workspace is acknowledged, logged, and never done', async () => {
  const stage = await openStage(undefined, {
    'auth.test': (answer) => ({ ...answer, team_id: 'T0ELSEWHERE', enterprise_id: null }),
  });
  try {
    await stage.slack.control.say('U01ALICE', 'C02GOVERN', '<@U0TRAIL> who deleted i-0abc?');
    const logged = () => stage.logged.find((line) => line.includes('of another workspace'));
    await until(logged);
    expect(stage.requests).toEqual([]);
  } finally {
    await stage.close();
  }
});
