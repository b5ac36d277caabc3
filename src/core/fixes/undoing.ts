import type { Json } from '../json.ts';
import type { ApiCall, FixPlan, Place } from './fix.ts';

/**
 * Of the calls that take a plan back, those that take back the ones that AWS accepted, in their order; the
 * others would undo what never happened. Undefined where something accepted would stay and show, so that
 * nobody could say that the state before is restored.
 */
export function undoing(plan: FixPlan, accepted: ApiCall[]): ApiCall[] | undefined {
  const calls = plan.wayBack.flatMap((back) => narrowed(back, accepted, plan) ?? []);
  const stays = accepted.some(
    (call) =>
      SHOWS.includes(call.api) &&
      !calls.some((back) => samePlace(seat(back, plan), seat(call, plan))),
  );
  return stays ? undefined : calls;
}

/** How a call is taken back that is not taken back by itself with the values of before. */
const TAKEN_BACK_BY: { [api: string]: string } = {
  'cloudtrail:CreateTrail': 'cloudtrail:DeleteTrail',
  'cloudtrail:StartLogging': 'cloudtrail:StopLogging',
  'config:PutConfigurationAggregator': 'config:DeleteConfigurationAggregator',
  'config:StartConfigurationRecorder': 'config:StopConfigurationRecorder',
  'iam:CreateRole': 'iam:DeleteRole',
  'iam:PutRolePolicy': 'iam:DeleteRolePolicy',
  'iam:PutUserPolicy': 'iam:DeleteUserPolicy',
  'logs:PutMetricFilter': 'logs:DeleteMetricFilter',
  's3:PutBucketPolicy': 's3:DeleteBucketPolicy',
  's3:PutPublicAccessBlock': 's3:DeletePublicAccessBlock',
};

/** The bot deletes no recorder and no channel: what was only set up stays until it is recording. */
const SHOWS = ['config:PutConfigurationRecorder', 'config:PutDeliveryChannel'];

/** Parameters that name the thing of a call; some calls take its ARN where others take its name. */
const NAMING = [
  'Bucket',
  'ConfigurationAggregatorName',
  'ConfigurationRecorderName',
  'AccessKeyId',
  'KeyId',
  'Name',
  'PolicyName',
  'RoleName',
  'TrailName',
  'UserName',
  'filterName',
  'logGroupName',
];

/** A call of the way back as far as it takes back what was accepted; undefined where it takes back nothing. */
function narrowed(back: ApiCall, accepted: ApiCall[], plan: FixPlan): ApiCall | undefined {
  const here = accepted.filter((call) => samePlace(seat(back, plan), seat(call, plan)));
  // The one call that takes several back at once. CloudWatch deletes none where one of them is not there.
  const { AlarmNames: names } = back.parameters;
  if (back.api === 'cloudwatch:DeleteAlarms' && Array.isArray(names)) {
    const made = here
      .filter(({ api }) => api === 'cloudwatch:PutMetricAlarm')
      .map(({ parameters }) => parameters.AlarmName);
    const AlarmNames = names.filter((name) => made.includes(name));
    return AlarmNames.length > 0 ? { ...back, parameters: { AlarmNames } } : undefined;
  }
  return here.some((call) => undoes(back, call)) ? back : undefined;
}

function undoes(back: ApiCall, call: ApiCall): boolean {
  if (back.api === call.api) return sameThing(back, call) && sameSettings(back, call);
  return TAKEN_BACK_BY[call.api] === back.api && sameThing(back, call);
}

function sameThing({ parameters: a }: ApiCall, { parameters: b }: ApiCall): boolean {
  return NAMING.every((name) => !(name in a && name in b) || lastOf(a[name]) === lastOf(b[name]));
}

const lastOf = (name: Json | undefined) => String(name).split('/').at(-1);

/**
 * `UpdateTrail` sets what it names and may be called twice for two settings of one trail. All others put a
 * thing whole, perhaps in another form than it had, as event selectors are basic or advanced.
 */
function sameSettings({ api, parameters: a }: ApiCall, { parameters: b }: ApiCall): boolean {
  if (api !== 'cloudtrail:UpdateTrail') return true;
  return Object.keys(a).sort().join() === Object.keys(b).sort().join();
}

const seat = ({ at }: ApiCall, { account, region }: FixPlan): Place => at ?? { account, region };

const samePlace = (a: Place, b: Place) => a.account === b.account && a.region === b.region;
