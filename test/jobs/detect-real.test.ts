import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openLogFiles } from '../../src/archive/log-files.ts';
import { answerPlan } from '../../src/jobs/answer-question.ts';
import { detectionRules } from '../../src/policies.ts';
import { soundPlan } from '../core/evidence/sound.ts';

const RECORDS = join(__dirname, '../../../shared/data/cloudtrail');

/** Distinct event ids of recorded lines that say all of these, told apart by text alone. */
function idsWith(...patterns: RegExp[]): Set<string> {
  const ids = new Set<string>();
  for (const folder of readdirSync(RECORDS))
    for (const file of readdirSync(join(RECORDS, folder)).filter((name) => name.endsWith('.gz')))
      for (const line of gunzipSync(readFileSync(join(RECORDS, folder, file)))
        .toString('utf8')
        .split('\n'))
        if (line !== '' && patterns.every((pattern) => pattern.test(line)))
          ids.add(/"eventID": ?"([^"]+)"/.exec(line)?.[1] ?? line);
  return ids;
}

(existsSync(RECORDS) ? test : test.skip)(
  'over recorded attacks, detectors find what is there (skipped where the records are absent)',
  async () => {
    const logs = await openLogFiles([RECORDS]);
    const time = {
      from: '2010-01-01T00:00:00Z',
      to: '2027-01-01T00:00:00Z',
      zone: 'UTC',
      assumed: false,
    };
    const answer = await answerPlan(
      soundPlan({ shape: 'detect', time }),
      'anything unusual?',
      { language: 'en', timeZone: 'UTC' },
      {
        now: () => new Date('2026-11-22T09:00:00Z'),
        vocabulary: async () => ({ accounts: [], people: [] }),
        sources: [logs],
        detections: detectionRules(),
      },
    ).finally(() => logs.close());
    const found = new Map(answer.detections?.map((one) => [one.id, one]));
    expect(found.size).toBe(13);
    expect(found.get('root-use')?.count).toBe(idsWith(/"type": ?"Root"/).size);
    expect(found.get('long-lived-key-created')?.count).toBe(
      [...idsWith(/"eventName": ?"CreateAccessKey"/)].filter(
        (id) => !idsWith(/"eventName": ?"CreateAccessKey"/, /"errorCode": ?"\w/).has(id),
      ).length,
    );
    expect(found.get('logging-tampered')?.status).toBe('found');
    expect(found.get('exposure-or-sharing')?.status).toBe('found');
    // Nothing is recorded of the thirty days before 2010: what is new cannot be told.
    expect(found.get('first-seen-call')?.status).toBe('not-checkable');
    for (const { reason, events, count, status } of found.values()) {
      expect(reason.en).not.toBe('');
      expect(reason.ko).toMatch(/[가-힣]/);
      expect(events.length).toBe(status === 'found' ? Math.min(count, 10) : 0);
    }
  },
);
