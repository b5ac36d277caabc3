import { z } from 'zod';
import { SEVERITIES } from './finding.ts';
import { VOCABULARY } from './vocabulary.ts';

const Text = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) });

/**
 * What must be true of a fact: equal to a literal (the empty list says "none of them"), one of several,
 * or an instant not older than an age. It grows by a decision, not by need: a rule that needs more gets
 * a new named fact.
 */
const Expectation = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.tuple([]),
  z.strictObject({ oneOf: z.array(z.union([z.string(), z.number()])).min(1) }),
  z.strictObject({ within: z.string().regex(/^\d+[hd]$/, 'an age such as `24h` or `7d`') }),
]);
export type Expectation = z.infer<typeof Expectation>;

/** A fact in an example: a value, or a reason for having none. */
const Given = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.strictObject({ denied: z.string() }),
  z.strictObject({ failed: z.string() }),
  z.strictObject({ notApplicable: z.string() }),
]);

const Example = z.strictObject({
  case: z.string(),
  /** What differs from a sound subject. */
  given: z.record(z.string(), Given),
  status: z.enum(['PASS', 'FAIL', 'NOT_APPLICABLE', 'NOT_VISIBLE', 'ERROR']),
});

/** One file of `policies/posture/`; this schema is its whole grammar. */
export const Rule = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    /** What the rule asks for, and the title of a finding that breaks it. */
    title: Text,
    wrong: Text,
    why: Text,
    do: Text,
    severity: z.enum(SEVERITIES),
    /** The check holds when it holds for every subject of this kind. */
    every: z.enum(Object.keys(VOCABULARY) as [keyof typeof VOCABULARY]),
    must: z.record(z.string(), Expectation),
    /** What to say of one subject; `{name}` is a fact or a field of its kind. */
    detail: z.strictObject({ pass: Text, fail: Text }),
    /** How values of facts and fields are said; those that are not here stand as they are. */
    words: z.record(z.string(), Text).default({}),
    fix: z
      .strictObject({
        id: z.string(),
        class: z.enum(['A', 'B', 'C', 'X']),
        /** The runbook in its place where the thing is a trail, so there is nothing left to create. */
        ofTrail: z.string().optional(),
      })
      .nullable()
      .default(null),
    /** The managed AWS Config rule that judges the same thing. */
    config: z
      .strictObject({
        rule: z.string(),
        /** Where its question is not ours: why the two may rightly disagree. */
        differs: Text.optional(),
      })
      .nullable()
      .default(null),
    /** How Config's history tells since when: the value that changed, and the calls that change it. */
    history: z
      .strictObject({
        type: z.string(),
        /** Path into the configuration item, such as `configuration.logFileValidationEnabled`; null: Config keeps no such value, only the calls tell. */
        change: z.string().nullable(),
        calls: z.array(z.string()).min(1),
      })
      .nullable()
      .default(null),
    examples: z.array(Example).min(2),
  })
  .superRefine((rule, context) => {
    const { facts, fields } = VOCABULARY[rule.every];
    const stranger = (path: string, word: string, known: object) =>
      context.addIssue({
        code: 'custom',
        path: [path],
        message: `a ${rule.every} has no \`${word}\`; it has ${Object.keys(known).join(', ')}`,
      });
    for (const fact of Object.keys(rule.must)) if (!(fact in facts)) stranger('must', fact, facts);
    for (const { given } of rule.examples)
      for (const fact of Object.keys(given))
        if (!(fact in facts)) stranger('examples', fact, facts);
    const words = { ...facts, ...fields };
    for (const { en, ko } of [rule.detail.pass, rule.detail.fail])
      for (const [, word = ''] of `${en}${ko}`.matchAll(/\{(\w+)\}/g))
        if (!(word in words)) stranger('detail', word, words);
  });
export type Rule = z.infer<typeof Rule>;
