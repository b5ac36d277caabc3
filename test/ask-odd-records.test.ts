import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openLogFiles } from '../src/archive/log-files.ts';
import { answerPlan } from '../src/jobs/answer-question.ts';
import { soundPlan } from './core/evidence/sound.ts';

const data = join(__dirname, '../../shared/data');
const present = existsSync(join(data, 'odd-fixtures'));
if (!present) console.log('skipped: ../shared/data is not here');

/** Redacted, malformed and differently wrapped records of other projects: all are read or set aside. */
(present ? test : test.skip).each(['en', 'ko'] as const)(
  'odd records and other envelopes are answered from (%s)',
  async (language) => {
    const logs = openLogFiles([join(data, 'odd-fixtures'), join(data, 'variants')]);
    const answer = await answerPlan(
      soundPlan({
        time: {
          from: '2000-01-01T00:00:00Z',
          to: '2030-01-01T00:00:00Z',
          zone: 'UTC',
          assumed: true,
        },
        groupBy: ['actor', 'account', 'region', 'event', 'address', 'day'],
      }),
      'everything',
      { language, timeZone: 'Asia/Seoul' },
      {
        now: () => new Date('2026-11-22T09:00:00Z'),
        vocabulary: async () => ({ accounts: [], people: [] }),
        sources: [logs],
      },
    );
    logs.close();
    expect(answer.total).toBeGreaterThan(80);
    expect(answer.text).not.toMatch(/undefined|\[object/);
    for (const { reason } of answer.coverage.gaps)
      expect(reason).toMatch(/^\S+: (line|record) \d+: (not|a JSON object)/);
  },
);
