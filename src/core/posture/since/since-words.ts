import { harmless } from '../../prose.ts';
import { wasSeen } from '../../reading.ts';
import type { Reason } from '../vocabulary.ts';
import { isLater, type Run } from './kept-states.ts';
import type { Trace } from './trace.ts';

/** Why Config tells nothing: it was not asked to keep it, refused, or saw the resource deleted. */
export function whyNoHistory({ history, account, region }: Trace): Reason {
  const where = `${account}/${region}`;
  if (history === null)
    return { en: '; Config keeps no state of it', ko: '. Config에는 이 값의 이력이 없습니다' };
  if (!wasSeen(history)) {
    const reason = harmless(history.unseen.reason, 300);
    return {
      en: `; Config's history in ${where} could not be read: ${reason}`,
      ko: `. ${where}의 Config 이력을 읽을 수 없었습니다: ${reason}`,
    };
  }
  const { states, none } = history.seen;
  if (none === 'no-recorder')
    return {
      en: `; Config records nothing in ${where}`,
      ko: `. ${where}에서는 Config가 기록하지 않습니다`,
    };
  if (none === 'not-recorded' || states.length === 0)
    return { en: '; Config never recorded it', ko: '. Config가 이 리소스를 기록한 적이 없습니다' };
  return {
    en: `; Config last saw it deleted, at ${states[0]?.at ?? '?'}`,
    ko: `. Config는 ${states[0]?.at ?? '?'}에 삭제된 것으로 기록했습니다`,
  };
}

/** Why no call was found for what is so: too old, not readable, or not among those that were read. */
export function whyNobody(
  { events, calls, account, region }: Trace,
  run: { by: string; before: { at: string } | null } | null,
): Reason {
  const names = calls.join(', ');
  const [gap] = events.gaps;
  if (gap) {
    const en = harmless(gap.reason, 300);
    return {
      en: `; the calls in ${account}/${region} could not all be read: ${en}`,
      ko: `. ${account}/${region}의 호출을 모두 읽을 수는 없었습니다: ${harmless(gap.ko ?? gap.reason, 300)}`,
    };
  }
  const oldest = run ? (run.before?.at ?? '') : '';
  if (run && !isLater(oldest || EPOCH, events.from))
    return {
      en: `; Event history keeps nothing before ${events.from}`,
      ko: `. 이벤트 기록에는 ${events.from} 이전이 없습니다`,
    };
  const span = run ? ` between ${oldest} and ${run.by}` : ` since ${events.from}`;
  const period = run ? `${oldest}와 ${run.by} 사이에` : `${events.from} 이후`;
  return {
    en: `; Event history has no ${names} on it${span}`,
    ko: `. 이벤트 기록에는 ${period} 이 리소스에 대한 ${names} 호출이 없습니다`,
  };
}

/** A recorder that does not record is why there is nothing newer. */
export function recorderNote({ recorder, type }: Trace, { newest }: Run): Reason {
  // Of the recorder itself Config keeps every state, also while it is stopped.
  if (recorder === null || recorder === 'recording' || type === RECORDER) return { en: '', ko: '' };
  return {
    en: ` (the recorder there is ${recorder}: nothing after ${newest} was captured)`,
    ko: ` (그곳의 레코더 상태: ${RECORDERS[recorder]}. ${newest} 이후는 기록되지 않았습니다)`,
  };
}

const RECORDER = 'AWS::Config::ConfigurationRecorder';
const EPOCH = '1970-01-01T00:00:00Z';
const RECORDERS = { stopped: '중지됨', failing: '기록 실패', absent: '없음' };
