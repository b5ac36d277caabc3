import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Plan, type Understanding, understand } from '../../../src/core/questions/index.ts';

/** What the data of the issue looks like; absent on a machine that has only this repository. */
export const shared = join(__dirname, '../../../../shared/data');
export const withShared = existsSync(shared);

export const vocabulary = {
  accounts: [
    { id: '444455556666', name: 'prod', ou: 'Workloads/Production' },
    { id: '444455556667', name: '운영', ou: 'Workloads/Production' },
    { id: '121212121212', name: 'network', ou: 'Infrastructure' },
    { id: '333344445555', name: 'audit', ou: 'Security' },
    { id: '161616161616', name: 'old-campaign', ou: 'Suspended' },
    { id: '555566667777', name: 'dev', ou: 'Workloads/Dev' },
    { id: '555566667778', name: '개발', ou: 'Workloads/Dev' },
  ],
  people: [
    { name: '김철수', email: 'chulsoo@example.com', slackId: 'U02CHULSOO' },
    { name: 'Alice Kim', email: 'alice@example.com', slackId: 'U01ALICE' },
  ],
};

export function asked(
  words: string,
  differing: Partial<Parameters<typeof understand>[1]> = {},
): Understanding {
  return understand(words, {
    now: '2026-11-22T09:00:00Z',
    timeZone: 'Asia/Seoul',
    vocabulary,
    ...differing,
  });
}

/** The plan of words that must have one; the complaint says what became of them instead. */
export function planned(
  words: string,
  differing: Partial<Parameters<typeof understand>[1]> = {},
): Plan {
  const understanding = asked(words, differing);
  if ('plan' in understanding) return understanding.plan;
  throw new Error(`no plan for “${words}”: ${JSON.stringify(understanding)}`);
}
