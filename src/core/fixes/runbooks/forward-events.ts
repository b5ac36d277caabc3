import type { RunbookFor } from '../runbook.ts';

/** Rules in every account and region are a StackSet's business (reference: fixes 6.3, EventBridge, class X). */
export const forwardEvents: RunbookFor = {
  id: 'forward-events',
  write({ owner }) {
    return {
      id: 'forward-events',
      title: {
        en: 'Forward events of all accounts to one event bus',
        ko: '모든 계정의 이벤트를 한 이벤트 버스로 모으기',
      },
      why: {
        en: 'It takes a rule in every account and every region, now and in every account to come: that is what StackSets are for.',
        ko: '지금과 앞으로의 모든 계정, 모든 리전에 규칙이 있어야 합니다. 이것은 StackSets가 할 일입니다.',
      },
      who: {
        en: `Whoever owns the StackSets of the organization, and of the account of the central bus (${owner}).`,
        ko: `조직의 StackSets 담당자와 중앙 버스 계정(${owner})의 담당자.`,
      },
      steps: [
        {
          say: {
            en: 'Let the accounts of the organization, and nobody else, put events on the central bus.',
            ko: '조직의 계정만 중앙 버스에 이벤트를 넣을 수 있게 합니다.',
          },
          command:
            'aws events put-permission --event-bus-name audit --statement-id organization --action events:PutEvents --principal "*" --condition Type=StringEquals,Key=aws:PrincipalOrgID,Value=ORGANIZATION-ID',
        },
        {
          say: {
            en: 'Add to the StackSet of the baseline, for all OUs and regions: a rule and its target.',
            ko: '기준 StackSet에 규칙과 대상을 넣고 모든 OU와 리전에 배포합니다.',
          },
          command: `Resources:
  ForwardAuditEvents:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [aws.cloudtrail, aws.config, aws.organizations]
        detail-type: [AWS API Call via CloudTrail]
      Targets:
        - Id: audit
          Arn: arn:aws:events:REGION:${owner}:event-bus/audit
          RoleArn: !GetAtt ForwardRole.Arn`,
        },
        {
          say: {
            en: 'The management account gets no service-managed StackSet: deploy the same stack there by itself.',
            ko: '관리 계정에는 서비스 관리형 StackSet이 배포되지 않으므로 같은 스택을 따로 배포합니다.',
          },
        },
        {
          say: {
            en: 'Prove it in each account with a harmless management event, such as a tag on the rule itself.',
            ko: '계정마다 규칙에 태그를 붙이는 것처럼 무해한 관리 이벤트로 확인합니다.',
          },
          command: 'aws events tag-resource --resource-arn RULE-ARN --tags Key=checked,Value=today',
        },
      ],
      conflicts: [],
      alternatives: [
        {
          say: {
            en: 'Metric filters and alarms on the log group of the organization trail hear all accounts from one place.',
            ko: '조직 트레일의 로그 그룹에 지표 필터와 알람을 두면 한곳에서 모든 계정을 볼 수 있습니다.',
          },
          fix: 'add-alarms',
        },
      ],
    };
  },
};
