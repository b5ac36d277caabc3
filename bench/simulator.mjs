// The simulated organization in a process of its own, grown to as many accounts as asked for.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { startAws } = require('../dist/sandbox/aws/index.js');
const { company } = require('../dist/sandbox/company.js');

const wanted = Number(process.argv[2]);
const scenario = structuredClone(company());
const more = Array.from({ length: Math.max(0, wanted - 14) }, (_, index) => ({
  id: String(700_000_000_000 + index),
  name: `team-${index}`,
  email: `team-${index}@bora.example`,
  status: 'ACTIVE',
  outsideOrganizationTrail: false,
  optedInRegions: [],
}));
scenario.organization.accounts.push(...more);
scenario.events = [];
const { url } = await startAws(scenario);
process.send({ url });
