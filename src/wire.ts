import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { knowledge } from './aws/evidence/knowledge.ts';
import { openPeople } from './aws/evidence/people.ts';
import { placesOf } from './aws/evidence/places.ts';
import { tracing } from './aws/evidence/tracing.ts';
import type { Memory } from './aws/facts/accounts.ts';
import { scanWorld } from './aws/facts/index.ts';
import { openFixes } from './aws/fixes/index.ts';
import { readRegions } from './aws/regions.ts';
import { ambientRegion, openAws } from './aws/session.ts';
import { type Config, ConfigError, fixSettings, postureSettings } from './config.ts';
import { joined } from './core/concurrently.ts';
import type { IdentityUser } from './core/evidence/users.ts';
import type { KeptAnswer } from './core/kept-answer.ts';
import type { Volumes } from './core/posture/cost/volumes.ts';
import type { PostureFacts } from './core/posture/facts.ts';
import type { Finding, Scan } from './core/posture/finding.ts';
import { type FoundScope, type Scope, scopeOf } from './core/posture/scope.ts';
import { harmless } from './core/prose.ts';
import type { Plan, Understanding, Vocabulary } from './core/questions/plan.ts';
import type { Reader } from './core/reader.ts';
import { type Reading, wasSeen } from './core/reading.ts';
import { reasonOf } from './core/reason.ts';
import { withDecisions } from './jobs/accepted-risks.ts';
import {
  type World as AnswerWorld,
  answerQuestion,
  answerUnderstood,
} from './jobs/answer-question.ts';
import { eventsOfFix } from './jobs/events-of-fix.ts';
import { findRecord } from './jobs/find-record.ts';
import type { FixWorld } from './jobs/fix-world.ts';
import type { PlanningWorld } from './jobs/plan-fix.ts';
import { remembering } from './jobs/remember-accounts.ts';
import { type Progress, scanPosture } from './jobs/scan-posture.ts';
import { tellSince } from './jobs/since.ts';
import { openLog } from './log.ts';
import { detectionRules, frameworks, postureRules, standingExceptions } from './policies.ts';
import { openStore } from './store/sqlite.ts';
import { isGone, workerName } from './store/worker.ts';
import { gatesOf } from './wire-gates.ts';
import { openSources } from './wire-sources.ts';

export type Trailwarden = Awaited<ReturnType<typeof openTrailwarden>>;

/** What the fixes need beyond AWS and the store, which depends on where people are. */
export type FixSurroundings = Pick<FixWorld, 'isApprover' | 'tell' | 'report'> &
  Partial<Pick<FixWorld, 'confirmation'>>;

/**
 * Puts the edges together for one configuration. This is the one place that knows them all; jobs get
 * functions, and whoever starts the product (`bot.ts`, `commands/`) decides what to run.
 */
export async function openTrailwarden(config: Config, now: () => Date = () => new Date()) {
  const region = await ambientRegion();
  if (!region) {
    throw new ConfigError(
      'environment: AWS_REGION is missing: expected the region of the bot, such as `AWS_REGION=eu-west-1`',
    );
  }
  const store = openStore(config.store, now);
  const aws = openAws({
    readRole: config.aws.readRole,
    fixRoles: definedOnly(config.aws.fixRoles),
    externalId: config.aws.externalId,
    region,
    fixing: { ...fixSettings(config), lastScans: (count) => store.lastScans(count) },
  });
  const log = openLog(config.logLevel);
  const { simulated } = config;
  const settings = postureSettings(config);
  const rules = postureRules();
  const worldOf = (memory: Memory | null, listed?: Scanning['listed']) =>
    scanWorld(aws, settings, rules, {
      now,
      simulated,
      memory,
      ...(listed && { listed }),
    });
  const sinceOver =
    (previous: () => Promise<Finding[]>) => (findings: Finding[], facts: PostureFacts) =>
      tellSince(findings, facts, {
        ...tracing({ aws, now }, facts),
        previous,
        rules,
      });
  const posture = {
    ...worldOf(null),
    frameworks: frameworks(),
    exceptions: standingExceptions(config.posture.exceptions, now()),
    since: sinceOver(store.lastFailing),
  };
  const organization = rememberedFor(
    ORGANIZATION_MINUTES,
    () => posture.organization(),
    ({ accounts }) => wasSeen(accounts),
    now,
  );

  /**
   * Scans. A scan of the whole organization is kept, since digests compare whole with whole, and so is
   * what it reads of each account: the next one goes on where a dead one ended, and asks nobody whom
   * Config proves unchanged, unless it is to read everything `fresh`. `logs` are only counted, for
   * what things cost; without them it is the archive, where there is one.
   */
  async function scanAnew(
    scope: Scope,
    progress?: Progress,
    { logs = [], fresh = false, listed: tellListed }: Scanning = {},
  ): Promise<Scan> {
    const counted = { volumes: () => volumesOf(logs) };
    if (scope.accounts?.length || scope.ou !== undefined)
      return decidedOn(await scanPosture(scope, { ...posture, ...counted }, progress));
    const memory = remembering(store, {
      fresh,
      odd: (account) =>
        log('warn', 'a kept account is damaged or of another version: it is read anew', {
          account: harmless(account),
        }),
    });
    // Both of one world: what it begins to read while it lists the accounts, it goes on with.
    const { organization: listed, facts } = worldOf(memory, tellListed);
    const result = await scanPosture(
      scope,
      {
        ...posture,
        organization: listed,
        facts,
        ...counted,
        ...(fresh && { since: sinceOver(async () => []) }),
      },
      progress,
    );
    await store.saveScan(result);
    await memory.finish(now());
    return decidedOn(result);
  }

  /** What estimates of cost are made of; null where there is nothing to count. */
  async function volumesOf(logs: string[]): Promise<Reading<Volumes> | null> {
    // With DuckDB, 30 MiB that a scan without log files does not need.
    if (logs.length > 0)
      return { seen: await (await import('./archive/volumes.ts')).volumesIn(logs) };
    try {
      const seen = await archiveVolumes();
      return seen && { seen };
    } catch (error) {
      // Nobody asked for it by name: the scan goes on, and its costs say so.
      const reason = error instanceof Error ? error.message : String(error);
      log('warn', 'The archive could not be counted', { reason: harmless(reason, 400) });
      return { unseen: { kind: 'failed', reason } };
    }
  }

  /** Scans as they were kept, with what was accepted or put off in Slack by now. */
  async function lastScans(count: number): Promise<Scan[]> {
    return withDecisions(await store.lastScans(count), store, now);
  }

  async function decidedOn(result: Scan): Promise<Scan> {
    return (await withDecisions([result], store, now))[0] ?? result;
  }

  const scanWhole = joined((tell: Progress) => scanAnew({}, tell));

  /** As `scanAnew`; who asks for the whole organization while it is being scanned gets that scan. */
  function scan(scope: Scope = {}, progress?: Progress, how: Scanning = {}): Promise<Scan> {
    const narrow = Boolean(scope.accounts?.length) || scope.ou !== undefined;
    const own = how.fresh || how.logs?.length || how.listed;
    return narrow || own ? scanAnew(scope, progress, how) : scanWhole(progress);
  }

  /** What a person said of accounts and OUs. Who is not known yet may have joined a minute ago. */
  async function find(said: Scope): Promise<FoundScope> {
    if (!said.accounts && !said.ou) return { scope: {} };
    const found = scopeOf(said, await organization());
    return 'scope' in found ? found : scopeOf(said, await posture.organization());
  }

  async function vocabulary(): Promise<Vocabulary> {
    const [{ accounts }, listed] = await Promise.all([organization(), people.list()]);
    return {
      accounts: wasSeen(accounts) ? accounts.seen : [],
      // Without Identity Center, or the right to read it, questions name people as the records do.
      people: wasSeen(listed) ? listed.seen.people.flatMap(namesOf) : [],
      ...(settings.regions && { allowedRegions: settings.regions }),
    };
  }

  /** Whose accounts are ours; null where they cannot be listed. */
  async function organizationAccounts(): Promise<string[] | null> {
    const { accounts } = await organization();
    return wasSeen(accounts) ? accounts.seen.map(({ id }) => id) : null;
  }

  const ground = { aws, now };
  const places = rememberedFor(
    PLACES_MINUTES,
    async () => placesOf(await organization(), (account) => readRegions(ground, account)),
    ({ gaps }) => gaps.length === 0,
    now,
    UNREACHED_MINUTES,
  );
  const people = openPeople(ground, {
    organization,
    regionsOf: (account) => readRegions(ground, account),
  });
  const known = knowledge(ground, { organization, places });
  const fixes = openFixes(aws);
  const {
    sources,
    archived,
    volumes: archiveVolumes,
    followLogs,
    ...searched
  } = await openSources(config, {
    aws,
    now,
    places,
    organization,
    report: (trouble) =>
      log('error', 'A source of events broke', { reason: harmless(reasonOf(trouble), 400) }),
    remembered: (minutes, read, whole) => rememberedFor(minutes, read, whole, now),
  });

  /** Whose calls are the bot's own: its read role, and whom it is by itself. */
  async function self(): Promise<string[]> {
    // Who cannot learn who it is cannot search either, and the search says why.
    const base = await aws.identity().then(
      ({ arn }) => [arn, /:assumed-role\/([^/]+)/.exec(arn)?.[1] ?? arn],
      () => [],
    );
    return [config.aws.readRole, ...base];
  }

  const ask = (words: string, reader: Reader, about: Asking = {}) =>
    answerQuestion(words, reader, answeringWorld(about), about.id);

  /** Answers what was understood already: a follow-up, the plan of a button, a chosen reading. */
  const answer = (understood: Understanding, words: string, reader: Reader, about: Asking = {}) =>
    answerUnderstood(understood, words, reader, answeringWorld(about), about.id);

  /** One event as it was recorded, where an answer found it. */
  const record = (place: KeptAnswer['events'][number], plan: Plan) =>
    findRecord(place, plan, sources);

  function answeringWorld(about: Asking): AnswerWorld {
    const { progress, expect, listed, mentioned = [] } = about;
    // Whatever is asked is asked of places: they are read while the words are being understood. Who
    // then needs them hears of a failure.
    places().catch(() => {});
    const vocabularyHere = async () => {
      const { accounts, people: known } = await vocabulary();
      return { accounts, people: [...mentioned, ...known] };
    };
    return {
      ...known,
      now: about.now ?? now,
      vocabulary: vocabularyHere,
      sources,
      self,
      people,
      lastScan: async () => (await lastScans(1))[0] ?? null,
      detections: detectionRules(),
      organizationAccounts,
      ...(about.previous && { previous: about.previous }),
      simulated,
      ...(progress && { progress }),
      ...(expect && { expect }),
      ...(listed !== undefined && { listed }),
    };
  }

  /** What a fix would do, for who only looks at its plan. */
  const planning: PlanningWorld = {
    lastScans,
    plan: fixes.plan,
    asCode: fixes.asCode,
    obstacles: async (plan) => fixes.obstaclesUnder(plan, await organization()),
  };

  /** The world of the jobs about fixes, in the surroundings of Slack or of a test. */
  function fixWorld(surroundings: FixSurroundings): FixWorld {
    return {
      ...store,
      ...fixes,
      ...planning,
      ...gatesOf(config, store, organization, now),
      confirmation: null,
      eventsOf: async (fix) => eventsOfFix(fix, aws.settings.fixRoles, sources, now()),
      now,
      newId: () => randomBytes(8).toString('hex'),
      worker: WORKER,
      isGone: (worker) => isGone(worker, WORKER),
      pause: (milliseconds) => pause(milliseconds),
      ...surroundings,
    };
  }

  return {
    config,
    aws,
    store,
    fixes,
    find,
    scan,
    lastScans,
    ask,
    answer,
    record,
    vocabulary,
    organization,
    people,
    fixWorld,
    planning,
    archived,
    followLogs,
    now,
    async close() {
      await searched.close();
      aws.close();
      store.close();
    },
  };
}

/** Log files to count, whether everything is read anew, and who hears of accounts as they are listed. */
export type Scanning = {
  logs?: string[];
  fresh?: boolean;
  listed?: (accounts: number) => void;
};

/**
 * Of one question: the clock that its words are read by, who hears of progress, its id, and the people
 * whom the words mention by an id that only Slack knows.
 */
export type Asking = {
  now?: () => Date;
  progress?: Progress;
  id?: string;
  mentioned?: Vocabulary['people'];
  /** Told before a search that takes long: about so many seconds. */
  expect?: (seconds: number) => void;
  /** How many events are wanted one by one; a screenful unless said. */
  listed?: number;
  /** The answer before, in the same conversation: “what did you search?” is about it. */
  previous?: AnswerWorld['previous'];
};

/** What people are called: by the name that they sign in with, and the one that is shown. */
function namesOf({ name, displayName, email }: IdentityUser): Vocabulary['people'] {
  const known = { email: email ?? (name.includes('@') ? name : null), slackId: null };
  return [...new Set([name, displayName])].flatMap((called) =>
    called ? [{ ...known, name: called }] : [],
  );
}

/** Questions over log files only: no AWS call, no store, and no vocabulary but the words themselves. */
export function openLogs(paths: string[], now: () => Date = () => new Date()) {
  const opened = import('./archive/log-files.ts').then(({ openLogFiles }) => openLogFiles(paths));
  const worldOf = async ({ progress, listed, ...about }: Asking): Promise<AnswerWorld> => ({
    now: about.now ?? now,
    vocabulary: nobodyKnown,
    sources: [await opened],
    detections: detectionRules(),
    ...(progress && { progress }),
    ...(listed !== undefined && { listed }),
  });
  return {
    async ask(words: string, reader: Reader, about: Asking = {}) {
      return answerQuestion(words, reader, await worldOf(about), about.id);
    },
    async answer(understood: Understanding, words: string, reader: Reader, about: Asking = {}) {
      return answerUnderstood(understood, words, reader, await worldOf(about), about.id);
    },
    vocabulary: nobodyKnown,
    close: async () => (await opened).close(),
  };
}

const nobodyKnown = async (): Promise<Vocabulary> => ({ accounts: [], people: [] });

/** How long questions take the accounts and their regions for granted; scans always ask anew. */
const ORGANIZATION_MINUTES = 5;
const PLACES_MINUTES = 5;
/** Some account is suspended or refuses in every organization: one question does not ask it ten times. */
const UNREACHED_MINUTES = 1;

/**
 * Reads at most once in so many minutes. What was not seen whole is asked for again the next time, or
 * after some minutes of its own.
 */
function rememberedFor<T>(
  minutes: number,
  read: () => Promise<T>,
  whole: (value: T) => boolean,
  now: () => Date,
  minutesOfPart = 0,
): () => Promise<T> {
  let known: { until: number; value: Promise<T> } | undefined;
  return () => {
    const at = now().getTime();
    if (known && at < known.until) return known.value;
    const asked = { until: at + minutes * 60_000, value: read() };
    known = asked;
    const forget = () => {
      if (known === asked) known = undefined;
    };
    asked.value.then((value) => {
      if (!whole(value)) asked.until = at + minutesOfPart * 60_000;
    }, forget);
    return asked.value;
  };
}

/** This process, among all that share the store. */
const WORKER = workerName(randomUUID().slice(0, 8));

function definedOnly(roles: { [family: string]: string | undefined }): {
  [family: string]: string;
} {
  return Object.fromEntries(
    Object.entries(roles).filter((role): role is [string, string] => role[1] !== undefined),
  );
}
