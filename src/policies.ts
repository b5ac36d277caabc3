import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { DETECTORS } from './core/detections/registry.ts';
import { DetectionRule } from './core/detections/rule.ts';
import { StandingException } from './core/posture/exceptions.ts';
import { type Framework, Frameworks } from './core/posture/framework.ts';
import { Rule } from './core/posture/rule.ts';
import { ConfigError, type Expected, parseYamlFile } from './yaml-file.ts';

/** `policies/` lies beside both `src/` and `dist/`. */
const FOLDER = join(__dirname, '..', 'policies');

let rules: Rule[] | undefined;

/** The posture rules of `policies/posture/`, in order of their ids, read once. A faulty file is named. */
export function postureRules(): Rule[] {
  rules ??= filesOf('posture').map(([file, text]) => ruleIn(file, text));
  return rules;
}

/** One rule from the text of its file, whose name must be the rule's id. */
export function ruleIn(file: string, text: string): Rule {
  const rule = Rule.safeParse(parse(text));
  if (!rule.success)
    throw new Error(`policies/posture/${file} is no rule: ${z.prettifyError(rule.error)}`);
  if (`${rule.data.id}.yml` !== file)
    throw new Error(`policies/posture/${file} holds the rule ${rule.data.id}`);
  return rule.data;
}

function checkIds(): Set<string> {
  return new Set(postureRules().map(({ id }) => id));
}

let known: Framework[] | undefined;

/** The frameworks of `policies/frameworks/`, in order of their files, read once. A faulty file is named. */
export function frameworks(): Framework[] {
  known ??= filesOf('frameworks').flatMap(([file, text]) => frameworksIn(file, text, checkIds()));
  return known;
}

/** The framework of a file, or all its versions; every check that it names must be one of these. */
export function frameworksIn(file: string, text: string, checks: Set<string>): Framework[] {
  const found = Frameworks.safeParse(parse(text));
  if (!found.success)
    throw new Error(`policies/frameworks/${file} is no framework: ${z.prettifyError(found.error)}`);
  for (const { id, key, controls } of found.data) {
    if (!id.startsWith(file.replace(/\.yml$/, '')))
      throw new Error(`policies/frameworks/${file} holds the framework ${id}`);
    for (const control of controls)
      for (const check of Object.keys(control.checks))
        if (!checks.has(check))
          throw new Error(
            `policies/frameworks/${file}: ${key} ${control.id} names the check ${check}, which there is not`,
          );
  }
  return found.data;
}

let detecting: DetectionRule[] | undefined;

/** The rules of `policies/detections/`, one for each detector, in their order, read once. A faulty file is named. */
export function detectionRules(): DetectionRule[] {
  detecting ??= filesOf('detections')
    .map(([file, text]) => detectionIn(file, text))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  return detecting;
}

function placeOf({ id }: DetectionRule): number {
  return DETECTORS.findIndex((detector) => detector.id === id);
}

/** The rule of one detector from the text of its file, which gives every number that the detector asks for. */
export function detectionIn(file: string, text: string): DetectionRule {
  const rule = DetectionRule.safeParse(parse(text));
  if (!rule.success)
    throw new Error(`policies/detections/${file} is no rule: ${z.prettifyError(rule.error)}`);
  const { id, threshold } = rule.data;
  if (`${id}.yml` !== file) throw new Error(`policies/detections/${file} holds the rule ${id}`);
  const detector = DETECTORS.find((one) => one.id === id);
  if (!detector) throw new Error(`policies/detections/${file}: there is no detector ${id}`);
  const given = Object.keys(threshold).toSorted().join(', ');
  const wanted = detector.threshold.toSorted().join(', ');
  if (given !== wanted)
    throw new Error(
      `policies/detections/${file} gives the numbers (${given}); the detector asks for (${wanted})`,
    );
  return rule.data;
}

function filesOf(folder: string): [file: string, text: string][] {
  return readdirSync(join(FOLDER, folder))
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file) => [file, readFileSync(join(FOLDER, folder, file), 'utf8')]);
}

/** What was expected at each place of a file of exceptions. */
const EXPECTED: Expected = {
  '': [
    'a list of exceptions, each with check, reason, owner, expires and a subject, an account or an ou (never account and ou)',
    "- { check: trail-duplicates, account: '666677778888', reason: a contract until spring, owner: payments, expires: 2027-03-31 }",
  ],
  check: ['the id of a check, or a list of ids; there is no word for all', 'check: trail-tags'],
  subject: ['an ARN or an account id, as findings call it', 'subject: arn:aws:s3:::audit-logs'],
  account: ['an account id of 12 digits, in quotes', "account: '666677778888'"],
  ou: ['the id, name or path of an OU', 'ou: Workloads/Production'],
  reason: ['why the fault is accepted, at most 500 characters', 'reason: a contract until spring'],
  owner: ['who answers for it', 'owner: payments'],
  expires: ['the last day on which it holds, at most a year ahead', 'expires: 2027-03-31'],
};

/** The exceptions of a file of the configuration, else of `policies/exceptions.yml`. */
export function standingExceptions(path: string | undefined, now: Date): StandingException[] {
  const file = path ?? join(FOLDER, 'exceptions.yml');
  const shown = path ?? 'policies/exceptions.yml';
  return exceptionsIn(textOf(file), shown, { checks: checkIds(), now });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `${file}: the exceptions cannot be read; is there such a file, and may the bot read it?`,
      { cause: error },
    );
  }
}

/** The exceptions in a text, each for checks that there are, and for a year at most; `path` is only for messages. */
export function exceptionsIn(
  text: string,
  path: string,
  { checks, now }: { checks: Set<string>; now: Date },
): StandingException[] {
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + 1);
  const limit = latest.toISOString().slice(0, 10);
  const schema = z.array(
    StandingException.superRefine(({ check, expires }, context) => {
      // What is refused already comes here as it was written: one id, where a list is meant.
      if (![check].flat().every((one) => checks.has(one)))
        context.addIssue({ code: 'custom', path: ['check'], message: 'no such check' });
      if (expires > limit)
        context.addIssue({ code: 'custom', path: ['expires'], message: 'more than a year ahead' });
    }),
  );
  return parseYamlFile(text, path, { schema, expected: EXPECTED, empty: [] });
}
