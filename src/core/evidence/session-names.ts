import type { Hop } from './hops.ts';

/**
 * What a session name says that no person chose: SDKs, services and tools make such names up. Whoever
 * assumes a role could write the same, so this explains a name and proves nothing
 * (reference: questions, 3.9). Null for a name that may be somebody's.
 */
export function madeUp(session: string): Hop | null {
  return CONVENTIONS.find(({ pattern }) => pattern.test(session))?.says ?? null;
}

const CONVENTIONS: { pattern: RegExp; says: Hop }[] = [
  {
    pattern:
      /^(botocore-session-|aws-sdk-[a-z]+-|aws-go-sdk-|AWSCLI-Session|boto3-session|aws-dotnet-|aws-cli-)/i,
    says: {
      en: 'the session name is one that an SDK makes up: nobody named the session',
      ko: 'SDK가 지어낸 세션 이름입니다: 아무도 세션에 이름을 붙이지 않았습니다',
    },
  },
  {
    pattern: /^\d{6,}$|^[0-9a-f]{24,40}$/i,
    says: {
      en: 'the session name is a number: nobody named the session',
      ko: '숫자로 된 세션 이름입니다: 아무도 세션에 이름을 붙이지 않았습니다',
    },
  },
  {
    pattern: /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/i,
    says: {
      en: 'the session is named like an EC2 instance, which the record does not confirm',
      ko: 'EC2 인스턴스처럼 이름 붙은 세션이지만 기록으로 확인되지는 않습니다',
    },
  },
  {
    pattern: /^eks-.+-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
    says: {
      en: 'the session is named like a pod of EKS, which the record does not confirm',
      ko: 'EKS 파드처럼 이름 붙은 세션이지만 기록으로 확인되지는 않습니다',
    },
  },
  {
    pattern: /^(GitHubActions|gitlab-ci|terraform|terraform-run-|run-[A-Za-z0-9]{16}$)/,
    says: {
      en: 'the session has the usual name of a CI run, which the record does not confirm',
      ko: 'CI 실행에 흔히 쓰이는 세션 이름이지만 기록으로 확인되지는 않습니다',
    },
  },
  {
    pattern: /^gntd-/,
    says: {
      en: 'Granted named the session, without the user',
      ko: 'Granted가 사용자 없이 지은 세션 이름입니다',
    },
  },
  {
    pattern:
      /^(AWSCloudFormation|AutoScaling|SageMaker|EKS|AWS-SSO|sechub_admin|ecs-service-scheduler)$/,
    says: {
      en: 'the session has the name that a service gives, which the record does not confirm',
      ko: '서비스가 붙이는 세션 이름이지만 기록으로 확인되지는 않습니다',
    },
  },
];
