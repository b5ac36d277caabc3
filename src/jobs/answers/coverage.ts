import type { Answer, AnswerCoverage } from '../../core/evidence/answer.ts';
import type { Asked } from '../../core/evidence/conclude.ts';
import {
  accountsSaid,
  type HeldBy,
  historySaid,
  recordedAtScan,
  recordedLive,
  type Said,
  trailsSaid,
} from '../../core/evidence/coverage-said.ts';
import { allDataEventsSaid, dataEventsSaid } from '../../core/evidence/coverage-said-data.ts';
import { EVENT_HISTORY } from '../../core/evidence/recording.ts';
import { ANY_EVENT, type EventSource } from '../../core/evidence/source.ts';
import type { Plan } from '../../core/questions/plan.ts';
import { recordingGround, recordingOver } from '../recording.ts';
import type { Answerer, World } from './world.ts';

/** Of more accounts than these, the last scan answers, with its age. */
const LIVE = 200;

/** Questions about the record and the bot itself: what is recorded, how far back, what cannot be seen. */
export const answerCoverage: Answerer = async (asked, _reader, world) => {
  const { plan } = asked;
  switch (plan.about) {
    case 'last-search':
      return beforeThis(asked, world);
    case 'history':
      return told(asked, historySaid(await heldBy(world)), sourcesOf(world));
    case 'data-events':
      return dataEvents(asked, world);
    default:
      return accountsOrTrails(asked, world);
  }
};

/** What was searched for the last answer is that answer's own coverage. */
function beforeThis(asked: Asked, { previous }: World): Answer {
  if (previous) {
    const { coverage } = previous;
    const said: Said = { verdict: 'found', gaps: coverage.gaps, lines: [LAST] };
    return { ...told(asked, said, coverage.sources), coverage };
  }
  return told(asked, { verdict: 'unknowable', gaps: [], lines: [NO_ANSWER_YET] }, []);
}

const LAST = { en: 'For the last answer:', ko: '바로 앞의 답에서는:' };
const NO_ANSWER_YET = {
  en: 'there is no answer before this one in this conversation',
  ko: '이 대화에는 앞선 답이 없습니다',
};
const NO_TRAILS = {
  en: 'over log files alone, nobody can be asked for trails and accounts',
  ko: '로그 파일만으로는 트레일과 계정을 조회할 수 없습니다',
};

async function accountsOrTrails(asked: Asked, world: World): Promise<Answer> {
  const { plan } = asked;
  const scan = (await world.lastScan?.()) ?? null;
  if (scan && plan.accounts === 'all' && scan.accounts.length > LIVE) {
    const accounts = recordedAtScan(scan.accounts, scan.coverage);
    const said =
      plan.about === 'accounts'
        ? accountsSaid(accounts, null)
        : trailsSaid(accounts, scan.scannedAt, false);
    return told(asked, said, ['last scan'], accounts.length);
  }
  if (!world.trails)
    return told(asked, { verdict: 'unknowable', gaps: [], lines: [NO_TRAILS] }, []);
  const seen = await world.trails(plan.accounts);
  const accounts = recordedLive(seen);
  const said =
    plan.about === 'accounts'
      ? accountsSaid(accounts, seen.unlisted ?? null)
      : trailsSaid(accounts, seen.readAt, true);
  return told(asked, said, ['CloudTrail'], accounts.length);
}

async function dataEvents(asked: Asked, world: World): Promise<Answer> {
  const { plan } = asked;
  if (!world.trails)
    return told(asked, { verdict: 'unknowable', gaps: [], lines: [NO_TRAILS] }, []);
  if (plan.resources.length === 0) {
    const seen = await world.trails(plan.accounts);
    return told(asked, allDataEventsSaid(seen), ['CloudTrail'], seen.accounts.length);
  }
  const { source, read, write } = CALLS[plan.resourceType ?? ''] ?? BUCKET;
  const about = (name: string): Plan => ({ ...plan, eventNames: [name], eventSources: [source] });
  const ground = await recordingGround(plan, world);
  if (!ground) throw new Error('trails can be read, and recordings cannot');
  const [reads, writes] = [read, write].map((name) => recordingOver(ground, about(name), world));
  if (!reads || !writes) throw new Error('reads and writes were asked for');
  return told(asked, dataEventsSaid(reads, writes), ['CloudTrail', ...sourcesOf(world)]);
}

/** One call that reads and one that writes, of each kind of thing that has data events. */
const BUCKET = { source: 's3.amazonaws.com', read: 'GetObject', write: 'PutObject' };
const CALLS: Record<string, typeof BUCKET> = {
  function: { source: 'lambda.amazonaws.com', read: 'Invoke', write: 'Invoke' },
  table: { source: 'dynamodb.amazonaws.com', read: 'GetItem', write: 'PutItem' },
  queue: { source: 'sqs.amazonaws.com', read: 'ReceiveMessage', write: 'SendMessage' },
  topic: { source: 'sns.amazonaws.com', read: 'Publish', write: 'Publish' },
  stream: { source: 'kinesis.amazonaws.com', read: 'GetRecords', write: 'PutRecord' },
};

/** What every source keeps; what is no secret of Event history needs no call. */
function heldBy(world: World): Promise<HeldBy[]> {
  return Promise.all(world.sources.map((source) => heldByOne(source, world)));
}

const BEFORE_CLOUDTRAIL = '2013-11-01T00:00:00Z';
const NOBODYS_EVENT = '00000000-0000-0000-0000-000000000000';

async function heldByOne(source: EventSource, world: World): Promise<HeldBy> {
  const now = world.now();
  const to = now.toISOString();
  if (source.name === EVENT_HISTORY) {
    const from = new Date(now.getTime() - 90 * 86_400_000).toISOString();
    return { source: source.name, from, to, categories: ['management'], gaps: [] };
  }
  // Looking for an event that is nobody's tells where it was looked for.
  const { searched } = await source.find({
    ...ANY_EVENT,
    from: BEFORE_CLOUDTRAIL,
    to,
    eventIds: [NOBODYS_EVENT],
  });
  const { held, gaps, categories } = searched;
  const [from, until] = held ? [held.first, held.last] : [searched.from, searched.to];
  const nothing = from === null || until === null || from >= until;
  return { source: source.name, from: nothing ? null : from, to: until, categories, gaps };
}

function sourcesOf({ sources }: World): string[] {
  return sources.map(({ name }) => name);
}

function told(asked: Asked, said: Said, sources: string[], of = 0): Answer {
  const { plan, language } = asked;
  const coverage: AnswerCoverage = {
    from: plan.time.from,
    to: plan.time.to,
    accounts: { searched: Math.max(0, of - said.gaps.length), of },
    regions: { searched: 0, of: 0 },
    categories: [],
    sources,
    gaps: said.gaps,
  };
  return {
    schemaVersion: 1,
    id: asked.id,
    question: asked.question,
    lang: language,
    verdict: said.verdict,
    understood: { echo: asked.echo, plan },
    total: 0,
    events: [],
    groups: [],
    coverage,
    text: '',
    spread: null,
    reason: said.lines.map((line) => line[language]).join('\n'),
  };
}
