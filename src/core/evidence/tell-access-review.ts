import type { Prose } from '../prose.ts';
import type { AccessReview, Namesake } from './answer.ts';
import { listed } from './tell-words.ts';

/** How many kinds of call are told of each sort; the rest is counted. */
const TOLD = 12;
/** How many who share a name are told. */
const NAMED = 6;

type Counted = { name: string; count: number }[];

/** What somebody did, by kind of call: what changed things first, what was refused last. */
export function tellAccessReview(review: AccessReview | undefined, ko: boolean): Prose {
  if (!review) return [];
  const { writes, reads, rolesAssumed, denied, otherFailures } = review;
  const failures = ko ? `그 밖의 실패: ${otherFailures}건` : `Failed otherwise: ${otherFailures}`;
  return [
    listed(ko ? '변경한 호출: ' : 'Changes: ', told(writes)),
    listed(ko ? '맡은 역할: ' : 'Roles assumed: ', rolesAssumed.slice(0, TOLD)),
    listed(ko ? '조회한 호출: ' : 'Reads: ', told(reads)),
    listed(ko ? '거부된 호출: ' : 'Denied: ', told(denied)),
    ...(otherFailures > 0 ? [[failures]] : []),
  ].filter((line) => line.length > 0);
}

/** A bare name that fits several is told as that, with each of them. */
export function tellNamesakes(namesakes: Namesake[] = [], ko: boolean): Prose {
  if (namesakes.length < 2) return [];
  const shown = namesakes.slice(0, NAMED).map(({ kind, name, account, calls }) => {
    const where = account === '' ? '' : ko ? `, 계정 ${account}` : ` in ${account}`;
    return `${KINDS[kind][ko ? 'ko' : 'en']} ${name}${where} (${calls})`;
  });
  const left = namesakes.length - shown.length;
  return [
    [
      ...listed(ko ? '같은 이름을 쓰는 주체가 여럿입니다: ' : 'The name fits several: ', shown),
      ...(left > 0 ? [ko ? ` 외 ${left}` : ` and ${left} more`] : []),
    ],
  ];
}

const KINDS: Record<Namesake['kind'], { en: string; ko: string }> = {
  'iam-user': { en: 'IAM user', ko: 'IAM 사용자' },
  'identity-center': { en: 'Identity Center user', ko: 'Identity Center 사용자' },
  saml: { en: 'SAML user', ko: 'SAML 사용자' },
  role: { en: 'role', ko: '역할' },
  session: { en: 'session', ko: '세션' },
  other: { en: 'caller', ko: '호출 주체' },
};

function told(calls: Counted): string[] {
  const shown = calls
    .slice(0, TOLD)
    .map(({ name, count }) => (count > 1 ? `${name} ×${count}` : name));
  return calls.length > shown.length ? [...shown, `… +${calls.length - shown.length}`] : shown;
}
