import { stage, until } from './bolt-app.ts';
import { unlessMissing } from './unless-missing.ts';

unlessMissing('a Bolt app in the Slack of the sandbox', () => {
  test('connects, hears a command, and its answer is for the person who asked', async () => {
    const { slack, close } = await stage((app) => {
      app.command('/trail', async ({ ack, respond, command }) => {
        await ack();
        await respond(`you said ${command.text}`);
      });
    });
    await slack.control.command('U01ALICE', 'C02GOVERN', '/trail help me');
    const [answer] = await until(async () => {
      const all = await slack.control.messages('C02GOVERN');
      return all.length > 0 ? all : undefined;
    });
    expect(answer).toMatchObject({
      text: 'you said help me',
      subtype: 'ephemeral',
      ephemeral_to: 'U01ALICE',
    });
    await close();
  });
});
