import { z } from 'zod';
import type { ConfigScope, ConfigSearched } from '../../core/evidence/config-edge.ts';
import type { Gap } from '../../core/evidence/source.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Aggregator } from '../facts/aggregator.ts';
import { type ConfigGround, selectEverywhere } from './config-ask.ts';

/** What of the scope Config can speak of: where a recorder runs, and the aggregator is not late. */
export async function searchedIn(
  ground: ConfigGround,
  scope: ConfigScope,
  source: string,
  known: Gap[],
): Promise<ConfigSearched> {
  const [places, aggregator] = await Promise.all([ground.places(), ground.aggregator()]);
  const best = wasSeen(aggregator) ? aggregator.seen : null;
  const wanted = (list: string[] | 'all', one: string) => list === 'all' || list.includes(one);
  const dark = places.gaps.filter(({ account }) => !account || wanted(scope.accounts, account));
  const all = places.accounts
    .filter(({ id }) => wanted(scope.accounts, id))
    .flatMap(({ id: account, regions }) =>
      regions
        .filter((region) => wanted(scope.regions, region))
        .map((region) => ({ account, region })),
    );
  const silent = await silentPlaces(ground, scope, all);
  const late = best ? latePlaces(best, scope) : [];
  // Of an account that we may not ask, the aggregator may know all the same.
  const unknown = dark.filter(({ account }) => !best || !silent.known.has(account));
  const gaps = [...known, ...silent.gaps, ...late, ...unknown];
  const accounts = new Set([
    ...all.map(({ account }) => account),
    ...dark.flatMap(({ account }) => account || []),
  ]);
  const troubled = new Set(gaps.flatMap(({ account }) => (account ? [account] : [])));
  const regions = new Set(all.map(({ region }) => region));
  return {
    source,
    accounts: {
      searched: [...accounts].filter((account) => !troubled.has(account)).length,
      of: accounts.size,
    },
    regions: { searched: regions.size, of: regions.size },
    gaps: merged(gaps, all),
  };
}

const RecorderRow = z.object({
  accountId: z.string(),
  awsRegion: z.string(),
  configurationItemCaptureTime: z.string().optional(),
  configuration: z
    .object({ Name: z.string().optional(), Recording: z.boolean().optional() })
    .optional(),
});

/** Places without a running recorder: Config knows nothing of them, or only how they once were. */
async function silentPlaces(
  ground: ConfigGround,
  scope: ConfigScope,
  all: { account: string; region: string }[],
): Promise<{ gaps: Gap[]; known: Set<string> }> {
  const read = await selectEverywhere(
    ground,
    {
      condition: "resourceType = 'AWS::Config::ConfigurationRecorder'",
      columns: ['configurationItemCaptureTime', 'configuration.Name', 'configuration.Recording'],
    },
    scope,
  );
  if (!wasSeen(read)) {
    const reason = `which recorders run: ${read.unseen.reason}`;
    return { gaps: [{ account: '', region: '', reason }], known: new Set() };
  }
  const recorders = new Map<string, { recording: boolean; at: string }>();
  for (const row of read.seen.rows) {
    const one = RecorderRow.safeParse(row);
    // A recorder of another service records only what that one needs.
    if (!one.success || one.data.configuration?.Name?.startsWith(LINKED)) continue;
    const { accountId, awsRegion, configuration, configurationItemCaptureTime: at = '' } = one.data;
    recorders.set(`${accountId} ${awsRegion}`, {
      recording: configuration?.Recording === true,
      at,
    });
  }
  const gaps = all.flatMap(({ account, region }) => {
    const recorder = recorders.get(`${account} ${region}`);
    if (recorder?.recording) return [];
    return recorder
      ? [
          {
            account,
            region,
            reason: `the recorder of AWS Config is stopped since ${recorder.at}: what it knows is as of then`,
            ko: `AWS Config 레코더가 ${recorder.at}부터 멈춰 있어, 그때까지의 상태만 알 수 있습니다`,
          },
        ]
      : [
          {
            account,
            region,
            reason: 'AWS Config records nothing there',
            ko: 'AWS Config가 기록하지 않는 곳입니다',
          },
        ];
  });
  return { gaps, known: new Set([...recorders.keys()].map((place) => place.split(' ')[0] ?? '')) };
}

const LINKED = 'AWSConfigurationRecorderFor';

function latePlaces({ troubled }: Aggregator, scope: ConfigScope): Gap[] {
  if (!wasSeen(troubled))
    return [
      {
        account: '',
        region: '',
        reason: `whether the aggregator is late: ${troubled.unseen.reason}`,
      },
    ];
  return troubled.seen
    .filter(
      ({ account, region }) =>
        (scope.accounts === 'all' || scope.accounts.includes(account)) &&
        (scope.regions === 'all' || scope.regions.includes(region)),
    )
    .map(({ account, region, status, at }) => ({
      account,
      region,
      reason: at
        ? `the aggregator has its data as of ${at} (${status})`
        : `the aggregator never had its data (${status})`,
      ko: at
        ? `집계자의 데이터가 ${at} 기준입니다 (${status})`
        : `집계자가 데이터를 받은 적이 없습니다 (${status})`,
    }));
}

/** The same reason in every region of an account is told once. */
function merged(gaps: Gap[], all: { account: string; region: string }[]): Gap[] {
  const groups = Map.groupBy(gaps, ({ account, reason }) => JSON.stringify([account, reason]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const whole = all.filter(({ account }) => account === first?.account).length;
    return first && group.length > 1 && group.length >= whole ? [{ ...first, region: '' }] : group;
  });
}
