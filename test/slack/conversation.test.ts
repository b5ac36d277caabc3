import type { AuditStep } from '../../src/core/audit.ts';
import type { Answer } from '../../src/core/evidence/answer.ts';
import { hashOf } from '../../src/core/hash.ts';
import { type KeptAnswer, shortHash } from '../../src/core/kept-answer.ts';
import { understand } from '../../src/core/questions/index.ts';
import type { Understanding } from '../../src/core/questions/plan.ts';
import type { JobRequest } from '../../src/core/request.ts';
import type { About } from '../../src/jobs/conversing.ts';
import { type JobsWorld, runJob } from '../../src/jobs/index.ts';
import type { Message } from '../../src/sandbox/slack/index.ts';
import { soundRecord } from '../core/evidence/sound.ts';
import { vocabulary } from '../core/questions/phrases.ts';
import { anAnswer, anEvent } from './samples.ts';
import { openStage, type Stage, said, until } from './stage.ts';

/** The whole way: a person in Slack, the bot, the jobs, and a world in which one event was found. */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const NOW = '2026-11-22T09:00:00.000Z';
const CHANNEL = 'C02GOVERN';
const kept = new Map<string, KeptAnswer>();
/** What was searched for, oldest first. */
const searched: { understood: Understanding; about: About }[] = [];
let troubles: string[] = [];
const audit: AuditStep[] = [];

beforeEach(async () => {
  await stage.anew();
  kept.clear();
  searched.length = 0;
  audit.length = 0;
  troubles = [];
  const world = answering();
  stage.work = (request) => runJob(request, world);
});

/** One event, whatever is asked; its plan is what was understood. */
function answering(differs: (answer: Answer) => Partial<Answer> = () => ({})): JobsWorld {
  const unused = async (): Promise<never> => {
    throw new Error('not asked for here');
  };
  const answer: JobsWorld['answer'] = async (understood, question, reader, about) => {
    searched.push({ understood, about });
    const base = anAnswer({ question, lang: reader.language });
    if ('unclear' in understood)
      return {
        ...base,
        verdict: 'unclear',
        understood: { echo: '', plan: null },
        reason: 'Which?',
        readings: understood.unclear.readings,
      };
    if ('notUnderstood' in understood) throw new Error(understood.notUnderstood);
    const { plan } = understood;
    const whole = { ...base, understood: { echo: 'understood', plan }, planHash: hashOf(plan) };
    return { ...whole, ...differs(whole) };
  };
  return {
    find: unused,
    frameworks: [],
    scan: unused,
    digest: unused,
    fixes: {
      appendAudit: async (...steps: AuditStep[]) => void audit.push(...steps),
    } as Partial<JobsWorld['fixes']> as JobsWorld['fixes'],
    killSwitch: {} as JobsWorld['killSwitch'],
    asker: async (slackId) => ({ slackId, name: 'alice', email: 'alice@bora.example' }),
    report: (trouble) => troubles.push(trouble.message),
    remember: (surprise) => {
      troubles.push(String(surprise));
      return 'c0ffee00';
    },
    now: () => new Date(NOW),
    vocabulary: async () => vocabulary,
    ask: (words, reader, about) =>
      answer(
        understand(words, { now: NOW, timeZone: reader.timeZone, vocabulary }),
        words,
        reader,
        about,
      ),
    answer,
    record: async ({ eventID }) => ({
      record: soundRecord({
        eventID,
        responseElements: { credentials: { sessionToken: 'hunter2' } },
      }),
      origin: 'LookupEvents 444455556666/ap-northeast-2',
    }),
    keepAnswer: async (one, threads) => {
      for (const key of [shortHash(one.planHash), ...threads]) kept.set(key, one);
    },
    keptAnswer: async (planHash) => kept.get(shortHash(planHash)),
    lastAnswer: async (thread) => kept.get(thread),
    tell: (to, telling) => stage.bot.tell(to, telling),
  };
}

const last = () => {
  const understood = searched.at(-1)?.understood;
  if (!understood || !('plan' in understood)) throw new Error('nothing was searched');
  return understood.plan;
};

/** Asks in a thread by mention and waits for the answer there. */
async function asked(words = 'who deleted i-0a1b2c3d4e5f60718?'): Promise<Message> {
  await stage.slack.control.say('U01ALICE', CHANNEL, `<@U0TRAIL> ${words}`);
  return said(stage, CHANNEL, words.slice(0, 20));
}

const press = (message: Message, actionId: string, user = 'U01ALICE') =>
  stage.slack.control.click(user, message, actionId);

/** The newest message of the bot after this one. */
const next = (after: Message) =>
  until(async () =>
    (await stage.slack.control.messages(CHANNEL)).find(
      (one) => one.user === 'U0TRAIL' && Number(one.ts) > Number(after.ts),
    ),
  );

test('what is said in the thread of an answer changes its question', async () => {
  const answer = await asked();
  const thread = answer.thread_ts ?? '';
  await stage.slack.control.say('U02BOB', CHANNEL, '<@U0TRAIL> and last month?', thread);
  const second = await next(answer);
  expect(second.thread_ts).toBe(thread);
  expect(last()).toMatchObject({ resources: ['i-0a1b2c3d4e5f60718'], verbs: ['delete'] });
  expect(last().time).toMatchObject({ assumed: false });
  await stage.slack.control.say('U02BOB', CHANNEL, '<@U0TRAIL> 개발 계정도', thread);
  await next(second);
  expect(last()).toMatchObject({ accounts: ['555566667778'], verbs: ['delete'] });
  expect(last().time.assumed).toBe(false);
});

test('a direct message is one conversation; another thread is another', async () => {
  const dm = await stage.slack.control.dm('U01ALICE');
  await stage.slack.control.say('U01ALICE', dm, 'who deleted i-0a1b2c3d4e5f60718?');
  await said(stage, dm, 'TerminateInstances');
  await stage.slack.control.say('U01ALICE', dm, 'only denied');
  await until(() => searched.length === 2);
  expect(last()).toMatchObject({ outcome: 'denied', verbs: ['delete'] });
  await stage.slack.control.say('U01ALICE', CHANNEL, '<@U0TRAIL> who else?');
  await said(stage, CHANNEL, 'which answer you mean');
  expect(searched).toHaveLength(2);
});

test('export as csv brings a file with every event into the thread', async () => {
  const answer = await asked();
  const thread = answer.thread_ts ?? '';
  await stage.slack.control.say('U01ALICE', CHANNEL, '<@U0TRAIL> export as csv', thread);
  await said(stage, CHANNEL, 'the one event');
  expect(searched.at(-1)?.about.listed).toBeGreaterThan(1000);
  const [upload] = stage.slack.control.calls('files.completeUploadExternal').slice(-1);
  expect(upload?.args).toMatchObject({ channel_id: CHANNEL, thread_ts: thread });
  const where = { channel: CHANNEL, thread };
  expect(audit.map(({ actor, details }) => [actor, details.where])).toEqual([
    [expect.objectContaining({ slackId: 'U01ALICE' }), where],
    [expect.objectContaining({ slackId: 'U01ALICE' }), where],
  ]);
});

test('a file says what could not be seen; of nothing there is no file, and no claim that there was nothing', async () => {
  const gap = { account: '444455556666', region: '', reason: 'AccessDenied' };
  const blind = (answer: Answer) => ({ coverage: { ...answer.coverage, gaps: [gap] } });
  const world = answering(blind);
  stage.work = (request) => runJob(request, world);
  const answer = await asked();
  await press(answer, 'export-events');
  const told = JSON.stringify(await said(stage, CHANNEL, '📎'));
  expect(told).toMatch(/Could not see.*444455556666.*AccessDenied/);
  const nothing = answering((one) => ({
    ...blind(one),
    verdict: 'none-visible',
    events: [],
    total: 0,
  }));
  stage.work = (request) => runJob(request, nothing);
  const uploads = stage.slack.control.calls('files.completeUploadExternal').length;
  await press(answer, 'export-events', 'U02BOB');
  const none = JSON.stringify(await said(stage, CHANNEL, 'so there is no file'));
  expect(none).toMatch(/this is not a no.*Could not see.*444455556666/s);
  expect(stage.slack.control.calls('files.completeUploadExternal')).toHaveLength(uploads);
});

test('where Slack takes no file, its first rows are shown and the way to all of it', async () => {
  const answer = await asked();
  stage.slack.control.fault({ method: 'files.getUploadURLExternal', error: 'missing_scope' });
  await press(answer, 'export-events');
  const line = JSON.stringify(await said(stage, CHANNEL, 'did not take the file'));
  expect(line).toContain('missing_scope');
  expect(line).toContain('--csv');
  expect(line).toContain('event_id,time_utc');
});

test('each button changes one thing of the plan, for whoever presses it', async () => {
  const answer = await asked(
    'who successfully deleted i-0a1b2c3d4e5f60718 in prod in eu-west-1 yesterday?',
  );
  const before = last();
  expect(before).toMatchObject({ outcome: 'ok', regions: ['eu-west-1'] });
  const after = async (button: string) => {
    const count = searched.length;
    await press(answer, button, 'U02BOB');
    await until(() => searched.length > count);
    return last();
  };
  expect(await after('all-accounts')).toEqual({ ...before, accounts: 'all' });
  expect(await after('all-regions')).toEqual({ ...before, regions: 'all' });
  expect(await after('include-denied')).toEqual({ ...before, outcome: 'any' });
  expect(await after('ask-again')).toEqual(before);
  expect((await after('widen-time')).time).toMatchObject({
    from: '2026-11-15T09:00:00.000Z',
    to: NOW,
  });
  expect(troubles).toEqual([]);
});

test('the event is shown in a window, without its secrets', async () => {
  const answer = await asked();
  await press(answer, 'show-event');
  const opened = await until(() => stage.slack.control.calls('views.open').at(-1));
  expect(JSON.stringify(opened.args)).toContain('Looking it up');
  const filled = await until(() => stage.slack.control.calls('views.update').at(-1));
  const view = JSON.stringify(filled.args);
  expect(view).toContain(anEvent.eventID);
  expect(view).toContain('[redacted]');
  expect(view).not.toContain('hunter2');
});

test('the exact query is shown in a window and finds the same', async () => {
  const answer = await asked();
  const count = stage.slack.control.calls('views.update').length;
  await press(answer, 'show-plan');
  const filled = await until(() => stage.slack.control.calls('views.update')[count]);
  expect(JSON.stringify(filled.args)).toContain('verb:delete resource:i-0a1b2c3d4e5f60718');
  expect(JSON.stringify(filled.args)).toContain('or to `trailwarden ask`, to ask');
});

test('a button whose answer is forgotten says so, in its window where it has one', async () => {
  const answer = await asked();
  // Only then is all of it kept, for the message itself, too.
  await until(() => kept.has(`${CHANNEL}:${answer.ts}`));
  kept.clear();
  await press(answer, 'ask-again');
  await said(stage, CHANNEL, 'no longer remember');
  const count = stage.slack.control.calls('views.update').length;
  await press(answer, 'show-event');
  const filled = await until(() => stage.slack.control.calls('views.update')[count]);
  expect(JSON.stringify(filled.args)).toContain('no longer remember');
});

test('a guest may not press what a member asked for', async () => {
  const answer = await asked();
  stage.twists['users.info'] = (told) => ({
    ...told,
    user: { ...(told.user as object), is_restricted: true },
  });
  stage.clock.now += 6 * 60_000;
  await press(answer, 'ask-again');
  await said(stage, CHANNEL, 'full members');
  expect(searched).toHaveLength(1);
});

test('of readings, the one that is pressed is answered', async () => {
  const first = understand('who deleted i-0a1b2c3d4e5f60718?', {
    now: NOW,
    timeZone: 'UTC',
    vocabulary,
  });
  const second = understand('who stopped i-0a1b2c3d4e5f60718?', {
    now: NOW,
    timeZone: 'UTC',
    vocabulary,
  });
  if (!('plan' in first && 'plan' in second)) throw new Error('both are questions');
  const readings = [first.plan, second.plan].map((plan, at) => ({ echo: `reading ${at}`, plan }));
  const world = answering();
  stage.work = (request) =>
    runJob(request, {
      ...world,
      ask: (words, reader, about) =>
        world.answer({ unclear: { question: 'Which?', readings } }, words, reader, about),
    });
  const back = await asked('who did it?');
  await press(back, 'choose-reading-1');
  await until(() => searched.length === 2);
  expect(last()).toEqual(second.plan);
});

test('show more goes on where the list ended', async () => {
  const events = Array.from({ length: 25 }, (_, at) => ({
    ...anEvent,
    eventID: `e-${at}`,
    eventTime: null,
  }));
  const world = answering((answer) => ({
    events: events.slice(0, searched.at(-1)?.about.listed ?? 10),
    total: 25,
    ...(answer.total ? {} : {}),
  }));
  stage.work = (request) => runJob(request, world);
  const answer = await asked();
  const thread = answer.thread_ts ?? '';
  await stage.slack.control.say('U01ALICE', CHANNEL, '<@U0TRAIL> show more', thread);
  await said(stage, CHANNEL, 'Events 11 to 20 of 25');
  await stage.slack.control.say('U01ALICE', CHANNEL, '<@U0TRAIL> 더 보여줘', thread);
  const page = await said(stage, CHANNEL, 'Events 21 to 25 of 25');
  expect(JSON.stringify(page)).toContain('e-24');
  await stage.slack.control.say('U01ALICE', CHANNEL, '<@U0TRAIL> more', thread);
  await said(stage, CHANNEL, 'That was all');
});

test('show more, where less can be seen than before, tells that and not that it was all', async () => {
  const gap = { account: '444455556666', region: '', reason: 'ThrottlingException' };
  const seen = { events: [anEvent], total: 25 };
  const world = answering((answer) =>
    searched.length < 2
      ? seen
      : {
          verdict: 'none-visible',
          events: [],
          total: 0,
          coverage: { ...answer.coverage, gaps: [gap] },
        },
  );
  stage.work = (request) => runJob(request, world);
  const answer = await asked();
  const thread = answer.thread_ts ?? '';
  await stage.slack.control.say('U01ALICE', CHANNEL, '<@U0TRAIL> show more', thread);
  await said(stage, CHANNEL, 'this is not a no');
});

test('show more that finds less than before leaves the question as old as it is: asked again it goes on to now', async () => {
  const world = answering(() =>
    searched.length < 2
      ? { events: [anEvent], total: 25 }
      : { verdict: 'none-visible', events: [], total: 0 },
  );
  stage.work = (request) => runJob(request, world);
  const answer = await asked('who deleted i-0a1b2c3d4e5f60718 since 2026-11-16?');
  expect(last().time).toMatchObject({ to: NOW, assumed: false });
  await until(() => kept.has(`${CHANNEL}:${answer.ts}`));
  const later = '2026-11-22T15:00:00.000Z';
  stage.work = (request) => runJob(request, { ...world, now: () => new Date(later) });
  await stage.slack.control.say(
    'U01ALICE',
    CHANNEL,
    '<@U0TRAIL> show more',
    answer.thread_ts ?? '',
  );
  const less = await said(stage, CHANNEL, 'this is not a no');
  await until(() => kept.has(`${CHANNEL}:${less.ts}`));
  await press(answer, 'ask-again');
  const anew = await next(less);
  expect(last().time.to).toBe(later);
  await until(() => kept.has(`${CHANNEL}:${anew.ts}`));
});

test('an answer keeps the language of its question, whoever presses its buttons', async () => {
  const events = Array.from({ length: 25 }, (_, at) => ({
    ...anEvent,
    eventID: `e-${at}`,
    eventTime: null,
  }));
  const world = answering(() => ({
    events: events.slice(0, searched.at(-1)?.about.listed ?? 10),
    total: 25,
  }));
  stage.work = (request) => runJob(request, world);
  const answer = await asked('i-0a1b2c3d4e5f60718 누가 지웠어?');
  await press(answer, 'list-events', 'U02BOB');
  await said(stage, CHANNEL, '이벤트 25건 중 1~10번째');
  await press(answer, 'export-events', 'U02BOB');
  await said(stage, CHANNEL, '이벤트 25건 전부');
});

test('an event of a page that the same plan has been answered after is found all the same', async () => {
  const wanted: string[] = [];
  const world = answering();
  stage.work = (request) =>
    runJob(request, {
      ...world,
      record: async (place, plan) => {
        wanted.push(JSON.stringify(place));
        return world.record(place, plan);
      },
    });
  const answer = await asked();
  // Only then is all of it kept, for the message itself, too.
  await until(() => kept.has(`${CHANNEL}:${answer.ts}`));
  // Whoever asked the same again got other events on the first page.
  for (const [key, one] of kept) kept.set(key, { ...one, events: [] });
  const count = stage.slack.control.calls('views.update').length;
  await press(answer, 'show-event');
  const filled = await until(() => stage.slack.control.calls('views.update')[count]);
  expect(JSON.stringify(filled.args)).toContain('TerminateInstances');
  expect(wanted).toEqual([
    JSON.stringify({ eventID: anEvent.eventID, account: '', region: '', at: null }),
  ]);
});

describe('who hears it', () => {
  const shared = { is_ext_shared: true };
  const nowShared = () => {
    stage.twists['conversations.info'] = (told) => ({
      ...told,
      channel: { ...(told.channel as object), ...shared },
    });
  };

  test('a channel that becomes shared between asking and answering hears no answer', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world = answering();
    stage.work = (request: JobRequest) =>
      runJob(request, {
        ...world,
        ask: async (...asking) => held.then(() => world.ask(...asking)),
      });
    const heard = posted('TerminateInstances');
    await stage.slack.control.say(
      'U01ALICE',
      CHANNEL,
      '<@U0TRAIL> who deleted i-0a1b2c3d4e5f60718?',
    );
    await until(() => stage.requests.length === 1);
    nowShared();
    stage.clock.now += 61_000;
    release();
    await said(stage, CHANNEL, 'shared with another company');
    expect(posted('TerminateInstances')).toBe(heard);
  });

  test('a button in a channel that is shared now is refused before anything is searched', async () => {
    const answer = await asked();
    nowShared();
    stage.clock.now += 61_000;
    await press(answer, 'ask-again');
    await said(stage, CHANNEL, 'shared with another company');
    expect(searched).toHaveLength(1);
  });

  /** How many messages for everybody to read named this. */
  const posted = (words: string) =>
    stage.slack.control
      .calls('chat.postMessage')
      .filter(({ args }) => JSON.stringify(args).includes(words)).length;
});
