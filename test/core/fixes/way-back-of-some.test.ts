import type { FixOutcome, FixPlan, FixRecord } from '../../../src/core/fixes/fix.ts';
import { groupPlan } from '../../../src/core/fixes/group.ts';
import { planLogFileValidation, type State } from '../../../src/core/fixes/plan.ts';
import { lockOf } from '../../../src/core/fixes/state.ts';
import {
  canTakeSomeBack,
  endedPartly,
  wayBackOfSome,
} from '../../../src/core/fixes/way-back-of-some.ts';
import { openFinding } from '../../jobs/fix-world.ts';

type Failed = Extract<FixOutcome, { kind: 'failed' }>;

const off: State = { LogFileValidationEnabled: false, IsMultiRegionTrail: false };
const half: State = { ...off, LogFileValidationEnabled: true };
const on: State = { ...half, IsMultiRegionTrail: true };
const first = { api: 'cloudtrail:UpdateTrail', requestId: 'r-1' };

/** Two settings of one trail, in two calls. */
function twoCalls(account = '666677778888'): FixPlan {
  const subject = `arn:aws:cloudtrail:eu-west-1:${account}:trail/own`;
  const plan = planLogFileValidation(openFinding({ subject }), off);
  if (!plan) throw new Error('the state is sound already');
  const update = (to: boolean) => ({
    api: 'cloudtrail:UpdateTrail',
    parameters: { Name: subject, IsMultiRegionTrail: to },
  });
  return {
    ...plan,
    after: on,
    calls: [...plan.calls, update(true)],
    wayBack: [update(false), ...plan.wayBack],
  };
}

type Ended = Pick<FixRecord, 'plan' | 'state' | 'outcome'>;

function ended(different: Partial<Failed> = {}, plan = twoCalls()): Ended {
  const outcome: Failed = {
    kind: 'failed',
    reason: 'stopped',
    changed: 'partly',
    accepted: [first],
    left: half,
    ...different,
  };
  return { plan, state: 'failed', outcome };
}

test('only what was accepted is taken back, from the state as it was left, by two people', () => {
  const plan = twoCalls();
  expect(wayBackOfSome(ended(), half)).toEqual({
    plan: {
      ...plan,
      direction: 'back',
      calls: [plan.wayBack[1]],
      wayBack: [plan.calls[0]],
      before: half,
      after: off,
      riskClass: 'C',
    },
  });
});

test.each<[string, State]>([
  ['the setting was switched off again', off],
  ['the other setting was switched on', on],
  ['another setting appeared', { ...half, KmsKeyId: 'a-key' }],
])('when %s since, nothing is taken back', (_, now) => {
  expect(wayBackOfSome(ended(), now)).toMatchObject({
    none: { en: expect.stringMatching(/somebody has changed it since/) },
  });
});

test.each<[string, State]>([
  ['a setting that the fix changes', { ...half, IsMultiRegionTrail: 'by region' }],
  ['a setting that the fix leaves alone', { ...half, KmsKeyId: 'a-key' }],
  ['a setting that the fix leaves alone and that was there before', { ...half, S3BucketName: 'b' }],
])('where somebody changed %s before it was read, nothing is taken back', (_, left) => {
  const plan = { ...twoCalls(), before: { ...off, S3BucketName: 'a' } };
  const sound = ended({ left: { ...half, S3BucketName: 'a' } }, plan);
  expect(canTakeSomeBack(sound)).toBe(true);
  const meddled = ended({ left: { S3BucketName: 'a', ...left } }, plan);
  expect(canTakeSomeBack(meddled)).toBe(false);
  expect(wayBackOfSome(meddled, { S3BucketName: 'a', ...left })).toMatchObject({
    none: { en: expect.stringMatching(/by somebody else while the fix was being applied/) },
  });
});

test('a role that was made and not written yet was left so by the fix itself', () => {
  const made = { path: '/trailwarden/', policy: null };
  const plan: FixPlan = {
    ...twoCalls(),
    before: { Role: null },
    after: { Role: { ...made, policy: {} } },
    calls: [
      { api: 'iam:CreateRole', parameters: { RoleName: 'r', PermissionsBoundary: 'b' } },
      { api: 'iam:PutRolePolicy', parameters: { RoleName: 'r', PolicyName: 'p' } },
    ],
    wayBack: [{ api: 'iam:DeleteRole', parameters: { RoleName: 'r' } }],
  };
  expect(wayBackOfSome(ended({ left: { Role: made } }, plan), { Role: made })).toMatchObject({
    plan: { calls: plan.wayBack, after: { Role: null } },
  });
});

test('what was not read when it stopped cannot be compared with, so nothing is taken back', () => {
  const { left: _, ...unread } = ended().outcome as Failed;
  expect(wayBackOfSome({ ...ended(), outcome: unread }, half)).toMatchObject({
    none: { en: expect.stringMatching(/could not be read/) },
  });
});

test.each<[string, Ended]>([
  ['nobody knows what was accepted', { ...ended(), outcome: without('accepted') }],
  ['nobody knows whether it was changed', ended({ changed: 'unknown' })],
  ['nothing was changed', ended({ changed: 'nothing' })],
  ['it was a way back itself', ended({}, { ...twoCalls(), direction: 'back' })],
  ['it was taken back already', { ...ended(), state: 'rolled-back' }],
  ['it was applied', { ...ended(), state: 'applied' }],
])('there is no such way back where %s', (_, fix) => {
  expect(endedPartly(fix)).toBe(false);
});

function without(field: 'accepted'): FixOutcome {
  const { [field]: _, ...outcome } = ended().outcome as Failed;
  return outcome;
}

describe('a plan over several', () => {
  const accounts = ['111111111111', '222222222222', '333333333333'];
  const parts = accounts.map(twoCalls);
  const plan = groupPlan(parts);
  const place = (index: number) => {
    const { account = '', region = '', resource = '' } = parts[index] ?? {};
    return { account, region, resource };
  };
  const stopped = ended(
    {
      accepted: [first, first, first],
      parts: [
        { ...place(0), became: 'applied' },
        { ...place(1), became: 'unknown', accepted: 1 },
        { ...place(2), became: 'not-begun' },
      ],
    },
    plan,
  );
  const states = (...each: State[]) =>
    Object.fromEntries(parts.map((part, index) => [lockOf(part), each[index] ?? null]));

  test('gives back the stopped one as far as it came and then the applied ones, and leaves the rest', () => {
    expect(endedPartly(stopped)).toBe(true);
    expect(canTakeSomeBack(stopped)).toBe(true);
    const back = wayBackOfSome(stopped, states(on, half, off));
    if ('none' in back) throw new Error(back.none.en);
    expect(back.plan.parts?.map(({ account, calls }) => [account, calls.length])).toEqual([
      ['222222222222', 1],
      ['111111111111', 2],
    ]);
    expect(back.plan).toMatchObject({ direction: 'back', riskClass: 'C' });
  });

  test.each<[string, State[]]>([
    ['the applied one was changed', [half, half, off]],
    ['the stopped one was changed', [on, on, off]],
  ])('gives nothing back when %s since', (_, now) => {
    expect(wayBackOfSome(stopped, states(...now))).toMatchObject({
      none: { en: expect.stringMatching(/somebody has changed it since/) },
    });
  });

  test('of which nobody knows what became of one has no way back by a button', () => {
    const [one, { accepted: _, ...two }, three] = (stopped.outcome as Failed).parts as [
      { became: 'applied' } & ReturnType<typeof place>,
      { became: 'unknown'; accepted?: number } & ReturnType<typeof place>,
      { became: 'not-begun' } & ReturnType<typeof place>,
    ];
    expect(endedPartly(ended({ parts: [one, two, three] }, plan))).toBe(false);
  });
});
