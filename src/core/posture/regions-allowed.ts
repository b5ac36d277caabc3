import { wasSeen } from '../reading.ts';
import type { AccountFacts, PostureSettings } from './facts.ts';
import type { Fact } from './vocabulary.ts';

/**
 * The regions that somebody opted into and nobody allowed, each as `name (enabled)` or `name (enabling)`.
 * Regions that are on by default cannot be switched off, so nobody is told to; one that is being
 * switched off needs nobody any more.
 */
export function regionsNotAllowed({ optedIn }: AccountFacts, { regions }: PostureSettings): Fact {
  if (regions === null)
    return {
      notApplicable: {
        en: 'nobody said which regions may be enabled (posture.regions)',
        ko: '활성화할 수 있는 리전이 설정되지 않았습니다(posture.regions)',
      },
    };
  if (!wasSeen(optedIn)) return optedIn;
  return {
    seen: optedIn.seen
      .filter(({ region, state }) => state !== 'DISABLING' && !regions.includes(region))
      .map(({ region, state }) => `${region} (${state.toLowerCase()})`)
      .sort(),
  };
}
