import type { CloudTrailEvent } from '../evidence/event.ts';
import { type Issued, type Person, personBehind } from '../evidence/person.ts';
import type { Gap } from '../evidence/source.ts';
import { PROOF } from '../evidence/tell-words.ts';
import type { Json } from '../json.ts';
import { harmless } from '../prose.ts';
import { wasSeen } from '../reading.ts';
import type { RecorderState } from './facts.ts';
import type { Finding, Proof, Since } from './finding.ts';
import { type KeptHistory, presentRun, type Run } from './kept-states.ts';
import type { Reason } from './vocabulary.ts';
import { plainValue, type Write, type Written, writesAmong } from './writes.ts';

/** What was read to learn since when one failing finding is so. */
export type Trace = Written & {
  type: string;
  /** Null where Config keeps no such value at all. */
  history: KeptHistory | null;
  /** Of the calls, at the place of the resource, no older than `from` (ISO 8601 UTC). */
  events: { found: CloudTrailEvent[]; gaps: Gap[]; from: string };
  issued: Issued;
  /** The recorder of the place; null where it is not known. */
  recorder: RecorderState | null;
  /** The value as it was read live; undefined where the finding does not show it. */
  live: Json | undefined;
  readAt: string;
};

/**
 * Since when, and by whom: the run of Config's states that hold the present value gives the window, and
 * the last call in it that wrote that value is what made it so. Where Config keeps nothing, the calls
 * alone tell; where a later call wrote something else than Config shows, both are told.
 */
export function sinceWhen(trace: Trace): Since {
  const writes = writesAmong(trace.events.found, trace);
  const { history } = trace;
  const run = history && wasSeen(history) ? presentRun(history.seen.states) : null;
  if (!run) return byCallsAlone(trace, writes);
  const later = writes.filter(({ at }) => isLater(at, run.newest));
  const unrecorded = later.some((write) => changes(write, run))
    ? latestOf(trace, later)
    : undefined;
  if (unrecorded) return bothAsTold(trace, unrecorded, run);
  if (isBehind(trace, run)) return afterTheNewest(trace, run);
  const maker = makerOf(run, writes);
  return maker ? madeBy(trace, maker, run) : madeByNobodySeen(trace, run);
}

/**
 * Whether what an earlier scan found out still tells the truth: the finding is as it was, nothing that
 * was looked for failed to be read, and the calls had settled by then. Nobody knowing is asked again
 * after a day.
 */
export function stillHolds(
  was: Pick<Finding, 'status' | 'detail' | 'since'>,
  now: Pick<Finding, 'detail'>,
  readAt: string,
): boolean {
  const { since } = was;
  if (!since || was.status !== 'FAIL' || was.detail !== now.detail) return false;
  if (since.evidence.some(({ fields }) => 'error' in fields)) return false;
  if (since.event) return true;
  const lookedAt = Math.max(...since.evidence.map(({ at }) => Date.parse(at)));
  if (since.at !== '') return lookedAt - Date.parse(since.at) > SETTLED;
  return Date.parse(readAt) - lookedAt < A_DAY;
}

/** CloudTrail delivers within minutes; what is an hour old was there to be found. */
const SETTLED = 3_600_000;
const A_DAY = 86_400_000;

/** What was read live is not what Config shows: its newest state is from before the change. */
function isBehind({ live }: Trace, { value }: Run): boolean {
  return live !== undefined && plainValue(live) !== plainValue(value);
}

/** The last of the calls that left what is there now; one whose record does not say may have. */
function latestOf({ live }: Trace, writes: Write[]): Write | undefined {
  if (live === undefined) return lastOf(writes);
  return lastOf(writes.filter(({ wrote }) => wrote === undefined || wrote === plainValue(live)));
}

/** The last call in the window that wrote the present value, as its own record says; else the last at all. */
export function makerOf({ value, by, before }: Run, writes: Write[]): Write | undefined {
  const inside = writes.filter(
    ({ at }) => !isLater(at, by) && (before === null || isLater(at, before.at)),
  );
  const said = inside.filter(({ wrote }) => wrote === plainValue(value));
  return lastOf(said) ?? lastOf(inside.filter(({ wrote }) => wrote === undefined));
}

/**
 * Without Config: the first of the latest calls that wrote one and the same value. What was so before
 * nobody knows.
 */
function byCallsAlone(trace: Trace, writes: Write[]): Since {
  const why = whyNoHistory(trace);
  const latest = lastOf(writes);
  if (!latest) {
    const nobody = whyNobody(trace, null);
    return {
      at: '',
      event: null,
      detail: `Since when is not known${why.en}${nobody.en}`,
      ko: `언제부터인지 알 수 없습니다${why.ko}${nobody.ko}`,
      evidence: [...historyProof(trace, null), lookProof(trace)],
    };
  }
  const other = writes.findLastIndex(({ wrote }) => wrote !== latest.wrote);
  const first = latest.wrote === undefined ? latest : (writes[other + 1] ?? latest);
  // Only a call that wrote something else before it shows that it was not so already.
  const isNew = latest.wrote !== undefined && writes[other]?.wrote !== undefined;
  return told(trace, first, null, isNew ? why : also(NOT_BEFORE, why), isNew);
}

/** Whoever wrote a thing last may have written what was there already. */
const NOT_BEFORE: Reason = {
  en: '; whether it was so before is not known',
  ko: '. 그 전에도 그랬는지는 알 수 없습니다',
};

function also(one: Reason, more: Reason): Reason {
  return { en: `${one.en}${more.en}`, ko: `${one.ko}${more.ko}` };
}

function madeBy(trace: Trace, maker: Write, run: Run): Since {
  return told(trace, maker, run, recorderNote(trace, run));
}

/** A call after Config's newest state changed what that state shows: Config was not told of it. */
function bothAsTold(trace: Trace, later: Write, run: Run): Since {
  const shows = harmless(plain(run.value));
  return told(trace, later, run, {
    en: `; Config's newest state, of ${run.newest}, is older and still shows ${shows}${recorderNote(trace, run).en}`,
    ko: `. Config의 최신 상태(${run.newest})는 그보다 오래되어 아직 ${shows}(으)로 되어 있습니다${recorderNote(trace, run).ko}`,
  });
}

/** Config still shows the value of before, and no call is known: all that is known is a lower bound. */
function afterTheNewest(trace: Trace, run: Run): Since {
  const why = whyNobody(trace, { ...run, by: trace.readAt, before: { at: run.newest } });
  const note = recorderNote(trace, run);
  const shows = harmless(plain(run.value));
  return {
    at: '',
    event: null,
    detail: `Since some time after ${run.newest}, when Config's newest state still showed ${shows}; by whom is not known${why.en}${note.en}`,
    ko: `${run.newest} 이후부터입니다(그때 Config의 최신 상태는 ${shows}). 누가 했는지는 알 수 없습니다${why.ko}${note.ko}`,
    evidence: [...historyProof(trace, run), lookProof(trace)],
  };
}

function madeByNobodySeen(trace: Trace, run: Run): Since {
  const why = whyNobody(trace, run);
  const note = recorderNote(trace, run);
  return {
    at: run.by,
    event: null,
    detail: `Since ${run.by}${run.before ? ' at the latest' : ' or longer'}, as Config captured it; by whom is not known${why.en}${note.en}`,
    ko: `${run.before ? '늦어도 ' : ''}${run.by}부터${run.before ? '' : ' 또는 그 이전부터'}(Config가 기록한 시각). 누가 했는지는 알 수 없습니다${why.ko}${note.ko}`,
    evidence: [...historyProof(trace, run), lookProof(trace)],
  };
}

function told(
  trace: Trace,
  { event, at }: Write,
  run: Run | null,
  note: Reason,
  isNew = true,
): Since {
  const person = personBehind(event, trace.issued);
  const who = harmless(person.name);
  const call = harmless(event.eventName);
  return {
    at,
    event: {
      eventID: event.eventID,
      eventName: event.eventName,
      person: person.name,
      proof: person.proof,
    },
    detail: `${isNew ? 'Since' : 'Last written'} ${at}: ${who}, ${call} (proof: ${PROOF[person.proof].en})${note.en}`,
    ko: `${at}${isNew ? '부터' : '에 마지막으로 변경'}: ${who}, ${call} (근거: ${PROOF[person.proof].ko})${note.ko}`,
    evidence: [eventProof(trace, event, person), ...historyProof(trace, run)],
  };
}

/** Before and after, as Config has them: what the call changed. */
function historyProof({ history, change, type }: Trace, run: Run | null): Proof[] {
  if (!history || change === null) return [];
  const about = { resourceType: type, path: change };
  if (!wasSeen(history))
    return [{ ...history.by, fields: { ...about, error: history.unseen.reason } }];
  if (!run) return [{ ...history.by, fields: { ...about, states: history.seen.states.length } }];
  const before = run.before && {
    configurationItemCaptureTime: run.before.at,
    ...(run.before.deleted
      ? { configurationItemStatus: 'ResourceDeleted' }
      : { value: run.before.value }),
  };
  const after = { configurationItemCaptureTime: run.by, value: run.value };
  return [{ ...history.by, fields: { ...about, before, after } }];
}

function eventProof({ readAt }: Trace, event: CloudTrailEvent, person: Person): Proof {
  const { eventID, eventName, eventSource, eventTime, account, region } = event;
  const chain = person.chain.slice(0, 8);
  const fields = { eventID, eventTime, eventSource, eventName, person: person.name, chain };
  return { api: 'cloudtrail:LookupEvents', account, region, at: readAt, fields };
}

/** That nobody was found rests on a look, too: at which calls, from when, and what could not be read. */
function lookProof({ events, calls, account, region, readAt }: Trace): Proof {
  const [gap] = events.gaps;
  const fields = { calls, from: events.from, ...(gap && { error: gap.reason }) };
  return { api: 'cloudtrail:LookupEvents', account, region, at: readAt, fields };
}

function whyNoHistory({ history, account, region }: Trace): Reason {
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
function whyNobody(
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

function recorderNote({ recorder, type }: Trace, { newest }: Run): Reason {
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

/** Whether a later call left something else than Config shows; one that says nothing may have. */
function changes({ wrote }: Write, { value }: Run): boolean {
  return wrote !== plainValue(value);
}

function isLater(at: string, instant: string): boolean {
  return Date.parse(at) > Date.parse(instant);
}

function lastOf<T>(all: T[]): T | undefined {
  return all.at(-1);
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
