import fc from 'fast-check';
import { conclude } from '../../src/core/evidence/conclude.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Plan } from '../../src/core/questions/plan.ts';
import { found, soundPlan, soundRecord } from '../core/evidence/sound.ts';
import { ANYTHING, listed, logFile, uuid, withArchive } from './archives.ts';

const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];

/** Records of one moment, so that most of them are copies: of two accounts, of three, and twice of one. */
const copied: fc.Arbitrary<JsonObject> = fc
  .record({
    number: fc.integer({ min: 1, max: 200 }),
    eventName: fc.constantFrom('AssumeRole', 'AssumeRole', 'CreateFunction20150331'),
    errorCode: fc.constantFrom(null, null, null, 'AccessDenied'),
    sourceIPAddress: fc.constantFrom('203.0.113.10', '198.51.100.7'),
    userAgent: fc.constantFrom('aws-cli/2.31.3', 'Mozilla/5.0'),
    sharedEventID: fc.constantFrom(uuid(1001), uuid(1001), uuid(1002), '****'),
    userIdentity: fc.constantFrom<JsonObject>(
      { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' },
      { type: 'AWSAccount', accountId: '444455556666' },
      { type: 'AWSAccount', accountId: '444455556666', arn: 'arn:aws:iam::444455556666:root' },
      { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
      { type: 'IAMUser', userName: 'bob', arn: 'arn:aws:iam::111122223333:user/bob' },
    ),
  })
  .map(({ number, ...rest }) =>
    soundRecord({
      ...rest,
      eventID: uuid(number),
      recipientAccountId: ACCOUNTS[number % 3] as string,
      awsRegion: number % 2 === 0 ? 'us-east-1' : 'eu-west-1',
      eventTime: number % 5 === 0 ? null : `2026-11-20T0${number % 7 === 0 ? 5 : 6}:00:00Z`,
    }),
  );

/** The window of nobody's words rules no record out that lost its time. */
const ASSUMED = { ...soundPlan().time, assumed: true };

const plans: fc.Arbitrary<Partial<Plan>> = fc.record(
  {
    accounts: fc.constantFrom<Plan['accounts']>('all', ACCOUNTS.slice(0, 2)),
    regions: fc.constantFrom<Plan['regions']>('all', ['eu-west-1']),
    outcome: fc.constantFrom<Plan['outcome']>('any', 'any', 'ok'),
    addresses: fc.constantFrom<string[]>([], [], ['203.0.113.0/24']),
    order: fc.constantFrom<Plan['order']>('newest', 'oldest', 'count'),
    time: fc.constantFrom<Plan['time']>(ASSUMED, {
      ...ASSUMED,
      from: '2026-11-20T06:00:00Z',
      to: '2026-11-20T06:00:01Z',
    }),
    groupBy: fc.constantFrom<Plan['groupBy']>(
      [],
      ['actor'],
      ['account'],
      ['event', 'via'],
      ['hour'],
    ),
  },
  { requiredKeys: [] },
);

// An archive of 60 events and 30 plans; the second half of it comes when the first has been asked about.
test('calls that several accounts recorded are taken out as the core joins them', async () => {
  const [all = []] = fc.sample(fc.array(copied, { minLength: 60, maxLength: 60 }), 1);
  await withArchive([logFile('a', all.slice(0, 30))], async (archive) => {
    await archive.tally(soundPlan({ shape: 'count' }));
    await archive.ingest(listed([logFile('b', all.slice(30))]));
    const events = await archive.select(ANYTHING);
    await fc.assert(
      fc.asyncProperty(plans, async (difference) => {
        const plan = soundPlan({ shape: 'count', time: ASSUMED, ...difference });
        const asked = { id: '1', question: '', language: 'en' as const, echo: '', plan };
        const answer = conclude(asked, [{ source: 'archive', found: found(events) }], new Map());
        expect(await archive.tally(plan)).toEqual({
          total: answer.total,
          calls: answer.calls ?? answer.total,
          groups: answer.groups,
          spread: answer.spread,
        });
      }),
      { numRuns: 30 },
    );
  });
}, 120_000);

test('a call that three accounts recorded is one, by whom the account knows that made it', async () => {
  const record = (number: number, account: string, userIdentity: JsonObject) =>
    soundRecord({
      eventID: uuid(number),
      sharedEventID: uuid(1001),
      eventName: 'AssumeRole',
      recipientAccountId: account,
      userIdentity,
    });
  const foreign = { type: 'AWSAccount', accountId: '111122223333' };
  const alice = { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' };
  const [own = '', ...others] = ACCOUNTS;
  const theirs = others.map((account, index) => record(index, account, foreign));
  await withArchive([logFile('a', theirs)], async (archive) => {
    const plan = soundPlan({ shape: 'count', groupBy: ['actor'] });
    expect(await archive.tally(plan)).toMatchObject({ total: 2, calls: 1 });
    // A delivery later, the same is asked again.
    await archive.ingest(listed([logFile('b', [record(7, own, alice)])]));
    const tally = await archive.tally(plan);
    expect(tally).toMatchObject({ total: 3, calls: 1, groups: [{ key: { actor: 'alice' } }] });
    expect(tally?.spread).toMatchObject({
      accounts: [...ACCOUNTS].sort(),
      actors: [{ name: 'alice', count: 1 }],
    });
    // Of those that know nothing of her, the first is the call.
    const without = await archive.tally(soundPlan({ shape: 'count', accounts: others }));
    expect(without).toMatchObject({ total: 2, calls: 1 });
  });
});
