// Questions over Event history, put to the sandbox's organization (14 accounts × 17 regions) with AWS's latency and
// quotas: how long a person waits, and how far that is from what it cannot be faster than; bench/README.md says what
// the bound is.
import { fork } from 'node:child_process';
import { answered, execArgv, started } from './children.mjs';

/** Milliseconds that every answer of AWS takes. */
const LATENCY = 60;
/** As the product asks; see LANES of src/aws/evidence/lookup-events.ts. */
const LANES = 64;

/**
 * `chain`: answers of AWS that each need the one before, with the organization known. A search is one; every hop
 * from a session to the call that issued it is one, and the record of the account that was left another.
 */
const QUESTIONS = [
  // The search, two hops with a copy between them, what set it off, and two hops behind that.
  { question: 'who deleted the web server last week?', chain: 7 },
  { question: 'who stopped logging?', chain: 1 },
  // The search, the sessions that he opened, and what was done in them.
  { question: 'what did bob do yesterday', chain: 3 },
  // … and who issued the sessions of those that are shown.
  { question: 'what did jun do last week?', chain: 5 },
  { question: 'any unusual activity today?', chain: 1 },
  // Config's word first.
  { question: 'who changed the bucket policy on bora-customer-documents', chain: 2 },
  // Config's word of the living, then of the deleted; the search, two hops with a copy, the state before and after.
  { question: 'who deleted i-0a1b2c3d4e5f60718', chain: 7 },
];

export async function benchAnswers({ smoke }) {
  const latency = smoke ? 0 : LATENCY;
  const questions = QUESTIONS.slice(0, smoke ? 2 : QUESTIONS.length);
  const simulator = await started('./answers-simulator.mjs', [String(latency)]);
  const bare = await started('./simulator.mjs', ['20', '--latency', '0', '--no-quotas']);
  const child = fork(
    new URL('./answers-once.mjs', import.meta.url),
    [JSON.stringify({ url: simulator.hello.url, questions: questions.map((one) => one.question) })],
    { execArgv },
  );
  child.on('message', async (message) => {
    if (message === 'traffic') child.send(await simulator.traffic());
  });
  try {
    const { runs } = await answered(child, (told) => told.runs);
    const perCall = await bareCall(bare.hello.url, smoke ? 50 : 3_000);
    return runs.map((run, index) => rowOf(run, questions[index].chain, latency, perCall));
  } finally {
    await Promise.all([simulator.stop(), bare.stop()]);
  }
}

function rowOf({ question, cold, known, again }, chain, latency, perCall) {
  const bounds = {
    // Two a second, and two at once.
    quota: Math.max(0, known.busiest - 2) / 2,
    lanes: (known.calls * latency) / 1_000 / LANES,
    cpu: (known.calls * perCall) / 1_000,
    chain: (chain * latency) / 1_000,
  };
  const bound = bounds.chain + Math.max(bounds.quota, bounds.lanes, bounds.cpu);
  const seconds = known.wallMs / 1_000;
  return {
    question,
    events: known.events,
    'nothing known s': round(cold.wallMs / 1_000),
    'wall s': round(seconds),
    'again s': round(again.wallMs / 1_000),
    'cpu s': round(known.cpuMs / 1_000),
    calls: known.calls,
    'lookups at the busiest place': known.busiest,
    'bound s (quota/lanes/sdk cpu + chain)': `${[bounds.quota, bounds.lanes, bounds.cpu].map(round).join(' / ')} + ${round(bounds.chain)}`,
    'wall / bound': round(seconds / bound),
    throttled: known.throttled,
  };
}

/** CPU milliseconds of a bare call of a warm process. */
async function bareCall(url, calls) {
  const asked = JSON.stringify({ url, batches: [calls, calls], lanes: 32 });
  const child = fork(new URL('./bare-calls.mjs', import.meta.url), [asked], { execArgv });
  const { cpuMs } = await answered(child, (told) => told.cpuMs);
  return cpuMs.at(-1);
}

const round = (number) => Number(number.toFixed(2));
