import type { RunbookFor } from '../runbook.ts';
import { shellWord } from './words.ts';

/** CloudTrail itself copies the trail of an organization into its accounts; nobody else can. */
export const reachEveryAccount: RunbookFor = {
  id: 'reach-every-account',
  write({ subject, owner, covers }) {
    const missing = covers.join(', ');
    const region = subject.split(':')[3] ?? '';
    return {
      id: 'reach-every-account',
      title: {
        en: 'Let the organization trail reach every account',
        ko: '조직 트레일이 모든 계정에 닿게 하기',
      },
      why: {
        en: 'The trail is there. CloudTrail copies it into accounts by itself, within a day of their joining, and no call makes it do so at once.',
        ko: '트레일은 이미 있습니다. CloudTrail이 계정이 합류한 뒤 하루 안에 직접 복사하며, 이를 바로 시키는 호출은 없습니다.',
      },
      who: {
        en: `Whoever administers the organization in account ${owner}, or a delegated administrator of CloudTrail.`,
        ko: `계정 ${owner}의 조직 관리자 또는 CloudTrail 위임 관리자.`,
      },
      steps: [
        {
          say: {
            en: `See since when these are members of the organization: ${missing}. Within a day of joining, wait.`,
            ko: `다음 계정이 언제부터 조직의 구성원인지 확인합니다: ${missing}. 합류한 지 하루가 지나지 않았으면 기다립니다.`,
          },
          command: `aws organizations list-accounts --query 'Accounts[].[Id,Status,JoinedTimestamp]'`,
        },
        {
          say: {
            en: 'Among the trusted services there must be cloudtrail.amazonaws.com.',
            ko: '신뢰할 수 있는 서비스에 cloudtrail.amazonaws.com이 있어야 합니다.',
          },
          command: 'aws organizations list-aws-service-access-for-organization',
        },
        {
          say: {
            en: 'Save the trail once more as a trail of the organization; nothing else of it changes.',
            ko: '트레일을 조직 트레일로 다시 저장합니다. 다른 설정은 바뀌지 않습니다.',
          },
          command: `aws cloudtrail update-trail --region ${shellWord(region)} --name ${shellWord(subject)} --is-organization-trail`,
        },
        {
          say: {
            en: 'Look again in an hour; what is still missing then is a case for AWS Support.',
            ko: '한 시간 뒤 다시 확인합니다. 그래도 빠져 있으면 AWS Support에 문의합니다.',
          },
        },
      ],
      conflicts: [],
      alternatives: [],
    };
  },
};
