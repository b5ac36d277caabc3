import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from './aws/scenario.ts';
import { parseScenario } from './aws/scenario-file.ts';

/** Where the sandbox's company is described; the path is right from `src/` and from `dist/` alike. */
const companyFile = join(__dirname, '../../src/sandbox/company.yml');

/** The simulated organization of the sandbox, "Bora Commerce", with its planted faults and its history. */
export function company(): Scenario {
  return parseScenario(readFileSync(companyFile, 'utf8'));
}
