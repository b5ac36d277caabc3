import type { Digest } from '../core/digest/digest.ts';
import type { Scan } from '../core/posture/finding.ts';
import { type Framework, findFramework } from '../core/posture/framework.ts';
import type { FoundScope, Instead, Scope } from '../core/posture/scope.ts';
import type { JobRequest, ReplyTo } from '../core/request.ts';
import type { Refusal } from '../core/telling.ts';
import { acceptRisk } from './accept-risk.ts';
import { approveFix } from './approve-fix.ts';
import { type AuditingWorld, audited, noteAsking } from './audited-questions.ts';
import { converse } from './conversation.ts';
import type { Conversing } from './conversing.ts';
import { declineFix } from './decline-fix.ts';
import type { FixWorld } from './fix-world.ts';
import { type SwitchWorld, startFixes, stopFixes } from './kill-switch.ts';
import { listFixes } from './list-fixes.ts';
import { openAcceptance, openDecision } from './open-window.ts';
import { press } from './press.ts';
import { requestFix, requestWayBack } from './request-fix.ts';
import { snoozeFinding } from './snooze-finding.ts';

type Progress = (done: number, of: number) => void;

/** What the jobs together need of the world. */
export type JobsWorld = Conversing & {
  /** The accounts or the OU that a person named. */
  find(said: Scope): Promise<FoundScope>;
  /** By which findings can be grouped. */
  frameworks: Framework[];
  /** Scans, remembers the scan, and answers it. */
  scan(scope: Scope, progress: Progress): Promise<Scan>;
  /** The digest of the last two scans, now; null when there was no scan yet. */
  digest(): Promise<Digest | null>;
  fixes: FixWorld;
  killSwitch: SwitchWorld;
  asker: AuditingWorld['asker'];
  /** A progress line that could not be shown must not stop the work. */
  report(trouble: Error): void;
  /** Writes a surprise down with its causes and answers the id under which it is found. */
  remember(surprise: unknown, request: JobRequest): string;
};

/**
 * Runs one piece of work that was handed over. Surprises end here: they are written down once and the
 * person who waits is told what failed, under the same correlation id.
 */
export async function runJob(request: JobRequest, world: JobsWorld): Promise<void> {
  let over = false;
  // Where one lane of a search fails, others go on for a while: nobody would take their line away again.
  const tell: JobsWorld['tell'] = async (to, telling) =>
    over && telling.kind === 'progress' ? undefined : world.tell(to, telling);
  try {
    await perform(request, { ...world, tell }).finally(() => {
      over = true;
    });
  } catch (surprise) {
    const correlation = world.remember(surprise, request);
    const changed = request.job === 'approve-fix' ? { changed: 'unknown' as const } : {};
    const what = TROUBLE[request.job][request.replyTo.language];
    try {
      await world.tell(request.replyTo, { kind: 'trouble', what, correlation, ...changed });
    } catch (error) {
      // Nobody waits behind a hand-over: thrown from here, a Slack that is down would end the process.
      world.report(new Error(`telling of trouble ${correlation}`, { cause: error }));
    }
  }
}

async function perform(request: JobRequest, world: JobsWorld): Promise<void> {
  switch (request.job) {
    case 'help': {
      const { replyTo, notUnderstood } = request;
      await world.tell(replyTo, {
        kind: 'help',
        ...(notUnderstood !== undefined && { notUnderstood }),
      });
      return;
    }
    case 'scan-posture':
      await noteAsking(
        request,
        { ...request.scope, ...(request.framework && { framework: request.framework }) },
        world.now(),
        auditing(world),
      );
      await scanAndTell(request, world);
      return;
    case 'answer-question': {
      const watching = watchingOf('searching', request.replyTo, world);
      await converse(request, watching, audited(world, request, auditing(world)));
      return;
    }
    case 'answer-plan':
    case 'list-events':
    case 'export-events':
    case 'show-event':
    case 'show-plan':
      await press(
        request,
        (language) => watchingOf('searching', { ...request.replyTo, language }, world),
        audited(world, request, auditing(world)),
      );
      return;
    case 'show-digest':
      await noteAsking(request, {}, world.now(), auditing(world));
      await world.tell(request.replyTo, { kind: 'digest', digest: await world.digest() });
      return;
    case 'request-fix':
      await requestFix(request, world.fixes);
      return;
    case 'request-way-back':
      await requestWayBack(request, world.fixes);
      return;
    case 'approve-fix':
      await approveFix(request, world.fixes);
      return;
    case 'decline-fix':
      await declineFix(request, world.fixes);
      return;
    case 'stop-fixes':
      await stopFixes(request, world.killSwitch);
      return;
    case 'start-fixes':
      await startFixes(request, world.killSwitch);
      return;
    case 'open-decision':
      await openDecision(request, world.fixes);
      return;
    case 'open-acceptance':
      await openAcceptance(request, world.fixes);
      return;
    case 'list-fixes':
      await listFixes(request, world.fixes);
      return;
    case 'snooze-finding':
      await snoozeFinding(request, world.fixes);
      return;
    case 'accept-risk':
      await acceptRisk(request, world.fixes);
      return;
    default:
      request satisfies never;
  }
}

/** Finds out what was named, an account, an OU or a framework, scans, and tells; what is none is refused. */
async function scanAndTell(
  { scope, framework: named, replyTo }: Extract<JobRequest, { job: 'scan-posture' }>,
  world: JobsWorld,
): Promise<void> {
  const { account, ou } = scope;
  const found = await world.find({ ...(account && { accounts: [account] }), ...(ou && { ou }) });
  // Who says `pci` means the framework, unless an account or an OU is called so.
  const words = named ?? ('scope' in found ? undefined : (account ?? ou));
  const framework = words === undefined ? undefined : findFramework(words, world.frameworks);
  if ('unseen' in found && !framework) {
    const why: Refusal = { kind: 'could-not-read', reason: found.unseen };
    await world.tell(replyTo, { kind: 'refused', why });
    return;
  }
  if (!framework && ('unknown' in found || named !== undefined)) {
    const instead = 'unknown' in found ? found.instead : NO_PLACES;
    const frameworks = world.frameworks.map(({ key }) => key);
    const why: Refusal = {
      kind: 'no-such-place',
      said: words ?? '',
      instead: { ...instead, frameworks },
    };
    await world.tell(replyTo, { kind: 'refused', why });
    return;
  }
  const where = 'scope' in found ? found.scope : {};
  const scan = await world.scan(where, watchingOf('scanning', replyTo, world).progress);
  await world.tell(replyTo, {
    kind: 'posture',
    scan,
    scope: 'scope' in found ? scope : {},
    ...(framework && { framework }),
  });
}

const NO_PLACES: Instead = { accounts: [], ofAccounts: 0, units: [], ofUnits: 0 };

/**
 * Long work shows a line that changes; one telling at a time, so that an old one never overtakes a new
 * one. How long it will still take is told as expected, then from how it went.
 */
function watchingOf(doing: 'scanning' | 'searching', to: ReplyTo, world: JobsWorld) {
  const began = world.now().getTime();
  let telling = false;
  let expected: number | null = null;
  const show = (far: { done: number; of: number; secondsLeft?: number }) => {
    if (telling) return;
    telling = true;
    world
      .tell(to, { kind: 'progress', doing, ...far })
      .catch((error) => world.report(new Error('showing progress', { cause: error })))
      .finally(() => {
        telling = false;
      });
  };
  const progress: Progress = (done, of) => {
    // A short piece of work needs no line, and the last step is told by the result itself.
    if (of < SHOWN_FROM || done === of) return;
    const secondsLeft = timeLeft(done, of, (world.now().getTime() - began) / 1000, expected);
    show({ done, of, ...(secondsLeft !== null && { secondsLeft }) });
  };
  // Told at once: where AWS is slow to answer, the first step may take as long as all the others.
  const expect = (seconds: number) => {
    expected = seconds;
    show({ done: 0, of: 0, secondsLeft: Math.max(1, Math.ceil(seconds)) });
  };
  return { progress, expect };
}

const auditing = ({ asker, fixes }: JobsWorld): AuditingWorld => ({
  asker,
  appendAudit: fixes.appendAudit,
});

const SHOWN_FROM = 50;

/** Seconds, null while nothing can be told from it: the first steps are slower than the others. */
function timeLeft(done: number, of: number, spent: number, expected: number | null): number | null {
  if (done >= of / 10 && spent > 1) return Math.ceil((spent / done) * (of - done));
  return expected === null ? null : Math.max(1, Math.ceil(expected - spent));
}

/** What could not be done, in the middle of a sentence. */
const TROUBLE = {
  help: { en: 'showing help', ko: '도움말 표시' },
  'scan-posture': { en: 'scanning the posture', ko: '포스처 점검' },
  'answer-question': { en: 'answering your question', ko: '질문에 답하기' },
  'answer-plan': { en: 'answering your question', ko: '질문에 답하기' },
  'list-events': { en: 'listing more events', ko: '이벤트 더 보기' },
  'export-events': { en: 'exporting the events', ko: '이벤트 내보내기' },
  'show-event': { en: 'showing the event', ko: '이벤트 표시' },
  'show-plan': { en: 'showing the query', ko: '질문의 정확한 형식 표시' },
  'show-digest': { en: 'composing the digest', ko: '다이제스트 작성' },
  'request-fix': { en: 'preparing the fix', ko: '조치 준비' },
  'request-way-back': { en: 'preparing the way back', ko: '되돌리기 준비' },
  'approve-fix': { en: 'applying the fix', ko: '조치 적용' },
  'decline-fix': { en: 'declining the fix', ko: '조치 거절' },
  'open-decision': { en: 'showing the plan', ko: '계획 표시' },
  'open-acceptance': { en: 'showing the finding', ko: '항목 표시' },
  'list-fixes': { en: 'listing the fixes', ko: '수정 목록 표시' },
  'snooze-finding': { en: 'snoozing the finding', ko: '알림 미루기' },
  'accept-risk': { en: 'asking to accept the risk', ko: '위험 수용 요청' },
  'stop-fixes': { en: 'stopping the fixes', ko: '수정 중지' },
  'start-fixes': { en: 'starting the fixes', ko: '수정 재개' },
} as const;
