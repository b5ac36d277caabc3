import { permissionEventsFor } from './catalogue.ts';
import type { Heard } from './heard.ts';
import type { Verb } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** Kinds of things that one plan cannot hold together, and the sentences that would ask for one alone. */
export type SeveralKinds = { odd: 'kinds'; kinds: string[]; sentences: Unit[][] };

/**
 * “buckets or stacks” speaks of two kinds, “the organization trail” of a kind that another narrows: a
 * plan holds one, so the other would be dropped. A part beside its whole (“the objects of the bucket”)
 * narrows nothing that the name of the whole does not.
 */
export function severalKinds(heard: Heard): SeveralKinds | null {
  const said = kindsSaid(heard);
  for (let at = 1; at < said.length; at += 1) {
    const [one, other] = [said[at - 1], said[at]];
    if (!one || !other || one.id === other.id) continue;
    const between = heard.all.slice(one.at + 1, other.at);
    const joined = isJoined(heard.all[one.at], between);
    if (!joined && belong(one.id, other.id, heard.verbs)) continue;
    if (!joined && (one.user || other.user)) continue;
    const beside = between.every((unit) => is(unit, 'nothing'));
    const kept = joined ? said : beside && said.length === 2 ? [other] : [];
    const alone = heard.verbs.length > 1 || (joined && heard.names.length > 0) ? [] : kept;
    return {
      odd: 'kinds',
      kinds: [...new Set(said.map(({ at: where }) => wordsOf(heard.all[where])))],
      sentences: alone.map(({ id }) =>
        heard.all.filter((_, where) => said.every((kind) => kind.at !== where || kind.id === id)),
      ),
    };
  }
  return null;
}

type Said = { id: string; at: number; user: boolean };

function kindsSaid({ all, names }: Heard): Said[] {
  const actors = names.filter(({ role }) => role === 'actor').map(({ beside }) => beside);
  let last: Unit | undefined;
  return all.flatMap((unit, at): Said[] => {
    const before = last;
    if (!is(unit, 'nothing')) last = unit;
    if (is(before, 'asked', 'count', 'by')) return [];
    if (is(unit, 'principal') && unit.meaning.kind === 'user')
      return [{ id: 'iam-user', at, user: true }];
    if (!is(unit, 'type') || actors.includes(unit.meaning.type)) return [];
    return [{ id: unit.meaning.type, at, user: false }];
  });
}

function isJoined(first: Unit | undefined, between: Unit[]): boolean {
  if (between.some((unit) => is(unit, 'and') || wordsOf(unit) === ',')) return true;
  return between.length === 0 && /[가-힣a-z](?:이나|나|와|과|이랑|랑|하고)$/i.test(wordsOf(first));
}

function belong(one: string, other: string, verbs: Verb[]): boolean {
  const policy = (a: string, b: string) => a === 'iam-policy' && permissionEventsFor(b).length > 0;
  return (
    isPartOf(one, [other]) ||
    isPartOf(other, [one]) ||
    policy(one, other) ||
    policy(other, one) ||
    hostOf([one, other], verbs) !== null
  );
}

/** What has parts, by part: every such part belongs to one of them. */
const WHOLES: Record<string, string[]> = {
  object: ['bucket'],
  'bucket-policy': ['bucket'],
  'public-access-block': ['bucket'],
  'trail-logging': ['trail'],
  'event-selector': ['trail'],
  'log-file-validation': ['trail'],
  'delivery-channel': ['config-recorder'],
  'log-stream': ['log-group'],
  'flow-log': ['vpc', 'subnet', 'network-interface'],
  'log-retention': ['log-group'],
  'permissions-boundary': ['iam-role', 'iam-user'],
  'function-code': ['function'],
  'change-set': ['stack'],
  'trust-policy': ['iam-role'],
  'access-key': ['iam-user'],
  'login-profile': ['iam-user'],
  'mfa-device': ['iam-user'],
  session: ['iam-role', 'instance'],
  'ssm-session': ['instance'],
  command: ['instance'],
  listener: ['load-balancer'],
  'dns-record': ['hosted-zone'],
  'security-group-rule': ['security-group'],
  'security-group-ingress-rule': ['security-group'],
  'security-group-egress-rule': ['security-group'],
  'node-group': ['eks-cluster'],
  'ecs-task': ['ecs-cluster'],
  'ecs-service': ['ecs-cluster'],
  'aws-account': ['organization'],
  console: ['login-profile'],
  'ssh-public-key': ['instance', 'serial-console'],
  'serial-console-key': ['instance', 'serial-console'],
  'user-data': ['instance'],
  layer: ['function'],
  'function-url': ['function'],
  'network-acl-entry': ['network-acl'],
  'eks-access-entry': ['eks-cluster', 'iam-role'],
  'eks-access-policy': ['eks-cluster', 'iam-policy'],
  'account-assignment': ['permission-set', 'aws-account'],
  route: ['route-table', 'api'],
  'service-quota': [],
  'db-password': ['db-instance', 'db-cluster'],
  'bucket-acl': ['bucket'],
  'federation-token': ['iam-user'],
  'web-identity': ['iam-role'],
  saml: ['iam-role'],
};

export function isPartOf(part: string, wholes: string[]): boolean {
  return wholes.some((whole) => WHOLES[part]?.includes(whole));
}

/** “the volume to the instance”: nothing but an instance takes a volume, so it says no more. */
export function hostOf(kinds: string[], verbs: Verb[]): string | null {
  if (verbs.length === 0 || !verbs.every((verb) => verb === 'attach' || verb === 'detach'))
    return null;
  return kinds.find((host) => kinds.some((kind) => HOSTS[kind] === host)) ?? null;
}

const HOSTS: Record<string, string> = {
  volume: 'instance',
  'network-interface': 'instance',
  'internet-gateway': 'vpc',
  'hosted-zone': 'vpc',
};

function wordsOf(unit: Unit | undefined): string {
  return unit?.is === 'meaning' ? unit.words : '';
}
