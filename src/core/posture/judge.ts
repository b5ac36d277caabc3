import { hashOf } from '../hash.ts';
import { harmless } from '../prose.ts';
import type { Unseen } from '../reading.ts';
import type { Finding, Proof, Status } from './finding.ts';
import type { Expectation, Rule } from './rule.ts';
import type { Fact, FactValue, Reason } from './vocabulary.ts';

/** One thing that a rule speaks of, with its facts and with what the facts rest on. */
export type Subject = {
  /** ARN, account id, or the organization's id. */
  subject: string;
  owner: string;
  covers: string[];
  facts: { [fact: string]: Fact };
  fields: { [field: string]: string };
  evidence: Proof[];
};

/**
 * One rule over one subject. What is seen to be wrong is FAIL, whatever else could not be seen; what
 * could not be seen is never PASS: refused is NOT_VISIBLE, broken is ERROR.
 */
export function judge(rule: Rule, subject: Subject, readAt: string): Finding {
  const { status, because } = verdictOn(rule, subject.facts, readAt);
  const texts = detailOf(rule, subject, status, because);
  const title = status === 'FAIL' ? rule.wrong : rule.title;
  return {
    id: findingId(rule.id, subject.subject),
    check: rule.id,
    status,
    severity: rule.severity,
    subject: subject.subject,
    owner: subject.owner,
    covers: subject.covers,
    title: title.en,
    detail: texts.en,
    ...(status === 'FAIL' && { remedy: rule.do.en }),
    ko: {
      title: title.ko,
      detail: texts.ko,
      ...(status === 'FAIL' && { remedy: rule.do.ko }),
    },
    evidence: subject.evidence,
    config: null,
    fix: status === 'FAIL' ? fixOf(rule, subject.subject) : null,
    controls: {},
    exception: null,
  };
}

/** What mends this very thing: nothing that exists is created once more. */
function fixOf({ fix }: Rule, subject: string): Finding['fix'] {
  if (!fix) return null;
  const { id, class: riskClass, ofTrail } = fix;
  const isTrail = ofTrail !== undefined && /^arn:[^:]+:cloudtrail:.*:trail\//.test(subject);
  return isTrail ? { id: ofTrail, class: 'X' } : { id, class: riskClass };
}

/**
 * Ten hex digits of a hash of check and subject. The owner is no part of it: an ARN and an account id
 * are unique without it, and the owner of a bucket may be unknown today and known tomorrow.
 */
export function findingId(check: string, subject: string): string {
  return hashOf({ check, subject }).slice(0, 10);
}

type Verdict = { status: Status; because: Unseen | Reason | null };

export function verdictOn(
  rule: Pick<Rule, 'must'>,
  facts: { [fact: string]: Fact },
  readAt: string,
): Verdict {
  const known = Object.entries(rule.must).map(([name, expected]) => {
    const fact = facts[name];
    if (!fact) throw new Error(`the rule speaks of ${name}, which the subject does not have`);
    return { fact, expected };
  });
  const wrong = known.some(
    ({ fact, expected }) => 'seen' in fact && !meets(fact.seen, expected, readAt),
  );
  if (wrong) return { status: 'FAIL', because: null };
  for (const { fact } of known)
    if ('unseen' in fact)
      return {
        status: fact.unseen.kind === 'denied' ? 'NOT_VISIBLE' : 'ERROR',
        because: fact.unseen,
      };
  for (const { fact } of known)
    if ('notApplicable' in fact) return { status: 'NOT_APPLICABLE', because: fact.notApplicable };
  return { status: 'PASS', because: null };
}

function meets(value: FactValue, expected: Expectation, readAt: string): boolean {
  if (Array.isArray(expected)) return Array.isArray(value) && value.length === 0;
  if (typeof expected !== 'object') return value === expected;
  if ('oneOf' in expected) return expected.oneOf.some((one) => one === value);
  const age = Date.parse(readAt) - Date.parse(String(value));
  return age <= milliseconds(expected.within);
}

function milliseconds(age: string): number {
  return Number.parseInt(age, 10) * (age.endsWith('d') ? 86_400_000 : 3_600_000);
}

function detailOf(
  rule: Rule,
  { facts, fields }: Subject,
  status: Status,
  because: Verdict['because'],
) {
  if (because === null) {
    const template = status === 'FAIL' ? rule.detail.fail : rule.detail.pass;
    return {
      en: fill(template.en, { facts, fields, say: (word) => rule.words[word]?.en ?? word }),
      ko: fill(template.ko, { facts, fields, say: (word) => rule.words[word]?.ko ?? word }),
    };
  }
  if ('en' in because)
    return {
      en: `Nothing to judge: ${harmless(because.en)}.`,
      ko: `판단할 것이 없습니다: ${harmless(because.ko)}.`,
    };
  // AWS ends some of its sentences, and ours goes on after it.
  const reason = harmless(because.reason, 300).replace(/\.$/, '');
  const need = because.wouldNeed ? harmless(because.wouldNeed) : null;
  const ko = {
    reason: because.ko?.reason ? harmless(because.ko.reason, 300) : reason,
    need: because.ko?.wouldNeed ? harmless(because.ko.wouldNeed) : need,
  };
  return because.kind === 'denied'
    ? {
        en: `Could not be seen: ${reason}.${need ? ` It takes ${need}.` : ''}`,
        ko: `볼 수 없었습니다: ${ko.reason}.${ko.need ? ` 필요한 것: ${ko.need}.` : ''}`,
      }
    : {
        en: `Could not be read, so nothing is claimed: ${reason}.${need ? ` Asked with ${need}.` : ''}`,
        ko: `읽지 못했으므로 아무것도 주장하지 않습니다: ${ko.reason}.${ko.need ? ` 사용한 권한: ${ko.need}.` : ''}`,
      };
}

/** How many members of a list a sentence can hold. */
const SHOWN = 6;

type Filling = Pick<Subject, 'facts' | 'fields'> & { say: (word: string) => string };

function fill(template: string, { facts, fields, say }: Filling): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) return harmless(say(fields[name] ?? '?'));
    if (!('seen' in fact)) return '?';
    const { seen } = fact;
    if (!Array.isArray(seen)) return harmless(say(String(seen)));
    const shown = seen
      .slice(0, SHOWN)
      .map((one) => harmless(part(one, say)))
      .join(', ');
    return seen.length > SHOWN ? `${shown} + ${seen.length - SHOWN}` : shown;
  });
}

/** `eu-west-1 (stopped)`, `root-use (no-filter)`, `write of iam.amazonaws.com`: our own words are said anew. */
function part(one: string, say: Filling['say']): string {
  const [, place, state] = /^(.+) \(([a-z-]+)\)$/s.exec(one) ?? [];
  if (place !== undefined && state !== undefined) return `${say(place)} (${say(state)})`;
  const [, kind, source] = /^(read|write) of (.+)$/s.exec(one) ?? [];
  if (kind !== undefined && source !== undefined) return `${say(kind)} (${source})`;
  return say(one);
}
