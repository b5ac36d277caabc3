// Questions to the product over Event history, one after the other, each to a Trailwarden of its own: with nothing
// known, with the organization known (as the bot's is for five minutes), and the same question once more.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { measured } from './measure.mjs';

const require = createRequire(import.meta.url);
const { url, questions } = JSON.parse(process.argv[2]);
Object.assign(process.env, {
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_EC2_METADATA_DISABLED: 'true',
});
const { openTrailwarden } = require('../dist/wire.js');
const { parseConfigFile } = require('../dist/config.js');

/** Brings the organization and its regions, of a place and a day that no question is about. */
const BEFORE = 'who stopped logging in eu-west-3 30 days ago?';
const QUIET_MS = 1_200;
const READER = { language: 'en', timeZone: 'Asia/Seoul' };
const folder = mkdtempSync(join(tmpdir(), 'trailwarden-bench-'));
const config = {
  ...parseConfigFile(
    'aws: { externalId: trailwarden-sandbox, logArchiveAccount: "222233334444" }',
    'bench',
  ),
  store: join(folder, 'bench.db'),
  archive: { directory: join(folder, 'archive'), from: [] },
  slack: { tokens: null },
  logLevel: 'warn',
  simulated: true,
};

const runs = [];
// What a process does but once, compiling above all, is not the first question's fault.
await asked([BEFORE]);
for (const question of questions) {
  const [cold] = await asked([question]);
  const [, known, again] = await asked([BEFORE, question, question]);
  runs.push({ question, cold, known, again });
}
rmSync(folder, { recursive: true });
process.send({ runs });
process.disconnect();

/** The same Trailwarden is asked one after the other: what each took, and which calls it made. */
async function asked(these) {
  const trailwarden = await openTrailwarden(config);
  const told = [];
  for (const question of these) {
    await calls();
    // What the question before took of the quotas has come back.
    await pause(QUIET_MS);
    const { result, wallMs, cpuMs } = await measured(() => trailwarden.ask(question, READER));
    if (!result.understood.plan) throw new Error(`“${question}” was not understood`);
    told.push({ wallMs, cpuMs, events: result.events.length, ...summed(await calls()) });
  }
  await trailwarden.close();
  return told;
}

function summed(made) {
  const places = new Map();
  for (const { operation, account, region } of made) {
    if (operation !== 'LookupEvents') continue;
    const place = `${account}/${region}`;
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  return {
    calls: made.length,
    busiest: Math.max(0, ...places.values()),
    throttled: made.filter(({ outcome }) => /Throttl/.test(outcome)).length,
  };
}

function calls() {
  return new Promise((resolve) => {
    process.once('message', ({ traffic }) => resolve(traffic));
    process.send('traffic');
  });
}
