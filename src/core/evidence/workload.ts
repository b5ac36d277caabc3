import type { CloudTrailEvent } from './event.ts';
import type { Hop } from './hops.ts';
import { member, text } from './parse-event.ts';

/** A machine that acted: its name, and what is known of it. It is never taken for a person. */
export type Workload = { name: string; how: Hop };

/**
 * The workload whose token this web identity is: a CI run, a service account of Kubernetes. Null for
 * identity providers that people sign in with.
 */
export function workloadOf(event: CloudTrailEvent): Workload | null {
  const { caller } = event;
  const provider = providerOf(event);
  // Without `userName`, the principal ends in it: `<provider>:<audience>:<sub>`.
  const sub = caller.userName ?? caller.principalId?.split(`${AUDIENCE}:`)[1] ?? '';
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(sub) ?? [];
  if (namespace && account)
    return {
      name: sub,
      how: {
        en: `service account ${account} of namespace ${namespace}, a workload of Kubernetes (${provider ?? 'its token'})`,
        ko: `네임스페이스 ${namespace}의 서비스 계정 ${account}, Kubernetes 워크로드 (${provider ?? '토큰'})`,
      },
    };
  const repository = /^repo:([^:]+)(?::(.+))?$/s.exec(sub);
  if (repository) {
    const [, name = '', of = ''] = repository;
    return {
      name: sub,
      how: {
        en: `CI run of repository ${name}${of && `, ${of}`} (token of ${provider ?? 'GitHub Actions'}); who started it is known there, not in AWS`,
        ko: `저장소 ${name}의 CI 실행${of && `, ${of}`} (${provider ?? 'GitHub Actions'}의 토큰); 누가 시작했는지는 AWS가 아니라 그쪽에서 알 수 있습니다`,
      },
    };
  }
  if (!provider || !isOfMachines(provider)) return null;
  return {
    name: sub || provider,
    how: {
      en: `workload with a token of ${provider}; who started it is known there, not in AWS`,
      ko: `${provider}의 토큰을 가진 워크로드; 누가 시작했는지는 AWS가 아니라 그쪽에서 알 수 있습니다`,
    },
  };
}

/**
 * A session that AWS says was opened with a workload's token, though the call that opened it, and so
 * which repository or service account it was, is not at hand.
 */
export function federatedWorkload(event: CloudTrailEvent): Hop | null {
  const session = member(member(event.record.userIdentity)?.sessionContext);
  const provider = text(member(session?.webIdFederationData)?.federatedProvider);
  if (!provider || !isOfMachines(provider)) return null;
  return {
    en: `a workload with a token of ${provider}: which one stands in the AssumeRoleWithWebIdentity that opened the session`,
    ko: `${provider}의 토큰을 가진 워크로드: 어느 것인지는 세션을 연 AssumeRoleWithWebIdentity에 적혀 있습니다`,
  };
}

/**
 * The pod that EKS Pod Identity opened this session for, by the session tags that EKS itself sets in
 * its AssumeRole (reference: questions, 3.9); null for other calls.
 */
export function podOf(issuing: CloudTrailEvent): Workload | null {
  if (issuing.caller.invokedBy !== 'pods.eks.amazonaws.com') return null;
  const tags = tagsOf(issuing);
  const [namespace, account] = [tags['kubernetes-namespace'], tags['kubernetes-service-account']];
  const cluster = tags['eks-cluster-name'] ?? tags['eks-cluster-arn']?.split('/').at(-1);
  if (!namespace || !account) return null;
  const pod = tags['kubernetes-pod-name'];
  return {
    name: `system:serviceaccount:${namespace}:${account}`,
    how: {
      en: `EKS Pod Identity: service account ${account} of namespace ${namespace}${cluster ? ` in cluster ${cluster}` : ''}${pod ? `, pod ${pod}` : ''}`,
      ko: `EKS Pod Identity: ${cluster ? `클러스터 ${cluster}, ` : ''}네임스페이스 ${namespace}의 서비스 계정 ${account}${pod ? `, 파드 ${pod}` : ''}`,
    },
  };
}

function tagsOf(event: CloudTrailEvent): { [key: string]: string } {
  const request = member(event.record.requestParameters);
  const listed = request?.tags;
  if (!Array.isArray(listed)) return {};
  return Object.fromEntries(
    listed.flatMap((one) => {
      const [key, value] = [text(member(one)?.key), text(member(one)?.value)];
      return key && value ? [[key, value]] : [];
    }),
  );
}

const AUDIENCE = ':sts.amazonaws.com';

/** `arn:aws:iam::…:oidc-provider/token.actions.githubusercontent.com` -> the host and path. */
function providerOf({ record }: CloudTrailEvent): string | null {
  const named = text(member(record.userIdentity)?.identityProvider);
  return named?.split(':oidc-provider/').at(-1) ?? null;
}

/** Providers whose tokens machines hold. Of Cognito, Google and the rest, people do. */
function isOfMachines(provider: string): boolean {
  const host = provider.split(':oidc-provider/').at(-1) ?? '';
  return /^(token\.actions\.githubusercontent\.com|oidc\.eks\.|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|oidc\.circleci\.com|api\.bitbucket\.org|vstoken\.dev\.azure\.com|sts\.windows\.net|oidc\.vercel\.com)/.test(
    host,
  );
}
