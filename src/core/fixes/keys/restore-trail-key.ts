import type { FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { first, type Planned } from '../planned.ts';
import { keyPlan, onKey } from './key-plan.ts';

/**
 * `CancelKeyDeletion`, which leaves a key disabled, then `EnableKey` (reference: fixes 6.1, row CT-10,
 * class C). To disable the key again, or to plan its deletion, is never offered.
 */
export function planRestoreTrailKey(target: FixTarget, key: string, state: State): Planned {
  const { KeyState, KeyManager } = state;
  if (KeyState === 'Enabled') return state.LetsCloudTrailIn === true ? 'already-sound' : SHUT_OUT;
  if (KeyManager !== 'CUSTOMER' || (KeyState !== 'Disabled' && KeyState !== 'PendingDeletion'))
    return beyondUs(String(KeyState));
  const pending = KeyState === 'PendingDeletion';
  return {
    plan: keyPlan(target, key, {
      fix: 'restore-trail-key',
      calls: [...(pending ? [onKey('CancelKeyDeletion', key)] : []), onKey('EnableKey', key)],
      before: state,
      after: { KeyState: 'Enabled', DeletionDate: null },
      wayBack: [],
      riskClass: 'C',
      feels: {
        en: pending
          ? 'The key is not deleted, and CloudTrail can encrypt and deliver log files with it again.'
          : 'CloudTrail can encrypt and deliver log files with the key again.',
        ko: pending
          ? '키 삭제가 취소되고 CloudTrail이 다시 이 키로 로그 파일을 암호화해 전달할 수 있습니다.'
          : 'CloudTrail이 다시 이 키로 로그 파일을 암호화해 전달할 수 있습니다.',
      },
      keeps: [
        {
          en: 'What was not delivered while the key did not work is not made up for; Event history keeps management events for 90 days.',
          ko: '키가 동작하지 않던 동안 전달되지 않은 로그는 복구되지 않습니다. 관리 이벤트는 이벤트 기록에 90일 동안 남습니다.',
        },
        {
          en: 'The policy of the key, and all else that it encrypts, stay as they are; whoever wanted the key gone should be asked why.',
          ko: '키 정책과 이 키로 암호화된 다른 데이터는 그대로입니다. 키를 없애려 한 사람에게 이유를 확인하세요.',
        },
      ],
      irreversible: {
        en: 'To disable a key of the trail or to plan its deletion is nothing that the bot ever does.',
        ko: '봇은 트레일의 키를 비활성화하거나 삭제를 예약하지 않습니다.',
      },
    }),
  };
}

const SHUT_OUT = first(
  {
    en: 'The key is enabled; what is wrong is its policy, which does not let CloudTrail use it for named trails.',
    ko: '키는 활성화되어 있습니다. 문제는 지정된 트레일에 CloudTrail의 사용을 허용하지 않는 키 정책입니다.',
  },
  {
    en: 'Let cloudtrail.amazonaws.com use kms:GenerateDataKey* and kms:DescribeKey with aws:SourceArn naming the trail.',
    ko: 'cloudtrail.amazonaws.com에 트레일을 지정한 aws:SourceArn 조건으로 kms:GenerateDataKey*와 kms:DescribeKey를 허용하세요.',
  },
);

function beyondUs(state: string): Planned {
  return first(
    {
      en: `The key is ${state}, which enabling it does not mend.`,
      ko: `키의 상태가 ${state}(이)며, 활성화로는 해결되지 않습니다.`,
    },
    {
      en: 'Import its key material, bring back its key store, or let the trail use another key.',
      ko: '키 구성 요소를 가져오거나 키 저장소를 복구하거나, 트레일이 다른 키를 쓰게 하세요.',
    },
  );
}
