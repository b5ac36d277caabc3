import { openStage, type Stage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

/** Slack closes the socket, as it does every few hours. */
async function hangUp(): Promise<void> {
  stage.slack.control.disconnect();
  await until(() => stage.slack.control.connections() === 0);
}

async function isHeard(): Promise<void> {
  await stage.anew();
  await until(() => stage.slack.control.connections() > 0, 15_000);
  await stage.slack.control.command('U01ALICE', 'C02GOVERN', '/trail digest');
  await until(() => stage.requests.length > 0);
}

test('a socket that Slack closed is opened again', async () => {
  await hangUp();
  await isHeard();
}, 30_000);

test('a Slack that cannot be reached when the socket closed is tried until it can', async () => {
  stage.twists['apps.connections.open'] = () => ({ ok: false, error: 'invalid_auth' });
  await hangUp();
  const tries = () => stage.logged.filter((line) => line.includes('trying again')).length;
  await until(() => tries() >= 2, 15_000);
  await isHeard();
}, 60_000);
