import type { Json, JsonObject } from '../json.ts';
import { isEverybody } from './address.ts';
import type { CloudTrailEvent } from './event.ts';
import { leavesIn } from './leaves.ts';
import { isObject, member, text, withoutVersion } from './parse-event.ts';

/** Ports `from` to `to` for one range of addresses; '' where the rule names a group or a prefix list. */
export type Opening = { from: number; to: number; cidr: string };

/** Is the port (null: any) open for this range (null: any; a range of everybody: any such)? */
export function isAt(
  wanted: { port: number | null; cidr: string | null },
  { from, to, cidr }: Opening,
): boolean {
  const port = wanted.port === null || (from <= wanted.port && wanted.port <= to);
  const { cidr: range } = wanted;
  return port && (range === null || range === cidr || (isEverybody(range) && isEverybody(cidr)));
}

/**
 * What a security-group call let in, or out where that was asked for. The rule stands in
 * `ipPermissions.items[]`, flat in the request, or in `ModifySecurityGroupRulesRequest`; protocol -1
 * means every port.
 */
export function openings(event: CloudTrailEvent, way: 'in' | 'out' = 'in'): Opening[] {
  const name = withoutVersion(event.eventName);
  const opens = way === 'in' ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress';
  if (name !== opens && name !== 'ModifySecurityGroupRules') return [];
  return rulesIn(member(event.record.requestParameters));
}

/**
 * What a security-group call shut. A call that names only the ids of rules tells their ports in its
 * answer (`revokedSecurityGroupRuleSet`), where AWS wrote one.
 */
export function closings(event: CloudTrailEvent): Opening[] {
  if (!isRevoking(event)) return [];
  const { requestParameters, responseElements } = event.record;
  return [...rulesIn(member(requestParameters)), ...rulesIn(member(responseElements))];
}

export function isRevoking(event: CloudTrailEvent): boolean {
  return /^RevokeSecurityGroup(?:Ingress|Egress)$/.test(withoutVersion(event.eventName));
}

function rulesIn(root: JsonObject | null): Opening[] {
  if (!root) return [];
  return objectsIn(root)
    .filter((rule) => ['ipProtocol', 'IpProtocol', 'fromPort'].some((key) => key in rule))
    .flatMap((rule) => {
      const protocol = text(rule.ipProtocol ?? rule.IpProtocol)?.toLowerCase() ?? '';
      const from = Number(text(rule.fromPort ?? rule.FromPort) ?? Number.NaN);
      const to = Number(text(rule.toPort ?? rule.ToPort) ?? from);
      // A flat rule may stand beside an empty list of nested ones, which are rules of their own.
      const own = Object.fromEntries(
        Object.entries(rule).filter(([key]) => !/^ipPermissions$/i.test(key)),
      );
      const ranges = leavesIn(own, '')
        .filter(({ path }) => /\.(cidrIp|cidrIpv4|cidrIpv6|CidrIpv4|CidrIpv6)$/.test(path))
        .map(({ value }) => value);
      // A rule may let in another group, or a prefix list, and hold no range at all.
      return (ranges.length > 0 ? ranges : ['']).map((cidr) => ({
        ...portsOf(protocol, from, to),
        cidr,
      }));
    });
}

function portsOf(protocol: string, from: number, to: number): { from: number; to: number } {
  // The numbers of ICMP are types of messages, and no ports.
  if (/^(icmp|icmpv6|1|58)$/.test(protocol)) return { from: -1, to: -1 };
  if (protocol === '-1' || protocol === 'all' || Number.isNaN(from)) return { from: 0, to: 65_535 };
  return { from, to };
}

function objectsIn(root: JsonObject): JsonObject[] {
  const objects: JsonObject[] = [];
  let level: Json[] = [root];
  for (let depth = 0; level.length > 0 && depth < 16; depth += 1) {
    for (const node of level) if (isObject(node)) objects.push(node);
    level = level.flatMap((node) =>
      typeof node === 'object' && node !== null ? Object.values(node) : [],
    );
  }
  return objects;
}
