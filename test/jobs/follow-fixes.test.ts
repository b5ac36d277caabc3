import type { Aftermath } from '../../src/core/fixes/fix.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { followFixes } from '../../src/jobs/follow-fixes.ts';
import { approve, proposed } from './deciding.ts';
import { stageWhere } from './fix-world.ts';

const event = {
  eventID: 'e-1',
  eventName: 'UpdateTrail',
  eventTime: '2026-11-22T10:00:01Z',
};
const delivered = { en: 'A digest file was delivered.', ko: '다이제스트 파일이 도착했습니다.' };
const later = { holds: true, told: delivered };

async function appliedFix(different: Partial<FixWorld> = {}) {
  const { world, stage } = await stageWhere(different);
  const fix = await proposed(world);
  await approve(fix, world);
  stage.told.length = 0;
  const aftermath = async (): Promise<Aftermath | undefined> =>
    (await stage.store.fix(fix.id))?.aftermath;
  return { world, stage, fix, aftermath };
}

test('the events of our own calls are attached once they are found, and told in the message', async () => {
  const { world, stage, aftermath } = await appliedFix();
  expect(await followFixes(world)).toEqual([]);
  expect(stage.told).toEqual([]);
  world.eventsOf = async () => ({ seen: [event] });
  expect(await followFixes(world)).toMatchObject([{ id: 'fix-1', aftermath: { events: [event] } }]);
  expect(await aftermath()).toEqual({ events: [event] });
  expect(stage.told).toMatchObject([{ kind: 'fix', fix: { aftermath: { events: [event] } } }]);
});

test('what is found is not asked for again, and not told again', async () => {
  let asked = 0;
  const { world } = await appliedFix({
    eventsOf: async () => {
      asked += 1;
      return { seen: [event] };
    },
  });
  expect(await followFixes(world)).toHaveLength(1);
  expect(await followFixes(world)).toEqual([]);
  expect(asked).toBe(1);
});

test('what cannot be looked at now is no absence: it is looked at in the next round', async () => {
  const { world, aftermath } = await appliedFix();
  world.eventsOf = async () => ({ unseen: { kind: 'failed', reason: 'Throttling' } });
  expect(await followFixes(world)).toEqual([]);
  expect(await aftermath()).toBeUndefined();
  world.eventsOf = async () => ({ seen: [event] });
  expect(await followFixes(world)).toHaveLength(1);
});

test('what only time shows is asked for until it can be told, and then no more', async () => {
  const answers = [undefined, later] as const;
  let asked = 0;
  const { world, stage, aftermath } = await appliedFix({
    later: async (_, { at }) => {
      expect(at).toBe('2026-11-22T10:00:00.000Z');
      asked += 1;
      return { seen: answers[asked - 1] };
    },
  });
  expect(await followFixes(world)).toEqual([]);
  stage.clock.pass(20);
  expect(await followFixes(world)).toHaveLength(1);
  expect(await aftermath()).toEqual({
    events: null,
    later: { at: '2026-11-22T10:20:00.000Z', ...later },
  });
  expect(await followFixes(world)).toEqual([]);
  expect(asked).toBe(2);
});

test('what does not come true is told as well', async () => {
  const { world, aftermath } = await appliedFix();
  const never = {
    holds: false,
    told: { en: 'Nothing was delivered.', ko: '도착하지 않았습니다.' },
  };
  world.later = async () => ({ seen: never });
  await followFixes(world);
  expect((await aftermath())?.later).toMatchObject(never);
});

test('after a day nobody looks any more', async () => {
  const { world, stage } = await appliedFix();
  world.eventsOf = async () => ({ seen: [event] });
  stage.clock.pass(24 * 60 + 1);
  expect(await followFixes(world)).toEqual([]);
});

test('where nothing was sent there is nothing to look for; where nobody knows, there may be', async () => {
  const looked: string[] = [];
  const eventsOf: FixWorld['eventsOf'] = async ({ id }) => {
    looked.push(id);
    return { seen: [] };
  };
  const refused = await appliedFix({ eventsOf, apply: async () => ({ refused: 'AccessDenied' }) });
  await followFixes(refused.world);
  expect(looked).toEqual([]);
  const unsure = await appliedFix({ eventsOf, apply: async () => ({ unsure: 'Timeout' }) });
  await followFixes(unsure.world);
  expect(looked).toEqual(['fix-1']);
});

test('one that cannot be followed keeps no other waiting', async () => {
  const { world, stage, fix } = await appliedFix();
  stage.trail = { ...stage.trail, LogFileValidationEnabled: false };
  stage.clock.pass(1);
  await approve(await proposed(world), world);
  world.eventsOf = async ({ id }) => {
    if (id !== fix.id) throw new Error('the archive is damaged');
    return { seen: [event] };
  };
  expect(await followFixes(world)).toMatchObject([{ id: fix.id }]);
  expect(stage.troubles.map(({ message }) => message)).toEqual(['following fix fix-2']);
});
