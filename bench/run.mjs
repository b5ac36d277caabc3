// npm run bench [-- --smoke] [-- scan|ask|answers|clients|archive] [-- --accounts 100,1000,10000 --events 1000000 --keep]: every benchmark, each against its own
// bound in the same run, since machines are noisy. --smoke runs each small, to show that it works; its numbers mean
// nothing. --accounts are the sizes of the organizations that are scanned; --keep leaves generated log files for the next run.
import { parseArgs } from 'node:util';
import { benchAnswers } from './answers.mjs';
import { benchArchive } from './archive.mjs';
import { benchAsk } from './ask.mjs';
import { benchClients } from './clients.mjs';
import { benchScan } from './scan.mjs';

const { values, positionals } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    accounts: { type: 'string', default: '100,1000' },
    events: { type: 'string', default: '1000000' },
    keep: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const sizes = values.accounts.split(',').map(Number);
const events = values.events.split(',').map(Number);
const all = {
  scan: benchScan,
  ask: benchAsk,
  answers: benchAnswers,
  archive: benchArchive,
  clients: benchClients,
};
const wanted = positionals.length > 0 ? positionals : Object.keys(all);
for (const name of wanted) {
  if (!all[name]) throw new Error(`there is no benchmark ${name}; there are ${Object.keys(all)}`);
  console.log(`# ${name}${values.smoke ? ' (smoke: the numbers mean nothing)' : ''}`);
  console.table(await all[name]({ smoke: values.smoke, sizes, events, keep: values.keep }));
}
