import type { AnswerEvent, ConfigChange } from '../../core/evidence/answer.ts';
import type { Located } from '../../core/evidence/located.ts';
import type { TrailsSeen } from '../../core/evidence/trails-seen.ts';
import type { Organization } from '../../core/posture/facts.ts';
import type { Language } from '../../core/reader.ts';
import type { Reading } from '../../core/reading.ts';
import { findAggregators } from '../facts/aggregator.ts';
import type { Ground } from '../facts/reader.ts';
import { readRegions } from '../regions.ts';
import * as ask from './config-ask.ts';
import { changesOf } from './config-changes.ts';
import { configEdge } from './config-edge.ts';
import * as history from './config-history.ts';
import { locate } from './config-locate.ts';
import * as verdicts from './config-verdicts.ts';
import type { Places } from './places.ts';
import * as trails from './trails-now.ts';

/** What questions ask beside events, each with the IAM actions that it needs. */
export const knowledgeReaders: { needs: string[] }[] = [ask, history, verdicts, trails];

/** How long an aggregator and the trails of accounts are taken for granted between questions. */
const MINUTES = 5;

/**
 * What AWS knows beside events: what trails record, how resources are and were, where they are. What
 * was read a moment ago, for the question before, is not read again.
 */
export function knowledge(
  ground: Ground,
  { organization, places }: { organization(): Promise<Organization>; places(): Promise<Places> },
) {
  const kept = shortMemory(ground.now);
  const aggregator = () =>
    kept('aggregator', async () => (await findAggregators(ground, await organization())).best);
  const config = { ...ground, aggregator, places };
  return {
    config: configEdge(config),
    trails: (accounts: string[] | 'all'): Promise<TrailsSeen> =>
      kept(`trails ${accounts === 'all' ? accounts : accounts.toSorted().join(' ')}`, async () =>
        trails.readTrailsNow(ground, {
          organization: await organization(),
          accounts,
          regionsOf: (account) => readRegions(ground, account),
        }),
      ),
    locate: (resource: string): Promise<Reading<Located[]>> =>
      kept(`place ${resource}`, () => locate(config, resource)),
    configChanges: (events: AnswerEvent[], language: Language): Promise<ConfigChange[]> =>
      changesOf(ground, events, language),
  };
}

/** Remembers readings by their name for some minutes; what was not seen is asked for again. */
function shortMemory(now: () => Date) {
  const known = new Map<string, { at: number; value: Promise<unknown> }>();
  return <T>(name: string, read: () => Promise<T>): Promise<T> => {
    const at = now().getTime();
    for (const [old, one] of known) if (at - one.at > MINUTES * 60_000) known.delete(old);
    const before = known.get(name);
    if (before) return before.value as Promise<T>;
    const value = read();
    known.set(name, { at, value });
    const forget = () => known.delete(name);
    value.then((read) => {
      if (typeof read === 'object' && read !== null && 'unseen' in read) forget();
    }, forget);
    return value;
  };
}
