import {
  GetResourceConfigHistoryCommand,
  paginateListDiscoveredResources,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import { type ConfigItem, itemOf } from '../../core/evidence/config-item.ts';
import type { Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { type Ground, witnessed } from '../facts/reader.ts';
import { orNone } from '../reading.ts';
import type { Where } from '../session.ts';

export const needs = ['config:GetResourceConfigHistory', 'config:ListDiscoveredResources'];

/** One page spans seven days at most: this is more than a year. */
const PAGES = 56;

export type OfResource = { type: string; ids: string[] };

/** `from` may be left out: as far back as Config keeps, which may be seven years. */
export type Between = { from?: string; to: string; newest?: boolean; limit?: number };

/**
 * The states of a resource between two moments, newest first unless told otherwise, deleted ones too, as
 * its own account and region keep them; at most `limit`. Empty is an answer: Config never recorded it, or
 * not then. Where reading ended before any state was met, that is said.
 */
export async function itemsBetween(
  ground: Ground,
  where: Where,
  { type, ids }: OfResource,
  { from, to, newest = true, limit = 100 }: Between,
): Promise<Witnessed<ConfigItem[]>> {
  let answer = await ask(ids[0] ?? '');
  for (const id of ids.slice(1)) {
    if (!wasSeen(answer) || answer.seen.length > 0) break;
    answer = await ask(id);
  }
  return answer;

  function ask(id: string): Promise<Witnessed<ConfigItem[]>> {
    return witnessed(ground, 'config:GetResourceConfigHistory', where, () =>
      orNone<ConfigItem[]>('ResourceNotDiscoveredException', [], async () => {
        const items: ConfigItem[] = [];
        let nextToken: string | undefined;
        for (let page = 0; page < PAGES && items.length < limit; page += 1) {
          const answered = await ground.aws.config(where).send(
            new GetResourceConfigHistoryCommand({
              resourceType: type as ResourceType,
              resourceId: id,
              ...(from && { earlierTime: new Date(from) }),
              laterTime: new Date(to),
              chronologicalOrder: newest ? 'Reverse' : 'Forward',
              limit: Math.min(100, limit),
              ...(nextToken && { nextToken }),
            }),
          );
          items.push(...(answered.configurationItems ?? []).map(itemOf));
          nextToken = answered.nextToken;
          if (!nextToken) break;
        }
        if (items.length === 0 && nextToken) throw cutShort();
        return items.slice(0, limit);
      }),
    );
  }
}

/** Whoever stopped looking has not seen that there is nothing. */
function cutShort(): Error {
  const error = new Error(`no state of it within ${PAGES} pages; what is older was not read`);
  return Object.assign(error, { name: 'HistoryCut' });
}

/**
 * The ids that Config has for a resource of this type and name in one place, deleted ones too: a role's
 * id is none of the names that people or calls know it by.
 */
export function idsByName(
  ground: Ground,
  where: Where,
  type: string,
  by: { name: string } | { id: string },
): Promise<Witnessed<{ id: string; name: string; deleted: boolean }[]>> {
  return witnessed(ground, 'config:ListDiscoveredResources', where, async () => {
    const found: { id: string; name: string; deleted: boolean }[] = [];
    const pages = paginateListDiscoveredResources(
      { client: ground.aws.config(where) },
      {
        resourceType: type as ResourceType,
        includeDeletedResources: true,
        ...('name' in by ? { resourceName: by.name } : { resourceIds: [by.id] }),
      },
    );
    for await (const { resourceIdentifiers = [] } of pages)
      for (const { resourceId, resourceName, resourceDeletionTime } of resourceIdentifiers)
        if (resourceId)
          found.push({
            id: resourceId,
            name: resourceName ?? '',
            deleted: resourceDeletionTime !== undefined,
          });
    return found;
  });
}
