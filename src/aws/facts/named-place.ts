import type { Organization, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';

/**
 * What ARNs name is read in the account of the ARN, but only if that is an account of the organization, or
 * nobody could list them. A stranger's role that lets us in proves nothing.
 */
export type Membership = { isMember(account: string): Promise<boolean> };
export type Around = Ground & Membership;

/** The accounts of an organization that was listed. */
export function membersOf({ accounts, self }: Pick<Organization, 'accounts' | 'self'>): Membership {
  const all = wasSeen(accounts) ? new Set([self, ...accounts.seen.map(({ id }) => id)]) : null;
  return { isMember: async (account) => !all || all.has(account) };
}

/** The same while the accounts are still being listed: who was heard belongs to it, others wait for the end. */
export function membersHeard(ended: Promise<Membership>) {
  const heard = new Set<string>();
  const waiting = new Map<string, (() => void)[]>();
  return {
    heard(account: string): void {
      heard.add(account);
      for (const go of waiting.get(account) ?? []) go();
      waiting.delete(account);
    },
    async isMember(account: string): Promise<boolean> {
      if (heard.has(account)) return true;
      const listed = new Promise<true>((resolve) => {
        waiting.set(account, [...(waiting.get(account) ?? []), () => resolve(true)]);
      });
      return Promise.race([listed, ended.then((all) => all.isMember(account))]);
    },
  };
}

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
  if (await around.isMember(account)) return witnessed(around, api, where, read);
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
