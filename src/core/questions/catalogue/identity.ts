import type { ResourceType } from './type.ts';

const IAM = ['iam.amazonaws.com'];
const STS = ['sts.amazonaws.com'];
const SSO = ['sso.amazonaws.com'];
const DIRECTORY = ['sso-directory.amazonaws.com', 'identitystore.amazonaws.com'];

export const IDENTITY: ResourceType[] = [
  {
    id: 'iam-user',
    en: 'IAM user',
    ko: 'IAM 사용자',
    words: ['iam user', 'user account', 'iam 사용자', 'iam 유저', 'iam user account'],
    arn: [['iam', 'user/']],
    sources: IAM,
    events: {
      delete: 'DeleteUser',
      create: 'CreateUser',
      change:
        'UpdateUser TagUser UntagUser PutUserPolicy DeleteUserPolicy AttachUserPolicy DetachUserPolicy AddUserToGroup RemoveUserFromGroup PutUserPermissionsBoundary DeleteUserPermissionsBoundary CreateLoginProfile UpdateLoginProfile DeleteLoginProfile CreateAccessKey UpdateAccessKey DeleteAccessKey DeactivateMFADevice EnableMFADevice',
      attach: 'AttachUserPolicy PutUserPolicy AddUserToGroup',
      detach: 'DetachUserPolicy DeleteUserPolicy RemoveUserFromGroup',
    },
    permission:
      'AttachUserPolicy DetachUserPolicy PutUserPolicy DeleteUserPolicy AddUserToGroup RemoveUserFromGroup PutUserPermissionsBoundary DeleteUserPermissionsBoundary',
  },
  {
    id: 'iam-role',
    en: 'IAM role',
    ko: 'IAM 역할',
    words: ['role', 'iam role', '역할', '롤', 'iam 역할', 'iam 롤', 'iam role'],
    arn: [['iam', 'role/']],
    sources: IAM,
    events: {
      delete: 'DeleteRole DeleteServiceLinkedRole',
      create: 'CreateRole CreateServiceLinkedRole',
      change:
        'UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy TagRole UntagRole PutRolePolicy DeleteRolePolicy AttachRolePolicy DetachRolePolicy PutRolePermissionsBoundary DeleteRolePermissionsBoundary',
      attach: 'AttachRolePolicy PutRolePolicy AddRoleToInstanceProfile',
      detach: 'DetachRolePolicy DeleteRolePolicy RemoveRoleFromInstanceProfile',
      share: 'UpdateAssumeRolePolicy',
      assume:
        'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity SwitchRole GetRoleCredentials',
      use: 'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity SwitchRole GetRoleCredentials',
    },
    permission:
      'AttachRolePolicy DetachRolePolicy PutRolePolicy DeleteRolePolicy UpdateAssumeRolePolicy PutRolePermissionsBoundary DeleteRolePermissionsBoundary',
  },
  {
    id: 'trust-policy',
    en: 'trust policy',
    ko: '신뢰 정책',
    words: ['trust policy', 'trust relationship', 'assume role policy', '신뢰 정책', '신뢰 관계'],
    sources: IAM,
    events: {
      change: 'UpdateAssumeRolePolicy',
      open: 'UpdateAssumeRolePolicy',
      attach: 'UpdateAssumeRolePolicy',
    },
    permission: 'UpdateAssumeRolePolicy',
    part: true,
  },
  {
    id: 'permissions-boundary',
    en: 'permissions boundary',
    ko: '권한 경계',
    words: ['permissions boundary', 'permission boundary', 'iam boundary', '권한 경계'],
    sources: IAM,
    events: {
      attach: 'PutRolePermissionsBoundary PutUserPermissionsBoundary',
      create: 'PutRolePermissionsBoundary PutUserPermissionsBoundary',
      detach: 'DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary',
      delete: 'DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary',
      change:
        'PutRolePermissionsBoundary PutUserPermissionsBoundary DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary',
    },
    permission:
      'PutRolePermissionsBoundary PutUserPermissionsBoundary DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary',
    part: true,
  },
  {
    id: 'iam-policy',
    en: 'IAM policy',
    ko: 'IAM 정책',
    words: [
      'iam policy',
      'policy',
      'managed policy',
      'inline policy',
      'iam 정책',
      '정책',
      '관리형 정책',
      '인라인 정책',
      '아이엠 정책',
    ],
    arn: [['iam', 'policy/']],
    sources: IAM,
    events: {
      delete:
        'DeletePolicy DeletePolicyVersion DeleteUserPolicy DeleteRolePolicy DeleteGroupPolicy',
      create: 'CreatePolicy CreatePolicyVersion PutUserPolicy PutRolePolicy PutGroupPolicy',
      change:
        'CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion SetDefaultPolicyVersion PutUserPolicy DeleteUserPolicy PutRolePolicy DeleteRolePolicy PutGroupPolicy DeleteGroupPolicy AttachUserPolicy DetachUserPolicy AttachRolePolicy DetachRolePolicy AttachGroupPolicy DetachGroupPolicy UpdateAssumeRolePolicy',
      attach:
        'AttachUserPolicy AttachRolePolicy AttachGroupPolicy PutUserPolicy PutRolePolicy PutGroupPolicy',
      detach:
        'DetachUserPolicy DetachRolePolicy DetachGroupPolicy DeleteUserPolicy DeleteRolePolicy DeleteGroupPolicy',
    },
  },
  {
    id: 'iam-group',
    en: 'IAM group',
    ko: 'IAM 그룹',
    words: ['iam group', 'iam 그룹', 'iam user group'],
    arn: [['iam', 'group/']],
    sources: IAM,
    events: {
      delete: 'DeleteGroup',
      create: 'CreateGroup',
      change:
        'UpdateGroup AddUserToGroup RemoveUserFromGroup AttachGroupPolicy DetachGroupPolicy PutGroupPolicy DeleteGroupPolicy',
      attach: 'AddUserToGroup AttachGroupPolicy PutGroupPolicy',
      detach: 'RemoveUserFromGroup DetachGroupPolicy DeleteGroupPolicy',
    },
    permission:
      'AttachGroupPolicy DetachGroupPolicy PutGroupPolicy DeleteGroupPolicy AddUserToGroup RemoveUserFromGroup',
  },
  {
    id: 'access-key',
    en: 'access key',
    ko: '액세스 키',
    words: [
      'access key',
      'iam access key',
      'api key of user',
      '액세스 키',
      '엑세스 키',
      '접근 키',
      'iam 액세스 키',
    ],
    sources: IAM,
    events: {
      delete: 'DeleteAccessKey',
      create: 'CreateAccessKey',
      // No call rotates a key: another is made, the old one switched off and deleted.
      change: 'UpdateAccessKey CreateAccessKey DeleteAccessKey',
      stop: 'UpdateAccessKey',
      start: 'UpdateAccessKey',
    },
    part: true,
  },
  {
    id: 'login-profile',
    en: 'console password',
    ko: '콘솔 비밀번호',
    words: [
      'login profile',
      'console password',
      'iam password',
      'password',
      '로그인 프로필',
      '콘솔 비밀번호',
      '비밀번호',
      '패스워드',
      '로그인 프로파일',
    ],
    sources: IAM,
    events: {
      delete: 'DeleteLoginProfile',
      create: 'CreateLoginProfile',
      change: 'UpdateLoginProfile ChangePassword PasswordUpdated CreateLoginProfile',
    },
    part: true,
  },
  {
    id: 'mfa-device',
    en: 'MFA device',
    ko: 'MFA 기기',
    words: ['mfa device', 'mfa', 'mfa 기기', 'mfa 디바이스', 'mfa 장치'],
    sources: IAM,
    events: {
      delete: 'DeactivateMFADevice DeleteVirtualMFADevice',
      stop: 'DeactivateMFADevice DeleteVirtualMFADevice',
      detach: 'DeactivateMFADevice DeleteVirtualMFADevice',
      create: 'CreateVirtualMFADevice EnableMFADevice',
      start: 'EnableMFADevice',
      change: 'DeactivateMFADevice DeleteVirtualMFADevice EnableMFADevice ResyncMFADevice',
    },
    part: true,
  },
  {
    id: 'instance-profile',
    en: 'instance profile',
    ko: '인스턴스 프로파일',
    words: ['instance profile', '인스턴스 프로파일', '인스턴스 프로필'],
    arn: [['iam', 'instance-profile/']],
    sources: IAM,
    events: {
      delete: 'DeleteInstanceProfile',
      create: 'CreateInstanceProfile',
      change:
        'AddRoleToInstanceProfile RemoveRoleFromInstanceProfile AssociateIamInstanceProfile ReplaceIamInstanceProfileAssociation DisassociateIamInstanceProfile',
      attach:
        'AssociateIamInstanceProfile ReplaceIamInstanceProfileAssociation AddRoleToInstanceProfile',
      detach: 'DisassociateIamInstanceProfile RemoveRoleFromInstanceProfile',
    },
  },
  {
    id: 'identity-provider',
    en: 'identity provider',
    ko: '자격 증명 공급자',
    words: [
      'identity provider',
      'saml provider',
      'oidc provider',
      'idp',
      '자격 증명 공급자',
      'saml 공급자',
      'oidc 공급자',
    ],
    sources: IAM,
    events: {
      delete: 'DeleteSAMLProvider DeleteOpenIDConnectProvider',
      create: 'CreateSAMLProvider CreateOpenIDConnectProvider',
      change:
        'UpdateSAMLProvider UpdateOpenIDConnectProviderThumbprint AddClientIDToOpenIDConnectProvider',
    },
  },
  {
    id: 'identity-center-user',
    en: 'Identity Center user',
    ko: 'Identity Center 사용자',
    words: [
      'identity center user',
      'sso user',
      'iam identity center user',
      'identity center 사용자',
      'sso 사용자',
      '아이덴티티 센터 사용자',
    ],
    sources: DIRECTORY,
    events: {
      delete: 'DeleteUser',
      create: 'CreateUser',
      change:
        'UpdateUser AddMemberToGroup RemoveMemberFromGroup CreateGroupMembership DeleteGroupMembership DisableUser EnableUser UpdatePassword',
      stop: 'DisableUser',
      start: 'EnableUser',
      attach: 'AddMemberToGroup CreateGroupMembership',
      detach: 'RemoveMemberFromGroup DeleteGroupMembership',
    },
  },
  {
    id: 'identity-center-group',
    en: 'Identity Center group',
    ko: 'Identity Center 그룹',
    words: [
      'identity center group',
      'sso group',
      'iam identity center group',
      'identity center 그룹',
      'sso 그룹',
      '아이덴티티 센터 그룹',
    ],
    sources: DIRECTORY,
    events: {
      delete: 'DeleteGroup',
      create: 'CreateGroup',
      change:
        'UpdateGroup AddMemberToGroup RemoveMemberFromGroup CreateGroupMembership DeleteGroupMembership',
      attach: 'AddMemberToGroup CreateGroupMembership',
      detach: 'RemoveMemberFromGroup DeleteGroupMembership',
    },
  },
  {
    id: 'permission-set',
    en: 'permission set',
    ko: '권한 세트',
    words: ['permission set', '권한 세트', '권한 집합', '퍼미션셋', '퍼미션 셋'],
    sources: SSO,
    events: {
      delete: 'DeletePermissionSet',
      create: 'CreatePermissionSet',
      change:
        'UpdatePermissionSet ProvisionPermissionSet AttachManagedPolicyToPermissionSet DetachManagedPolicyFromPermissionSet PutInlinePolicyToPermissionSet DeleteInlinePolicyFromPermissionSet CreateAccountAssignment DeleteAccountAssignment',
      attach:
        'CreateAccountAssignment AttachManagedPolicyToPermissionSet PutInlinePolicyToPermissionSet',
      detach:
        'DeleteAccountAssignment DetachManagedPolicyFromPermissionSet DeleteInlinePolicyFromPermissionSet',
    },
    permission:
      'CreateAccountAssignment DeleteAccountAssignment AttachManagedPolicyToPermissionSet PutInlinePolicyToPermissionSet',
  },
  {
    id: 'session',
    en: 'session',
    ko: '세션',
    words: ['session', 'federated session', '세션', '페더레이션 세션'],
    sources: STS,
    events: {
      create:
        'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken GetSessionToken',
      start:
        'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken GetSessionToken',
    },
    part: true,
  },
  {
    id: 'trust-anchor',
    en: 'Roles Anywhere trust anchor',
    ko: 'Roles Anywhere 트러스트 앵커',
    words: [
      'trust anchor',
      'roles anywhere trust anchor',
      '트러스트 앵커',
      '신뢰 앵커',
      'roles anywhere 트러스트 앵커',
      'roles anywhere 신뢰 앵커',
    ],
    arn: [['rolesanywhere', 'trust-anchor/']],
    sources: ['rolesanywhere.amazonaws.com'],
    events: {
      delete: 'DeleteTrustAnchor',
      create: 'CreateTrustAnchor',
      change: 'UpdateTrustAnchor',
      stop: 'DisableTrustAnchor',
      start: 'EnableTrustAnchor',
    },
  },
  {
    id: 'roles-anywhere-profile',
    en: 'Roles Anywhere profile',
    ko: 'Roles Anywhere 프로파일',
    words: ['roles anywhere profile', 'roles anywhere 프로파일', 'roles anywhere 프로필'],
    arn: [['rolesanywhere', 'profile/']],
    sources: ['rolesanywhere.amazonaws.com'],
    events: {
      delete: 'DeleteProfile',
      create: 'CreateProfile',
      change: 'UpdateProfile',
      stop: 'DisableProfile',
      start: 'EnableProfile',
    },
  },
  {
    id: 'organization',
    en: 'organization',
    ko: '조직',
    words: [
      'aws org',
      'aws organization',
      'organization',
      'organisation',
      'org',
      'aws organisation',
      '조직',
      'aws 조직',
      '오가니제이션',
    ],
    sources: ['organizations.amazonaws.com'],
    events: {
      delete: 'DeleteOrganization',
      create: 'CreateOrganization',
      detach: 'LeaveOrganization RemoveAccountFromOrganization',
      attach: 'InviteAccountToOrganization AcceptHandshake',
    },
  },
  {
    id: 'group',
    en: 'group',
    ko: '그룹',
    words: ['group', '그룹'],
    sources: [...IAM, ...DIRECTORY],
    events: {
      delete: 'DeleteGroup',
      create: 'CreateGroup',
      change:
        'UpdateGroup AddUserToGroup RemoveUserFromGroup AttachGroupPolicy DetachGroupPolicy PutGroupPolicy DeleteGroupPolicy AddMemberToGroup RemoveMemberFromGroup CreateGroupMembership DeleteGroupMembership',
      attach:
        'AddUserToGroup AddMemberToGroup CreateGroupMembership AttachGroupPolicy PutGroupPolicy',
      detach:
        'RemoveUserFromGroup RemoveMemberFromGroup DeleteGroupMembership DetachGroupPolicy DeleteGroupPolicy',
    },
    part: true,
  },
  {
    id: 'aws-account',
    en: 'AWS account',
    ko: 'AWS 계정',
    words: ['member account', 'new account', '멤버 계정', '새 계정'],
    sources: ['organizations.amazonaws.com'],
    events: {
      delete: 'CloseAccount CloseAccountResult RemoveAccountFromOrganization',
      close: 'CloseAccount CloseAccountResult',
      // The id of a new account stands only in the result, which comes later and names nobody.
      create: 'CreateAccount CreateAccountResult CreateGovCloudAccount',
      change: 'MoveAccount',
      attach: 'InviteAccountToOrganization AcceptHandshake',
      detach: 'LeaveOrganization RemoveAccountFromOrganization',
    },
  },
  {
    id: 'web-identity',
    en: 'web identity (OIDC)',
    ko: '웹 ID(OIDC)',
    words: ['oidc', 'web identity', 'web identity federation', '웹 아이덴티티'],
    sources: ['sts.amazonaws.com'],
    events: {
      assume: 'AssumeRoleWithWebIdentity',
      use: 'AssumeRoleWithWebIdentity',
      'sign-in': 'AssumeRoleWithWebIdentity',
    },
    part: true,
  },
  {
    id: 'saml',
    en: 'SAML',
    ko: 'SAML',
    words: ['saml', 'saml federation', 'saml 연동'],
    sources: ['sts.amazonaws.com'],
    events: {
      assume: 'AssumeRoleWithSAML',
      use: 'AssumeRoleWithSAML',
      'sign-in': 'AssumeRoleWithSAML',
    },
    part: true,
  },
  {
    id: 'account-contact',
    en: 'contacts and name of an account',
    ko: '계정의 연락처와 이름',
    words: [
      'alternate contact',
      'account contact',
      'billing contact',
      'security contact',
      'operations contact',
      'contact information',
      'root email',
      'primary email',
      '대체 연락처',
      '계정 연락처',
      '결제 연락처',
      '보안 연락처',
      '루트 이메일',
    ],
    sources: ['account.amazonaws.com'],
    events: {
      change:
        'PutAlternateContact DeleteAlternateContact PutContactInformation PutAccountName StartPrimaryEmailUpdate AcceptPrimaryEmailUpdate',
      delete: 'DeleteAlternateContact',
      create: 'PutAlternateContact',
    },
  },
  {
    id: 'region',
    en: 'region of an account',
    ko: '계정의 리전',
    words: ['opt in region', '옵트인 리전'],
    sources: ['account.amazonaws.com'],
    events: {
      start: 'EnableRegion',
      stop: 'DisableRegion',
      change: 'EnableRegion DisableRegion',
    },
  },
  {
    id: 'service-control-policy',
    en: 'service control policy',
    ko: '서비스 제어 정책',
    words: ['service control policy', 'scp', '서비스 제어 정책'],
    sources: ['organizations.amazonaws.com'],
    events: {
      delete: 'DeletePolicy',
      create: 'CreatePolicy',
      change: 'UpdatePolicy AttachPolicy DetachPolicy',
      attach: 'AttachPolicy',
      detach: 'DetachPolicy',
      stop: 'DisablePolicyType DetachPolicy',
    },
  },
  {
    id: 'sign-in',
    en: 'sign-in (console, Identity Center, SAML, switched role)',
    ko: '로그인(콘솔, Identity Center, SAML, 역할 전환)',
    words: ['federated sign-in', 'federated login', '페더레이션 로그인'],
    sources: ['signin.amazonaws.com', 'sso.amazonaws.com', 'sts.amazonaws.com'],
    events: {
      'sign-in':
        'ConsoleLogin AssumeRoleWithSAML SwitchRole UserAuthentication Federate Authenticate',
    },
    part: true,
  },
  {
    id: 'console',
    en: 'console sign-in',
    ko: '콘솔 로그인',
    words: [
      'console login',
      'console sign in',
      'console signin',
      'aws console login',
      '콘솔 로그인',
      '콘솔 접속',
      '관리 콘솔 로그인',
    ],
    sources: ['signin.amazonaws.com'],
    events: { 'sign-in': 'ConsoleLogin', use: 'ConsoleLogin' },
    part: true,
  },
];
