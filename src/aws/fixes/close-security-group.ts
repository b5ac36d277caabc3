import {
  DescribeSecurityGroupRulesCommand,
  paginateDescribeSecurityGroupRules,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import {
  type FoundRule,
  type IngressRule,
  planClose,
  ruleNow,
  ruleOf,
} from '../../core/fixes/access/security-group.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws, Where } from '../session.ts';
import type { Fix } from './fix.ts';

/** One rule of a security group, taken away by its id. */
export const closeSecurityGroup: Fix = {
  id: 'close-security-group',
  title: { en: 'Close what a security group rule opened', ko: '보안 그룹 규칙이 연 접근 닫기' },
  needs: { read: ['ec2:DescribeSecurityGroupRules'] },
  writes: { network: ['ec2:RevokeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupIngress'] },
  withoutFinding: true,

  async plan(target, aws) {
    const place = ruleOf(target.subject);
    if (!place) return { seen: planClose(target, null) };
    const found = await readRule(place, aws);
    return wasSeen(found) ? { seen: planClose(target, found.seen) } : found;
  },

  async read(plan, aws) {
    const place = ruleOf(plan.resource);
    const { GroupId: group } = plan.before;
    if (!place || typeof group !== 'string')
      throw new Error(`the plan is about no rule: ${plan.resource}`);
    const rules = await readGroup(place, group, aws);
    if (!wasSeen(rules)) return rules;
    return { seen: { GroupId: group, Rule: ruleNow(plan, place.id, rules.seen) } };
  },

  asCode: ({ before }) => [
    {
      tool: 'terraform',
      text: `# Remove the aws_vpc_security_group_ingress_rule of ${String(before.GroupId)}.`,
    },
    {
      tool: 'cloudformation',
      text: `# Remove the AWS::EC2::SecurityGroupIngress of ${String(before.GroupId)}.`,
    },
  ],
};

/** The rule of this id; null where there is none. */
function readRule(
  { id, ...where }: Where & { id: string },
  aws: Aws,
): Promise<Reading<FoundRule | null>> {
  return reading(`ec2:DescribeSecurityGroupRules in ${where.account}`, () =>
    orNone('InvalidSecurityGroupRuleId.NotFound', null, async () => {
      const { SecurityGroupRules = [] } = await aws
        .ec2(where)
        .send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] }));
      const [found] = SecurityGroupRules;
      if (!found) throw new Error(`EC2 answered without the rule ${id}`);
      return foundRule(found);
    }),
  );
}

function readGroup(where: Where, group: string, aws: Aws): Promise<Reading<FoundRule[]>> {
  const { account, region } = where;
  return reading(`ec2:DescribeSecurityGroupRules in ${account}`, async () => {
    const rules: FoundRule[] = [];
    const pages = paginateDescribeSecurityGroupRules(
      { client: aws.ec2({ account, region }) },
      { Filters: [{ Name: 'group-id', Values: [group] }] },
    );
    for await (const { SecurityGroupRules = [] } of pages)
      rules.push(...SecurityGroupRules.map(foundRule));
    return rules;
  });
}

function foundRule(found: SecurityGroupRule): FoundRule {
  const { SecurityGroupRuleId: id, GroupId: group, IpProtocol, CidrIpv4, CidrIpv6 } = found;
  if (!id || !group || !IpProtocol) throw new Error('EC2 answered a rule without its id or group');
  const { PrefixListId, Description, ReferencedGroupInfo: other } = found;
  const rule: IngressRule = {
    IpProtocol,
    FromPort: found.FromPort ?? -1,
    ToPort: found.ToPort ?? -1,
    ...(CidrIpv4 && { CidrIpv4 }),
    ...(CidrIpv6 && { CidrIpv6 }),
    ...(PrefixListId && { PrefixListId }),
    ...(other?.GroupId && {
      ReferencedGroup: { GroupId: other.GroupId, ...(other.UserId && { UserId: other.UserId }) },
    }),
    ...(Description && { Description }),
  };
  return { id, group, egress: found.IsEgress === true, rule };
}
