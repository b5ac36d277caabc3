import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';

/** The numbers of days that CloudWatch Logs takes (API reference of PutRetentionPolicy). */
const DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** The least that CloudWatch Logs takes and that is enough; null: only for ever is. */
export function daysFor(wanted: number): number | null {
  return DAYS.find((days) => days >= wanted) ?? null;
}

/** A log group taken apart: where it is and how it is called; undefined for anything else. */
export function logGroupOf(
  arn: string,
): { account: string; region: string; name: string } | undefined {
  const [, region, account, name] =
    /^arn:[\w-]+:logs:([a-z0-9-]+):(\d{12}):log-group:([^:*]+)(?::\*)?$/.exec(arn) ?? [];
  return region && account && name ? { account, region, name } : undefined;
}

/** Events kept for at least as long as the organization asks for; `wanted` in days. Class B, because storage costs. */
export function planRetention(
  { id, subject, covers }: Pick<FixTarget, 'id' | 'subject' | 'covers'>,
  state: State,
  wanted: number,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const group = logGroupOf(subject);
  if (!group) throw new Error(`planning the retention of what is no log group: ${subject}`);
  const { retentionInDays: before } = state;
  if (typeof before !== 'number' || before >= wanted) return 'already-sound';
  const days = daysFor(wanted);
  const keep = (retentionInDays: number) => ({
    api: 'logs:PutRetentionPolicy',
    parameters: { logGroupName: group.name, retentionInDays },
  });
  return {
    plan: {
      fix: 'set-log-retention',
      family: 'logs',
      direction: 'forward',
      finding: id,
      account: group.account,
      region: group.region,
      resource: subject,
      calls: [
        days
          ? keep(days)
          : { api: 'logs:DeleteRetentionPolicy', parameters: { logGroupName: group.name } },
      ],
      before: state,
      after: { ...state, retentionInDays: days },
      wayBack: [keep(before)],
      riskClass: 'B',
      blast: {
        accounts: covers.length > 0 ? [...covers].sort() : [group.account],
        feels: {
          en: `Events stay in the log group for ${days ?? 'all'} days instead of ${before}.`,
          ko: `이벤트가 로그 그룹에 ${before}일이 아니라 ${days === null ? '무기한' : `${days}일 동안`} 보관됩니다.`,
        },
        keeps: [
          {
            en: 'Events that are gone already do not return.',
            ko: '이미 삭제된 이벤트는 돌아오지 않습니다.',
          },
          {
            en: 'Taking it back deletes what is older than before: CloudWatch Logs does so within days.',
            ko: '되돌리면 이전 기간보다 오래된 이벤트가 며칠 안에 삭제됩니다.',
          },
        ],
      },
      cost: {
        monthly: null,
        unitPrice: '$0.03 per GB and month that is kept longer',
        ko: '더 오래 보관하는 GB당 월 $0.03',
        assumptions: [
          {
            en: 'The price of us-east-1; how much arrives is not known.',
            ko: 'us-east-1 가격이며, 얼마나 도착하는지는 알 수 없습니다.',
          },
        ],
      },
    },
  };
}
