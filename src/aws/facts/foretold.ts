import type { Sighting, Witnessed } from '../../core/posture/facts.ts';
import { type KeptAccount, organizationTrailsIn } from '../../core/posture/kept/keep.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Memory } from './accounts.ts';
import { type Named, readTroubled, type Troubles } from './aggregator.ts';
import { type OrganizationMap, readMap } from './config-map.ts';
import { changesMatterSince } from './kept-accounts.ts';
import { type MappedTrails, readMappedTrails } from './mapped.ts';
import type { Ground } from './reader.ts';

/**
 * What is asked on the word of the last scan, while it is still being found out whether its word holds.
 * They are the very questions that would be asked an answer later. Whoever uses an answer has learned by
 * then that the question was right; what was asked of an aggregator that is no longer the one is thrown away.
 */
export type Foretold = {
  /** Whether the aggregator that was found is the one that was asked. */
  isOf(aggregator: Named): boolean;
  troubled: Promise<Troubles>;
  trails: Promise<Witnessed<MappedTrails>>;
  /** The map for these regions; null where others were expected. */
  map(regions: string[]): Promise<OrganizationMap> | null;
};

/** Of so few accounts nobody asks for the map. */
export async function foretell(
  ground: Ground,
  {
    memory,
    rows: kept,
    self,
    few,
  }: { memory: Memory | null; rows: Promise<KeptAccount[]>; self: string; few: number },
): Promise<Foretold | null> {
  const [word, rows] = await Promise.all([memory?.keptAggregator(), kept]);
  if (!word || rows.length <= few) return null;
  const { account, region, name } = word;
  const aggregator = { where: { account, region }, name };
  const expected = rows.find(({ account }) => account === self)?.facts.regions;
  const troubled = readTroubled(ground, aggregator.where, name);
  const trails = readMappedTrails(ground, aggregator);
  const since = changesMatterSince(rows, ground.now().getTime());
  const map =
    expected && wasSeen(expected)
      ? readMap(ground, { ...aggregator, troubled }, expected.seen, since, trails)
      : null;
  // Heard where they are awaited, if ever.
  for (const one of [troubled, trails, map]) one?.catch(() => {});
  return {
    isOf: ({ where, name }) =>
      name === word.name && where.account === word.account && where.region === word.region,
    troubled,
    trails,
    map: (regions) =>
      expected && wasSeen(expected) && regions.join() === expected.seen.join() ? map : null,
  };
}

/** The organization's trails as the last scan saw them: read at once, and used only where they are seen again. */
export function trailsForetold(rows: KeptAccount[]): Sighting[] {
  const left = organizationTrailsIn(rows);
  return rows.flatMap(({ facts: { trails } }) =>
    wasSeen(trails) && left.size > 0 ? trails.seen.filter(({ arn }) => left.delete(arn)) : [],
  );
}
