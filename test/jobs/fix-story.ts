import type { Approval, FixPlan, FixRecord, Member } from '../../src/core/fixes/fix.ts';
import { groupPlan, partsOf } from '../../src/core/fixes/group.ts';
import type { Sent } from '../../src/core/fixes/outcome.ts';
import {
  agree,
  changedFields,
  planLogFileValidation,
  type State,
} from '../../src/core/fixes/plan.ts';
import { type KeptFix, lockOf, OPEN } from '../../src/core/fixes/state.ts';
import { approveFix } from '../../src/jobs/approve-fix.ts';
import { declineFix } from '../../src/jobs/decline-fix.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { recoverFixes } from '../../src/jobs/recover-fixes.ts';
import { propose } from '../../src/jobs/request-fix.ts';
import type { Store } from '../../src/store/store.ts';
import { alice, bob, jun, mina, openFinding } from './fix-world.ts';
import { turnsBy } from './turns.ts';

// One story of a fix: people decide, workers carry out and die, and what happened is written down by
// somebody who is neither of them.

/** Alice again, under a second Slack account, and a member without an address. */
export const aliceAgain: Member = { ...alice, slackId: 'U09AGAIN', email: 'Alice+2@BORA.example' };
export const nobody: Member = { slackId: 'U08NOBODY', name: 'nobody', email: null };
/** Mina under a second account: no second approver. */
export const minaAgain: Member = { ...mina, slackId: 'U07MINA', email: ' mina@bora.example' };
export const everybody = [alice, aliceAgain, bob, jun, mina, minaAgain, nobody];

/** What one of the people and processes of a story does. */
export type Act =
  | { kind: 'approve'; by: Member; times: number; forged?: boolean }
  | { kind: 'decline'; by: Member }
  | { kind: 'recover' }
  | { kind: 'leave'; who: Member }
  | { kind: 'stop' }
  | { kind: 'pass'; minutes: number }
  | { kind: 'meddle'; part: number; mends: boolean };

/** An act, and after how many of its steps its process dies (most live). */
export type Actor = { act: Act; dies: number | null };

/** How AWS answers a call of a part. `late`: the worker dies, and the request arrives behind it. */
export type Answer = 'yes' | 'no' | 'lost' | 'lost-but-done' | 'late';

export type Script = {
  riskClass: 'A' | 'C';
  parts: number;
  /** How many calls each part has, and which of them is answered as `answers` has it by part; the others are taken. */
  calls: 1 | 2;
  answered: number;
  actors: Actor[];
  answers: Answer[];
  /** Behind so many calls that were sent somebody pulls the kill switch, whoever does so besides. */
  stopsBehind: number | null;
  /** From which reading on the world cannot be read, and how often. */
  blind: { from: number; times: number } | null;
  /** Whether other processes know at once that one has died, as on one host. */
  deathsAreSeen: boolean;
  choices: number[];
};

/** What an onlooker saw when a call of a part was sent. */
export type Sending = {
  lock: string;
  /** The number of the call within its part. */
  call: number;
  /** The record as it was kept at that moment. */
  record: KeptFix | undefined;
  /** Since the call before: whether the worker asked for the kill switch, and was let go. */
  free: boolean;
  /** Since it claimed, or since the part before: of whom it heard that they may approve. */
  members: Set<string>;
  /** The parts before this one were sound. */
  behindSound: boolean;
};

/** What an onlooker saw of a story. */
export type Seen = {
  fix: FixRecord;
  end: KeptFix;
  /** The calls in the order in which they were sent. */
  sent: Sending[];
  /** The state of every part at the end, by its lock, and which of them our own calls changed. */
  trails: Map<string, State>;
  done: Set<string>;
  /** The states that the record went through. */
  path: string[];
  /** The calls of the world in which somebody died. */
  deaths: string[];
  troubles: Error[];
  told: number;
};

class Death extends Error {}

let stories = 0;

/** Plays a story to its end: also what was left half done is recovered, as every minute does. */
export async function play(script: Script, store: Store): Promise<Seen> {
  stories += 1;
  const name = `story-${stories}`;
  const plan = planOf(script, name);
  const trails = new Map(partsOf(plan).map((part) => [lockOf(part), { ...part.before }]));
  const group = new Set(
    [alice, aliceAgain, jun, mina, minaAgain, nobody].map((one) => one.slackId),
  );
  let now = Date.parse('2026-11-22T10:00:00.000Z');
  let stopped = false;
  let readings = 0;
  const dead = new Set<string>();
  const inFlight: (() => void)[] = [];
  const seen: Omit<Seen, 'fix' | 'end'> = {
    sent: [],
    trails,
    done: new Set(),
    path: ['proposed'],
    deaths: [],
    troubles: [],
    told: 0,
  };
  const land = () => {
    for (const arrive of inFlight.splice(0)) arrive();
  };
  const pass = (minutes: number) => {
    // A request is on its way for less than a minute.
    land();
    now += minutes * 60_000;
  };
  const answers = new Map(
    partsOf(plan).map((part, index) => [lockOf(part), script.answers[index] ?? 'yes']),
  );

  const worldOf = (worker: string): FixWorld => {
    const own = { free: false, members: new Set<string>() };
    return {
      ...store,
      openFixes: async () => (await store.openFixes()).filter(({ id }) => id === name),
      moveFix: async (move, along) => {
        const moved = await store.moveFix(move, along);
        if (moved) seen.path.push(move.edge.to);
        if (moved?.state === 'claimed') own.members.clear();
        return moved;
      },
      lastScans: async () => [],
      now: () => new Date(now),
      newId: () => name,
      worker,
      isGone: (one) => script.deathsAreSeen && dead.has(one),
      pause: async () => {},
      plan: async () => 'no-fix',
      obstacles: async () => ({ seen: null }),
      asCode: () => [],
      read: async (part) => {
        readings += 1;
        const state = trails.get(lockOf(part));
        const { from = 0, times = 0 } = script.blind ?? {};
        if (!state || (readings >= from && readings < from + times))
          return { unseen: { kind: 'failed', reason: 'Throttling' } };
        return { seen: { ...state } };
      },
      apply: async (part, names, whyNot): Promise<Sent> => {
        const lock = lockOf(part);
        const before = partsOf(plan).slice(
          0,
          partsOf(plan).findIndex((one) => lockOf(one) === lock),
        );
        const isSound = (one: FixPlan) =>
          agree(trails.get(lockOf(one)) ?? {}, one.after, changedFields(one));
        const members = new Set(own.members);
        const accepted: { api: string; requestId: string }[] = [];
        const taken = () => (accepted.length > 0 ? { accepted } : {});
        for (const [call, { api, parameters }] of part.calls.entries()) {
          own.free = false;
          const held = await whyNot();
          if (held) return { held, ...taken() };
          const record = await store.fix(names.fix);
          const { free } = own;
          seen.sent.push({ lock, call, record, free, members, behindSound: before.every(isSound) });
          own.members.clear();
          if (seen.sent.length === script.stopsBehind) stopped = true;
          const field =
            'IsMultiRegionTrail' in parameters ? 'IsMultiRegionTrail' : 'LogFileValidationEnabled';
          const arrive = () => {
            seen.done.add(lock);
            trails.set(lock, { ...trails.get(lock), [field]: true });
          };
          switch (call === script.answered % script.calls ? answers.get(lock) : 'yes') {
            case 'no':
              return { refused: 'AccessDenied: by an SCP', ...taken() };
            case 'lost':
              return { unsure: 'TimeoutError', ...taken() };
            case 'lost-but-done':
              arrive();
              return { unsure: 'TimeoutError', ...taken() };
            case 'late':
              inFlight.push(arrive);
              dead.add(worker);
              throw new Death();
            default:
              arrive();
              accepted.push({ api, requestId: `request-${call}-${lock}` });
          }
        }
        return { requestIds: accepted.map(({ requestId }) => requestId) };
      },
      approversFor: async ({ riskClass }) => ({
        seen: { group: '@cloud-approvers', needed: riskClass === 'C' ? 2 : 1 },
      }),
      isApprover: async ({ slackId }) => {
        const member = group.has(slackId);
        if (member) own.members.add(slackId);
        else own.members.delete(slackId);
        return { seen: member };
      },
      expireAfterMinutes: 60,
      stopped: async () => {
        own.free = !stopped;
        return stopped ? { by: bob, at: '2026-11-22T10:00:00.000Z', reason: null } : null;
      },
      freeze: () => null,
      perHour: 1_000_000,
      confirmation: null,
      eventsOf: async () => ({ seen: [] }),
      later: async () => null,
      tell: async () => {
        seen.told += 1;
        return { channel: 'C02GOVERN', ts: `1.${name}` };
      },
      report: (trouble) => {
        // A dead worker reports nothing; its next call ends it.
        if (!(trouble.cause instanceof Death)) seen.troubles.push(trouble);
      },
    };
  };

  const proposed = await propose(
    plan,
    { what: 'fix-request', about: name, by: alice, replyTo: null },
    // Its message is still to be posted, so that whoever tells of it first notes where it stands.
    { ...worldOf('the first one'), tell: async () => null },
  );
  if (proposed.kind !== 'fix') throw new Error(`told instead: ${JSON.stringify(proposed)}`);
  const { fix } = proposed;

  const turns = turnsBy(script.choices);
  const lives = script.actors.map(async ({ act, dies }, index) => {
    const worker = `worker-${index}`;
    const died = (where: string) => {
      dead.add(worker);
      seen.deaths.push(where);
    };
    const turn = () => turns.turn(worker);
    const world = mortal(worldOf(worker), dies, died, turn);
    await turn();
    try {
      await perform(act, fix, world);
    } catch (error) {
      if (!(error instanceof Death) && !((error as Error).cause instanceof Death)) throw error;
    }
  });
  await turns.until(Promise.all(lives));

  land();
  let end = await store.fix(name);
  for (const minutes of [2, 6, 70, 70]) {
    if (!end || !OPEN.some((state) => state === end?.state)) break;
    pass(minutes);
    await recoverFixes(worldOf('the last one'));
    end = await store.fix(name);
  }
  if (!end) throw new Error('the fix is gone');
  return { ...seen, fix, end };

  async function perform(act: Act, { id, planHash }: FixRecord, world: FixWorld): Promise<void> {
    switch (act.kind) {
      case 'approve': {
        const hash = act.forged ? '0'.repeat(64) : planHash;
        const given = { fix: id, planHash: hash, reason: 'needed', by: act.by, replyTo: null };
        // Slack delivers some clicks more than once.
        for (let time = 0; time < act.times; time += 1) await approveFix(given, world);
        return;
      }
      case 'decline':
        await declineFix({ fix: id, reason: null, by: act.by, replyTo: null }, world);
        return;
      case 'recover':
        // As every minute, also while the others are at it.
        for (let round = 0; round < 2; round += 1) await recoverFixes(world);
        return;
      case 'leave':
        group.delete(act.who.slackId);
        return;
      case 'stop':
        stopped = true;
        return;
      case 'pass':
        pass(act.minutes);
        return;
      case 'meddle': {
        const part = partsOf(fix.plan)[act.part % script.parts];
        if (!part) return;
        const state = trails.get(lockOf(part));
        // Nobody switches validation off in these stories, so that "applied" can be judged at the end.
        const change = act.mends ? { LogFileValidationEnabled: true } : { S3BucketName: 'moved' };
        trails.set(lockOf(part), { ...state, ...change });
      }
    }
  }
}

/** The plan of a story: for trails of its own, so that stories do not meet in a store. */
function planOf({ riskClass, parts, calls }: Script, name: string): FixPlan {
  const each = Array.from({ length: parts }, (_, index): FixPlan => {
    const subject = `arn:aws:cloudtrail:eu-west-1:${100_000_000_000 + index}:trail/${name}`;
    const before = { LogFileValidationEnabled: false, S3BucketName: 'logs' };
    const plan = planLogFileValidation(openFinding({ subject }), before);
    if (!plan) throw new Error('the state is sound already');
    // Without the words that people read: they would be hashed and kept many thousand times.
    const bare = {
      ...plan,
      riskClass,
      blast: { accounts: [], feels: { en: '', ko: '' }, keeps: [] },
    };
    return calls === 1 ? bare : withSecondCall(bare);
  });
  const [only] = each;
  return only && each.length === 1 ? only : groupPlan(each);
}

/** Two settings in two calls, so that there is something between them. */
function withSecondCall(plan: FixPlan): FixPlan {
  const update = (on: boolean) => ({
    api: 'cloudtrail:UpdateTrail',
    parameters: { Name: plan.resource, IsMultiRegionTrail: on },
  });
  return {
    ...plan,
    before: { ...plan.before, IsMultiRegionTrail: false },
    after: { ...plan.after, IsMultiRegionTrail: true },
    calls: [...plan.calls, update(true)],
    wayBack: [update(false), ...plan.wayBack],
  };
}

/** The people whose yes counts for the plan with a hash, told apart by who they are and not by what they are called. */
export function peopleBehind(approvals: Approval[], approved: string): Set<string> {
  const human = ({ email }: Member) => (email ?? '').trim().toLowerCase().replace(/\+.*@/, '@');
  const behind = approvals
    .filter(({ planHash }) => planHash === approved)
    .map(({ by }) => human(by))
    .filter((one) => one !== '' && one !== human(alice));
  return new Set(behind);
}

const CALLS = [
  'putFix',
  'fix',
  'openFixes',
  'moveFix',
  'noteMessage',
  'appendAudit',
  'read',
  'apply',
  'approversFor',
  'isApprover',
  'stopped',
  'tell',
] as const;

/** What nobody else's next step depends on: it needs no turn of its own, and people die there as well. */
const UNFELT = new Set<string>(['noteMessage', 'appendAudit', 'approversFor', 'tell']);

/**
 * A world whose calls wait for their turn, and which ends for its worker at the nth edge between its
 * steps: before a call, or behind it.
 */
function mortal(
  world: FixWorld,
  after: number | null,
  died: (where: string) => void,
  turn: () => Promise<void>,
): FixWorld {
  let left = after ?? Number.POSITIVE_INFINITY;
  const live = (where: string) => {
    left -= 1;
    if (left >= 0) return;
    died(where);
    throw new Death();
  };
  const wrapped = CALLS.map((name) => {
    const call = world[name] as (...words: unknown[]) => Promise<unknown>;
    return [
      name,
      async (...words: unknown[]) => {
        if (!UNFELT.has(name)) await turn();
        live(`before ${name}`);
        const result = await call(...words);
        live(`behind ${name}`);
        return result;
      },
    ];
  });
  return { ...world, ...Object.fromEntries(wrapped) };
}
