import { concurrently } from '../../core/concurrently.ts';
import type { Gap } from '../../core/evidence/source.ts';
import type { Organization } from '../../core/posture/facts.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';

/** Where the organization can be asked: its accounts with their enabled regions, and what is unknown of them. */
export type Places = { accounts: { id: string; regions: string[] }[]; gaps: Gap[] };

/** Where global services write their events, wherever the caller was: one region in every partition. */
export const GLOBAL_REGIONS = ['us-east-1', 'us-gov-west-1', 'cn-north-1'];

/** Why an account that somebody named was not asked. */
export const NOT_OURS = {
  reason: 'no account of this organization that could be asked',
  ko: '이 조직에서 조회할 수 있는 계정이 아닙니다',
};

/** Accounts asked for their regions at a time. */
const LANES = 12;

/**
 * Where an organization can be searched: its active accounts with their enabled regions. What cannot be
 * asked is named: a suspended account, one whose role is missing, or accounts that nobody may list.
 */
export async function placesOf(
  { accounts, self }: Organization,
  regionsOf: (account: string) => Promise<Reading<string[]>>,
): Promise<Places> {
  const gaps: Gap[] = [];
  if (!wasSeen(accounts)) {
    gaps.push({
      account: '',
      region: '',
      reason: `the other accounts are not known: ${accounts.unseen.reason}`,
    });
  }
  const listed = wasSeen(accounts) ? accounts.seen : [{ id: self, state: 'ACTIVE' }];
  const found = await concurrently(LANES, listed, async ({ id, state }) => {
    if (state !== 'ACTIVE') return { id, unseen: `the account is ${state}` };
    const regions = await regionsOf(id);
    return wasSeen(regions) ? { id, regions: regions.seen } : { id, unseen: regions.unseen.reason };
  });
  const places: Places = { accounts: [], gaps };
  for (const { id, regions, unseen } of found) {
    if (regions) places.accounts.push({ id, regions });
    else gaps.push({ account: id, region: '', reason: unseen });
  }
  return places;
}
