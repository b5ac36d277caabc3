import { hashOf } from '../../hash.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { ApiCall, FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import { partitionOf } from '../partition.ts';
import type { State } from '../plan.ts';
import { groupFor, leftOut, type Recorder, takesGlobalTypes, withAuditTypes } from './recorder.ts';

/** How Config stands in one region. `failing`: it records, and what it delivers does not arrive. */
export type Recording = {
  region: string;
  recorder: Recorder | null;
  channel: JsonObject | null;
  recording: boolean;
  failing: boolean;
};

/** What is known of an account beside its recorders. */
export type RecordingGround = {
  account: string;
  /** The bot's own region: of several, the one that keeps what has no region. */
  home: string;
  /** Whether the account has Config's service-linked role, and its ARN. */
  role: { arn: string; exists: boolean };
  /** A delivery channel of another account, for one that has none itself. */
  usual: JsonObject | null;
};

/**
 * Recording in every region of an account: what is stopped starts, what is absent is set up as the
 * account's other regions are, and what leaves out the audit trail takes it as well (reference: fixes 6.3,
 * row CT-31, class B). There is one customer-managed recorder per account and region, so that one that
 * exists is changed and never joined by a second.
 */
export function planStartRecorder(
  { id }: Pick<FixTarget, 'id'>,
  regions: Recording[],
  ground: RecordingGround,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const silent = regions.filter(isSilent);
  const [first] = silent;
  if (!first) return regions.some(({ failing }) => failing) ? DELIVERY_FAILS : 'already-sound';
  const channel = channelFor(regions, ground);
  if (!channel && silent.some((one) => !one.channel)) return NO_CHANNEL;

  const globalIn = globalRegion(regions, silent, ground);
  const steps = silent.map((one) => stepFor(one, channel, one.region === globalIn, ground));
  const at = (region: string) =>
    region === first.region ? {} : { at: { account: ground.account, region } };
  const placed = (calls: (step: Step) => ApiCall[]) =>
    steps.map((step) => calls(step).map((call) => ({ ...call, ...at(step.was.region) })));
  return {
    plan: {
      fix: 'start-recorder',
      family: 'config',
      direction: 'forward',
      finding: id,
      account: ground.account,
      region: first.region,
      resource: `arn:${partitionOf(first.region)}:config:${first.region}:${ground.account}:configuration-recorder`,
      calls: [...(ground.role.exists ? [] : [createRole]), ...placed(({ calls }) => calls).flat()],
      before: stateOf(regions),
      after: { ...stateOf(regions), ...stateOf(steps.map(({ is }) => is)) },
      wayBack: placed(({ back }) => back)
        .toReversed()
        .flat(),
      riskClass: 'B',
      blast: {
        accounts: [ground.account],
        feels: {
          en: `From now on AWS Config records configuration changes in ${listed(silent)}, and charges for each.`,
          ko: `지금부터 AWS Config가 ${listed(silent)}에서 구성 변경을 기록하며 변경마다 비용이 듭니다.`,
        },
        keeps: KEEPS,
      },
      cost: COST,
    },
  };
}

/** What a region does not tell: the regions by their names, each with what is set up there. */
export function stateOf(regions: Recording[]): State {
  return Object.fromEntries(
    regions.map(({ region, recorder, channel, recording }) => [
      region,
      recorder ? { recorder, channel, recording } : null,
    ]),
  );
}

/**
 * The state for a plan that was made before. What its way back leaves standing, a stopped recorder of its
 * own making with a channel, counts as the none that it was: the bot may not delete recorders.
 */
export function toldFor(plan: Pick<FixPlan, 'before' | 'after'>, now: State): State {
  const sides = [
    [plan.before, plan.after],
    [plan.after, plan.before],
  ] as const;
  const entries = Object.entries(now).map(([region, is]): [string, Json] => {
    const side = sides.find(([one, other]) => isLeftOver(is, one[region], other[region]));
    return [region, side?.[0][region] ?? (side ? null : is)];
  });
  return Object.fromEntries(entries);
}

/** True for what remains when a region goes from `running` back to `before`, where that lacked something. */
function isLeftOver(is: Json, before: Json | undefined, running: Json | undefined): boolean {
  if (!isObject(running) || !isObject(is)) return false;
  if (before === null) return hashOf({ ...running, recording: false }) === hashOf(is);
  if (!isObject(before) || before.channel !== null || before.recording !== false) return false;
  return hashOf({ ...before, channel: running.channel ?? null }) === hashOf(is);
}

function isSilent({ recorder, recording }: Recording): boolean {
  return !recorder || !recording || leftOut(recorder.takes).length > 0;
}

type Step = { was: Recording; is: Recording; calls: ApiCall[]; back: ApiCall[] };

/** What is done in one region, and what takes it back. */
function stepFor(
  was: Recording,
  channel: JsonObject | null,
  globalTypes: boolean,
  { role }: RecordingGround,
): Step {
  const recorder: Recorder = was.recorder
    ? { ...was.recorder, takes: withAuditTypes(was.recorder.takes) }
    : {
        name: 'default',
        roleARN: role.arn,
        takes: { strategy: 'all', globalTypes },
        mode: CONTINUOUS,
      };
  const { name } = recorder;
  const changes = !was.recorder || leftOut(was.recorder.takes).length > 0;
  const is = { ...was, recorder, channel: was.channel ?? channel, recording: true };
  return {
    was,
    is,
    calls: [
      ...(changes ? [put(recorder)] : []),
      ...(was.channel
        ? []
        : [{ api: 'config:PutDeliveryChannel', parameters: { DeliveryChannel: channel } }]),
      ...(was.recording ? [] : [turn('Start', name)]),
    ],
    back: [
      ...(was.recording ? [] : [turn('Stop', name)]),
      ...(changes && was.recorder ? [put(was.recorder)] : []),
    ],
  };
}

/** As a recorder records that nobody told otherwise. */
const CONTINUOUS: Json = { recordingFrequency: 'CONTINUOUS' };

function put({ name, roleARN, takes, mode }: Recorder): ApiCall {
  const recorder = { name, roleARN, recordingGroup: groupFor(takes) };
  return {
    api: 'config:PutConfigurationRecorder',
    parameters: {
      ConfigurationRecorder: mode === null ? recorder : { ...recorder, recordingMode: mode },
    },
  };
}

function turn(way: 'Start' | 'Stop', name: string): ApiCall {
  return {
    api: `config:${way}ConfigurationRecorder`,
    parameters: { ConfigurationRecorderName: name },
  };
}

const createRole: ApiCall = {
  api: 'iam:CreateServiceLinkedRole',
  parameters: { AWSServiceName: 'config.amazonaws.com' },
};

/** Where history goes from a region without a channel: where it goes from the account's other regions. */
function channelFor(regions: Recording[], { usual }: RecordingGround): JsonObject | null {
  const like = regions.find(({ channel }) => channel)?.channel ?? usual;
  if (!like) return null;
  const { s3BucketName, s3KeyPrefix, s3KmsKeyArn, configSnapshotDeliveryProperties } = like;
  const kept = { s3BucketName, s3KeyPrefix, s3KmsKeyArn, configSnapshotDeliveryProperties };
  const said = Object.entries(kept).filter((one): one is [string, Json] => one[1] !== undefined);
  // A topic is of its own region, so that none goes along.
  return { name: 'default', ...Object.fromEntries(said) };
}

/** Users and roles have no region: they are kept once, in the bot's region where that is set up now. */
function globalRegion(
  regions: Recording[],
  silent: Recording[],
  { home }: RecordingGround,
): string | null {
  if (regions.some(({ recorder }) => recorder && takesGlobalTypes(recorder.takes))) return null;
  const absent = silent.filter(({ recorder }) => !recorder).map(({ region }) => region);
  return absent.find((region) => region === home) ?? absent[0] ?? null;
}

function listed(silent: Recording[]): string {
  return silent.map(({ region }) => region).join(', ');
}

const KEEPS = [
  {
    en: 'What changed while nothing was recorded has no history afterwards either.',
    ko: '기록하지 않던 동안의 변경은 이후에도 이력이 남지 않습니다.',
  },
  {
    en: 'Recorders that record, their rules and where history is delivered stay as they are.',
    ko: '이미 기록 중인 레코더와 규칙, 이력이 전달되는 위치는 그대로입니다.',
  },
  {
    en: 'Taking it back stops what was started; a recorder that was set up stays, stopped, because the bot deletes none.',
    ko: '되돌리면 시작한 것을 중지합니다. 봇은 레코더를 삭제하지 않으므로 새로 설정한 레코더는 중지된 채 남습니다.',
  },
];

/** https://aws.amazon.com/config/pricing/ */
const COST = {
  monthly: null,
  unitPrice: '$0.003 per configuration item that is recorded',
  ko: '기록되는 구성 항목당 $0.003',
  assumptions: [
    {
      en: 'How often resources change there is not known, because nothing recorded it.',
      ko: '기록이 없으므로 리소스가 얼마나 자주 바뀌는지는 알 수 없습니다.',
    },
  ],
};

const DELIVERY_FAILS: { cannot: Obstacle } = {
  cannot: {
    kind: 'precondition',
    why: {
      en: 'The recorder is running, but what it delivers does not arrive: starting it again would change nothing.',
      ko: '레코더는 실행 중이지만 전달이 실패하고 있어, 다시 시작해도 달라지지 않습니다.',
    },
    instead: {
      en: 'Let the bucket and the key of its delivery channel accept config.amazonaws.com.',
      ko: '전달 채널의 버킷과 키가 config.amazonaws.com을 허용하게 하세요.',
    },
  },
};

const NO_CHANNEL: { cannot: Obstacle } = {
  cannot: {
    kind: 'precondition',
    why: {
      en: 'No region of this account says where AWS Config delivers to, nor does the account of the bot.',
      ko: '이 계정의 어느 리전에도, 봇의 계정에도 AWS Config가 어디로 전달하는지 정해져 있지 않습니다.',
    },
    instead: {
      en: 'Set a delivery channel up in one region of this account; the others will follow it.',
      ko: '이 계정의 한 리전에 전달 채널을 설정하세요. 나머지 리전은 그것을 따릅니다.',
    },
  },
};
