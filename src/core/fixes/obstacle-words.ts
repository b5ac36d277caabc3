import type { Line } from '../prose.ts';
import type { Language } from '../reader.ts';
import type { Obstacle } from './obstacle.ts';

/** Why a fix is not proposed, and what to do instead, in two or three plain sentences. */
export function obstacleLine(obstacle: Obstacle, language: Language): Line {
  const korean = language === 'ko';
  switch (obstacle.kind) {
    case 'precondition':
      return [{ quote: obstacle.why[language] }, ' ', { quote: obstacle.instead[language] }];
    case 'guarded': {
      const by = { quote: obstacle.by };
      const action = { quote: obstacle.action };
      if (obstacle.controlTower)
        return korean
          ? [
              action,
              ' 호출을 Control Tower의 가드레일이 막습니다: ',
              by,
              '. 랜딩 존을 업데이트하세요.',
            ]
          : [
              'A guard of Control Tower denies ',
              action,
              ': ',
              by,
              '. Update the landing zone instead.',
            ];
      return korean
        ? [
            action,
            ' 호출을 서비스 제어 정책이 막습니다: ',
            by,
            '. 그 정책의 소유자에게 요청하세요.',
          ]
        : ['A service control policy denies ', action, ': ', by, '. Ask the owner of that policy.'];
    }
    case 'owned': {
      const where = { quote: obstacle.where };
      const tool = TOOLS[obstacle.tool][language];
      return korean
        ? [
            `${tool} 코드가 소유한 리소스입니다(`,
            where,
            '). 직접 바꾸면 다음 배포에서 되돌아갑니다. 코드를 바꾸세요.',
          ]
        : [
            `${tool} owns it (`,
            where,
            '): a direct change would be undone by the next deployment. Change the code instead.',
          ];
    }
  }
}

const TOOLS = {
  cloudformation: { en: 'CloudFormation', ko: 'CloudFormation' },
  terraform: { en: 'Terraform', ko: 'Terraform' },
  other: { en: 'Other code', ko: '다른 도구의' },
} as const;
