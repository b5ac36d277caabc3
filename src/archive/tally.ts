import type { Tally } from '../core/evidence/source.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { Place } from './commit.ts';
import { columnsFile } from './commit.ts';
import type { KnownSegment } from './manifest.ts';
import { FACTS_VERSION } from './row.ts';
import { createDoubles } from './tally-copies.ts';
import { figuresOf, nothing, withoutCopies } from './tally-figures.ts';
import { createKnownCalls, wantedBy } from './tally-filter.ts';
import { count } from './tally-sql.ts';

/**
 * Exact figures from the columns alone: the core is asked once for each kind of call whether the plan
 * means it, and DuckDB counts. Null where the plan asks for what columns do not hold, or where the core
 * would know more than they do.
 */
export function createTally(place: Place): (plan: Plan) => Promise<Tally | null> {
  const { manifest, shelf, columns } = place;
  const knownCalls = createKnownCalls(manifest);
  const doubles = createDoubles(columns);

  async function tally(plan: Plan): Promise<Tally | null> {
    if (!isOfColumns(plan) || manifest.hasRetimed()) return null;
    const segments = shelf.all();
    const near = segments.filter((one) => isNear(one, plan));
    if (near.some(({ facts }) => facts !== FACTS_VERSION)) return null;
    const files = near.map(({ file }) => columnsFile(file));
    const calls = knownCalls();
    const wanted = files.length === 0 ? null : await wantedBy(plan, calls, columns, files);
    if (!wanted) return figuresOf(plan, nothing());
    const counted = await count(plan, wanted, calls, columns, files);
    // A record that lost its time may lie outside of the window that was asked for.
    if (counted.undated > 0 && !plan.time.assumed) return null;
    const all = segments.map(({ file }) => columnsFile(file));
    const copies = await doubles.of(plan, wanted, calls, files, {
      all,
      version: manifest.version(),
    });
    return figuresOf(plan, withoutCopies(plan, counted, copies));
  }

  async function again(plan: Plan): Promise<Tally | null> {
    for (let tries = 0; ; tries += 1) {
      const version = manifest.version();
      try {
        return await tally(plan);
      } catch (error) {
        // Another process may merge segments away between the list and the files.
        if (manifest.version() === version || tries >= 5) throw error;
      }
    }
  }

  // One after the other: they share the lists that their statements look into.
  let before: Promise<unknown> = Promise.resolve();
  return (plan) => {
    const work = before.then(() => again(plan));
    before = work.catch(() => undefined);
    return work;
  };
}

function isOfColumns({ shape, resources, alsoResources, actor, content, measure, ...plan }: Plan) {
  return (
    (shape === 'search' || shape === 'count') &&
    resources.length + alsoResources.length + plan.except.resources.length === 0 &&
    actor === null &&
    plan.atLeast === null &&
    plan.except.actors.length === 0 &&
    content === null &&
    measure === 'calls' &&
    !plan.groupBy.includes('resource')
  );
}

function isNear({ first, last, undated }: KnownSegment, { time }: Plan): boolean {
  return undated || (last * 1000 >= Date.parse(time.from) && first * 1000 < Date.parse(time.to));
}
