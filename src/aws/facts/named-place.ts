import type { Witnessed } from '../../core/posture/facts.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';

/**
 * What ARNs name is read in the account of the ARN, but only in these: the accounts of the organization,
 * or null where nobody could list them. A stranger's role that lets us in proves nothing.
 */
export type Around = Ground & { members: ReadonlySet<string> | null };

/** Where a resource of a trail is by its ARN; a name that is no ARN is of the trail's own place. */
export function placeIn(arn: string, otherwise: Where): Where {
  const [scheme, , , region = '', account = ''] = arn.split(':');
  const placed =
    scheme === 'arn' && /^[a-z]{2,}(-[a-z0-9]+)+$/.test(region) && /^\d{12}$/.test(account);
  return placed ? { account, region } : otherwise;
}

/** As `witnessed`, but nobody of another organization is asked. */
export async function witnessedAt<T>(
  around: Around,
  api: string,
  where: Where,
  read: () => Promise<T>,
): Promise<Witnessed<T>> {
  const { account } = where;
  if (!around.members || around.members.has(account)) return witnessed(around, api, where, read);
  return {
    unseen: {
      kind: 'denied',
      reason: `account ${account} does not belong to the organization and was not asked`,
      wouldNeed: `${api} by somebody of account ${account}`,
      ko: {
        reason: `계정 ${account}은(는) 이 조직에 속하지 않아 조회하지 않았습니다`,
        wouldNeed: `계정 ${account}에 속한 사람의 ${api} 권한`,
      },
    },
    by: { api, ...where, at: around.now().toISOString() },
  };
}
