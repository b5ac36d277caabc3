import {
  type ConfigurationItem,
  GetResourceConfigHistoryCommand,
  type GetResourceConfigHistoryCommandOutput,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import { readJson } from '../../core/evidence/parse-event.ts';
import type { Json } from '../../core/json.ts';
import {
  isSame,
  type KeptHistory,
  type KeptState,
  valueAt,
} from '../../core/posture/since/kept-states.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = ['config:GetResourceConfigHistory'];

/** One page spans seven days at most, however few states there are in them: this is half a year. */
const PAGES = 26;

export type Asked = {
  type: string;
  /** As Config may call the resource, likeliest first. */
  ids: string[];
  /** Path into the configuration item. */
  change: string;
};

/** One page of what Config kept of a resource. */
type Page = { where: Where; type: string; id: string; nextToken: string | undefined };
type Pages = (page: Page) => Promise<GetResourceConfigHistoryCommandOutput>;

/** Histories by resource and by value: whoever asks for another value of one reads the same pages. */
export function histories(ground: Ground) {
  const asked = new Map<string, ReturnType<Pages>>();
  const ask = pagesOf(ground);
  const once: Pages = (page) => {
    const { where, type, id, nextToken = '' } = page;
    const key = [where.account, where.region, type, id, nextToken].join(' ');
    const known = asked.get(key) ?? ask(page);
    asked.set(key, known);
    return known;
  };
  return (where: Where, wanted: Asked) => readHistory(ground, where, wanted, once);
}

function pagesOf({ aws }: Ground): Pages {
  return ({ where, type, id, nextToken }) =>
    aws.config(where).send(
      new GetResourceConfigHistoryCommand({
        resourceType: type as ResourceType,
        resourceId: id,
        chronologicalOrder: 'Reverse',
        limit: 100,
        ...(nextToken && { nextToken }),
      }),
    );
}

/**
 * The states that Config kept of one resource, deleted ones too (an aggregator forgets those), from the
 * newest back to the first whose value is another one. Asked in the account and region of the resource.
 */
export async function readHistory(
  ground: Ground,
  where: Where,
  { type, ids, change }: Asked,
  pages = pagesOf(ground),
): Promise<KeptHistory> {
  const states = (id: string) => readStates(ground, pages, { where, type, id, change });
  let answer = await states(ids[0] ?? '');
  for (const id of ids.slice(1)) {
    if (!wasSeen(answer) || answer.seen.none !== 'not-recorded') break;
    answer = await states(id);
  }
  return answer;
}

function readStates(
  ground: Ground,
  pages: Pages,
  { where, type, id, change }: Omit<Page, 'nextToken'> & { change: string },
): Promise<KeptHistory> {
  return witnessed(ground, 'config:GetResourceConfigHistory', where, async () => {
    const states: KeptState[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await pages({ where, type, id, nextToken }).catch(noneKept);
      if ('none' in answer) return { states: [], complete: true, none: answer.none };
      for (const item of answer.configurationItems ?? []) {
        const state = stateOf(item, change);
        states.push(state);
        if (states[0] && !isSame(state, states[0])) return { states, complete: true };
      }
      nextToken = answer.nextToken;
      if (!nextToken) return { states, complete: true };
    }
    return { states, complete: false };
  });
}

/** That Config knows nothing of it is an answer. */
function noneKept(error: unknown): { none: 'not-recorded' | 'no-recorder' } {
  const name = error instanceof Error ? error.name : '';
  if (name === 'ResourceNotDiscoveredException') return { none: 'not-recorded' };
  if (name === 'NoAvailableConfigurationRecorderException') return { none: 'no-recorder' };
  throw error;
}

/** Configurations are JSON texts within JSON: one of the resource, and one per supplement. */
function stateOf(item: ConfigurationItem, change: string): KeptState {
  const { configuration, supplementaryConfiguration = {}, tags = {} } = item;
  const whole = {
    configuration: readJson(configuration ?? '') ?? null,
    supplementaryConfiguration: Object.fromEntries(
      Object.entries(supplementaryConfiguration).map(([name, text]): [string, Json] => [
        name,
        readJson(text) ?? text,
      ]),
    ),
    tags,
  };
  return {
    at: item.configurationItemCaptureTime?.toISOString() ?? '',
    deleted: (item.configurationItemStatus ?? '').startsWith('ResourceDeleted'),
    value: valueAt(whole, change),
  };
}
