import { wasSeen } from '../../reading.ts';
import type { ConfigVerdict, ConfigWord } from '../facts.ts';
import type { ConfigSays, Status } from '../finding.ts';
import type { Subject } from '../judge.ts';
import type { Known } from '../known.ts';
import type { Rule } from '../rule.ts';
import type { Reason } from '../vocabulary.ts';
import { placeOf, resourceNames } from './config-place.ts';
import {
  type Because,
  type Context,
  elsewhere,
  excluded,
  recorderNote,
  stopped,
  whyOtherwise,
} from './config-reasons.ts';

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
  if (!place && status === 'NOT_APPLICABLE') return null;
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
  if (status === 'NOT_APPLICABLE')
    return told(
      { ...said, agrees: null, because: 'asks-something-else' },
      also(words, NOTHING_TO_JUDGE),
    );
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
const NOTHING_TO_JUDGE: Reason = {
  en: '; here there is nothing to judge, so there is nothing to compare',
  ko: '. 여기서는 판단할 것이 없어 비교하지 않습니다',
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

/** Config's verdicts as its Korean console calls them. */
const COMPLIANCE: Record<string, string> = {
  COMPLIANT: '규정 준수(COMPLIANT)',
  NON_COMPLIANT: '규정 미준수(NON_COMPLIANT)',
  NOT_APPLICABLE: '해당 없음(NOT_APPLICABLE)',
  INSUFFICIENT_DATA: '데이터 부족(INSUFFICIENT_DATA)',
};
