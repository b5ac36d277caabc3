import type { Bilingual } from '../../reader.ts';
import type { Runbook, RunbookFor } from '../runbook.ts';
import { shellWord } from './words.ts';

/** What refuses CloudTrail is the policy of somebody else's bucket, key, topic or role (reference: posture CT-06). */
export const mendDelivery: RunbookFor = {
  id: 'mend-delivery',
  write({ subject, owner }) {
    // A finding of delivery is about one sink of a trail: `arn:…:trail/name#s3`.
    const [trail = '', sink = 's3'] = subject.split('#');
    const arn = shellWord(trail);
    const home = shellWord(trail.split(':')[3] ?? '');
    return {
      id: 'mend-delivery',
      title: {
        en: 'Let what the trail records arrive again',
        ko: '트레일이 기록한 것이 다시 도착하게 하기',
      },
      why: {
        en: 'CloudTrail tells one word of what went wrong. Which policy refuses it, and who changed that on purpose, a person has to see.',
        ko: 'CloudTrail은 무엇이 잘못되었는지 한마디만 알려 줍니다. 어느 정책이 거부하는지, 누가 의도하고 바꾼 것인지는 사람이 확인해야 합니다.',
      },
      who: {
        en: `The owner of the trail in account ${owner}, together with whoever owns what it delivers to.`,
        ko: `계정 ${owner}의 트레일 담당자와, 전달받는 리소스의 담당자.`,
      },
      steps: [
        {
          say: {
            en: 'Read the error and the last success in a region that the finding names (REGION).',
            ko: '발견 항목에 나온 리전(REGION)에서 오류와 마지막 성공 시각을 읽습니다.',
          },
          command: `aws cloudtrail get-trail-status --region REGION --name ${arn}`,
        },
        {
          say: { en: 'See where the trail delivers to.', ko: '트레일이 어디로 전달하는지 봅니다.' },
          command: `aws cloudtrail get-trail --region ${home} --name ${arn}`,
        },
        ...(STEPS[sink] ?? TO_BUCKET),
        {
          say: {
            en: 'After ten minutes (digests: after an hour) the last success must be newer than the change.',
            ko: '10분 뒤(다이제스트는 한 시간 뒤) 마지막 성공 시각이 변경 시각보다 나중이어야 합니다.',
          },
          command: `aws cloudtrail get-trail-status --region REGION --name ${arn}`,
        },
      ],
      conflicts: [
        {
          en: 'What was not delivered meanwhile is not delivered later: management events of the last 90 days are in the event history, data events are lost.',
          ko: '그동안 전달되지 않은 것은 나중에도 전달되지 않습니다. 지난 90일의 관리 이벤트는 이벤트 기록에 있고, 데이터 이벤트는 사라집니다.',
        },
      ],
      alternatives: sink === 's3' || sink === 'digest' ? [WITH_KEY] : [],
    };
  },
};

type Steps = Runbook['steps'];

const step = (say: Bilingual, command: string): Steps[number] => ({ say, command });

const TO_BUCKET: Steps = [
  step(
    {
      en: 'In the account that owns the bucket: its policy must let cloudtrail.amazonaws.com call s3:GetBucketAcl, and s3:PutObject below AWSLogs/, for this trail (aws:SourceArn). NoSuchBucket means that it is gone.',
      ko: '버킷을 소유한 계정에서: 버킷 정책이 이 트레일(aws:SourceArn)을 위해 cloudtrail.amazonaws.com에 s3:GetBucketAcl과 AWSLogs/ 아래의 s3:PutObject를 허용해야 합니다. NoSuchBucket은 버킷이 없다는 뜻입니다.',
    },
    'aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text',
  ),
  step(
    {
      en: 'Where the trail has a key: it must be Enabled, and its policy must let cloudtrail.amazonaws.com call kms:GenerateDataKey* and kms:DescribeKey.',
      ko: '트레일에 키가 있다면: 상태가 Enabled여야 하고, 키 정책이 cloudtrail.amazonaws.com에 kms:GenerateDataKey*와 kms:DescribeKey를 허용해야 합니다.',
    },
    'aws kms describe-key --key-id KEY-ARN && aws kms get-key-policy --key-id KEY-ARN --query Policy --output text',
  ),
];

const STEPS: { [sink: string]: Steps } = {
  'cloudwatch-logs': [
    step(
      {
        en: 'The log group must be there.',
        ko: '로그 그룹이 있어야 합니다.',
      },
      'aws logs describe-log-groups --log-group-name-prefix LOG-GROUP',
    ),
    step(
      {
        en: 'The role must be assumable by cloudtrail.amazonaws.com and allow logs:CreateLogStream and logs:PutLogEvents on that log group.',
        ko: '역할은 cloudtrail.amazonaws.com이 맡을 수 있어야 하고, 그 로그 그룹에 logs:CreateLogStream과 logs:PutLogEvents를 허용해야 합니다.',
      },
      'aws iam get-role --role-name ROLE && aws iam list-role-policies --role-name ROLE',
    ),
  ],
  sns: [
    step(
      {
        en: 'The policy of the topic must let cloudtrail.amazonaws.com call SNS:Publish for this trail (aws:SourceArn); the key of an encrypted topic must let it in, too.',
        ko: '주제 정책이 이 트레일(aws:SourceArn)을 위해 cloudtrail.amazonaws.com에 SNS:Publish를 허용해야 합니다. 암호화된 주제라면 키도 허용해야 합니다.',
      },
      'aws sns get-topic-attributes --topic-arn TOPIC-ARN --query Attributes.Policy --output text',
    ),
  ],
};

const WITH_KEY = {
  say: {
    en: 'Where the key of the trail is disabled or waits for its deletion, the bot can bring it back.',
    ko: '트레일의 키가 비활성화되었거나 삭제 대기 중이라면 봇이 되살릴 수 있습니다.',
  },
  fix: 'restore-trail-key',
};
