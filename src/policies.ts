import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Rule } from './core/posture/rule.ts';

/** `policies/` lies beside both `src/` and `dist/`. */
const FOLDER = join(__dirname, '..', 'policies');

let rules: Rule[] | undefined;

/** The posture rules of `policies/posture/`, in order of their ids, read once. A faulty file is named. */
export function postureRules(): Rule[] {
  rules ??= readdirSync(join(FOLDER, 'posture'))
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file) => ruleIn(file, readFileSync(join(FOLDER, 'posture', file), 'utf8')));
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
