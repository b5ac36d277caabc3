import { lookupEvents } from '../../../src/aws/evidence/lookup-events.ts';
import { eventsOfFix } from '../../../src/jobs/events-of-fix.ts';
import { approve, proposed } from '../../jobs/deciding.ts';
import { type Company, openCompany, worldOver } from './small-company.ts';

let company: Company;
let late = 0;
const now = () => new Date(Date.now() + late);
beforeEach(async () => {
  late = 0;
  company = await openCompany({}, { now });
});
afterEach(() => company.close());

/** As the wall's, but for the hands: so that nothing that was looked up is still good. */
const clock = { now: () => now().getTime(), sleep: async () => {} };

const roles = () => company.aws.settings.fixRoles;

const places = async () => ({
  accounts: [{ id: '666677778888', regions: ['ap-northeast-2'] }],
  gaps: [],
});

test('Event history tells which calls a fix made, by the name and the role of its session', async () => {
  const { world, stage } = await worldOver(company, { now });
  const fix = await proposed(world);
  await approve(fix, world);
  const applied = await stage.store.fix(fix.id);
  if (!applied) throw new Error('the fix is gone');
  const source = lookupEvents({ cloudTrail: company.aws.cloudTrail, places, clock });
  // CloudTrail may be some minutes late, in the simulator as elsewhere.
  late = 20 * 60_000;
  expect(await eventsOfFix(applied, roles(), [source], now())).toEqual({
    seen: [
      { eventID: expect.any(String), eventName: 'UpdateTrail', eventTime: expect.any(String) },
    ],
  });
  const other = { ...applied, fence: (applied.fence ?? 0) + 1 };
  expect(await eventsOfFix(other, roles(), [source], now())).toEqual({ seen: [] });
  // Somebody else may call their session as ours is called; our role they cannot have.
  const others = { trail: 'another-role' };
  expect(await eventsOfFix(applied, others, [source], now())).toEqual({ seen: [] });
});

test('where Event history refuses, nobody says that there was no call', async () => {
  const { world, stage } = await worldOver(company, { now });
  const fix = await proposed(world);
  await approve(fix, world);
  const applied = await stage.store.fix(fix.id);
  if (!applied) throw new Error('the fix is gone');
  company.running.faults.add({ operation: 'cloudtrail:LookupEvents', effect: 'deny' });
  const source = lookupEvents({ cloudTrail: company.aws.cloudTrail, places, clock });
  expect(await eventsOfFix(applied, roles(), [source], now())).toMatchObject({
    unseen: { reason: expect.stringContaining('LookupEvents') },
  });
});
