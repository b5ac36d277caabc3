import { currentDigest, type DigestWorld, sendDigest } from '../../src/jobs/send-digest.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { openFinding, scanWith } from './fix-world.ts';

const seoul = { channel: 'C02GOVERN', timeZone: 'Asia/Seoul', language: 'ko' as const };

/** Nine in the morning in Seoul, the last scan half an hour old, unless said otherwise. */
function worldWhere(different: Partial<DigestWorld> = {}) {
  const store = openStore(':memory:');
  const happened: string[] = [];
  const clock = { now: new Date('2026-11-22T00:00:00.000Z') };
  const world: DigestWorld = {
    ...store,
    now: () => clock.now,
    scan: async () => {
      happened.push('scan');
      const scan = scanWith([openFinding()], { scannedAt: clock.now.toISOString() });
      await store.saveScan(scan);
      return scan;
    },
    post: async (telling, to) => {
      happened.push(`${telling.kind} to ${to.channel} in ${to.language}`);
    },
    ...different,
  };
  return { world, store, happened, clock };
}

test('a digest is posted once a day, whoever asks', async () => {
  const { world, happened, clock, store } = worldWhere();
  const both = await Promise.all([sendDigest(seoul, world), sendDigest(seoul, world)]);
  expect(both.filter((each) => each === 'already-sent')).toHaveLength(1);
  expect(happened).toEqual(['scan', 'digest to C02GOVERN in ko']);
  expect((await store.audit()).map(({ action, details }) => [action, details.date])).toEqual([
    ['digest-sent', '2026-11-22'],
  ]);

  clock.now = new Date('2026-11-22T14:59:00.000Z');
  expect(await sendDigest(seoul, world)).toBe('already-sent');
  // In Seoul the next day begins at 15:00 UTC.
  clock.now = new Date('2026-11-22T15:00:00.000Z');
  expect(await sendDigest(seoul, world)).not.toBe('already-sent');
});

test('every channel has a digest of its own', async () => {
  const { world, happened } = worldWhere();
  await sendDigest(seoul, world);
  await sendDigest({ channel: 'C03PAYMENTS', timeZone: 'UTC', language: 'en' }, world);
  expect(happened).toEqual(['scan', 'digest to C02GOVERN in ko', 'digest to C03PAYMENTS in en']);
});

test('a scan of the last hour is not made again', async () => {
  const { world, happened, store } = worldWhere();
  await store.saveScan(scanWith([], { scannedAt: '2026-11-21T23:00:00.000Z' }));
  await sendDigest(seoul, world);
  expect(happened).not.toContain('scan');
});

test('an older one is, and the digest says what changed since', async () => {
  const { world, happened, store } = worldWhere();
  await store.saveScan(
    scanWith([openFinding({ status: 'PASS' })], { scannedAt: '2026-11-21T22:59:59.000Z' }),
  );
  expect(await sendDigest(seoul, world)).toMatchObject({
    previousAt: '2026-11-21T22:59:59.000Z',
    regressed: [{ id: 'f0000001' }],
  });
  expect(happened[0]).toBe('scan');
});

test.each(['post', 'scan'] as const)(
  'when it fails to %s, the trouble is passed on and the day is not used up',
  async (step) => {
    const { world, happened } = worldWhere();
    const broken = async () => {
      throw new Error('503');
    };
    await expect(sendDigest(seoul, { ...world, [step]: broken })).rejects.toThrow(
      'sending the digest of 2026-11-22 to C02GOVERN',
    );
    expect(happened).not.toContain('digest to C02GOVERN in ko');
    await sendDigest(seoul, world);
    expect(happened).toContain('digest to C02GOVERN in ko');
  },
);

test('without a scan there is no digest to show', async () => {
  const { world } = worldWhere();
  expect(await currentDigest(world)).toBeNull();
});

test('showing the digest claims nothing', async () => {
  const { world } = worldWhere();
  await world.scan();
  expect(await currentDigest(world)).toMatchObject({ new: [{ id: 'f0000001' }] });
  expect(await sendDigest(seoul, world)).not.toBe('already-sent');
});
