import type { Tally } from '../core/evidence/source.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { Place } from './commit.ts';
import { columnsFile } from './commit.ts';
import type { KnownSegment } from './manifest.ts';
import { FACTS_VERSION } from './row.ts';
import { createCopies } from './tally-copies.ts';
import { figuresOf, nothing } from './tally-figures.ts';
import {
  ANY,
  createKnownCalls,
  DATED,
  nearSegments,
  secondsOf,
  type Wanted,
  wantedBy,
  wantedCalls,
} from './tally-filter.ts';
import { count, type Near } from './tally-sql.ts';

/**
 * Exact figures from the columns alone: the core is asked once for each kind of call whether the plan
 * means it, and DuckDB counts. Null where the plan asks for what columns do not hold, or where the core
 * would know more than they do.
 */
export function createTally(place: Place): (plan: Plan) => Promise<Tally | null> {
  const { manifest, shelf, columns } = place;
  const knownCalls = createKnownCalls(manifest);
  const copies = createCopies(columns);

  async function tally(plan: Plan): Promise<Tally | null> {
    if (!isOfColumns(plan) || manifest.hasRetimed()) return null;
    const segments = shelf.all();
    // After the segments: no call of theirs is missing.
    const calls = knownCalls();
    const meant = wantedCalls(plan, calls);
    const near = nearSegments(segments, plan, meant);
    if (near.some(({ facts }) => facts !== FACTS_VERSION)) return null;
    const files = near.map(({ file }) => columnsFile(file));
    const wanted = near.length === 0 ? null : await wantedBy(plan, calls, meant, columns, files);
    if (!wanted) return figuresOf(plan, nothing());
    const counted = await count(plan, wanted, columns, {
      ...nearOf(near, plan, wanted),
      copies: await copies.of(plan, wanted, segments),
    });
    // A record that lost its time may lie outside of the window that was asked for.
    if (counted.undated > 0 && !plan.time.assumed) return null;
    return figuresOf(plan, counted);
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

  // One after the other: they share the tables of copies.
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

/** Of segments that lie in the time asked for as a whole, no row is asked for its own. */
function nearOf(segments: KnownSegment[], plan: Plan, { time, call, caller }: Wanted): Near {
  const { from, to } = secondsOf(plan);
  const files = segments.map(({ file }) => columnsFile(file));
  const dated = !segments.some(({ undated }) => undated);
  if (!segments.every(({ first, last }) => first >= from && last < to))
    return { files, time: dated ? DATED : time, span: null };
  if (!dated || call !== ANY || caller !== ANY) return { files, time: ANY, span: null };
  const first = Math.min(...segments.map((one) => one.first));
  const last = Math.max(...segments.map((one) => one.last));
  return { files, time: ANY, span: { first, last } };
}
