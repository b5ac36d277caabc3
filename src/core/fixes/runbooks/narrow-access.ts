import type { RunbookFor } from '../runbook.ts';
import { shellWord } from './words.ts';

/** Taking rights from people is their owner's decision (reference: fixes 6.3, row CT-33, class X). */
export const narrowAccess: RunbookFor = {
  id: 'narrow-access',
  write({ subject, owner }) {
    const arn = shellWord(subject);
    return {
      id: 'narrow-access',
      title: {
        en: 'Narrow who can change trails and log files',
        ko: '트레일과 로그 파일을 바꿀 수 있는 사람 줄이기',
      },
      why: {
        en: 'What a policy is for only its owner knows; taking a right away blindly stops somebody’s work.',
        ko: '정책의 용도는 소유자만 압니다. 무턱대고 권한을 빼면 누군가의 업무가 멈춥니다.',
      },
      who: {
        en: `The owner of account ${owner}, with what CloudTrail and last-accessed data show.`,
        ko: `계정 ${owner}의 담당자. CloudTrail과 마지막 액세스 기록을 근거로 판단합니다.`,
      },
      steps: [
        {
          say: {
            en: 'See what was used, and when last.',
            ko: '무엇을 마지막으로 언제 썼는지 봅니다.',
          },
          command: `aws iam generate-service-last-accessed-details --granularity ACTION_LEVEL --arn ${arn}`,
        },
        {
          say: {
            en: 'Ask what it really did.',
            ko: '실제로 무엇을 했는지 물어봅니다.',
          },
          command: `trailwarden ask "access review of ${subject.replaceAll('"', '')} since 90 days"`,
        },
        {
          say: {
            en: 'Let Access Analyzer write a policy from that, review it, and replace the broad one.',
            ko: 'Access Analyzer로 정책을 만들어 검토한 뒤 넓은 정책과 바꿉니다.',
          },
          command: `aws accessanalyzer start-policy-generation --policy-generation-details principalArn=${arn} --cloud-trail-details file://trail.json`,
        },
      ],
      conflicts: [],
      alternatives: [
        {
          say: {
            en: 'A service control policy that denies the few dangerous calls leaves people their policies.',
            ko: '위험한 호출 몇 가지만 거부하는 서비스 제어 정책을 쓰면 기존 정책을 그대로 둘 수 있습니다.',
          },
          fix: 'guard-by-scp',
        },
      ],
    };
  },
};
