import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Archive } from '../src/archive/archive.ts';
import { archiveSource } from '../src/archive/archive-source.ts';
import { openArchive } from '../src/archive/open-archive.ts';
import { logFolderOf } from '../src/aws/log-bucket.ts';
import { ingestLogs } from '../src/ingest-logs.ts';
import { answerQuestion } from '../src/jobs/answer-question.ts';
import { asking } from './jobs/beside-world.ts';

const LOGS = '222233334444';
const SHOP = '444455556666';
const DENIED = '151515151515';
const TRAIL = 'arn:aws:cloudtrail:ap-northeast-2:111122223333:trail/bora-org-trail';
const BUCKET = 's3://bora-org-cloudtrail';

/** The organization trail was stopped for six hours, two days ago; somebody reads a document now and then. */
const story = [
  { at: '-2d 04:00:00', call: 'cloudtrail:StopLogging', request: { name: TRAIL } },
  { at: '-2d 10:00:00', call: 'cloudtrail:StartLogging', request: { name: TRAIL } },
].map((event) => ({
  account: '111122223333',
  region: 'ap-northeast-2',
  by: 'mina',
  response: null,
  ...event,
}));
const reads = ['-9d 03:00:00', '-1d 03:00:00'].map((at) => ({
  at,
  account: SHOP,
  region: 'ap-northeast-2',
  call: 's3:GetObject',
  by: 'bob',
  request: { bucketName: 'bora-customer-documents', key: 'contract.pdf' },
  response: null,
  resources: [
    { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::bora-customer-documents/contract.pdf' },
  ],
  more: { eventCategory: 'Data', managementEvent: false, readOnly: true },
}));

/** From the words to the answer, over what was ingested from the organization's own bucket. */
describe('the three values of no, over an ingested archive', () => {
  let company: Awaited<ReturnType<typeof asking>>;
  let archive: Archive;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'three-nos-'));
    company = await asking((scenario) => {
      scenario.events.push(...([...story, ...reads] as typeof scenario.events));
    });
    archive = await openArchive(join(directory, 'archive'));
    const bucket = (address: string) => {
      const folder = logFolderOf(address);
      if (!folder) throw new Error(`${address} is no bucket`);
      const client = company.box.aws.s3({ account: LOGS, region: 'us-east-1' });
      return { client, folder, owner: LOGS };
    };
    await ingestLogs([BUCKET], { archive, directory, bucket });
    const expected = async () => ({
      accounts: [
        { id: SHOP, regions: ['ap-northeast-2'] },
        { id: DENIED, regions: ['ap-northeast-2'] },
      ],
      gaps: [],
    });
    company.world.sources.unshift(archiveSource(archive, expected));
  });
  afterAll(async () => {
    await archive.close();
    await company.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const ask = (words: string) =>
    answerQuestion(words, { language: 'en', timeZone: 'UTC' }, company.world);

  test('never recorded: cannot be known, and why', async () => {
    const answer = await ask(
      'who downloaded objects from bucket bora-payments-card-data this month',
    );
    expect(answer.verdict).toBe('unknowable');
    expect(answer.text).toMatch(/^This cannot be known: .*not recorded/);
    const ko = await ask('이번 달 bora-payments-card-data 버킷에서 객체 다운로드한 사람');
    expect(ko.verdict).toBe('unknowable');
    expect(ko.text).toMatch(/^알 수 없습니다: /);
  });

  test('fully covered, and nothing of the kind: no', async () => {
    const answer = await ask(
      `who deleted a lambda function in account ${SHOP} in ap-northeast-2 in the last 24 hours`,
    );
    expect(answer.coverage.gaps).toEqual([]);
    expect(answer.verdict).toBe('none');
    expect(answer.text).toMatch(/^No\./);
  });

  test('the same with an account that denies: none found, but …', async () => {
    const answer = await ask(
      `who deleted a lambda function in accounts ${SHOP} and ${DENIED} in ap-northeast-2 in the last 24 hours`,
    );
    expect(answer.verdict).toBe('none-visible');
    expect(answer.coverage.gaps.map(({ account }) => account)).toContain(DENIED);
    expect(answer.text).toMatch(/^None found, but/);
    expect(answer.text).toContain(DENIED);
  });

  test('what happened while a trail was stopped is not denied', async () => {
    const answer = await ask(
      'who deleted objects from bucket bora-customer-documents since 3 days ago',
    );
    expect(answer.verdict).toBe('none-visible');
    expect(answer.text).toMatch(/were not recorded between .* \(StopLogging by mina/);
  });
});
