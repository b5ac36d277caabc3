import { createHash } from 'node:crypto';
import { AwsFault, type Call, type World } from '../service.ts';
import type { BucketState } from '../world.ts';

/** Whom the ACL of a bucket lets in. */

type Grant = BucketState['grants'][number];

/** An account, by its canonical user, or one of AWS's own groups. */
export function granteeOf(to: string) {
  if (/^\d{12}$/.test(to)) return { ID: canonicalUser(to), Type: 'CanonicalUser' };
  const group = to === 'LogDelivery' ? 's3/LogDelivery' : `global/${to}`;
  return { URI: `http://acs.amazonaws.com/groups/${group}`, Type: 'Group' };
}

/** An account's canonical user id: 64 hexadecimal digits that say nothing. */
export function canonicalUser(account: string): string {
  return createHash('sha256').update(`canonical user ${account}`).digest('hex');
}

/**
 * The grants of a new ACL beyond its owner's. Public ones are refused where the bucket blocks them.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html
 */
export function grantsIn(bucket: BucketState, { input }: Call, world: World): Grant[] {
  const { Owner, Grants = [] } = input.AccessControlPolicy ?? {};
  if (Owner?.ID !== canonicalUser(bucket.account)) {
    throw new AwsFault('AccessDenied', 'The owner of a bucket cannot be changed by its ACL', 403);
  }
  const granted: { to: string; permission: Grant['permission'] }[] = Grants.map(
    ({ Grantee, Permission }: { Grantee?: Grantee; Permission: Grant['permission'] }) => ({
      to: nameOf(Grantee, world),
      permission: Permission,
    }),
  );
  const { publicAccessBlock: block } = bucket;
  const blocked = block === true || (block !== false && block.blockPublicAcls);
  if (blocked && granted.some(({ to }) => to === 'AllUsers' || to === 'AuthenticatedUsers')) {
    throw new AwsFault('AccessDenied', 'Access Denied', 403);
  }
  return granted.filter(
    ({ to, permission }) => to !== bucket.account || permission !== 'FULL_CONTROL',
  );
}

type Grantee = { ID?: string; URI?: string };

function nameOf({ ID, URI }: Grantee = {}, world: World): string {
  const group = URI?.split('/').at(-1);
  if (group && ['AllUsers', 'AuthenticatedUsers', 'LogDelivery'].includes(group)) return group;
  const account = [...world.accounts.keys()].find((id) => canonicalUser(id) === ID);
  if (account) return account;
  throw new AwsFault('InvalidArgument', 'Invalid id', 400);
}
