import { createHash } from 'node:crypto';
import type { UnitSetup } from '../scenario.ts';
import type { World } from '../service.ts';

/** A root or an organizational unit with what is directly in it. */
export type Unit = { id: string; arn: string; name: string; units: Unit[]; accounts: string[] };

const roots = new WeakMap<World, Unit>();

/** The root of the organization; units without an id in the scenario get a lasting one from their path. */
export function rootOf(world: World): Unit {
  const made = roots.get(world) ?? makeRoot(world);
  roots.set(world, made);
  return made;
}

export function unitById(id: string, world: World): Unit | undefined {
  const search = (unit: Unit): Unit | undefined =>
    unit.id === id ? unit : unit.units.map(search).find((found) => found !== undefined);
  return search(rootOf(world));
}

const paths = new WeakMap<Unit, Map<string, string>>();

/**
 * The path of an account by ids, as IAM writes entity paths: the organization, the root, the OUs, itself.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
 */
export function pathTo(account: string, world: World): string | undefined {
  const root = rootOf(world);
  let known = paths.get(root);
  if (known === undefined) {
    known = new Map(pathsIn(root, `${world.scenario.organization.id}/`));
    paths.set(root, known);
  }
  return known.get(account);
}

/** For whoever moves accounts in the tree: their paths are told anew. */
export function forgetPaths(world: World): void {
  paths.delete(rootOf(world));
}

function pathsIn({ id, units, accounts }: Unit, above: string): [string, string][] {
  const here = `${above}${id}/`;
  return [
    ...accounts.map((account): [string, string] => [account, `${here}${account}/`]),
    ...units.flatMap((unit) => pathsIn(unit, here)),
  ];
}

function makeRoot({ scenario: { organization } }: World): Unit {
  const { id, managementAccount, units, accounts } = organization;
  const short = digest(id, 4);
  const rootId = organization.rootId ?? `r-${short}`;
  const arn = (kind: string, unit: string) =>
    `arn:aws:organizations::${managementAccount}:${kind}/${id}/${unit}`;
  const unit = (setup: UnitSetup, path: string): Unit => {
    const here = `${path}/${setup.name}`;
    const unitId = setup.id ?? `ou-${short}-${digest(here, 8)}`;
    return {
      id: unitId,
      arn: arn('ou', unitId),
      name: setup.name,
      units: setup.units.map((each) => unit(each, here)),
      accounts: setup.accounts.map((account) => account.id),
    };
  };
  return {
    id: rootId,
    arn: arn('root', rootId),
    name: 'Root',
    units: units.map((each) => unit(each, id)),
    accounts: accounts.map((account) => account.id),
  };
}

function digest(of: string, length: number): string {
  return createHash('sha256').update(of).digest('hex').slice(0, length);
}
