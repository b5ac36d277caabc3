import { wasSeen } from '../reading.ts';
import { hoursBetween, placeOf, type Resource, recorderAt, resourceNames } from './config-place.ts';
import type { ConfigRuleFacts, ConfigVerdict, ConfigWord } from './facts.ts';
import type { ConfigSays, Status } from './finding.ts';
import type { Subject } from './judge.ts';
import type { Known } from './known.ts';
import type { Rule } from './rule.ts';
import type { Reason } from './vocabulary.ts';

type Because = NonNullable<ConfigSays['because']>;

/**
 * What AWS Config says of the same thing, beside the live reading, which counts. Config judges when it
 * is told of a change or by its clock, of what its recorder records and its rule looks at; so where it
 * says something else, or nothing, the reason is said.
 */
export function configWord(
  rule: Pick<Rule, 'config'>,
  { subject }: Pick<Subject, 'subject'>,
  status: Status,
  facts: Known,
): ConfigSays | null {
  if (!rule.config) return null;
  const { rule: identifier, differs } = rule.config;
  const place = placeOf(subject, facts);
  const word = place && facts.configBy.get(`${place.account}/${place.region}`);
  if (!place || !word) return silence(identifier, 'not-visible', notAsked(subject));
  const where = `${place.account}/${place.region}`;
  const asked = verdictsOn(identifier, word, resourceNames(subject, place.account), where);
  const resource = { ...place, subject };
  if ('unseen' in asked) return silence(identifier, 'not-visible', asked.unseen);
  if ('absent' in asked)
    return silence(identifier, 'rule-absent', also(asked.absent, recorderNote(resource, facts)));
  const setUp = word.setUp?.[identifier] ?? [];
  const [newest] = asked.verdicts;
  const context = { identifier, where, setUp, differs, resource, facts };
  if (!newest) return nothingSaid(context);
  if (!isJudgement(newest)) return undecided(newest, context);
  const said = { rule: identifier, verdict: newest.compliance, at: newest.at };
  const words = also(saidSo(newest, context), othersSay(asked.verdicts, newest));
  if (status !== 'PASS' && status !== 'FAIL')
    return told({ ...said, agrees: null, because: 'not-visible' }, also(words, NO_LIVE_READING));
  const agreeing = asked.verdicts.filter(isJudgement).map((one) => agreesWith(one, status));
  if (agreeing.every(Boolean))
    return told({ ...said, agrees: true }, also(words, recorderNote(resource, facts)));
  // Rules of one identifier with several parameters: neither is Config's word on what we ask.
  if (agreeing.some(Boolean))
    return told({ ...said, agrees: null, because: 'asks-something-else' }, also(words, MIXED));
  const why = whyOtherwise(newest, context);
  const otherwise = also(words, {
    en: `; the live reading of ${facts.readAt} says otherwise and counts`,
    ko: `. ${facts.readAt}에 직접 읽은 값은 이와 다르며, 직접 읽은 값을 따릅니다`,
  });
  return told({ ...said, agrees: false, because: why.because }, also(otherwise, why.reason));
}

type Context = {
  identifier: string;
  where: string;
  setUp: ConfigRuleFacts[];
  differs: Reason | undefined;
  resource: Resource;
  facts: Known;
};

type Asked = { unseen: Reason } | { absent: Reason } | { verdicts: ConfigVerdict[] };

/** The verdicts on one resource, the newest first. */
function verdictsOn(identifier: string, word: ConfigWord, names: string[], where: string): Asked {
  if (!wasSeen(word.rules)) {
    const { reason } = word.rules.unseen;
    return {
      unseen: {
        en: `Config could not be asked in ${where}: ${reason}`,
        ko: `${where}의 Config에 물을 수 없었습니다: ${reason}`,
      },
    };
  }
  const verdicts = word.rules.seen[identifier];
  if (!verdicts)
    return {
      absent: {
        en: `No Config rule ${identifier} in ${where}`,
        ko: `${where}에 Config 규칙 ${identifier}이(가) 없습니다`,
      },
    };
  if (!wasSeen(verdicts))
    return {
      unseen: {
        en: `Rule ${identifier} in ${where} could not be read: ${verdicts.unseen.reason}`,
        ko: `${where}의 규칙 ${identifier}을(를) 읽을 수 없었습니다: ${verdicts.unseen.reason}`,
      },
    };
  const ours = verdicts.seen.filter(({ resource }) => names.includes(resource));
  return { verdicts: ours.toSorted((a, b) => (a.at < b.at ? 1 : -1)) };
}

/** There is a rule, and it has not judged this: excluded from recording or scope, stopped, or not yet. */
function nothingSaid(context: Context): ConfigSays {
  const { identifier, where } = context;
  const words = {
    en: `Rule ${identifier} in ${where} has no verdict on it`,
    ko: `${where}의 규칙 ${identifier}에 이것에 대한 판정이 없습니다`,
  };
  const why = excluded(context) ?? stopped(context) ?? elsewhere(context);
  return silence(identifier, why?.because ?? 'insufficient-data', also(words, why?.reason));
}

function undecided(verdict: ConfigVerdict, context: Context): ConfigSays {
  const why =
    stopped(context) ??
    excluded(context) ??
    (verdict.compliance === 'NOT_APPLICABLE' ? elsewhere(context) : null);
  const { compliance, at } = verdict;
  const because = why?.because ?? 'insufficient-data';
  const said = { rule: context.identifier, verdict: compliance, at };
  return told({ ...said, agrees: null, because }, also(saidSo(verdict, context), why?.reason));
}

type Why = { because: Because; reason: Reason };

/** The gravest reason first; there always is one: between two judgements lies a change or a question. */
function whyOtherwise(verdict: ConfigVerdict, context: Context): Why {
  return stopped(context) ?? excluded(context) ?? elsewhere(context) ?? late(verdict, context);
}

/** A recorder that does not record is why Config knows nothing new. */
function stopped({ resource, facts }: Context): Why | null {
  const reason = recorderNote(resource, facts);
  return reason ? { because: 'recorder-stopped', reason } : null;
}

function recorderNote(resource: Resource, facts: Known): Reason | null {
  const state = recorderAt(resource, facts)?.state;
  if (!state || !wasSeen(state) || state.seen === 'recording') return null;
  return {
    en: ` (the recorder there is ${state.seen})`,
    ko: ` (그곳의 레코더 상태: ${RECORDERS[state.seen] ?? state.seen})`,
  };
}

/** The recording group leaves the type out, or no rule of this identifier looks at the resource. */
function excluded({ resource, facts, setUp }: Context): Why | null {
  const { type, names } = { type: typeOf(resource), names: resourceNames(resource.subject, '') };
  if (type && recorderAt(resource, facts)?.leavesOut?.includes(type))
    return {
      because: 'excluded',
      reason: {
        en: ` (the recorder there does not record ${type})`,
        ko: ` (그곳의 레코더는 ${type}을(를) 기록하지 않습니다)`,
      },
    };
  const looksAt = ({ scope }: ConfigRuleFacts) =>
    scope === null ||
    ((scope.types.length === 0 || !type || scope.types.includes(type)) &&
      (scope.resource === null || names.includes(scope.resource)));
  if (setUp.length === 0 || setUp.some(looksAt)) return null;
  const scopes = setUp.map(({ name, scope }) => `${name}: ${scopeIn(scope)}`).join('; ');
  return {
    because: 'excluded',
    reason: { en: ` (its scope is ${scopes})`, ko: ` (규칙의 범위: ${scopes})` },
  };
}

function elsewhere({ differs }: Context): Why | null {
  if (!differs) return null;
  const reason = { en: ` (${differs.en})`, ko: ` (${differs.ko})` };
  return { because: 'asks-something-else', reason };
}

/** Older than the rule's own clock allows, or than a change that it was not told of yet. */
function late(verdict: ConfigVerdict, { setUp, facts }: Context): Why {
  const { name, everyHours } = setUp.find((one) => one.name === verdict.rule) ?? setUp[0] ?? {};
  const hours = hoursBetween(verdict.at, facts.readAt);
  if (name === undefined)
    return stale(`its verdict is ${hours} hours old`, `판정이 ${hours}시간 전의 것입니다`);
  if (everyHours == null)
    return stale(
      `${name} is asked when the resource changes, and has heard of no change for ${hours} hours`,
      `${name} 규칙은 리소스가 변경될 때 평가되며, ${hours}시간 동안 변경을 전달받지 못했습니다`,
    );
  return hours > everyHours
    ? stale(
        `${name} is asked every ${everyHours} hours, and was not for ${hours}`,
        `${name} 규칙은 ${everyHours}시간마다 평가되어야 하는데 ${hours}시간째 평가되지 않았습니다`,
      )
    : stale(
        `${name} is asked every ${everyHours} hours, and does not know yet what changed since`,
        `${name} 규칙은 ${everyHours}시간마다 평가되므로 그 뒤의 변경을 아직 모릅니다`,
      );
}

function stale(en: string, ko: string): Why {
  return { because: 'stale', reason: { en: ` (${en})`, ko: ` (${ko})` } };
}

/**
 * The same word once it is known since when the finding is so: a verdict from before the change is no
 * opinion on it.
 */
export function olderThanTheChange(word: ConfigSays, changedAt: string): ConfigSays {
  if (word.agrees !== false || word.because === 'recorder-stopped' || !word.at || !changedAt)
    return word;
  if (Date.parse(word.at) >= Date.parse(changedAt)) return word;
  return told(
    { ...word, because: 'stale' },
    also(
      { en: word.detail, ko: word.ko ?? word.detail },
      {
        en: ` (its verdict is older than the change of ${changedAt})`,
        ko: ` (판정이 ${changedAt}의 변경보다 오래되었습니다)`,
      },
    ),
  );
}

function saidSo({ compliance, at, rule }: ConfigVerdict, { identifier, where, setUp }: Context) {
  const name = setUp.length > 1 && rule ? ` (${rule})` : '';
  return {
    en: `Rule ${identifier}${name} in ${where} said ${compliance} at ${at}`,
    ko: `${where}의 규칙 ${identifier}${name} 판정: ${COMPLIANCE[compliance] ?? compliance}, ${at}`,
  };
}

function othersSay(verdicts: ConfigVerdict[], newest: ConfigVerdict): Reason | null {
  const others = verdicts.filter(({ compliance }) => compliance !== newest.compliance).slice(0, 3);
  if (others.length === 0) return null;
  return {
    en: others
      .map(({ rule, compliance, at }) => `; ${rule ?? 'another rule'} said ${compliance} at ${at}`)
      .join(''),
    ko: others
      .map(
        ({ rule, compliance, at }) =>
          `; ${rule ?? '다른 규칙'} 판정: ${COMPLIANCE[compliance] ?? compliance}, ${at}`,
      )
      .join(''),
  };
}

const NO_LIVE_READING: Reason = {
  en: '; there is no live reading to compare it with',
  ko: '. 비교할 실시간 값이 없습니다',
};
const MIXED: Reason = {
  en: '; the rules differ among themselves, by their parameters or scope',
  ko: '. 규칙들의 매개변수나 범위가 달라 판정이 서로 다릅니다',
};

function notAsked(subject: string): Reason {
  return {
    en: `Config was not asked about ${subject}`,
    ko: `Config에 ${subject}을(를) 묻지 않았습니다`,
  };
}

function isJudgement({ compliance }: ConfigVerdict): boolean {
  return compliance === 'COMPLIANT' || compliance === 'NON_COMPLIANT';
}

function agreesWith({ compliance }: ConfigVerdict, status: Status): boolean {
  return (compliance === 'COMPLIANT') === (status === 'PASS');
}

function also(said: Reason, more: Reason | null | undefined): Reason {
  return more ? { en: `${said.en}${more.en}`, ko: `${said.ko}${more.ko}` } : said;
}

function silence(rule: string, because: Because, reason: Reason): ConfigSays {
  return told({ agrees: null, rule, because }, reason);
}

function told(says: Omit<ConfigSays, 'detail' | 'ko'>, { en, ko }: Reason): ConfigSays {
  return { ...says, detail: en, ko };
}

function scopeIn(scope: ConfigRuleFacts['scope']): string {
  return scope?.resource ?? (scope?.types.join(', ') || scope?.tag) ?? '?';
}

function typeOf({ subject }: Resource): string | null {
  const [, , service] = subject.split(':');
  return (service && TYPES[service]) || (/^\d{12}$/.test(subject) ? 'AWS::::Account' : null);
}

const TYPES: Record<string, string> = {
  cloudtrail: 'AWS::CloudTrail::Trail',
  s3: 'AWS::S3::Bucket',
  kms: 'AWS::KMS::Key',
  logs: 'AWS::Logs::LogGroup',
};

/** Config's verdicts as its Korean console calls them. */
const COMPLIANCE: Record<string, string> = {
  COMPLIANT: '규정 준수(COMPLIANT)',
  NON_COMPLIANT: '규정 미준수(NON_COMPLIANT)',
  NOT_APPLICABLE: '해당 없음(NOT_APPLICABLE)',
  INSUFFICIENT_DATA: '데이터 부족(INSUFFICIENT_DATA)',
};

const RECORDERS: Record<string, string> = {
  stopped: '중지됨',
  failing: '기록 실패',
  absent: '없음',
};
