import {
  type OrganizationsClient,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import { concurrently, inLanes } from '../core/concurrently.ts';

export const needs = [
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListRoots',
];

/** Organizations allows few requests a second for the whole organization. */
const LANES = 4;

export type Unit = { id: string; name: string };

/** The chain of OUs above each account, from the root down; none of whom nobody placed. */
export type Placed = Map<string, Unit[]>;

/**
 * Where accounts hang, while they are listed. ListAccounts tells the path of each by ids (API reference,
 * data type Account, `Paths`: the organization, the root, its OUs and itself), so that only names are
 * asked for: one list for every unit that has units with accounts below it. Where an account comes
 * without a path, as from an Organizations that does not tell them yet, the whole tree is read instead.
 */
export function placing(client: OrganizationsClient) {
  /** By path, as thousands hang under the same few units. */
  const paths = new Map<string, string[]>();
  const hanging = new Map<string, string[]>();
  const within = new Map<string, Promise<Unit[]>>();
  const lane = inLanes(LANES);
  let tree: Promise<Placed> | null = null;

  function named(parent: string): void {
    if (within.has(parent)) return;
    const asked = lane(() => listUnitsIn(client, parent));
    // Heard where all are awaited.
    asked.catch(() => {});
    within.set(parent, asked);
  }

  function wholeTree(): Promise<Placed> {
    tree ??= readTree(client);
    tree.catch(() => {});
    return tree;
  }

  return {
    heard(account: string, told: string[] | undefined): void {
      const parents = parentsIn(account, told);
      if (!parents) return void wholeTree();
      const key = parents.join('/');
      const shared = paths.get(key) ?? parents;
      paths.set(key, shared);
      hanging.set(account, shared);
      for (const parent of parents.slice(0, -1)) named(parent);
    },
    /** Once all were heard; `complete` false where they could not be listed, and only the tree knows. */
    async above(complete: boolean): Promise<Placed> {
      const told = complete ? tree : wholeTree();
      const names = new Map<string, string>();
      for (const units of await Promise.all(within.values()))
        for (const { id, name } of units) names.set(id, name);
      const chains = new Map(
        [...paths].map(([key, [, ...units]]) => [
          key,
          units.map((id) => ({ id, name: names.get(id) ?? id })),
        ]),
      );
      const placed: Placed = new Map(await told);
      for (const [account, parents] of hanging)
        placed.set(account, chains.get(parents.join('/')) ?? []);
      return placed;
    },
  };
}

/** `o-…/r-…/ou-…/ou-…/123456789012/`: the root and the OUs; null where it is no one such path. */
function parentsIn(account: string, told: string[] = []): string[] | null {
  const [path, another] = told;
  if (path === undefined || another !== undefined) return null;
  const [organization = '', ...below] = path.split('/').filter((step) => step !== '');
  const parents = below.at(-1) === account ? below.slice(0, -1) : below;
  const [root = '', ...units] = parents;
  const sound = organization.startsWith('o-') && root.startsWith('r-');
  return sound && units.every((unit) => unit.startsWith('ou-')) ? parents : null;
}

/**
 * The tree of OUs with the accounts in each. Asked by OU: there are fewer of them. The accounts of a unit
 * are asked for beside the units below it: each of the two has its own quota.
 */
async function readTree(client: OrganizationsClient): Promise<Placed> {
  const above: Placed = new Map();
  const lane = inLanes(LANES);
  const reading: Promise<void>[] = [];
  let level: { id: string; chain: Unit[] }[] = [];
  for await (const { Roots = [] } of paginateListRoots({ client }, {}))
    for (const { Id = '' } of Roots) level.push({ id: Id, chain: [] });
  while (level.length > 0) {
    for (const { id, chain } of level) {
      const placed = lane(async () => {
        for (const account of await listAccountsIn(client, id)) above.set(account, chain);
      });
      // Heard where all are awaited.
      placed.catch(() => {});
      reading.push(placed);
    }
    // Level by level: descending into several units at once would multiply the lanes with the depth.
    const below = await concurrently(LANES, level, async ({ id, chain }) =>
      (await listUnitsIn(client, id)).map((unit) => ({ id: unit.id, chain: [...chain, unit] })),
    );
    level = below.flat();
  }
  await Promise.all(reading);
  return above;
}

async function listAccountsIn(client: OrganizationsClient, parent: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { Accounts = [] } of paginateListAccountsForParent(
    { client },
    { ParentId: parent },
  ))
    for (const { Id = '' } of Accounts) ids.push(Id);
  return ids;
}

async function listUnitsIn(client: OrganizationsClient, parent: string): Promise<Unit[]> {
  const units: Unit[] = [];
  const pages = paginateListOrganizationalUnitsForParent({ client }, { ParentId: parent });
  for await (const { OrganizationalUnits = [] } of pages)
    for (const { Id = '', Name = '' } of OrganizationalUnits) units.push({ id: Id, name: Name });
  return units;
}
