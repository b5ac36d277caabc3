import type { RunbookFor } from '../runbook.ts';

/** What still runs in a region, nobody could reach or stop once it is off (reference: posture CT-35). */
export const disableRegion: RunbookFor = {
  id: 'disable-region',
  write({ owner }) {
    return {
      id: 'disable-region',
      title: {
        en: 'Disable a region that nobody allowed',
        ko: '허용하지 않은 리전 비활성화하기',
      },
      why: {
        en: 'Whatever runs in the region goes on running, and costing, where nobody can reach it any more: somebody has to look first.',
        ko: '리전 안의 리소스는 아무도 접근하지 못하는 상태로 계속 실행되고 과금됩니다. 먼저 사람이 확인해야 합니다.',
      },
      who: {
        en: `Whoever administers account ${owner} (REGION is the region that the finding names).`,
        ko: `계정 ${owner}의 관리자(REGION은 발견 항목에 나온 리전).`,
      },
      steps: [
        {
          say: {
            en: 'Find out who enabled it, and ask why.',
            ko: '누가 활성화했는지 찾아 이유를 물어봅니다.',
          },
          command:
            'aws cloudtrail lookup-events --region us-east-1 --lookup-attributes AttributeKey=EventName,AttributeValue=EnableRegion',
        },
        {
          say: {
            en: 'See what was done there lately, and what is there; resources without tags show in the bill only.',
            ko: '최근에 그곳에서 무슨 일이 있었고 무엇이 있는지 봅니다. 태그가 없는 리소스는 청구서에만 나타납니다.',
          },
          command:
            'aws cloudtrail lookup-events --region REGION --lookup-attributes AttributeKey=ReadOnly,AttributeValue=false && aws resourcegroupstaggingapi get-resources --region REGION',
        },
        {
          say: {
            en: `With credentials of account ${owner}, once nothing is left there.`,
            ko: `남은 것이 없으면 계정 ${owner}의 자격 증명으로 실행합니다.`,
          },
          command: 'aws account disable-region --region-name REGION',
        },
        {
          say: {
            en: 'It takes minutes to hours until it says DISABLED.',
            ko: 'DISABLED가 될 때까지 몇 분에서 몇 시간이 걸립니다.',
          },
          command: 'aws account get-region-opt-status --region-name REGION',
        },
      ],
      conflicts: [
        {
          en: 'Regions that are on by default cannot be disabled; a service control policy on aws:RequestedRegion can keep people out of them.',
          ko: '기본으로 활성화된 리전은 비활성화할 수 없습니다. aws:RequestedRegion을 쓰는 서비스 제어 정책으로 사용을 막을 수 있습니다.',
        },
      ],
      alternatives: [
        {
          say: {
            en: 'If it is meant to be used, put it on the list (posture.regions), and see that a trail of all regions covers it.',
            ko: '사용할 리전이라면 허용 목록(posture.regions)에 넣고, 다중 리전 트레일이 그 리전을 덮는지 확인합니다.',
          },
        },
      ],
    };
  },
};
