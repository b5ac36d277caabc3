import { roleNameOf, sessionNameOf } from './caller.ts';
import type { CloudTrailEvent } from './event.ts';
import type { Hop } from './hops.ts';
import { leavesOf } from './leaves.ts';
import { member, text } from './parse-event.ts';

/**
 * How a service comes to act: one row per service, with the calls that set it off. What such a call and
 * the service's own have in common decides how sure the link is.
 */
export type CauseRule = {
  id: string;
  /** The services that act so, as `invokedBy` or the opener of the session names them. */
  services: string[];
  called: Hop;
  /** Names of events that a service writes without calling anything. */
  ownEvents?: string[];
  /** Any session of an instance profile acts so, whatever the service. */
  instances?: true;
  /** The calls that set it off, and how long before. */
  starts: string[];
  within: number;
  /** What such a call did: it started this, set it up for later, or is told only as context. */
  link: 'started' | 'set-up' | 'context';
  /** What the service acted for, as far as its own record names it: a stack, a group, a role. */
  names(event: CloudTrailEvent): string[];
  /** Where the record names nothing: the earlier calls that do, and what they call it. */
  look?: { eventNames: string[]; within: number; names(found: CloudTrailEvent): string[] };
  /** Does an identifier of this very operation join the two? Then the link is proven. */
  proves?(event: CloudTrailEvent, start: CloudTrailEvent): boolean;
  /** What is told where no such call is found. */
  otherwise: Hop;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Event history goes back no further, and no rule needs more. */
const KEPT = 90 * DAY;

export const CAUSE_RULES: readonly CauseRule[] = [
  {
    id: 'spot',
    services: ['spot.amazonaws.com'],
    ownEvents: ['BidEvictedEvent'],
    called: {
      en: 'AWS itself took the spot instance back, for its price or because it needed the capacity',
      ko: 'AWS가 가격이나 용량 때문에 스팟 인스턴스를 회수했습니다',
    },
    starts: ['RunInstances', 'RequestSpotInstances', 'CreateFleet', 'RequestSpotFleet'],
    within: KEPT,
    link: 'context',
    names: instancesIn,
    otherwise: {
      en: 'who launched the instance is older than what was searched',
      ko: '인스턴스를 시작한 호출은 검색한 기간보다 오래되었습니다',
    },
  },
  {
    id: 'cloudformation',
    services: ['cloudformation.amazonaws.com'],
    called: { en: 'CloudFormation made the call', ko: 'CloudFormation이 호출했습니다' },
    starts: [
      'CreateStack',
      'UpdateStack',
      'DeleteStack',
      'ExecuteChangeSet',
      'RollbackStack',
      'ContinueUpdateRollback',
    ],
    within: 12 * HOUR,
    link: 'started',
    names: (event) =>
      tagged(event, ['aws:cloudformation:stack-name', 'aws:cloudformation:stack-id']),
    // Forward access: CloudFormation acts with the very session that started the operation.
    proves: sameSession,
    otherwise: {
      en: 'no stack operation that fits was found before it',
      ko: '그 전에 맞는 스택 작업을 찾지 못했습니다',
    },
  },
  {
    id: 'autoscaling',
    services: ['autoscaling.amazonaws.com'],
    called: { en: 'Auto Scaling made the call', ko: 'Auto Scaling이 호출했습니다' },
    starts: [
      'SetDesiredCapacity',
      'UpdateAutoScalingGroup',
      'TerminateInstanceInAutoScalingGroup',
      'DeleteAutoScalingGroup',
      'CreateAutoScalingGroup',
      'StartInstanceRefresh',
      'ExecutePolicy',
      'SetInstanceHealth',
      'DetachInstances',
    ],
    within: 30 * MINUTE,
    link: 'started',
    names: (event) => [
      ...tagged(event, ['aws:autoscaling:groupName']),
      ...named(event, ['autoScalingGroupName']),
    ],
    look: {
      eventNames: ['RunInstances'],
      within: KEPT,
      names: (found) => tagged(found, ['aws:autoscaling:groupName']),
    },
    otherwise: {
      en: 'no person: a scaling policy, a schedule or a health check, as far as events tell',
      ko: '사람이 아님: 이벤트로 알 수 있는 한 조정 정책, 예약 또는 상태 확인입니다',
    },
  },
  {
    id: 'ssm',
    services: ['ssm.amazonaws.com'],
    called: { en: 'Systems Manager made the call', ko: 'Systems Manager가 호출했습니다' },
    starts: [
      'StartAutomationExecution',
      'StartChangeRequestExecution',
      'SendCommand',
      'StartAssociationsOnce',
      'CreateAssociation',
    ],
    within: 24 * HOUR,
    link: 'started',
    names: executionIn,
    proves: (event, start) => {
      const id = text(member(start.record.responseElements)?.automationExecutionId);
      return (id !== null && executionIn(event).includes(id)) || sameSession(event, start);
    },
    otherwise: {
      en: 'no call that started the automation was found',
      ko: '자동화를 시작한 호출을 찾지 못했습니다',
    },
  },
  {
    id: 'states',
    services: ['states.amazonaws.com'],
    called: { en: 'Step Functions made the call', ko: 'Step Functions가 호출했습니다' },
    starts: ['StartExecution', 'StartSyncExecution', 'RedriveExecution'],
    within: 24 * HOUR,
    link: 'started',
    names: () => [],
    look: {
      eventNames: ['CreateStateMachine', 'UpdateStateMachine'],
      within: KEPT,
      names: (found) => named(found, ['stateMachineArn']),
    },
    proves: sameSession,
    otherwise: {
      en: 'no call that started the state machine was found',
      ko: '상태 머신을 시작한 호출을 찾지 못했습니다',
    },
  },
  {
    id: 'scheduler',
    services: ['scheduler.amazonaws.com'],
    called: {
      en: 'EventBridge Scheduler made the call',
      ko: 'EventBridge Scheduler가 호출했습니다',
    },
    starts: ['CreateSchedule', 'UpdateSchedule'],
    within: KEPT,
    link: 'set-up',
    names: roleIn,
    otherwise: {
      en: 'a schedule did it; who set it up is older than what was searched',
      ko: '예약된 작업입니다; 예약을 만든 호출은 검색한 기간보다 오래되었습니다',
    },
  },
  {
    id: 'events',
    services: ['events.amazonaws.com'],
    called: { en: 'a rule of EventBridge made the call', ko: 'EventBridge 규칙이 호출했습니다' },
    starts: ['PutTargets', 'PutRule'],
    within: KEPT,
    link: 'set-up',
    names: roleIn,
    otherwise: {
      en: 'a rule did it; who set it up is older than what was searched',
      ko: '규칙이 수행했습니다; 규칙을 만든 호출은 검색한 기간보다 오래되었습니다',
    },
  },
  {
    id: 'ecs',
    services: ['ecs.amazonaws.com'],
    called: { en: 'ECS made the call', ko: 'ECS가 호출했습니다' },
    starts: ['UpdateService', 'DeleteService', 'CreateService', 'RunTask', 'StopTask'],
    within: 30 * MINUTE,
    link: 'started',
    names: (event) => [
      ...tagged(event, ['aws:ecs:serviceName', 'aws:ecs:clusterName']),
      ...named(event, ['service', 'serviceName', 'cluster']),
    ],
    otherwise: {
      en: 'no person: the service scheduler of ECS, as far as events tell',
      ko: '사람이 아님: 이벤트로 알 수 있는 한 ECS 서비스 스케줄러입니다',
    },
  },
  {
    id: 'eks-nodes',
    services: ['eks-nodegroup.amazonaws.com', 'eks.amazonaws.com'],
    called: { en: 'EKS made the call for a node group', ko: 'EKS가 노드 그룹을 위해 호출했습니다' },
    starts: [
      'CreateNodegroup',
      'DeleteNodegroup',
      'UpdateNodegroupConfig',
      'UpdateNodegroupVersion',
      'DeleteCluster',
    ],
    within: 2 * HOUR,
    link: 'started',
    names: (event) => [
      ...tagged(event, ['eks:nodegroup-name']),
      ...named(event, ['nodegroupName', 'autoScalingGroupName']).map(
        (name) => /^eks-(.+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(name)?.[1] ?? name,
      ),
    ],
    otherwise: {
      en: 'no person: EKS itself looks after the node group, as far as events tell',
      ko: '사람이 아님: 이벤트로 알 수 있는 한 EKS가 노드 그룹을 관리한 것입니다',
    },
  },
  {
    id: 'application-autoscaling',
    services: ['application-autoscaling.amazonaws.com'],
    called: {
      en: 'a scaling policy of Application Auto Scaling made the call',
      ko: 'Application Auto Scaling의 조정 정책이 호출했습니다',
    },
    starts: ['PutScalingPolicy', 'RegisterScalableTarget', 'PutScheduledAction'],
    within: KEPT,
    link: 'set-up',
    names: (event) => named(event, ['service', 'tableName', 'dBClusterIdentifier', 'functionName']),
    otherwise: {
      en: 'no person: a scaling policy, as far as events tell',
      ko: '사람이 아님: 이벤트로 알 수 있는 한 조정 정책입니다',
    },
  },
  {
    id: 'beanstalk',
    services: ['elasticbeanstalk.amazonaws.com'],
    called: { en: 'Elastic Beanstalk made the call', ko: 'Elastic Beanstalk이 호출했습니다' },
    starts: [
      'CreateEnvironment',
      'UpdateEnvironment',
      'TerminateEnvironment',
      'RebuildEnvironment',
    ],
    within: 2 * HOUR,
    link: 'started',
    names: (event) => tagged(event, ['elasticbeanstalk:environment-name']),
    proves: sameSession,
    otherwise: {
      en: 'no call on the environment was found before it',
      ko: '그 전에 환경을 변경한 호출을 찾지 못했습니다',
    },
  },
  {
    id: 'lambda',
    services: ['lambda.amazonaws.com'],
    called: { en: 'a Lambda function made the call', ko: 'Lambda 함수가 호출했습니다' },
    starts: ['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'CreateFunction'],
    within: KEPT,
    link: 'context',
    // Lambda names its sessions after the function.
    names: ({ caller }) => [sessionNameOf(caller)].filter((name) => name !== null),
    otherwise: {
      en: 'what invoked the function is not in management events',
      ko: '함수를 호출한 주체는 관리 이벤트에 없습니다',
    },
  },
  {
    id: 'instance',
    services: ['ec2.amazonaws.com'],
    instances: true,
    called: {
      en: 'something on the instance made the call, with the credentials of its profile',
      ko: '인스턴스에서 실행 중인 무언가가 인스턴스 프로파일의 자격 증명으로 호출했습니다',
    },
    starts: ['SendCommand', 'StartSession', 'SendSSHPublicKey', 'RunInstances'],
    within: KEPT,
    link: 'context',
    names: ({ caller }) => [sessionNameOf(caller)].filter((name) => name !== null),
    otherwise: {
      en: 'nobody launched it or sent it a command in the time searched',
      ko: '검색한 기간에 시작하거나 명령을 보낸 사람이 없습니다',
    },
  },
];

/** The instances that a call is about. */
export function instancesIn(event: CloudTrailEvent): string[] {
  const ids = leavesOf(event).map(({ value }) => value);
  return [...new Set(ids.filter((value) => /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/i.test(value)))];
}

/** The role whose session made the call, as the call that set it up would name it. */
function roleIn({ caller }: CloudTrailEvent): string[] {
  return [caller.sessionIssuerArn, roleNameOf(caller)].filter((name) => name !== null).slice(0, 1);
}

/** Systems Manager names the session of an automation after the execution. */
function executionIn({ caller }: CloudTrailEvent): string[] {
  const id = /^Automation-([0-9a-f-]{36})$/.exec(sessionNameOf(caller) ?? '')?.[1];
  return id ? [id] : [];
}

function sameSession(event: CloudTrailEvent, start: CloudTrailEvent): boolean {
  return event.caller.accessKeyId !== null && event.caller.accessKeyId === start.caller.accessKeyId;
}

/** Scalars of the record under members of these names. */
function named(event: CloudTrailEvent, members: string[]): string[] {
  const wanted = new Set(members.map((name) => name.toLowerCase()));
  const found = leavesOf(event).filter(({ path }) =>
    wanted.has(path.split('.').at(-1)?.toLowerCase() ?? ''),
  );
  return [...new Set(found.map(({ value }) => value))];
}

/** Values of tags with these keys; AWS alone can write tags that begin with `aws:`. */
function tagged(event: CloudTrailEvent, keys: string[]): string[] {
  const values = new Map<string, { key?: string; value?: string }>();
  for (const { path, value } of leavesOf(event)) {
    const [, place, part] = /^(.*)\.(key|value)$/i.exec(path) ?? [];
    if (!place || !part) continue;
    const tag = values.get(place) ?? {};
    tag[part.toLowerCase() as 'key' | 'value'] = value;
    values.set(place, tag);
  }
  return [...values.values()].flatMap(({ key, value }) =>
    key && value && keys.includes(key) ? [value] : [],
  );
}
