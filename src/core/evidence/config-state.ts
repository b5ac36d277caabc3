import { z } from 'zod';
import { isObject, type Json } from '../json.ts';
import { PolicyDocument } from '../posture/guards/policy-document.ts';
import { harmless } from '../prose.ts';
import type { Plan } from '../questions/plan.ts';
import type { ConfigState } from './answer.ts';
import { type ConfigItem, calledItem } from './config-item.ts';
import { readJson } from './parse-event.ts';
import { isPublicPolicy } from './public-policy.ts';

export type Property = NonNullable<Plan['state']>['property'];

/** The blocks of public access that whole accounts have, as Config keeps them: by account. */
export type AccountBlocks = ReadonlyMap<string, Block>;
export type Block = { ignorePublicAcls: boolean; restrictPublicBuckets: boolean };

/**
 * What one configuration item says of what was asked; null where its kind of resource cannot be that.
 * `wrong` is what a person would call wrong: public, open, unencrypted, without versions.
 */
export function stateOf(
  property: Property,
  item: ConfigItem,
  blocks: AccountBlocks,
): ConfigState | null {
  const says = sayings[property]?.(item, blocks) ?? null;
  return says && told(item, says);
}

/** `saysKo` where the words are ours and not Config's. */
type Said = Pick<ConfigState, 'says' | 'saysKo' | 'wrong' | 'unread'>;

export function told(item: ConfigItem, says: Said): ConfigState {
  const { resourceType, account, region, at } = item;
  return { resourceType, resource: calledItem(item), account, region, ...says, at: at || null };
}

type Saying = (item: ConfigItem, blocks: AccountBlocks) => Said | null;

const sayings: Partial<Record<Property, Saying>> = {
  public: (item, blocks) =>
    item.resourceType === 'AWS::S3::Bucket' ? publicBucket(item, blocks) : publicThing(item),
  'open-to-world': openToWorld,
  unencrypted,
  versioning,
  configuration: (item) => summaryOf(item.content.configuration),
};

const Flags = z.object({
  ignorePublicAcls: z.boolean().default(false),
  restrictPublicBuckets: z.boolean().default(false),
});
const Acl = z.object({
  grantList: z
    .array(z.object({ grantee: z.unknown(), permission: z.unknown() }))
    .nullish()
    .transform((list) => list ?? []),
});

/** By its policy or its ACL, unless a block of the bucket or of its account takes that back. */
function publicBucket(item: ConfigItem, blocks: AccountBlocks): Said {
  const { supplementaryConfiguration: more } = item.content;
  const own = Flags.safeParse(more.PublicAccessBlockConfiguration ?? {});
  const blocked = (by: keyof Block) =>
    (own.success && own.data[by]) || blocks.get(item.account)?.[by] === true;
  const policy = blocked('restrictPublicBuckets') ? false : hasPublicPolicy(more.BucketPolicy);
  const strangers = blocked('ignorePublicAcls') ? [] : strangersIn(more.AccessControlList);
  const through = [
    ...(policy === true ? [{ en: 'its policy', ko: '버킷 정책' }] : []),
    ...(strangers ?? []),
  ];
  if (through.length > 0)
    return {
      says: `public through ${through.map(({ en }) => en).join(' and ')}`,
      saysKo: `공개됨: ${through.map(({ ko }) => ko).join(', ')}`,
      wrong: true,
    };
  return policy === null || strangers === null
    ? {
        says: 'its policy or ACL could not be read',
        saysKo: '버킷 정책이나 ACL을 읽을 수 없음',
        wrong: false,
        unread: true,
      }
    : { says: 'not public', saysKo: '공개되지 않음', wrong: false };
}

/** null where Config keeps a policy that cannot be read. */
function hasPublicPolicy(kept: Json | undefined): boolean | null {
  const text = isObject(kept) ? kept.policyText : kept;
  if (text === null || text === undefined) return false;
  const document = PolicyDocument.safeParse(typeof text === 'string' ? readJson(text) : text);
  return document.success ? isPublicPolicy(document.data) : null;
}

/** The groups of strangers that an ACL lets in, as Config names them; null where it cannot be read. */
function strangersIn(kept: Json | undefined): { en: string; ko: string }[] | null {
  if (kept === null || kept === undefined) return [];
  const acl = Acl.safeParse(typeof kept === 'string' ? readJson(kept) : kept);
  if (!acl.success) return null;
  const names = acl.data.grantList.map(({ grantee }) => JSON.stringify(grantee) ?? '');
  return [
    ...(names.some((name) => /AllUsers/.test(name))
      ? [{ en: 'its ACL (everybody)', ko: 'ACL (모든 사람)' }]
      : []),
    ...(names.some((name) => /AuthenticatedUsers/.test(name))
      ? [{ en: 'its ACL (everybody with an AWS account)', ko: 'ACL (AWS 계정이 있는 모든 사람)' }]
      : []),
  ];
}

/** What is public by one flag of its own. */
function publicThing({ resourceType, content }: ConfigItem): Said | null {
  const { configuration } = content;
  if (!isObject(configuration)) return null;
  const flag = PUBLIC_FLAGS[resourceType];
  if (!flag) return null;
  const value = configuration[flag];
  if (typeof value === 'boolean') return { says: `${flag} ${value}`, wrong: value };
  if (flag === 'scheme')
    return { says: `scheme ${String(value)}`, wrong: value === 'internet-facing' };
  if (value) return { says: `${flag} ${String(value)}`, wrong: true };
  return { says: `no ${flag}`, saysKo: `${flag} 없음`, wrong: false };
}

export const PUBLIC_FLAGS: Record<string, string> = {
  'AWS::RDS::DBInstance': 'publiclyAccessible',
  'AWS::Redshift::Cluster': 'publiclyAccessible',
  'AWS::EC2::Instance': 'publicIpAddress',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'scheme',
  'AWS::ElasticLoadBalancing::LoadBalancer': 'scheme',
};

const Permission = z.object({
  fromPort: z.number().nullish(),
  toPort: z.number().nullish(),
  ipProtocol: z.string().nullish(),
  ipRanges: z.array(z.unknown()).nullish(),
  ipv4Ranges: z.array(z.object({ cidrIp: z.string() })).nullish(),
  ipv6Ranges: z.array(z.object({ cidrIpv6: z.string() })).nullish(),
});

const WORLD = new Set(['0.0.0.0/0', '::/0']);

/** Rule by rule: which ports the whole world may come to. */
function openToWorld({ resourceType, content }: ConfigItem): Said | null {
  if (resourceType !== 'AWS::EC2::SecurityGroup') return null;
  const { configuration } = content;
  const rules = z
    .array(Permission)
    .safeParse(isObject(configuration) ? configuration.ipPermissions : null);
  if (!rules.success)
    return {
      says: 'its rules could not be read',
      saysKo: '규칙을 읽을 수 없음',
      wrong: false,
      unread: true,
    };
  const open = rules.data.filter(({ ipRanges, ipv4Ranges, ipv6Ranges }) =>
    [
      ...(ipRanges ?? []).map((range) => (isObject(range) ? range.cidrIp : range)),
      ...(ipv4Ranges ?? []).map(({ cidrIp }) => cidrIp),
      ...(ipv6Ranges ?? []).map(({ cidrIpv6 }) => cidrIpv6),
    ].some((range) => typeof range === 'string' && WORLD.has(range)),
  );
  return open.length > 0
    ? {
        says: `open to the world: ${distinct(open.map((one) => portsOf(one, false)))}`,
        saysKo: `전 세계에 열림: ${distinct(open.map((one) => portsOf(one, true)))}`,
        wrong: true,
      }
    : { says: 'not open to the world', saysKo: '전 세계에 열려 있지 않음', wrong: false };
}

function distinct(words: string[]): string {
  return [...new Set(words)].join(', ');
}

function portsOf(
  { fromPort, toPort, ipProtocol }: z.infer<typeof Permission>,
  ko: boolean,
): string {
  if (ipProtocol === '-1') return ko ? '모든 포트와 프로토콜' : 'every port and protocol';
  const ports = fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
  const every = ko ? '모든 포트' : 'every port';
  return `${ipProtocol ?? '?'} ${fromPort === undefined || fromPort === null ? every : ports}`;
}

/** Where each type says whether it is encrypted. */
export const ENCRYPTED: Record<string, string> = {
  'AWS::EC2::Volume': 'encrypted',
  'AWS::RDS::DBInstance': 'storageEncrypted',
  'AWS::RDS::DBCluster': 'storageEncrypted',
  'AWS::RDS::DBSnapshot': 'encrypted',
  'AWS::RDS::DBClusterSnapshot': 'storageEncrypted',
  'AWS::EFS::FileSystem': 'Encrypted',
  'AWS::Redshift::Cluster': 'encrypted',
};

function unencrypted({ resourceType, content }: ConfigItem): Said | null {
  const { configuration, supplementaryConfiguration: more } = content;
  if (resourceType === 'AWS::S3::Bucket') {
    const kept = more.ServerSideEncryptionConfiguration;
    const algorithm = /"sseAlgorithm":"([^"]+)"/.exec(JSON.stringify(kept ?? null))?.[1];
    return algorithm
      ? {
          says: `encrypted by default (${algorithm})`,
          saysKo: `기본 암호화 (${algorithm})`,
          wrong: false,
        }
      : { says: 'no encryption by default', saysKo: '기본 암호화 없음', wrong: true };
  }
  const member = ENCRYPTED[resourceType];
  if (!member || !isObject(configuration)) return null;
  const value = configuration[member];
  if (typeof value !== 'boolean') return null;
  return value
    ? { says: 'encrypted', saysKo: '암호화됨', wrong: false }
    : { says: 'not encrypted', saysKo: '암호화되지 않음', wrong: true };
}

function versioning({ resourceType, content }: ConfigItem): Said | null {
  if (resourceType !== 'AWS::S3::Bucket') return null;
  const kept = content.supplementaryConfiguration.BucketVersioningConfiguration;
  const status = isObject(kept) ? kept.status : null;
  const said = status ?? 'Off';
  return { says: `versioning ${said}`, saysKo: `버전 관리 ${said}`, wrong: status !== 'Enabled' };
}

/** The plain members of a configuration, as many as one line holds. */
function summaryOf(configuration: Json): Said {
  if (!isObject(configuration))
    return {
      says: 'Config keeps no content of it',
      saysKo: 'Config에 내용이 없음',
      wrong: false,
    };
  const plain = Object.entries(configuration).flatMap(([name, value]) =>
    value === null || value === '' || typeof value === 'object' ? [] : [`${name} ${String(value)}`],
  );
  return { says: harmless(plain.slice(0, 12).join(' · '), 600), wrong: false };
}

/** Wrong ones first, whole accounts behind things that somebody can mend; then by account, region and name. */
export function byGravity(states: ConfigState[]): ConfigState[] {
  const whole = ({ resourceType }: ConfigState) => Number(resourceType === 'AWS::::Account');
  const key = ({ account, region, resource }: ConfigState) => `${account} ${region} ${resource}`;
  return states.toSorted(
    (a, b) =>
      Number(b.wrong) - Number(a.wrong) || whole(a) - whole(b) || key(a).localeCompare(key(b)),
  );
}
