import type { Json } from '../json.ts';
import { ENCRYPTED, type Property, PUBLIC_FLAGS } from './config-state.ts';

/**
 * Which resources of one type may be what was asked, as far as Config's SQL can say it; what it cannot
 * (lists, documents) is judged from the whole items. `condition` is fixed text of ours, never of others.
 */
export type Candidates = {
  type: string;
  condition: string | null;
  /** Columns beside the names, and what they must say for the item to be worth reading. */
  columns: string[];
  mayBe(row: { [name: string]: Json }): boolean;
};

const ANY = { columns: [], mayBe: () => true };

/** The types that are asked for a property; none where nobody knows how Config would say it. */
export function candidatesFor(property: Property, types: string[]): Candidates[] {
  const known = CANDIDATES[property] ?? [];
  if (types.length === 0) return known.filter(({ asked }) => asked !== 'by-name');
  return types.flatMap((type) => known.find((one) => one.type === type) ?? []);
}

type Known = Candidates & { asked?: 'by-name' };

const BLOCK = 'supplementaryConfiguration.PublicAccessBlockConfiguration';
const VERSIONS = 'supplementaryConfiguration.BucketVersioningConfiguration.status';
const WORLD_OPEN =
  "(configuration.ipPermissions.ipRanges = '0.0.0.0/0' OR configuration.ipPermissions.ipv4Ranges.cidrIp = '0.0.0.0/0' OR configuration.ipPermissions.ipv6Ranges.cidrIpv6 = '::/0')";

const CANDIDATES: Partial<Record<Property, Known[]>> = {
  public: [
    {
      type: 'AWS::S3::Bucket',
      condition: null,
      columns: [`${BLOCK}.ignorePublicAcls`, `${BLOCK}.restrictPublicBuckets`],
      // What both blocks cover is not public, whatever its policy says.
      mayBe: (row) =>
        valueIn(row, `${BLOCK}.ignorePublicAcls`) !== true ||
        valueIn(row, `${BLOCK}.restrictPublicBuckets`) !== true,
    },
    ...Object.entries(PUBLIC_FLAGS).map(
      ([type, flag]): Known => ({
        type,
        condition: flag === 'publiclyAccessible' ? `configuration.${flag} = true` : null,
        ...ANY,
        // Servers and balancers are there to be reached: only who asks for them means them.
        ...(flag !== 'publiclyAccessible' && { asked: 'by-name' as const }),
      }),
    ),
  ],
  'open-to-world': [{ type: 'AWS::EC2::SecurityGroup', condition: WORLD_OPEN, ...ANY }],
  unencrypted: [
    ...Object.entries(ENCRYPTED).map(
      ([type, member]): Known => ({
        type,
        condition: `configuration.${member} = false`,
        ...ANY,
      }),
    ),
    { type: 'AWS::S3::Bucket', condition: null, ...ANY, asked: 'by-name' },
  ],
  versioning: [
    {
      type: 'AWS::S3::Bucket',
      condition: null,
      columns: [VERSIONS],
      mayBe: (row) => valueIn(row, VERSIONS) !== 'Enabled',
    },
  ],
};

function valueIn(row: { [name: string]: Json }, path: string): Json | undefined {
  let here: Json | undefined = row;
  for (const word of path.split('.')) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return undefined;
    here = here[word];
  }
  return here;
}
