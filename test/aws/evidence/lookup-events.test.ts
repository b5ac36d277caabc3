import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { type LookupSettings, lookupEvents } from '../../../src/aws/evidence/lookup-events.ts';
import { type Clock, pace } from '../../../src/aws/evidence/pace.ts';
import { placesOf } from '../../../src/aws/evidence/places.ts';
import { readRegions } from '../../../src/aws/regions.ts';
import { ANY_EVENT } from '../../../src/core/evidence/source.ts';
import type { Plan } from '../../../src/core/questions/plan.ts';
import { wasSeen } from '../../../src/core/reading.ts';
import { answerPlan } from '../../../src/jobs/answer-question.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { company } from '../../../src/sandbox/company.ts';
import { soundPlan } from '../../core/evidence/sound.ts';
import { realClock } from '../../hurried-clock.ts';
import { sandbox } from '../../jobs/sandbox-scan.ts';

const SHOP = '444455556666';
const INSTANCE = 'i-0a1b2c3d4e5f60718';
const THROTTLED = { operation: 'cloudtrail:LookupEvents', effect: 'throttle' } as const;
const TERMINATED: Partial<Plan> = { eventNames: ['TerminateInstances'], resources: [INSTANCE] };

const REGIONS = ['ap-northeast-2', 'eu-west-1', 'us-east-1'];

/** A plan put to the simulated company, in three regions, over the wire, through the real SDK. */
async function ask(
  plan: Partial<Plan>,
  change: (scenario: Scenario) => void = () => {},
  settings: Partial<LookupSettings> = {},
  pace?: Clock,
) {
  const { aws, world, simulated, close } = await sandbox((scenario) => {
    scenario.events = company().events;
    change(scenario);
  }, pace);
  try {
    const { now } = simulated.world;
    const places = await placesOf(await world.organization(), async (account) => {
      const regions = await readRegions({ aws, now }, account);
      return wasSeen(regions)
        ? { seen: regions.seen.filter((region) => REGIONS.includes(region)) }
        : regions;
    });
    const source = lookupEvents({
      cloudTrail: aws.cloudTrail,
      places: async () => places,
      clock: aws.clock,
      ...settings,
    });
    const answer = await answerPlan(
      soundPlan({ time: lastDays(90, now()), ...plan }),
      'who?',
      { language: 'en', timeZone: 'Asia/Seoul' },
      {
        now,
        vocabulary: async () => ({ accounts: [], people: [] }),
        sources: [source],
        simulated: true,
      },
    );
    const lookups = simulated.calls.filter(({ operation }) => operation === 'LookupEvents');
    return { answer, lookups };
  } finally {
    await close();
  }
}

function lastDays(days: number, now: Date, ended = 0): Plan['time'] {
  const day = 86_400_000;
  return {
    from: new Date(now.getTime() - days * day).toISOString(),
    to: new Date(now.getTime() - ended * day).toISOString(),
    zone: 'Asia/Seoul',
    assumed: true,
  };
}

test('the person behind an instance terminated through a role of another account is proven', async () => {
  const { answer } = await ask(TERMINATED);
  expect(answer).toMatchObject({ verdict: 'found', total: 1 });
  expect(answer.events[0]).toMatchObject({
    account: SHOP,
    region: 'ap-northeast-2',
    person: { name: 'bob@bora.example', proof: 'proven-chain' },
    resources: [INSTANCE],
  });
  expect(answer.text.split('\n')[0]).toBe(
    `bob@bora.example (proven chain) called TerminateInstances on ${INSTANCE}`,
  );
  expect(answer.text).toContain('Simulated organization');
});

test('… also where the session was opened at the endpoint of another region', async () => {
  const { answer } = await ask(TERMINATED, (scenario) => {
    for (const event of scenario.events)
      if (event.call === 'sts:AssumeRole') event.region = 'eu-west-1';
  });
  expect(answer.events[0]).toMatchObject({
    region: 'ap-northeast-2',
    person: { name: 'bob@bora.example', proof: 'proven-chain' },
  });
});

test('where the account that was left cannot be read, the chain ends with the reason', async () => {
  const { answer } = await ask(TERMINATED, (scenario) => {
    for (const role of scenario.roles)
      if (role.name === 'trailwarden-read') role.except = ['131313131313'];
  });
  const [event] = answer.events;
  expect(event?.person.proof).not.toBe('proven-chain');
  expect(event?.person.chain?.at(-1)).toMatch(
    /^the record of account 131313131313 .* not everything could be read: 131313131313 AccessDenied/,
  );
  expect(event?.person.chainKo?.at(-1)).toContain('읽을 수 없는 곳이 있었습니다: 131313131313');
});

test('accounts that cannot be asked are named with the reason, and counted', async () => {
  const { answer } = await ask({ ...TERMINATED, resources: ['i-0000000000000000a'] });
  expect(answer.verdict).toBe('none-visible');
  expect(answer.coverage.accounts).toEqual({ searched: 12, of: 14 });
  expect(answer.coverage.gaps).toEqual([
    { account: '151515151515', region: '', reason: expect.stringContaining('sts:AssumeRole') },
    {
      account: '161616161616',
      region: '',
      reason: 'the account is SUSPENDED',
      ko: '정지된 계정입니다',
    },
  ]);
});

test('within the accounts that were named, nothing found is a no', async () => {
  const { answer } = await ask({ ...TERMINATED, accounts: ['666677778888'] });
  expect(answer.verdict).toBe('none');
  expect(answer.coverage).toMatchObject({
    accounts: { searched: 1, of: 1 },
    regions: { searched: 3, of: 3 },
    categories: ['management'],
    gaps: [],
  });
});

test('the region of global services is asked beside the one that was named, unless it is not wanted', async () => {
  const plan = { ...TERMINATED, accounts: [SHOP], regions: ['eu-west-1'] };
  const regions = async (settings: Partial<LookupSettings>) => {
    const { lookups } = await ask(plan, undefined, settings);
    return [...new Set(lookups.map(({ region }) => region))].sort();
  };
  expect(await regions({})).toEqual(['eu-west-1', 'us-east-1']);
  expect(await regions({ globals: false })).toEqual(['eu-west-1']);
});

test('no account and region is asked more than twice a second', async () => {
  const { lookups } = await ask(
    { resources: [INSTANCE], accounts: [SHOP] },
    undefined,
    {},
    realClock,
  );
  expect(lookups.map(({ outcome }) => outcome)).not.toContain('ThrottlingException');
  const places = new Map<string, number[]>();
  for (const { account, region, at } of lookups) {
    const place = `${account}/${region}`;
    places.set(place, [...(places.get(place) ?? []), at.getTime()]);
  }
  for (const times of places.values())
    for (const [index, time] of times.entries())
      expect((times[index + 2] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThan(700);
});

test('throttled, it still answers, later', async () => {
  const { answer, lookups } = await ask({ ...TERMINATED, accounts: [SHOP] }, (scenario) => {
    scenario.faults.push({ ...THROTTLED, times: 6 });
  });
  expect(lookups.filter(({ outcome }) => outcome === 'ThrottlingException').length).toBe(6);
  expect(answer).toMatchObject({ verdict: 'found', total: 1 });
  expect(answer.coverage.gaps).toEqual([]);
});

test('throttled for good, it gives up in the end, with a gap', async () => {
  const clock = { at: Date.now() };
  const { answer } = await ask(
    { ...TERMINATED, accounts: [SHOP], regions: ['us-east-1'] },
    (scenario) => {
      scenario.faults.push(THROTTLED);
      scenario.keys.push({
        accessKeyId: 'AKIASHOPREADER000001',
        principal: `arn:aws:iam::${SHOP}:user/reader`,
        allow: ['cloudtrail:LookupEvents'],
        policies: [],
      });
    },
    {
      // Without the SDK's own retries, and with a clock that waits at once.
      cloudTrail: ({ region }) =>
        new CloudTrailClient({
          region,
          maxAttempts: 1,
          credentials: { accessKeyId: 'AKIASHOPREADER000001', secretAccessKey: 'sandbox' },
        }),
      clock: {
        now: () => clock.at,
        sleep: async (ms) => {
          clock.at += ms;
        },
      },
    },
  );
  expect(clock.at - Date.now()).toBeGreaterThan(100_000);
  expect(answer.verdict).toBe('none-visible');
  expect(answer.coverage.gaps).toEqual([
    { account: SHOP, region: 'us-east-1', reason: expect.stringMatching(/^Throttling/) },
  ]);
});

test('refused everywhere, it says that it could see nothing', async () => {
  const { answer } = await ask(TERMINATED, (scenario) => {
    scenario.faults.push({ operation: 'cloudtrail:LookupEvents', effect: 'deny' });
  });
  expect(answer.verdict).toBe('none-visible');
  expect(answer.coverage.accounts.searched).toBe(0);
  expect(answer.text).toMatch(/^Nothing could be seen, so nothing can be said either way\./);
});

test('refused in one region, the account and the region are told', async () => {
  const { answer } = await ask({ ...TERMINATED, accounts: [SHOP] }, (scenario) => {
    scenario.faults.push({
      operation: 'cloudtrail:LookupEvents',
      region: 'eu-west-1',
      effect: 'deny',
    });
  });
  expect(answer.verdict).toBe('found');
  expect(answer.coverage).toMatchObject({
    accounts: { searched: 0, of: 1 },
    regions: { searched: 2, of: 3 },
    gaps: [{ account: SHOP, region: 'eu-west-1', reason: expect.stringContaining('AccessDenied') }],
  });
});

test('pages are followed to the end; a cut is a gap that says where', async () => {
  const many = (scenario: Scenario) => {
    const [event] = scenario.events;
    if (!event) throw new Error('the company has no events');
    scenario.events = [
      {
        ...event,
        at: '-1h',
        account: SHOP,
        region: 'eu-west-1',
        call: 'ec2:StopInstances',
        repeat: { times: 120, every: '1h' },
        more: {},
      },
    ];
  };
  const stopped: Partial<Plan> = { eventNames: ['StopInstances'], accounts: [SHOP] };
  const whole = await ask(stopped, many);
  expect(whole.answer).toMatchObject({ total: 120, coverage: { gaps: [] } });
  expect(whole.answer.events).toHaveLength(30);
  const cut = await ask(stopped, many, { pageLimit: 2 });
  expect(cut.answer).toMatchObject({ verdict: 'found', total: 100 });
  expect(cut.answer.coverage.gaps).toEqual([
    {
      account: SHOP,
      region: 'eu-west-1',
      reason: expect.stringMatching(/^cut after 2 pages: nothing before 2/),
      ko: expect.stringMatching(/^2쪽까지만/),
    },
  ]);
}, 60_000);

test('what is older than Event history cannot be known, what reaches beyond it is a gap', async () => {
  const { answer: old } = await ask({ ...TERMINATED, time: lastDays(200, new Date(), 100) });
  expect(old.verdict).toBe('unknowable');
  expect(old.text).toContain('older than what the sources keep');
  const { answer: longer } = await ask({
    ...TERMINATED,
    accounts: [SHOP],
    time: lastDays(200, new Date()),
  });
  expect(longer.verdict).toBe('found');
  expect(longer.coverage.gaps).toEqual([
    {
      account: '',
      region: '',
      reason: expect.stringMatching(/^Event history keeps 90 days/),
      ko: expect.stringMatching(/^이벤트 기록은 90일만/),
    },
  ]);
});

test('data events are not in Event history, so of them nothing can be known', async () => {
  const { answer } = await ask({
    eventNames: ['GetObject'],
    eventSources: ['s3.amazonaws.com'],
    accounts: [SHOP],
  });
  expect(answer.verdict).toBe('unknowable');
});

test('how far it is is told before the first place is asked: throttled, that one may take minutes', async () => {
  const happened: string[] = [];
  const source = lookupEvents({
    cloudTrail: () => {
      happened.push('asked');
      throw new Error('nobody answers');
    },
    places: async () => ({ accounts: [{ id: SHOP, regions: REGIONS }], gaps: [] }),
  });
  const window = {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date().toISOString(),
  };
  const search = { ...ANY_EVENT, ...window, eventNames: ['TerminateInstances'] };
  await source.find(search, (done, of) => happened.push(`${done} of ${of}`)).catch(() => {});
  expect(happened[0]).toBe('0 of 3');
  expect(happened).toContain('asked');
});

test('requests to one place keep their distance, requests to several do not wait', async () => {
  const slept: number[] = [];
  const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) };
  const paced = pace(500, clock);
  await Promise.all(['a', 'a', 'b', 'a', 'b'].map(paced));
  expect(slept).toEqual([500, 1000, 500]);
});

test('sessions of a bare name are looked up by one spelling, and the answer says so', async () => {
  const asked = (value: string, kind: 'name' | 'email') =>
    ask({ eventNames: ['DeleteBucket'], actor: { kind, value } });
  const { answer: bare } = await asked('somebody', 'name');
  expect(bare.verdict).toBe('none-visible');
  expect(bare.coverage.gaps.map(({ reason }) => reason).join()).toMatch(
    /opened under another one \(an e-mail address, a source identity\) were not followed/,
  );
  const { answer: address } = await asked('somebody@bora.example', 'email');
  expect(address.coverage.gaps.map(({ reason }) => reason).join()).not.toContain('one spelling');
});
