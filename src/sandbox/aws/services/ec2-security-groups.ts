import { createHash } from 'node:crypto';
import type { SecurityGroupSetup } from '../scenario.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { pageOf } from './config-pages.ts';

/** Who may reach what in a network: the rules of security groups, each with an id of its own. */
export const securityGroups: Handlers = {
  'ec2:DescribeSecurityGroupRules': describeSecurityGroupRules,
  'ec2:RevokeSecurityGroupIngress': revokeSecurityGroupIngress,
  'ec2:AuthorizeSecurityGroupIngress': authorizeSecurityGroupIngress,
};

type Rule = SecurityGroupSetup['rules'][number];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupRules.html */
function describeSecurityGroupRules(call: Call, world: World) {
  const { SecurityGroupRuleIds: ids, Filters = [], MaxResults, NextToken } = call.input;
  const all = here(call, world).flatMap((group) => group.rules.map((rule) => ({ group, rule })));
  for (const id of ids ?? []) {
    if (all.some(({ rule }) => rule.id === id)) continue;
    throw noSuchRule(id);
  }
  const groups = Filters.map(({ Name, Values }: { Name: string; Values: string[] }) => {
    if (Name !== 'group-id')
      throw new AwsFault('NotImplemented', `filter ${Name} is not simulated`, 501);
    return Values;
  });
  const wanted = all
    .filter(({ rule }) => ids === undefined || ids.includes(rule.id))
    .filter(({ group }) => groups.every((values: string[]) => values.includes(group.id)));
  const about = [call.caller.account, call.region, ids ?? null, groups];
  const { page, next } = pageOf(wanted, about, {
    size: MaxResults ?? 1_000,
    token: NextToken,
    most: 1_000,
  });
  return { SecurityGroupRules: page.map(({ group, rule }) => shown(group, rule)), NextToken: next };
}

function shown(group: SecurityGroupSetup, rule: Rule) {
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: group.id,
    GroupOwnerId: group.account,
    IsEgress: rule.egress,
    IpProtocol: rule.protocol,
    FromPort: rule.from,
    ToPort: rule.to,
    CidrIpv4: rule.cidr,
    CidrIpv6: rule.cidr6,
    PrefixListId: rule.prefixList,
    ReferencedGroupInfo: rule.group && { GroupId: rule.group, UserId: group.account },
    Description: rule.description,
    Tags: [],
    SecurityGroupRuleArn: `arn:aws:ec2:${group.region}:${group.account}:security-group-rule/${rule.id}`,
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html */
function revokeSecurityGroupIngress(call: Call, world: World) {
  const { SecurityGroupRuleIds: ids = [], DryRun } = call.input;
  const group = groupOf(call, world);
  for (const id of ids) {
    const rule = group.rules.find((one) => one.id === id);
    if (!rule) throw noSuchRule(id);
    if (rule.egress) {
      throw new AwsFault(
        'InvalidParameterValue',
        `The security group rule ID '${id}' is an egress rule`,
      );
    }
  }
  if (DryRun) throw wouldHaveSucceeded();
  group.rules = group.rules.filter(({ id }) => !ids.includes(id));
  return { Return: true };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html */
function authorizeSecurityGroupIngress(call: Call, world: World) {
  const { IpPermissions = [], DryRun } = call.input;
  const group = groupOf(call, world);
  const rules: Rule[] = IpPermissions.flatMap(rulesOf);
  for (const rule of rules) {
    if (!group.rules.some((one) => meaningOf(one) === meaningOf(rule))) continue;
    throw new AwsFault(
      'InvalidPermission.Duplicate',
      `the specified rule "peer: ${rule.cidr ?? rule.cidr6 ?? rule.group ?? rule.prefixList}, ${rule.protocol.toUpperCase()}, from port: ${rule.from}, to port: ${rule.to}, ALLOW" already exists`,
    );
  }
  if (DryRun) throw wouldHaveSucceeded();
  // Whoever opens a door again gets another rule, with another id.
  const made = rules.map((rule) => ({ ...rule, id: newId(group, rule, call.requestId) }));
  group.rules = [...group.rules, ...made];
  return { Return: true, SecurityGroupRules: made.map((rule) => shown(group, rule)) };
}

type Permission = {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  IpRanges?: { CidrIp: string; Description?: string }[];
  Ipv6Ranges?: { CidrIpv6: string; Description?: string }[];
  PrefixListIds?: { PrefixListId: string; Description?: string }[];
  UserIdGroupPairs?: { GroupId: string; Description?: string }[];
};

function rulesOf(permission: Permission): Rule[] {
  const { IpProtocol: protocol, FromPort: from = -1, ToPort: to = -1 } = permission;
  const rule = (peer: Partial<Rule>, description: string | undefined): Rule => ({
    id: '',
    egress: false,
    protocol,
    from,
    to,
    ...peer,
    ...(description !== undefined && { description }),
  });
  return [
    ...(permission.IpRanges ?? []).map((one) => rule({ cidr: one.CidrIp }, one.Description)),
    ...(permission.Ipv6Ranges ?? []).map((one) => rule({ cidr6: one.CidrIpv6 }, one.Description)),
    ...(permission.PrefixListIds ?? []).map((one) =>
      rule({ prefixList: one.PrefixListId }, one.Description),
    ),
    ...(permission.UserIdGroupPairs ?? []).map((one) =>
      rule({ group: one.GroupId }, one.Description),
    ),
  ];
}

/** Two rules of a group never mean the same, whatever their descriptions say. */
function meaningOf({ egress, protocol, from, to, cidr, cidr6, prefixList, group }: Rule): string {
  return JSON.stringify([egress, protocol, from, to, cidr, cidr6, prefixList, group]);
}

function newId({ id }: SecurityGroupSetup, rule: Rule, requestId: string): string {
  const digest = createHash('sha256')
    .update(`${id} ${meaningOf(rule)} ${requestId}`)
    .digest('hex');
  return `sgr-${digest.slice(0, 17)}`;
}

function groupOf(call: Call, world: World): SecurityGroupSetup {
  const group = here(call, world).find(({ id }) => id === call.input.GroupId);
  if (group) return group;
  throw new AwsFault(
    'InvalidGroup.NotFound',
    `The security group '${call.input.GroupId}' does not exist`,
  );
}

function here({ caller, region }: Call, world: World): SecurityGroupSetup[] {
  return world.scenario.securityGroups.filter(
    (group) => group.account === caller.account && group.region === region,
  );
}

function noSuchRule(id: string): AwsFault {
  return new AwsFault(
    'InvalidSecurityGroupRuleId.NotFound',
    `The security group rule ID '${id}' does not exist`,
  );
}

/** Asked with `DryRun`, whoever would be allowed hears of success as an error. */
function wouldHaveSucceeded(): AwsFault {
  return new AwsFault(
    'DryRunOperation',
    'Request would have succeeded, but DryRun flag is set.',
    412,
  );
}
