import type { RunbookFor } from '../runbook.ts';

const POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'KeepTheAuditTrail',
      Effect: 'Deny',
      Action: [
        'cloudtrail:StopLogging',
        'cloudtrail:DeleteTrail',
        'cloudtrail:UpdateTrail',
        'cloudtrail:PutEventSelectors',
      ],
      Resource: '*',
      Condition: {
        ArnNotLike: {
          'aws:PrincipalArn': [
            'arn:aws:iam::*:role/BREAK-GLASS-ROLE',
            'arn:aws:iam::*:role/trailwarden-fix-trail',
          ],
        },
      },
    },
  ],
};

/**
 * Policies of the organization are outside of what the bot may ever touch: its boundary denies
 * `organizations:*` (reference: fixes 6.2, "safe alternative 2", and security 2).
 */
export const guardByScp: RunbookFor = {
  id: 'guard-by-scp',
  write({ subject, owner }) {
    return {
      id: 'guard-by-scp',
      title: {
        en: 'Guard the trails by a service control policy',
        ko: '서비스 제어 정책으로 트레일 지키기',
      },
      why: {
        en: 'A policy of the organization binds every account below it, and a wrong one locks people out. The bot has no right to change any, on purpose.',
        ko: '조직의 정책은 그 아래 모든 계정에 적용되며, 잘못 만들면 사람들이 막힙니다. 봇에는 일부러 이 권한을 주지 않았습니다.',
      },
      who: {
        en: `Whoever manages the policies of organization ${subject} (management account ${owner}), best by a change of the code that owns them.`,
        ko: `조직 ${subject}의 정책 담당자(관리 계정 ${owner}). 정책을 관리하는 코드를 바꾸는 것이 가장 좋습니다.`,
      },
      steps: [
        {
          say: {
            en: 'Save this policy as keep-the-audit-trail.json, with the names of your break-glass roles.',
            ko: '이 정책을 keep-the-audit-trail.json으로 저장하고 비상용 역할의 이름을 넣습니다.',
          },
          command: JSON.stringify(POLICY, null, 2),
        },
        {
          say: { en: 'Make it.', ko: '정책을 만듭니다.' },
          command:
            'aws organizations create-policy --type SERVICE_CONTROL_POLICY --name keep-the-audit-trail --description "Nobody silences trails" --content file://keep-the-audit-trail.json',
        },
        {
          say: {
            en: 'Attach it to one test account first, then to the OUs that the finding names.',
            ko: '먼저 테스트 계정 하나에 연결해 보고, 그다음 항목에 적힌 OU에 연결합니다.',
          },
          command: 'aws organizations attach-policy --policy-id p-EXAMPLE --target-id ou-EXAMPLE',
        },
        {
          say: {
            en: 'Scan again: the finding says who is bound now.',
            ko: '다시 점검하면 누구에게 적용되는지 알 수 있습니다.',
          },
          command: 'trailwarden posture',
        },
      ],
      conflicts: [
        {
          en: 'Tools that change trails themselves, Control Tower and StackSets among them, must be let past, or they fail.',
          ko: 'Control Tower, StackSets처럼 트레일을 직접 바꾸는 도구는 예외에 넣어야 합니다. 그러지 않으면 실패합니다.',
        },
        {
          en: 'The management account is bound by no service control policy.',
          ko: '관리 계정에는 서비스 제어 정책이 적용되지 않습니다.',
        },
      ],
      alternatives: [
        {
          say: {
            en: 'An organization trail: member accounts cannot change it at all.',
            ko: '조직 트레일을 쓰면 멤버 계정은 트레일을 아예 바꿀 수 없습니다.',
          },
          fix: 'create-organization-trail',
        },
      ],
    };
  },
};
