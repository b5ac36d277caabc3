import { hashOf } from '../../hash.ts';
import type { Json } from '../../json.ts';
import type { Bilingual } from '../../reader.ts';
import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import { precondition } from '../trails/own-trail.ts';

/** What a rule lets in, without its id, which EC2 gives anew to whoever opens the door again. */
export type IngressRule = {
  IpProtocol: string;
  FromPort: number;
  ToPort: number;
  /** One of the four says from where. */
  CidrIpv4?: string;
  CidrIpv6?: string;
  PrefixListId?: string;
  ReferencedGroup?: { GroupId: string; UserId?: string };
  Description?: string;
};

/** A rule as EC2 tells it, with the group that it stands in. */
export type FoundRule = { id: string; group: string; egress: boolean; rule: IngressRule };

/** The ARN of a rule taken apart; undefined for anything else, an id alone included: it names no account. */
export function ruleOf(
  subject: string,
): { account: string; region: string; id: string } | undefined {
  const [, region, account, id] =
    /^arn:[\w-]+:ec2:([a-z0-9-]+):(\d{12}):security-group-rule\/(sgr-[0-9a-f]{8,17})$/.exec(
      subject,
    ) ?? [];
  return region && account && id ? { account, region, id } : undefined;
}

/**
 * `RevokeSecurityGroupIngress` of exactly one rule by its id (reference: fixes 6.3, "Security group opened",
 * class B). Its way back opens the same door again, as it was described.
 */
export function planClose(
  { id: finding, subject }: Pick<FixTarget, 'id' | 'subject'>,
  found: FoundRule | null,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const place = ruleOf(subject);
  if (!place) return NO_RULE;
  if (!found) return 'already-sound';
  if (found.egress) return EGRESS;
  const { group, rule } = found;
  const before = { GroupId: group, Rule: rule };
  return {
    plan: {
      fix: 'close-security-group',
      family: 'network',
      direction: 'forward',
      finding,
      account: place.account,
      region: place.region,
      resource: subject,
      calls: [
        {
          api: 'ec2:RevokeSecurityGroupIngress',
          parameters: { GroupId: group, SecurityGroupRuleIds: [place.id] },
        },
      ],
      before,
      after: { GroupId: group, Rule: null },
      wayBack: [
        {
          api: 'ec2:AuthorizeSecurityGroupIngress',
          parameters: { GroupId: group, IpPermissions: [permissionOf(rule)] },
        },
      ],
      riskClass: 'B',
      blast: {
        accounts: [place.account],
        feels: {
          en: `${group} lets nobody in from ${peerOf(rule)} on ${portsOf(rule).en} any more.`,
          ko: `${group}이(가) 더 이상 ${peerOf(rule)}에서 ${portsOf(rule).ko}(으)로 들어오는 접속을 허용하지 않습니다.`,
        },
        keeps: [
          {
            en: 'Other rules of the group stay; another one may let the same traffic in.',
            ko: '그룹의 다른 규칙은 그대로이며, 같은 트래픽을 허용하는 규칙이 더 있을 수 있습니다.',
          },
          {
            en: 'Connections that are open already may go on until they end.',
            ko: '이미 열려 있는 연결은 끝날 때까지 유지될 수 있습니다.',
          },
          {
            en: 'Taking it back makes a rule like it, with a new id and without tags.',
            ko: '되돌리면 같은 내용의 규칙이 새 ID로, 태그 없이 만들어집니다.',
          },
        ],
      },
    },
  };
}

/**
 * The rule that a plan is about, among those of its group: by its id, whatever it says by now; else one that
 * lets in the same, as it is found again after a way back. Null: the door is closed.
 */
export function ruleNow(
  plan: Pick<FixPlan, 'before' | 'after'>,
  id: string,
  rules: FoundRule[],
): IngressRule | null {
  const same = rules.find((one) => one.id === id);
  if (same) return same.rule;
  const meant: Json = plan.before.Rule ?? plan.after.Rule ?? null;
  const alike = rules.find(({ egress, rule }) => !egress && hashOf(rule) === hashOf(meant));
  return alike?.rule ?? null;
}

/** The rule as `AuthorizeSecurityGroupIngress` takes it. */
export function permissionOf(rule: IngressRule): { [name: string]: Json } {
  const { IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroup } = rule;
  const said = rule.Description === undefined ? {} : { Description: rule.Description };
  return {
    IpProtocol,
    FromPort,
    ToPort,
    ...(CidrIpv4 !== undefined && { IpRanges: [{ CidrIp: CidrIpv4, ...said }] }),
    ...(CidrIpv6 !== undefined && { Ipv6Ranges: [{ CidrIpv6, ...said }] }),
    ...(PrefixListId !== undefined && { PrefixListIds: [{ PrefixListId, ...said }] }),
    ...(ReferencedGroup !== undefined && { UserIdGroupPairs: [{ ...ReferencedGroup, ...said }] }),
  };
}

function peerOf({ CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroup }: IngressRule): string {
  return CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroup?.GroupId ?? 'anywhere';
}

function portsOf({ IpProtocol, FromPort, ToPort }: IngressRule): Bilingual {
  if (IpProtocol === '-1') return { en: 'all protocols', ko: '모든 프로토콜' };
  const ports = FromPort === ToPort ? `${FromPort}` : `${FromPort}-${ToPort}`;
  const said = FromPort === -1 ? IpProtocol : `${IpProtocol} ${ports}`;
  return { en: said, ko: said };
}

const NO_RULE = precondition(
  {
    en: 'That is no ARN of a rule of a security group, which says in which account and region it stands.',
    ko: '보안 그룹 규칙의 ARN이 아닙니다. ARN이어야 어느 계정과 리전인지 알 수 있습니다.',
  },
  {
    en: 'Name it as arn:aws:ec2:REGION:ACCOUNT:security-group-rule/sgr-…; the console and DescribeSecurityGroupRules show it.',
    ko: 'arn:aws:ec2:REGION:ACCOUNT:security-group-rule/sgr-… 형식으로 적으세요. 콘솔과 DescribeSecurityGroupRules에서 볼 수 있습니다.',
  },
);

const EGRESS = precondition(
  {
    en: 'The rule lets traffic out, not in.',
    ko: '이 규칙은 들어오는 것이 아니라 나가는 트래픽을 허용합니다.',
  },
  {
    en: 'This fix closes what is open to the inside only.',
    ko: '이 수정은 안으로 열린 규칙만 닫습니다.',
  },
);
