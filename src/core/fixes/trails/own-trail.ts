import type { Bilingual } from '../../reader.ts';
import type { Obstacle } from '../obstacle.ts';

/** A trail of an account itself, as the choice among several needs to know it. */
export type OwnTrail = {
  arn: string;
  homeRegion: string;
  multiRegion: boolean;
  logging: boolean;
};

/** Which trail of an account a fix changes, where the finding names the account: or why none. */
export type Choice = (trails: OwnTrail[]) => { arn: string } | { cannot: Obstacle };

/** The one that would record most: of all regions before one of a single region, then by its ARN. */
export function foremost(trails: OwnTrail[]): OwnTrail | undefined {
  const rank = ({ arn, multiRegion }: OwnTrail) => `${multiRegion ? 0 : 1} ${arn}`;
  return [...trails].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}

export function precondition(why: Bilingual, instead: Bilingual): { cannot: Obstacle } {
  return { cannot: { kind: 'precondition', why, instead } };
}

/** The logging trail that records most: what an account lacks in its record is added to it. */
export const loggingTrail: Choice = (trails) => {
  const chosen = foremost(trails.filter(({ logging }) => logging));
  if (chosen) return { arn: chosen.arn };
  return trails.length > 0
    ? precondition(
        {
          en: 'No trail of the account is logging.',
          ko: '이 계정에는 기록 중인 트레일이 없습니다.',
        },
        {
          en: 'Start one first (start-logging).',
          ko: '먼저 트레일의 로깅을 시작하세요(start-logging).',
        },
      )
    : NO_TRAIL;
};

export const NO_TRAIL = precondition(
  { en: 'The account has no trail of its own.', ko: '이 계정에는 자체 트레일이 없습니다.' },
  {
    en: 'Let the organization trail reach it (create-organization-trail), or create a trail by code.',
    ko: '조직 트레일이 이 계정에 닿게 하거나(create-organization-trail) 코드로 트레일을 만드세요.',
  },
);
