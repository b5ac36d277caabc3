// The sandbox's organization with AWS's latency and quotas, its story and its memory of calls, for answers.mjs.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { startAws } = require('../dist/sandbox/aws/index.js');
const { company } = require('../dist/sandbox/company.js');

const [latency = '60'] = process.argv.slice(2);
const aws = await startAws({ ...company(), latencyMs: Number(latency), quotas: true });
let told = 0;
process.on('message', (asked) => {
  if (asked !== 'traffic') return;
  process.send({ traffic: aws.calls.slice(told) });
  told = aws.calls.length;
});
// Whoever measures may die: nobody asks any more.
process.on('disconnect', () => process.exit());
process.send({ url: aws.url });
