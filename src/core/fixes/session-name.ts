import { hashOf } from '../hash.ts';
import type { Member } from './fix.ts';

/**
 * How the session is called under which a plan is applied: by its hash, its requester and its claim, so
 * that CloudTrail says of every call of ours which approval it belongs to. 64 characters at most; no
 * e-mail address, since the name is seen in other accounts.
 */
export function sessionNameOf(claim: {
  planHash: string;
  requestedBy: Pick<Member, 'slackId'>;
  fence: number;
}): string {
  const { planHash, requestedBy, fence } = claim;
  return `tw-${planHash.slice(0, 8)}-${hashOf(requestedBy.slackId).slice(0, 8)}-${fence}`;
}
