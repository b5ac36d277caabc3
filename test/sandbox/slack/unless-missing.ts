import { findLocalSlack } from '../../../src/sandbox/slack/local-slack-process.ts';

/** Describes what needs the binary; where it does not exist, says so in place of the tests. */
export function unlessMissing(what: string, tests: () => void): void {
  const found = findLocalSlack();
  if ('binary' in found) describe(what, tests);
  else describe.skip(`${what} (${found.missing})`, tests);
}
