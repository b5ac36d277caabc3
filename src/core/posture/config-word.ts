import { wasSeen } from '../reading.ts';
import type { Finding, Status } from './finding.ts';
import type { Subject } from './judge.ts';
import type { Known } from './known.ts';
import type { Rule } from './rule.ts';
import type { Reason } from './vocabulary.ts';

type Word = Finding['config'];

/**
 * What AWS Config says of the same thing, beside the live reading. Config judges when it is told of a
 * change or once a day, so it may be late; where it says nothing, the reason is said.
 */
export function configWord(rule: Rule, subject: Subject, status: Status, facts: Known): Word {
  if (!rule.config) return null;
  const { rule: identifier, differs } = rule.config;
  const place = placeOf(subject, facts);
  const word = place && facts.configBy.get(`${place.account}/${place.region}`);
  if (!place || !word)
    return silence({
      en: `Config was not asked about ${subject.subject}`,
      ko: `Config에 ${subject.subject}을(를) 묻지 않았습니다`,
    });
  const where = `${place.account}/${place.region}`;
  const why = recorderTrouble(place, facts);
  if (!wasSeen(word.rules))
    return silence({
      en: `Config could not be asked in ${where}: ${word.rules.unseen.reason}`,
      ko: `${where}의 Config에 물을 수 없었습니다: ${word.rules.unseen.reason}`,
    });
  const verdicts = word.rules.seen[identifier];
  if (!verdicts)
    return silence({
      en: `No Config rule ${identifier} in ${where}${why.en}`,
      ko: `${where}에 Config 규칙 ${identifier}이(가) 없습니다${why.ko}`,
    });
  if (!wasSeen(verdicts))
    return silence({
      en: `Rule ${identifier} in ${where} could not be read: ${verdicts.unseen.reason}`,
      ko: `${where}의 규칙 ${identifier}을(를) 읽을 수 없었습니다: ${verdicts.unseen.reason}`,
    });
  const names = namesOf(subject, place.account);
  const verdict = verdicts.seen.find(({ resource }) => names.includes(resource));
  if (!verdict)
    return silence({
      en: `Rule ${identifier} in ${where} has no verdict on it${why.en}`,
      ko: `${where}의 규칙 ${identifier}에 이것에 대한 판정이 없습니다${why.ko}`,
    });
  const { compliance, at } = verdict;
  const said = {
    en: `Rule ${identifier} in ${where} said ${compliance} at ${at}`,
    ko: `${where}의 규칙 ${identifier} 판정: ${COMPLIANCE[compliance] ?? compliance}, ${at}`,
  };
  if (compliance !== 'COMPLIANT' && compliance !== 'NON_COMPLIANT')
    return silence({ en: `${said.en}${why.en}`, ko: `${said.ko}${why.ko}` });
  if (status !== 'PASS' && status !== 'FAIL')
    return silence({
      en: `${said.en}; there is no live reading to compare it with${why.en}`,
      ko: `${said.ko}. 비교할 실시간 값이 없습니다${why.ko}`,
    });
  const agrees = (compliance === 'COMPLIANT') === (status === 'PASS');
  if (agrees) return { agrees, detail: `${said.en}${why.en}`, ko: `${said.ko}${why.ko}` };
  const because = differs ? { en: ` (${differs.en})`, ko: ` (${differs.ko})` } : { en: '', ko: '' };
  return {
    agrees,
    detail: `${said.en}; the live reading of ${facts.readAt} says otherwise and counts${because.en}${why.en}`,
    ko: `${said.ko}. ${facts.readAt} 에 직접 읽은 값은 이와 다르며, 직접 읽은 값을 따릅니다${because.ko}${why.ko}`,
  };
}

function silence({ en, ko }: Reason): Word {
  return { agrees: null, detail: en, ko };
}

/** Config's verdicts as its Korean console calls them. */
const COMPLIANCE: Record<string, string> = {
  COMPLIANT: '규정 준수(COMPLIANT)',
  NON_COMPLIANT: '규정 미준수(NON_COMPLIANT)',
  NOT_APPLICABLE: '해당 없음(NOT_APPLICABLE)',
  INSUFFICIENT_DATA: '데이터 부족(INSUFFICIENT_DATA)',
};

type Place = { account: string; region: string };

/** Where Config would know of a subject: a trail's home, a bucket's region, an account's trails. */
function placeOf({ subject }: Subject, facts: Known): Place | null {
  const trail = facts.trailBy.get(subject);
  if (trail) return { account: trail.owner, region: trail.homeRegion };
  const bucket = facts.bucketBy.get(subject.slice(subject.lastIndexOf(':') + 1));
  if (bucket) return wasSeen(bucket.place) ? bucket.place.seen : null;
  const sighted = facts.accountBy.get(subject)?.trails;
  const own = sighted && wasSeen(sighted) ? sighted.seen[0] : undefined;
  return own ? { account: subject, region: own.homeRegion } : null;
}

/** Config names a trail by name or ARN, a bucket by name, and an account by its id. */
function namesOf({ subject }: Subject, account: string): string[] {
  if (!subject.includes(':')) return [subject];
  const name = subject.slice(Math.max(subject.lastIndexOf('/'), subject.lastIndexOf(':')) + 1);
  return [subject, name, account];
}

/** A recorder that does not record is why Config knows nothing new. */
function recorderTrouble({ account, region }: Place, facts: Known): Reason {
  const none = { en: '', ko: '' };
  const recorders = facts.accountBy.get(account)?.recorders;
  if (!recorders || !wasSeen(recorders)) return none;
  const state = recorders.seen.find((one) => one.region === region)?.state;
  if (!state || !wasSeen(state) || state.seen === 'recording') return none;
  return {
    en: ` (the recorder there is ${state.seen})`,
    ko: ` (그곳의 레코더 상태: ${RECORDERS[state.seen] ?? state.seen})`,
  };
}

const RECORDERS: Record<string, string> = {
  stopped: '중지됨',
  failing: '기록 실패',
  absent: '없음',
};
