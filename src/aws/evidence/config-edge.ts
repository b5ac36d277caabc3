import { z } from 'zod';
import type { Candidates } from '../../core/evidence/config-candidates.ts';
import type { ConfigEdge, ConfigScope } from '../../core/evidence/config-edge.ts';
import type { Block } from '../../core/evidence/config-state.ts';
import type { Gap } from '../../core/evidence/source.ts';
import type { Json } from '../../core/json.ts';
import { type Unseen, wasSeen } from '../../core/reading.ts';
import {
  type ConfigGround,
  literal,
  type NamedRow,
  selectEverywhere,
  wholeItems,
} from './config-ask.ts';
import { itemsBetween } from './config-history.ts';
import { locate } from './config-locate.ts';
import { searchedIn } from './config-searched.ts';
import { brokenRules, verdictsOn } from './config-verdicts.ts';

/** So many whole items are read for one question. */
const ITEMS = 2_000;

/** AWS Config over the aggregator of the organization, or place by place where there is none. */
export function configEdge(ground: ConfigGround): ConfigEdge {
  return {
    async items({ candidates, resources, ...scope }) {
      const named = resources.flatMap((one) => literal(one) ?? []);
      if (resources.length > 0 && named.length === 0) return { unseen: NO_NAME };
      const read = await Promise.all(
        candidates.map(async (candidate) => ({
          candidate,
          rows: await selectEverywhere(ground, selecting(candidate, named), scope),
        })),
      );
      const gaps: Gap[] = [];
      const rows: NamedRow[] = [];
      let source = '';
      for (const { candidate, rows: one } of read) {
        if (!wasSeen(one)) return { unseen: one.unseen };
        source = one.seen.source;
        gaps.push(...one.seen.gaps);
        rows.push(
          ...one.seen.rows.filter(
            (row) => named.length > 0 || candidate.mayBe(row as { [name: string]: Json }),
          ),
        );
      }
      if (rows.length > ITEMS) gaps.push(tooMany(rows.length));
      const whole = await wholeItems(ground, rows.slice(0, ITEMS));
      if (!wasSeen(whole)) return { unseen: whole.unseen };
      gaps.push(...whole.seen.missing.map(notHanded));
      const types = candidates.map(({ type }) => type);
      const blocks = types.includes('AWS::S3::Bucket')
        ? await accountBlocks(ground, scope)
        : new Map();
      const searched = await searchedIn(ground, scope, source, gaps);
      return { seen: { items: whole.seen.items, blocks, searched } };
    },

    async verdicts({ rule, resources, ...scope }) {
      if (resources.length === 0) {
        const broken = await brokenRules(ground, rule, scope);
        if (!wasSeen(broken)) return { unseen: broken.unseen };
        const { verdicts, gaps, source } = broken.seen;
        return { seen: { verdicts, searched: await searchedIn(ground, scope, source, gaps) } };
      }
      const gaps: Gap[] = [];
      const found = await Promise.all(
        resources.map(async (resource) => {
          const places = await locate(ground, resource);
          if (!wasSeen(places)) {
            gaps.push({ account: '', region: '', reason: places.unseen.reason });
            return [];
          }
          const read = await Promise.all(
            places.seen.map(async ({ account, region, resourceType: type, resourceId: id }) => {
              const answer = await verdictsOn(ground, { account, region }, { type, id });
              if (wasSeen(answer)) return answer.seen;
              gaps.push({ account, region, reason: answer.unseen.reason });
              return [];
            }),
          );
          return read.flat();
        }),
      );
      const verdicts = found.flat().filter((one) => !rule || one.rule === rule);
      return { seen: { verdicts, searched: await searchedIn(ground, scope, 'AWS Config', gaps) } };
    },

    async history({ account, region, type, ids }, between) {
      const read = await itemsBetween(ground, { account, region }, { type, ids }, between);
      return wasSeen(read) ? { seen: read.seen } : { unseen: read.unseen };
    },
  };
}

const NO_NAME: Unseen = {
  kind: 'failed',
  reason: 'that is no name that AWS would give a resource',
  ko: { reason: 'AWS 리소스 이름이 될 수 없는 값입니다' },
};

function selecting({ type, condition, columns }: Candidates, named: string[]) {
  const list = named.join(', ');
  const which =
    named.length > 0
      ? ` AND (resourceId IN (${list}) OR resourceName IN (${list}) OR arn IN (${list}))`
      : condition
        ? ` AND ${condition}`
        : '';
  return {
    condition: `resourceType = '${type}'${which}`,
    columns: named.length > 0 ? [] : columns,
  };
}

function tooMany(count: number): Gap {
  return {
    account: '',
    region: '',
    reason: `${count} resources may be such; only ${ITEMS} were looked at`,
    ko: `해당할 수 있는 리소스가 ${count}개인데 ${ITEMS}개만 확인했습니다`,
  };
}

function notHanded({ accountId: account, awsRegion: region, resourceId }: NamedRow): Gap {
  return {
    account,
    region,
    reason: `Config names ${resourceId} and does not hand its configuration over`,
    ko: `Config에 ${resourceId} 리소스가 있지만 구성을 내주지 않습니다`,
  };
}

const BlockRow = z.object({
  accountId: z.string(),
  configurationItemCaptureTime: z.string(),
  configuration: z
    .object({
      ignorePublicAcls: z.boolean().default(false),
      restrictPublicBuckets: z.boolean().default(false),
    })
    .default({ ignorePublicAcls: false, restrictPublicBuckets: false }),
});

/** The blocks of whole accounts; the newest of what several regions tell of one. A failure claims no block. */
async function accountBlocks(
  ground: ConfigGround,
  scope: ConfigScope,
): Promise<Map<string, Block>> {
  const read = await selectEverywhere(
    ground,
    {
      condition: "resourceType = 'AWS::S3::AccountPublicAccessBlock'",
      columns: [
        'configurationItemCaptureTime',
        'configuration.ignorePublicAcls',
        'configuration.restrictPublicBuckets',
      ],
    },
    { accounts: scope.accounts, regions: 'all' },
  );
  const newest = new Map<string, { at: string; block: Block }>();
  for (const row of wasSeen(read) ? read.seen.rows : []) {
    const one = BlockRow.safeParse(row);
    if (!one.success) continue;
    const { accountId, configuration: block, configurationItemCaptureTime: at } = one.data;
    if ((newest.get(accountId)?.at ?? '') <= at) newest.set(accountId, { at, block });
  }
  return new Map([...newest].map(([account, { block }]) => [account, block]));
}
