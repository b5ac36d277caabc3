import { concurrently } from '../../core/concurrently.ts';
import type { Gap } from '../../core/evidence/source.ts';
import type { Organization, PostureFacts } from '../../core/posture/facts.ts';
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
      ko: `다른 계정을 알 수 없습니다: ${accounts.unseen.reason}`,
    });
  }
  const listed = wasSeen(accounts) ? accounts.seen : [{ id: self, state: 'ACTIVE' }];
  const found = await concurrently(LANES, listed, async ({ id, state }) => {
    if (state !== 'ACTIVE') return { id, unseen: closed(state) };
    const regions = await regionsOf(id);
    return wasSeen(regions)
      ? { id, regions: regions.seen }
      : { id, unseen: { reason: regions.unseen.reason } };
  });
  const places: Places = { accounts: [], gaps };
  for (const { id, regions, unseen } of found) {
    if (regions) places.accounts.push({ id, regions });
    else gaps.push({ account: id, region: '', ...unseen });
  }
  return places;
}

/** Where the things of a scan are: the accounts with the regions that it saw, and the homes of trails and buckets. */
export function placesIn({ accounts, trails, buckets }: PostureFacts): Places {
  const places = new Map<string, Set<string>>();
  const add = (account: string, regions: string[]) => {
    const known = places.get(account) ?? new Set();
    for (const region of regions) known.add(region);
    places.set(account, known);
  };
  for (const { id, regions } of accounts) if (wasSeen(regions)) add(id, regions.seen);
  for (const { owner, homeRegion } of trails) add(owner, [homeRegion]);
  for (const { place } of buckets) if (wasSeen(place)) add(place.seen.account, [place.seen.region]);
  return {
    accounts: [...places].map(([id, regions]) => ({ id, regions: [...regions] })),
    gaps: [],
  };
}

/** Organizations' word for the state, with ours around it. */
function closed(state: string): Pick<Gap, 'reason' | 'ko'> {
  const ko = STATES[state] ?? `활성 상태가 아닌 계정입니다 (${state})`;
  return { reason: `the account is ${state}`, ko };
}

const STATES: Record<string, string> = {
  SUSPENDED: '정지된 계정입니다',
  CLOSED: '폐쇄된 계정입니다',
  PENDING_CLOSURE: '폐쇄 중인 계정입니다',
  PENDING_ACTIVATION: '아직 활성화되지 않은 계정입니다',
};
