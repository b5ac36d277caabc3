import type { RunbookFor } from '../runbook.ts';

/**
 * Delegated administrators are registered and deregistered in the management account, where the bot has
 * no role that writes (reference: fixes 6.1, row CT-32, class X).
 */
export const administerByExpectedAccounts: RunbookFor = {
  id: 'administer-by-expected-accounts',
  write({ subject, owner }) {
    return {
      id: 'administer-by-expected-accounts',
      title: {
        en: 'Let only expected accounts administer the trail',
        ko: '예상된 계정만 트레일을 관리하게 하기',
      },
      why: {
        en: 'Only the management account registers delegated administrators, and the bot has no right to write there.',
        ko: '위임된 관리자는 관리 계정에서만 등록하고 해제할 수 있으며, 봇은 그곳에 쓸 권한이 없습니다.',
      },
      who: {
        en: `An administrator of the management account ${owner} (organization ${subject}).`,
        ko: `관리 계정 ${owner}의 관리자(조직 ${subject}).`,
      },
      steps: [
        {
          say: { en: 'See who is registered.', ko: '누가 등록되어 있는지 봅니다.' },
          command:
            'aws organizations list-delegated-administrators --service-principal cloudtrail.amazonaws.com',
        },
        {
          say: {
            en: 'Ask who registered the one that nobody expects: the answer names the person and the event.',
            ko: '예상하지 못한 계정을 누가 등록했는지 물어봅니다. 사람과 이벤트를 알려 줍니다.',
          },
          command: 'trailwarden ask "who registered a delegated administrator since 90 days"',
        },
        {
          say: {
            en: 'Deregister it where it has no business there.',
            ko: '필요 없는 계정이면 등록을 해제합니다.',
          },
          command:
            'aws cloudtrail deregister-organization-delegated-admin --delegated-admin-account-id ACCOUNT',
        },
        {
          say: {
            en: 'Where one is missing, register it: trusted access must be on, and three is the most.',
            ko: '빠진 계정이 있으면 등록합니다. 신뢰할 수 있는 액세스가 켜져 있어야 하고 최대 3개입니다.',
          },
          command:
            'aws cloudtrail register-organization-delegated-admin --member-account-id ACCOUNT',
        },
      ],
      conflicts: [
        {
          en: 'Trails and event data stores that a delegated administrator made stay, and stay the management account’s.',
          ko: '위임된 관리자가 만든 트레일과 이벤트 데이터 스토어는 그대로 남으며, 소유자는 관리 계정입니다.',
        },
      ],
      alternatives: [
        {
          say: {
            en: 'If the account is right, put it on the list: posture.delegatedAdministrators in trailwarden.yml.',
            ko: '맞는 계정이라면 trailwarden.yml의 posture.delegatedAdministrators에 추가하세요.',
          },
        },
      ],
    };
  },
};
