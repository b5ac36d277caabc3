import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openLogFiles } from '../../src/archive/log-files.ts';
import type { CloudTrailEvent } from '../../src/core/evidence/event.ts';
import { issues } from '../../src/core/evidence/person.ts';
import type { EventSource, Search } from '../../src/core/evidence/source.ts';
import type { Reader } from '../../src/core/reader.ts';
import { answerPlan, answerQuestion, type World } from '../../src/jobs/answer-question.ts';
import { found, session, soundEvent, soundPlan, soundRecord } from '../core/evidence/sound.ts';

const READER: Reader = { language: 'en', timeZone: 'Asia/Seoul' };
const WHO = 'who deleted instance i-0dbc91f429e48eeed?';

/** A source of these events that remembers what it was asked. */
function sourceOf(events: CloudTrailEvent[], more: Partial<EventSource> = {}) {
  const asked: { searches: Search[]; keys: string[] } = { searches: [], keys: [] };
  const source: EventSource = {
    name: 'test',
    needs: [],
    async find(search) {
      asked.searches.push(search);
      return found(events);
    },
    async issuing(sessions) {
      const keys = sessions.map(({ accessKeyId }) => accessKeyId);
      asked.keys.push(...keys);
      return new Map(
        keys.map((key) => [
          key,
          { events: events.filter((event) => issues(event, key)), gaps: [] },
        ]),
      );
    },
    ...more,
  };
  return { source, asked };
}

function worldWith(...sources: EventSource[]): World {
  return {
    now: () => new Date('2026-11-22T09:00:00Z'),
    vocabulary: async () => ({ accounts: [], people: [] }),
    sources,
  };
}

test('words become a plan, a search, and the answer of exactly what was asked', async () => {
  const { source, asked } = sourceOf([
    soundEvent(),
    soundEvent({ eventID: 'x', requestParameters: { instanceId: 'i-0dbc91f429e48eee1' } }),
  ]);
  const answer = await answerQuestion(WHO, READER, worldWith(source), 'q7');
  expect(answer).toMatchObject({ id: 'q7', question: WHO, lang: 'en', verdict: 'found', total: 1 });
  expect(answer.understood.echo).toContain('i-0dbc91f429e48eeed');
  expect(answer.text).toMatch(/^alice \(direct\) called TerminateInstances/);
  expect(asked.searches[0]).toMatchObject({
    resources: ['i-0dbc91f429e48eeed'],
    eventNames: expect.arrayContaining(['TerminateInstances']),
    accounts: 'all',
  });
});

test('a question in Korean is answered in Korean, whoever reads it', async () => {
  const { source } = sourceOf([soundEvent()]);
  const answer = await answerQuestion(
    'i-0dbc91f429e48eeed 누가 지웠어?',
    READER,
    worldWith(source),
  );
  expect(answer).toMatchObject({ lang: 'ko', verdict: 'found' });
  expect(answer.text).toMatch(/^alice 님이 TerminateInstances 호출을 실행했습니다/);
});

test('words that say nothing are not searched for', async () => {
  const { source, asked } = sourceOf([]);
  const answer = await answerQuestion('hello there', READER, worldWith(source));
  expect(['not-understood', 'unclear']).toContain(answer.verdict);
  expect(answer).toMatchObject({ total: 0, events: [], spread: null, understood: { plan: null } });
  expect(answer.text).not.toBe('');
  expect(asked.searches).toEqual([]);
});

test('the same question at the same time has the same id, another one has another', async () => {
  const { source } = sourceOf([]);
  const id = async (words: string) => (await answerQuestion(words, READER, worldWith(source))).id;
  expect(await id(WHO)).toBe(await id(WHO));
  expect(await id(WHO)).not.toBe(await id('who stopped instance i-0dbc91f429e48eeed?'));
});

test('sessions are followed hop by hop over all sources, each key once, only for what is shown', async () => {
  const keyOf = (n: number) => `ASIAQ7Z1HOP00000000${n}K`;
  const by = (n: number) => session('ops', 'bob', { accessKeyId: keyOf(n) });
  const issuing = (n: number, userIdentity: ReturnType<typeof session>) =>
    soundEvent({
      eventID: `${n}0000000-51d5-4765-ad83-4db65d506d9c`,
      eventTime: '2026-11-20T05:30:00Z',
      eventName: 'AssumeRole',
      requestParameters: null,
      userIdentity,
      responseElements: { credentials: { accessKeyId: keyOf(n) } },
    });
  const calls = [1, 2, 3].map((n) =>
    soundEvent({ eventID: `a000000${n}-51d5-4765-ad83-4db65d506d9c`, userIdentity: by(0) }),
  );
  const one = sourceOf([...calls, issuing(0, by(1))]);
  const other = sourceOf([issuing(1, { type: 'IAMUser', userName: 'carol' })]);
  const plan = soundPlan({ eventNames: ['TerminateInstances'] });
  const answer = await answerPlan(plan, WHO, READER, worldWith(one.source, other.source));
  expect(answer.events.map(({ person }) => person.name)).toEqual(['carol', 'carol', 'carol']);
  expect(answer.events[0]?.person.proof).toBe('proven-chain');
  expect(one.asked.keys).toEqual([keyOf(0), keyOf(1)]);
  // The first has seen all that was asked for, so the second was not searched, but for who was behind it.
  expect(answer.coverage.sources).toEqual(['test']);
});

test('progress of the search is passed on', async () => {
  const told: [number, number][] = [];
  const { source } = sourceOf([], {
    async find(_, progress) {
      progress?.(3, 7);
      return found([]);
    },
  });
  await answerQuestion(WHO, READER, {
    ...worldWith(source),
    progress: (done, of) => void told.push([done, of]),
  });
  expect(told).toEqual([[3, 7]]);
});

test('hostile log files: the answer stands, the broken file is named, nothing pings', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const write = (name: string, content: string | Buffer) =>
    writeFileSync(join(folder, name), content);
  const hostile = ['<!channel>', '<@U01ALICE>', '\u202eevil', 'x'.repeat(100_000), '__proto__'];
  const fields = Object.keys(soundRecord());
  write(
    'hostile.jsonl',
    hostile
      .flatMap((value, n) =>
        fields.map((field, m) =>
          JSON.stringify({ ...soundRecord({ eventID: `h-${n}-${m}` }), [field]: value }),
        ),
      )
      .join('\n'),
  );
  write('good.jsonl.gz', gzipSync(JSON.stringify(soundRecord())));
  write(
    'nobody.json',
    JSON.stringify(
      soundRecord({ eventID: 'nobody', eventTime: '2026-11-21T00:00:00Z', userIdentity: null }),
    ),
  );
  write(
    'deep.json',
    `{"eventName":"X","requestParameters":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
  );
  write('bomb.json.gz', gzipSync(Buffer.alloc(64 * 1024 * 1024)));
  write('broken.json', '{"Records": [');
  write('truncated.json.gz', gzipSync(JSON.stringify(soundRecord())).subarray(0, 100));
  const logs = openLogFiles([folder]);
  const answer = await answerQuestion(WHO, READER, worldWith(logs));
  logs.close();
  rmSync(folder, { recursive: true });
  expect(answer.verdict).toBe('found');
  expect(answer.events.map(({ eventID }) => eventID)).toEqual(expect.arrayContaining(['nobody']));
  const reasons = answer.coverage.gaps.map(({ reason }) => reason).join('\n');
  for (const file of ['bomb.json.gz', 'broken.json', 'deep.json', 'truncated.json.gz'])
    expect(reasons).toContain(file);
  expect(answer.text).not.toContain('\u202e');
  expect(answer.text.length).toBeLessThan(40_000);
});
