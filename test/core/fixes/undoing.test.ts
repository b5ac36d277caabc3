import type { ApiCall, FixPlan } from '../../../src/core/fixes/fix.ts';
import { planLogFileValidation } from '../../../src/core/fixes/plan.ts';
import { undoing } from '../../../src/core/fixes/undoing.ts';
import { openFinding } from '../../jobs/fix-world.ts';

const base = planLogFileValidation(openFinding(), { LogFileValidationEnabled: false });
const planOf = (calls: ApiCall[], wayBack: ApiCall[]): FixPlan => ({
  ...(base as FixPlan),
  calls,
  wayBack,
});
const alarm = (name: string): ApiCall => ({
  api: 'cloudwatch:PutMetricAlarm',
  parameters: { AlarmName: name },
});
const role = (api: string, RoleName: string, different: object = {}): ApiCall => ({
  api: `iam:${api}`,
  parameters: { RoleName, ...different },
});

test('of several alarms that one call deletes only those that were made: else CloudWatch deletes none', () => {
  const plan = planOf(
    [alarm('a'), alarm('b')],
    [{ api: 'cloudwatch:DeleteAlarms', parameters: { AlarmNames: ['a', 'b'] } }],
  );
  expect(undoing(plan, plan.calls.slice(0, 1))).toEqual([
    { api: 'cloudwatch:DeleteAlarms', parameters: { AlarmNames: ['a'] } },
  ]);
});

test('a role of another name, and one of another account, stay', () => {
  const there = { account: '222233334444', region: 'us-east-1' };
  const plan = planOf(
    [role('CreateRole', 'one'), role('CreateRole', 'two')],
    [
      role('DeleteRole', 'two'),
      role('DeleteRole', 'one'),
      { ...role('DeleteRole', 'one'), at: there },
    ],
  );
  expect(undoing(plan, plan.calls.slice(0, 1))).toEqual([role('DeleteRole', 'one')]);
});

test('selectors are put back in the form that they had, be it the other one', () => {
  const put = (form: string): ApiCall => ({
    api: 'cloudtrail:PutEventSelectors',
    parameters: { TrailName: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/own', [form]: [] },
  });
  const start = { api: 'cloudtrail:StartLogging', parameters: { Name: 'own' } };
  const stop = { api: 'cloudtrail:StopLogging', parameters: { Name: 'own' } };
  const plan = planOf([put('AdvancedEventSelectors'), start], [stop, put('EventSelectors')]);
  expect(undoing(plan, plan.calls.slice(0, 1))).toEqual([put('EventSelectors')]);
});

test('a trail that CreateTrail named is deleted by its ARN', () => {
  const back = {
    api: 'cloudtrail:DeleteTrail',
    parameters: { Name: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/organization' },
  };
  const made = { api: 'cloudtrail:CreateTrail', parameters: { Name: 'organization' } };
  expect(undoing(planOf([made], [back]), [made])).toEqual([back]);
});

test('what would undo a call that was never made is left out', () => {
  const plan = planOf(
    [role('CreateRole', 'one'), role('PutRolePolicy', 'one', { PolicyName: 'p' })],
    [role('DeleteRolePolicy', 'one', { PolicyName: 'p' }), role('DeleteRole', 'one')],
  );
  expect(undoing(plan, plan.calls.slice(0, 1))).toEqual([role('DeleteRole', 'one')]);
  expect(undoing(plan, plan.calls)).toEqual(plan.wayBack);
});

test('a recorder that was set up and never started stays and shows, so that nothing is promised', () => {
  const recorder = { api: 'config:PutConfigurationRecorder', parameters: {} };
  const start = {
    api: 'config:StartConfigurationRecorder',
    parameters: { ConfigurationRecorderName: 'default' },
  };
  const plan = planOf([recorder, start], [{ ...start, api: 'config:StopConfigurationRecorder' }]);
  expect(undoing(plan, [recorder])).toBeUndefined();
  expect(undoing(plan, plan.calls)).toEqual(plan.wayBack);
});
