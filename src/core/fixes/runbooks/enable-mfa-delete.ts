import type { RunbookFor } from '../runbook.ts';
import { bucketOf, shellWord } from './words.ts';

/**
 * MFA delete takes the root user of the bucket's own account with its MFA device, by API or CLI: no
 * assumed role can, and no task policy of `sts:AssumeRoot` covers it (reference: fixes 6.2, row CT-17).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
 */
export const enableMfaDelete: RunbookFor = {
  id: 'enable-mfa-delete',
  write({ subject, owner }) {
    const bucket = shellWord(bucketOf(subject));
    const of = `--bucket ${bucket} --expected-bucket-owner ${owner}`;
    return {
      id: 'enable-mfa-delete',
      title: { en: 'Turn MFA delete on by hand', ko: 'MFA Delete를 직접 켜기' },
      why: {
        en: 'AWS accepts this call from the root user of the account that owns the bucket only, with a code of its MFA device. No role can make it, so no button can either.',
        ko: 'AWS는 이 호출을 버킷을 소유한 계정의 루트 사용자가 MFA 장치의 코드와 함께 보낼 때만 받아들입니다. 어떤 역할로도 할 수 없으므로 버튼으로도 할 수 없습니다.',
      },
      who: {
        en: `The root user of account ${owner}, with a hardware or virtual MFA device (a passkey gives no codes).`,
        ko: `계정 ${owner}의 루트 사용자. 코드가 나오는 MFA 장치(하드웨어 또는 가상)가 필요하며 패스키로는 안 됩니다.`,
      },
      steps: [
        {
          say: {
            en: 'Look whether a lifecycle rule exists: with one the call is refused.',
            ko: '수명 주기 규칙이 있는지 확인합니다. 있으면 호출이 거부됩니다.',
          },
          command: `aws s3api get-bucket-lifecycle-configuration ${of}`,
        },
        {
          say: {
            en: 'Where root access is managed centrally, allow this account its root credentials again for the time it takes, and sign in as the root user.',
            ko: '루트 액세스를 중앙에서 관리한다면 작업하는 동안 이 계정의 루트 자격 증명을 다시 허용하고 루트 사용자로 로그인합니다.',
          },
        },
        {
          say: {
            en: 'Make a temporary access key of the root user, and put in the serial number and the present code of its device.',
            ko: '루트 사용자의 임시 액세스 키를 만들고, 장치의 일련번호와 현재 코드를 넣어 실행합니다.',
          },
          command: `aws s3api put-bucket-versioning ${of} --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "arn:aws:iam::${owner}:mfa/DEVICE CODE"`,
        },
        {
          say: {
            en: 'Read it again: MFADelete must say Enabled.',
            ko: '다시 읽어 MFADelete가 Enabled인지 확인합니다.',
          },
          command: `aws s3api get-bucket-versioning ${of}`,
        },
        {
          say: {
            en: 'Delete the access key of the root user at once.',
            ko: '루트 사용자의 액세스 키를 즉시 삭제합니다.',
          },
        },
      ],
      conflicts: [
        {
          en: 'Lifecycle rules: a bucket with MFA delete takes none, so nothing moves to Glacier or expires.',
          ko: '수명 주기 규칙: MFA Delete가 켜진 버킷은 수명 주기를 쓸 수 없어, Glacier로 옮기거나 만료시킬 수 없습니다.',
        },
        {
          en: 'Centralized root access: an account without root credentials cannot make or undo this call.',
          ko: '중앙 집중식 루트 액세스: 루트 자격 증명이 없는 계정은 이 호출을 할 수도, 되돌릴 수도 없습니다.',
        },
        {
          en: 'Turning it off takes the same device: if that is lost, so is the way back.',
          ko: '끌 때도 같은 장치가 필요합니다. 장치를 잃으면 되돌릴 수 없습니다.',
        },
      ],
      alternatives: [
        {
          say: {
            en: 'A default Object Lock keeps log files from everybody, root included in COMPLIANCE mode, and goes together with lifecycle rules.',
            ko: '기본 Object Lock은 로그 파일을 모두로부터(COMPLIANCE 모드에서는 루트로부터도) 지키며, 수명 주기 규칙과 함께 쓸 수 있습니다.',
          },
          fix: 'lock-objects',
        },
        {
          say: {
            en: 'A service control policy that denies s3:DeleteObjectVersion, s3:PutBucketVersioning, s3:PutLifecycleConfiguration and s3:PutBucketPolicy on the bucket to all but break-glass roles, with versioning on.',
            ko: '버전 관리를 켠 채로, 비상용 역할을 제외한 모두에게 이 버킷의 s3:DeleteObjectVersion, s3:PutBucketVersioning, s3:PutLifecycleConfiguration, s3:PutBucketPolicy를 거부하는 서비스 제어 정책.',
          },
        },
      ],
    };
  },
};
