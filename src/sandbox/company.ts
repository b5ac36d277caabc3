import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Scenario } from './aws/scenario.ts';
import { parseScenario, ScenarioError } from './aws/scenario-file.ts';

/** Where the sandbox's company is described; the path is right from `src/` and from `dist/` alike. */
const companyFile = join(__dirname, '../../src/sandbox/company.yml');

let read: string | undefined;

/**
 * The simulated organization of the sandbox, "Bora Commerce", with its planted faults and its history: a
 * copy for whoever asks, since some change theirs. Its file is read once.
 */
export function company(): Scenario {
  read ??= JSON.stringify(scenarioFrom(companyFile));
  return Scenario.parse(JSON.parse(read));
}

/** The scenario in a file of the same format; an error names the path, what was expected and an example. */
export function scenarioFrom(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ScenarioError(`The scenario ${file} cannot be read.`, { cause });
  }
  return parseScenario(text);
}
