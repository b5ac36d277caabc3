import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openLogFiles } from '../src/archive/log-files.ts';
import type { Answer } from '../src/core/evidence/answer.ts';
import { answerQuestion } from '../src/jobs/answer-question.ts';
import { type Own, own, type Raw } from './own-questions.ts';

/**
 * Questions of our own wording over the same real records as the sample: exactly the events that an
 * independent query over the raw records finds, and the facts that were asked for, in the text.
 */
const data = join(__dirname, '../../shared/data/cloudtrail');
const present = existsSync(data);
if (!present) console.log('skipped: ../shared/data is not here');

(present ? test : test.skip)('our own questions are answered exactly, none wrongly', async () => {
  const records = rawRecords();
  const logs = openLogFiles([data]);
  const judged: { asked: Own; wanted: Raw[]; answer: Answer; judgement: Judgement }[] = [];
  for (const asked of own) {
    const wanted = records.filter(asked.where);
    const answer = await answerQuestion(
      asked.ask,
      { language: 'en', timeZone: 'UTC' },
      {
        now: () => new Date(asked.now),
        vocabulary: async () => ({ accounts: [], people: [] }),
        sources: [logs],
      },
    );
    judged.push({ asked, wanted, answer, judgement: judge(asked, wanted, answer) });
  }
  logs.close();
  const count = (kind: string) => judged.filter(({ judgement }) => judgement.kind === kind).length;
  console.log(
    [
      `${count('right')} of ${own.length} right, ${count('asked back')} asked back, ${count('unsaid')} without a fact, ${count('wrong')} wrong`,
      ...judged
        .filter(({ judgement }) => judgement.kind !== 'right')
        .map(
          ({ asked, wanted, answer, judgement }) =>
            `${judgement.kind} (${judgement.why}): ${asked.ask} -> ${answer.verdict} ${answer.total}/${wanted.length} ${answer.understood.echo}`,
        ),
    ].join('\n'),
  );
  for (const { asked, wanted } of judged)
    expect([asked.ask, wanted.length > 0]).toEqual([asked.ask, true]);
  expect(count('wrong')).toBe(0);
  expect(count('right') / own.length).toBeGreaterThanOrEqual(0.95);
});

type Judgement = { kind: 'right' | 'wrong' | 'unsaid' | 'asked back'; why: string };

function judge({ says }: Own, wanted: Raw[], answer: Answer): Judgement {
  if (['unclear', 'not-understood'].includes(answer.verdict))
    return { kind: 'asked back', why: answer.text };
  const found = new Set(answer.events.map(({ eventID }) => eventID));
  const ids = new Set(wanted.map(({ eventID }) => eventID));
  const same =
    answer.total === ids.size &&
    [...found].every((id) => ids.has(id)) &&
    found.size === Math.min(ids.size, 30);
  if (!same)
    return {
      kind: 'wrong',
      why: [...new Set(answer.events.map(({ eventName }) => eventName))].join(),
    };
  const unsaid = says.filter((words) => !words.some((word) => said(word, wanted, answer.text)));
  return unsaid.length === 0
    ? { kind: 'right', why: '' }
    : { kind: 'unsaid', why: `${JSON.stringify(unsaid)} in ${answer.text}` };
}

/** `IP:` and `UA:` stand for what the record with that id says; `COUNT` for the number of records. */
function said(word: string, wanted: Raw[], text: string): boolean {
  const [, field, id] = word.match(/^(IP|UA|TRUST):(\w+)$/) ?? [];
  const record = wanted.find(({ eventID }) => id !== undefined && eventID.startsWith(id));
  if (field === 'IP') return text.includes(record?.sourceIPAddress ?? '\0');
  if (field === 'UA') return text.includes(record?.userAgent?.slice(0, 20) ?? '\0');
  if (field === 'TRUST') {
    const trusted = JSON.stringify(record?.requestParameters).match(/arn:aws:iam::(\d+)/)?.[1];
    return text.includes(trusted ?? '\0');
  }
  if (word === 'COUNT') return text.includes(String(wanted.length));
  return text.includes(word);
}

function rawRecords(): Raw[] {
  const records = readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonl.gz'))
    .flatMap((path) =>
      gunzipSync(readFileSync(join(data, path)))
        .toString('utf8')
        .split('\n'),
    )
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Raw);
  return [...new Map(records.map((record) => [record.eventID, record])).values()];
}
