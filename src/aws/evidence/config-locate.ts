import { concurrently } from '../../core/concurrently.ts';
import { typeOfId } from '../../core/evidence/config-types.ts';
import type { Located } from '../../core/evidence/located.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import {
  type ConfigGround,
  literal,
  type NamedRow,
  placesAsked,
  selectEverywhere,
} from './config-ask.ts';
import { idsByName } from './config-history.ts';

/** Places asked for deleted resources at a time: a question waits for it. */
const LANES = 48;

/** A name that more resources than these have says too little of where to look. */
const MOST = 25;

/**
 * Where a resource is or was, and what else it is called: the aggregator knows all that live, by id,
 * name and ARN. Of the deleted, whose type the id tells, every place is asked; a deleted resource that
 * has only a name is not found. Nothing found proves nothing.
 */
export async function locate(ground: ConfigGround, resource: string): Promise<Reading<Located[]>> {
  const value = literal(resource);
  if (!value) return { seen: [] };
  const aggregator = await ground.aggregator();
  if (wasSeen(aggregator) && aggregator.seen) {
    const living = await livingAs(ground, value, resource);
    if (!wasSeen(living) || living.seen.length > 0) return living;
  }
  const type = typeOfId(resource);
  const gone = type ? await goneIn(ground, resource, type) : [];
  return gone.length > 0 || wasSeen(aggregator) ? { seen: gone } : { unseen: aggregator.unseen };
}

async function livingAs(
  ground: ConfigGround,
  value: string,
  resource: string,
): Promise<Reading<Located[]>> {
  const condition = `(resourceId = ${value} OR resourceName = ${value} OR arn = ${value})`;
  const read = await selectEverywhere(ground, { condition }, { accounts: 'all', regions: 'all' });
  if (!wasSeen(read)) return { unseen: read.unseen };
  const rows = read.seen.rows.filter(
    ({ resourceType }) => resourceType !== 'AWS::Config::ResourceCompliance',
  );
  return { seen: rows.slice(0, MOST).map((row) => located(row, resource, false)) };
}

function located(
  row: Pick<
    NamedRow,
    'accountId' | 'awsRegion' | 'resourceType' | 'resourceId' | 'resourceName' | 'arn'
  >,
  resource: string,
  deleted: boolean,
): Located {
  const { resourceId, resourceName = '', arn = '' } = row;
  const names = [resourceId, resourceName, arn].filter(Boolean);
  return {
    account: row.accountId,
    region: row.awsRegion,
    resourceType: row.resourceType,
    resourceId,
    resourceName,
    arn,
    aliases: [...new Set(names)].filter((name) => name !== resource),
    deleted,
  };
}

async function goneIn(ground: ConfigGround, id: string, type: string): Promise<Located[]> {
  const { places } = await placesAsked(ground, { accounts: 'all', regions: 'all' });
  const found = await concurrently(LANES, places, async (where) => {
    const listed = await idsByName(ground, where, type, { id });
    return wasSeen(listed)
      ? listed.seen.map(({ id: resourceId, name, deleted }) =>
          located(
            {
              accountId: where.account,
              awsRegion: where.region,
              resourceType: type,
              resourceId,
              resourceName: name,
            },
            id,
            deleted,
          ),
        )
      : [];
  });
  return found.flat();
}
