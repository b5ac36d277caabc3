import { personBehind } from '../../evidence/person.ts';
import { PROOF } from '../../evidence/tell-words.ts';
import { harmless } from '../../prose.ts';
import { wasSeen } from '../../reading.ts';
import type { Finding, Since } from '../finding.ts';
import type { Reason } from '../vocabulary.ts';
import { isLater, presentRun, type Run } from './kept-states.ts';
import { eventProof, historyProof, lookProof } from './since-proof.ts';
import { recorderNote, whyNobody, whyNoHistory } from './since-words.ts';
import type { Trace } from './trace.ts';
import { plainValue, type Write, writesAmong } from './writes.ts';

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

/** Whether a later call left something else than Config shows; one that says nothing may have. */
function changes({ wrote }: Write, { value }: Run): boolean {
  return wrote !== plainValue(value);
}

function lastOf<T>(all: T[]): T | undefined {
  return all.at(-1);
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
