import { openStage, type Stage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.anew());

/** Slack closes the socket, as it does every few hours, and answers so when the bot wants another one. */
async function hangUp(answer: (answer: Record<string, unknown>) => unknown): Promise<void> {
  let asked = 0;
  stage.twists['apps.connections.open'] = (its) => {
    asked += 1;
    return answer(its);
  };
  stage.slack.control.disconnect();
  await until(() => asked > 0, 15_000);
}

/** The bot hears what is said now. A socket that is just being replaced may lose a command, so it is said again. */
async function isHeard(): Promise<void> {
  await until(async () => {
    await stage.slack.control.command('U01ALICE', 'C02GOVERN', '/trail digest');
    return until(() => stage.requests.length > 0, 1_000).catch(() => false);
  }, 20_000);
}

test('a socket that Slack closed is opened again', async () => {
  await hangUp((answer) => answer);
  await isHeard();
}, 30_000);

test('a Slack that cannot be reached when the socket closed is tried until it can', async () => {
  await hangUp(() => ({ ok: false, error: 'invalid_auth' }));
  await until(() => stage.logged.filter((line) => line.includes('trying again')).length >= 2);
  delete stage.twists['apps.connections.open'];
  await isHeard();
}, 60_000);
