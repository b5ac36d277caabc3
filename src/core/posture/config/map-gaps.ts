import { wasSeen } from '../../reading.ts';
import type { MappedResource } from '../facts.ts';
import type { Known } from '../known.ts';
import { nameIn } from './config-place.ts';

/** How many resources a sentence names. */
const NAMED = 5;

/**
 * Where the aggregator's map differs from what was read live, in a few words: what lives and it does not
 * know, and the trails that it knows and that are gone. The live reading counts; 'none' where they agree,
 * 'unknown' where the map could not be read.
 */
export function mapGaps(facts: Known): string {
  if (!facts.mapped) return 'unknown';
  if (!wasSeen(facts.mapped)) return 'unknown';
  const known = new Set(facts.mapped.seen.map(keyOf));
  const missing = liveResources(facts).filter((one) => !known.has(keyOf(one)));
  const gone = facts.mapped.seen.filter((one) => isGone(one, facts));
  const said = [
    ...missing.slice(0, NAMED).map(({ arn }) => `− ${nameIn(arn)}`),
    ...gone.slice(0, NAMED).map(({ arn }) => `+ ${nameIn(arn)}`),
  ];
  const more = missing.length + gone.length - said.length;
  return said.length === 0 ? 'none' : `${said.join(', ')}${more > 0 ? ` + ${more}` : ''}`;
}

type Resource = Pick<MappedResource, 'type' | 'arn'>;

function liveResources({ trails, buckets, keys, organization }: Known): Resource[] {
  return [
    ...trails
      .filter(({ settings }) => wasSeen(settings))
      .map(({ arn }): Resource => ({ type: 'AWS::CloudTrail::Trail', arn })),
    ...buckets
      .filter(({ place }) => wasSeen(place))
      .map(
        ({ name }): Resource => ({
          type: 'AWS::S3::Bucket',
          arn: `arn:${organization.partition}:s3:::${name}`,
        }),
      ),
    ...keys
      .filter(({ description }) => wasSeen(description))
      .map(({ arn }): Resource => ({ type: 'AWS::KMS::Key', arn })),
  ];
}

/** Only where the owner showed all its trails is one that is not among them gone. */
function isGone({ type, arn, account }: MappedResource, facts: Known): boolean {
  if (type !== 'AWS::CloudTrail::Trail' || facts.trailBy.has(arn)) return false;
  const owner = facts.accountBy.get(account);
  return owner !== undefined && wasSeen(owner.trails);
}

function keyOf({ type, arn }: Resource): string {
  return `${type} ${type === 'AWS::CloudTrail::Trail' ? arn : nameIn(arn)}`;
}
