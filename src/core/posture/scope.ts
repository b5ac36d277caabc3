import { wasSeen } from '../reading.ts';
import type { Organization, OrganizationAccount } from './facts.ts';

/** Which accounts: these (by id, and as people say them by name), or those under an OU (id, name or path), or all. */
export type Scope = { accounts?: string[]; ou?: string };

/** What there is where a name means nothing: those most like it, and how many there are in all. */
export type Instead = { accounts: string[]; ofAccounts: number; units: string[]; ofUnits: number };

/** `unseen`: the accounts could not be listed, so a name or an OU means nothing; with the reason. */
export type FoundScope =
  | { scope: Scope }
  | { unknown: string; instead: Instead }
  | { unseen: string };

/**
 * Finds what was said among what the organization holds. A name that no account bears may be an OU's;
 * what is neither is `unknown`, and nothing is scanned for it: a typo must not look like blindness.
 */
export function scopeOf(said: Scope, { accounts }: Organization): FoundScope {
  if (!wasSeen(accounts)) {
    // Where nobody may list the accounts, ids are all that can be meant, and asking them will tell.
    const ids = said.ou === undefined && (said.accounts ?? []).every((id) => /^\d{12}$/.test(id));
    return ids ? { scope: said } : { unseen: accounts.unseen.reason };
  }
  const { accounts: names = [], ou } = said;
  const unknown = (name: string) => ({ unknown: name, instead: insteadOf(name, accounts.seen) });
  if (ou !== undefined) return isUnit(ou, accounts.seen) ? { scope: { ou } } : unknown(ou);

  const [only] = names;
  if (names.length === 1 && only !== undefined && !accountCalled(only, accounts.seen)) {
    return isUnit(only, accounts.seen) ? { scope: { ou: only } } : unknown(only);
  }
  const found = names.map((name) => accountCalled(name, accounts.seen));
  const stranger = names.find((_, index) => !found[index]);
  if (stranger !== undefined) return unknown(stranger);
  return { scope: found.length > 0 ? { accounts: found.flatMap((one) => one?.id ?? []) } : {} };
}

function accountCalled(said: string, accounts: OrganizationAccount[]) {
  const wanted = said.toLowerCase();
  return accounts.find(({ id, name }) => id === said || name.toLowerCase() === wanted);
}

function isUnit(said: string, accounts: OrganizationAccount[]): boolean {
  return accounts.some(({ ou, ouIds }) => isIn(said, { ou, ouIds }));
}

const NAMED = 6;

function insteadOf(said: string, accounts: OrganizationAccount[]): Instead {
  const names = accounts.map(({ id, name }) => name || id);
  const units = [...new Set(accounts.map(({ ou }) => ou).filter((ou) => ou !== ''))];
  const closest = (all: string[]) =>
    all
      .map((name) => ({ name, like: likeness(said, name) }))
      .sort((a, b) => b.like - a.like || (a.name < b.name ? -1 : 1))
      .slice(0, NAMED)
      .map(({ name }) => name);
  return {
    accounts: closest(names),
    ofAccounts: names.length,
    units: closest(units),
    ofUnits: units.length,
  };
}

/** How many pairs of letters two names share, from 0 to 1 (Dice): good enough for a slip of the hand. */
function likeness(a: string, b: string): number {
  const [ours, theirs] = [pairsOf(a), pairsOf(b)];
  const shared = [...ours].filter((pair) => theirs.has(pair)).length;
  return shared === 0 ? 0 : (2 * shared) / (ours.size + theirs.size);
}

function pairsOf(name: string): Set<string> {
  const lower = name.toLowerCase().slice(0, 200);
  return new Set([...lower].slice(1).map((_, at) => lower.slice(at, at + 2)));
}

/** True for an account somewhere under the OU of this id, name or path. */
export function isIn(unit: string, { ou, ouIds }: Pick<OrganizationAccount, 'ou' | 'ouIds'>) {
  const wanted = unit.toLowerCase();
  const path = ou.toLowerCase();
  return (
    ouIds.includes(unit) || `${path}/`.startsWith(`${wanted}/`) || path.split('/').includes(wanted)
  );
}
