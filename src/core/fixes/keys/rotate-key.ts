import type { FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { first, type Planned } from '../planned.ts';
import { keyPlan, onKey } from './key-plan.ts';

/** `EnableKeyRotation` (reference: fixes 6.2, last row, class A). */
export function planRotateKey(target: FixTarget, key: string, state: State): Planned {
  if (state.KeyManager !== 'CUSTOMER' || state.Rotation === true) return 'already-sound';
  const { KeySpec, Origin, KeyState, MultiRegionKeyType } = state;
  if (KeySpec !== 'SYMMETRIC_DEFAULT' || Origin !== 'AWS_KMS') return notByKms;
  if (MultiRegionKeyType === 'REPLICA') return ofItsPrimary;
  if (KeyState !== 'Enabled') return notEnabled(String(KeyState));
  return {
    plan: keyPlan(target, key, {
      fix: 'rotate-key',
      calls: [onKey('EnableKeyRotation', key)],
      before: state,
      after: { Rotation: true },
      wayBack: [onKey('DisableKeyRotation', key)],
      riskClass: 'A',
      feels: {
        en: 'Once a year KMS makes new key material for the key; nobody has to do anything for it.',
        ko: '매년 KMS가 키의 새 구성 요소를 만들며, 따로 할 일은 없습니다.',
      },
      keeps: [
        {
          en: 'Id, ARN and policy of the key stay the same, and what was encrypted before is still read.',
          ko: '키의 ID, ARN, 정책은 그대로이며 이전에 암호화한 데이터도 계속 읽을 수 있습니다.',
        },
        {
          en: 'KMS bills the material of the first two rotations like a key each.',
          ko: 'KMS는 처음 두 번의 교체로 생긴 구성 요소에 각각 키 하나의 요금을 부과합니다.',
        },
      ],
    }),
  };
}

const notByKms = first(
  {
    en: 'KMS rotates only symmetric keys whose material it made itself; this one it cannot.',
    ko: 'KMS는 직접 만든 구성 요소의 대칭 키만 자동 교체할 수 있습니다.',
  },
  {
    en: 'Rotate it by hand: a new key, and the alias on it.',
    ko: '새 키를 만들고 별칭을 옮겨 수동으로 교체하세요.',
  },
);

const ofItsPrimary = first(
  {
    en: 'The key is a replica: KMS rotates it together with its primary key.',
    ko: '복제 키입니다. KMS는 기본 키와 함께 교체합니다.',
  },
  { en: 'Ask for the primary key instead.', ko: '기본 키에 대해 요청하세요.' },
);

function notEnabled(state: string): Planned {
  return first(
    {
      en: `The key is ${state}; KMS sets the rotation of enabled keys only.`,
      ko: `키의 상태가 ${state}입니다. KMS는 활성화된 키의 교체만 설정할 수 있습니다.`,
    },
    {
      en: 'Enable it first (restore-trail-key).',
      ko: '먼저 키를 활성화하세요(restore-trail-key).',
    },
  );
}
