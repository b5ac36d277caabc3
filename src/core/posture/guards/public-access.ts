import { type Reading, wasSeen } from '../../reading.ts';
import type { BucketProtection } from '../facts.ts';

type Access = Pick<
  BucketProtection,
  'policyIsPublic' | 'publicAccessBlock' | 'aclGroups' | 'accountPublicAccessBlock'
>;

/**
 * The ways by which strangers reach a bucket: its policy, as S3 itself judges it, and the groups of its
 * ACL, each unless a block of public access takes it back: the bucket's own, or its account's. Either is
 * wrong by itself; what could not be seen leaves the rest open. A block of the account that could not be
 * seen leaves nothing open: the bucket is seen to be public by itself.
 */
export function publicThrough(protection: Access): Reading<string[]> {
  const { policyIsPublic, publicAccessBlock: block, aclGroups } = protection;
  const { accountPublicAccessBlock: account } = protection;
  const through: string[] = [];
  const open = [];
  const blocked = (by: 'restrictPublicBuckets' | 'ignorePublicAcls') =>
    (wasSeen(block) && block.seen[by]) || (account && wasSeen(account) && account.seen?.[by]);

  if (!blocked('restrictPublicBuckets')) {
    if (!wasSeen(policyIsPublic)) open.push(policyIsPublic.unseen);
    else if (policyIsPublic.seen && wasSeen(block)) through.push('policy');
    else if (policyIsPublic.seen && !wasSeen(block)) open.push(block.unseen);
  }
  if (!blocked('ignorePublicAcls')) {
    const groups = wasSeen(aclGroups) ? aclGroups.seen.filter((group) => group in STRANGERS) : [];
    if (!wasSeen(aclGroups)) open.push(aclGroups.unseen);
    else if (groups.length > 0 && !wasSeen(block)) open.push(block.unseen);
    else through.push(...groups.map((group) => STRANGERS[group] ?? group));
  }
  const [doubt] = open;
  return through.length === 0 && doubt ? { unseen: doubt } : { seen: through };
}

/** Whether a bucket is public but for what its account may block: only then that is worth a question. */
export function looksPublic(access: Omit<Access, 'accountPublicAccessBlock'>): boolean {
  const through = publicThrough({ ...access, accountPublicAccessBlock: null });
  return wasSeen(through) && through.seen.length > 0;
}

/** Everybody, and everybody with an AWS account of their own, which is everybody. */
const STRANGERS: { [group: string]: string } = {
  AllUsers: 'acl-all-users',
  AuthenticatedUsers: 'acl-authenticated-users',
};
