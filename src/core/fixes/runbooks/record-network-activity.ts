import type { RunbookFor } from '../runbook.ts';
import { shellWord } from './words.ts';

/** Selectors are replaced as a whole, and network activity needs advanced ones (reference: posture CT-24). */
export const recordNetworkActivity: RunbookFor = {
  id: 'record-network-activity',
  write({ subject, owner }) {
    const isTrail = subject.includes(':trail/');
    const name = isTrail ? shellWord(subject) : 'TRAIL-ARN';
    const home = isTrail ? shellWord(subject.split(':')[3] ?? '') : 'HOME-REGION';
    return {
      id: 'record-network-activity',
      title: {
        en: 'Record what VPC endpoints deny',
        ko: 'VPC 엔드포인트가 거부한 요청 기록하기',
      },
      why: {
        en: 'Only advanced selectors know network activity, and a trail has either basic or advanced ones: which of the present ones stay is its owner’s to say.',
        ko: '네트워크 활동은 고급 선택기만 지정할 수 있고, 트레일은 기본과 고급 가운데 한 가지만 씁니다. 지금의 선택기 가운데 무엇을 남길지는 담당자가 정해야 합니다.',
      },
      who: {
        en: `The owner of the trail in account ${owner}, in its home region.`,
        ko: `계정 ${owner}의 트레일 담당자. 홈 리전에서 실행합니다.`,
      },
      steps: [
        {
          say: {
            en: 'Save the present selectors; they are the way back, too.',
            ko: '지금의 선택기를 저장합니다. 되돌릴 때도 쓰입니다.',
          },
          command: `aws cloudtrail get-event-selectors --region ${home} --trail-name ${name} > selectors-before.json`,
        },
        {
          say: {
            en: 'Write all of them as advanced selectors into selectors.json, and add one for each event source (here ec2.amazonaws.com).',
            ko: '모두 고급 선택기로 바꾸어 selectors.json에 적고, 이벤트 소스마다 하나씩 추가합니다(예: ec2.amazonaws.com).',
          },
          command:
            '{"Name": "denied by VPC endpoints", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["NetworkActivity"]}, {"Field": "eventSource", "Equals": ["ec2.amazonaws.com"]}, {"Field": "errorCode", "Equals": ["VpceAccessDenied"]}]}',
        },
        {
          say: {
            en: 'Replace the selectors; whatever the file leaves out is recorded no longer.',
            ko: '선택기를 교체합니다. 파일에서 빠진 것은 더 이상 기록되지 않습니다.',
          },
          command: `aws cloudtrail put-event-selectors --region ${home} --trail-name ${name} --advanced-event-selectors file://selectors.json`,
        },
        {
          say: {
            en: 'Scan again: nothing that was recorded before may be missing now.',
            ko: '다시 점검합니다. 전에 기록되던 것이 빠지면 안 됩니다.',
          },
          command: 'trailwarden posture',
        },
      ],
      conflicts: [
        {
          en: 'Network activity events are paid for like data events, by their number.',
          ko: '네트워크 활동 이벤트는 데이터 이벤트처럼 건수로 과금됩니다.',
        },
      ],
      alternatives: [],
    };
  },
};
