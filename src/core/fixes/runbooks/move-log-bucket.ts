import type { RunbookFor } from '../runbook.ts';
import { bucketOf, shellWord } from './words.ts';

/** A project, not a click: readers move, history is copied (reference: fixes 6.2, row CT-13, class X). */
export const moveLogBucket: RunbookFor = {
  id: 'move-log-bucket',
  write({ subject, owner }) {
    const bucket = bucketOf(subject);
    return {
      id: 'move-log-bucket',
      title: {
        en: 'Move the trail to a bucket of the log archive account',
        ko: '트레일을 로그 보관 계정의 버킷으로 옮기기',
      },
      why: {
        en: 'Readers, alarms and years of history hang on the present bucket: somebody has to decide about each of them.',
        ko: '지금 버킷을 읽는 도구, 알람, 지난 기록이 있어 하나씩 결정해야 합니다.',
      },
      who: {
        en: `Whoever owns the trail in account ${owner}, together with the owner of the log archive account.`,
        ko: `계정 ${owner}의 트레일 담당자와 로그 보관 계정의 담당자.`,
      },
      steps: [
        {
          say: {
            en: 'Make the new bucket in the log archive account, with Object Lock, in the region of the key.',
            ko: '로그 보관 계정에, 키와 같은 리전에 Object Lock을 켠 새 버킷을 만듭니다.',
          },
          command:
            'aws s3api create-bucket --bucket NEW-BUCKET --object-lock-enabled-for-bucket --create-bucket-configuration LocationConstraint=REGION',
        },
        {
          say: {
            en: 'Let CloudTrail write there, for this trail only (aws:SourceArn), and deny requests without TLS.',
            ko: '이 트레일만(aws:SourceArn) CloudTrail이 쓸 수 있게 하고, TLS가 없는 요청은 거부합니다.',
          },
          command: 'aws s3api put-bucket-policy --bucket NEW-BUCKET --policy file://policy.json',
        },
        {
          say: { en: 'Deliver there.', ko: '새 버킷으로 전달합니다.' },
          command: 'aws cloudtrail update-trail --name TRAIL-ARN --s3-bucket-name NEW-BUCKET',
        },
        {
          say: {
            en: 'Keep the old bucket and let nobody write to it: its digests verify only where they lie.',
            ko: '이전 버킷은 남겨 두고 아무도 쓰지 못하게 합니다. 다이제스트는 원래 위치에서만 검증됩니다.',
          },
          command: `aws s3api get-bucket-policy --bucket ${shellWord(bucket)} --expected-bucket-owner ${owner}`,
        },
      ],
      conflicts: [
        {
          en: 'Whoever reads the old bucket (SIEM, Athena tables, Lambda functions) sees nothing new from then on.',
          ko: '이전 버킷을 읽던 도구(SIEM, Athena 테이블, Lambda 함수)는 그때부터 새 로그를 보지 못합니다.',
        },
      ],
      alternatives: [
        {
          say: {
            en: 'Where an organization trail records the same, retire this trail instead.',
            ko: '조직 트레일이 같은 것을 기록한다면 이 트레일을 없애는 편이 낫습니다.',
          },
          fix: 'retire-trail',
        },
      ],
    };
  },
};
