/**
 * A named set of events: what people mean by “permission changes” or “tampering with logging”. Names stand
 * as CloudTrail writes them, without API version suffix. A name alone says little where several services
 * share it, so a plan of a set carries `sources`, too.
 */
export type EventSet = {
  id: string;
  en: string;
  ko: string;
  names: string[];
  sources: string[];
  /** The same by service, for those who must tell `UpdateDetector` of one from another's. */
  bySource: { [source: string]: string[] };
};

/** The events of each set by service. A test holds every name to the generated catalogue. */
const SETS: { id: string; en: string; ko: string; events: { [service: string]: string } }[] = [
  {
    id: 'permission',
    en: 'permission changes',
    ko: '권한 변경',
    events: {
      iam: 'AttachUserPolicy DetachUserPolicy PutUserPolicy DeleteUserPolicy AttachRolePolicy DetachRolePolicy PutRolePolicy DeleteRolePolicy AttachGroupPolicy DetachGroupPolicy PutGroupPolicy DeleteGroupPolicy AddUserToGroup RemoveUserFromGroup CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion SetDefaultPolicyVersion UpdateAssumeRolePolicy PutUserPermissionsBoundary DeleteUserPermissionsBoundary PutRolePermissionsBoundary DeleteRolePermissionsBoundary AddRoleToInstanceProfile RemoveRoleFromInstanceProfile',
      sso: 'CreateAccountAssignment DeleteAccountAssignment AttachManagedPolicyToPermissionSet DetachManagedPolicyFromPermissionSet AttachCustomerManagedPolicyReferenceToPermissionSet DetachCustomerManagedPolicyReferenceFromPermissionSet PutInlinePolicyToPermissionSet DeleteInlinePolicyFromPermissionSet PutPermissionsBoundaryToPermissionSet DeletePermissionsBoundaryFromPermissionSet',
      'sso-directory': 'AddMemberToGroup RemoveMemberFromGroup',
      identitystore: 'CreateGroupMembership DeleteGroupMembership',
      organizations:
        'AttachPolicy DetachPolicy CreatePolicy UpdatePolicy DeletePolicy DisablePolicyType EnablePolicyType PutResourcePolicy DeleteResourcePolicy RegisterDelegatedAdministrator DeregisterDelegatedAdministrator',
      ec2: 'AssociateIamInstanceProfile ReplaceIamInstanceProfileAssociation DisassociateIamInstanceProfile ModifySnapshotAttribute ModifyImageAttribute',
      s3: 'PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutObjectAcl PutBucketPublicAccessBlock DeleteBucketPublicAccessBlock PutAccountPublicAccessBlock DeleteAccountPublicAccessBlock PutBucketOwnershipControls DeleteBucketOwnershipControls PutAccessPointPolicy DeleteAccessPointPolicy',
      rds: 'ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute',
      lambda:
        'AddPermission RemovePermission AddLayerVersionPermission RemoveLayerVersionPermission',
      kms: 'PutKeyPolicy CreateGrant RevokeGrant RetireGrant',
      secretsmanager: 'PutResourcePolicy DeleteResourcePolicy',
      dynamodb: 'PutResourcePolicy DeleteResourcePolicy',
      ecr: 'SetRepositoryPolicy DeleteRepositoryPolicy PutRegistryPolicy DeleteRegistryPolicy',
      sns: 'AddPermission RemovePermission',
      sqs: 'AddPermission RemovePermission',
      eks: 'CreateAccessEntry DeleteAccessEntry UpdateAccessEntry AssociateAccessPolicy DisassociateAccessPolicy',
      ram: 'CreateResourceShare DeleteResourceShare UpdateResourceShare AssociateResourceShare DisassociateResourceShare',
      backup: 'PutBackupVaultAccessPolicy DeleteBackupVaultAccessPolicy',
      ssm: 'ModifyDocumentPermission',
    },
  },
  {
    id: 'privilege-escalation',
    en: 'possible privilege escalation',
    ko: '권한 상승 가능성이 있는 호출',
    // The calls that give rights, and those that carry a role into a service (PassRole leaves no event).
    events: {
      iam: 'AttachUserPolicy AttachRolePolicy AttachGroupPolicy PutUserPolicy PutRolePolicy PutGroupPolicy CreatePolicyVersion SetDefaultPolicyVersion UpdateAssumeRolePolicy AddUserToGroup CreateAccessKey UpdateAccessKey CreateLoginProfile UpdateLoginProfile AddRoleToInstanceProfile DeleteUserPermissionsBoundary DeleteRolePermissionsBoundary DeactivateMFADevice CreateServiceSpecificCredential ResetServiceSpecificCredential CreateSAMLProvider UpdateSAMLProvider CreateOpenIDConnectProvider',
      sso: 'CreateAccountAssignment AttachManagedPolicyToPermissionSet PutInlinePolicyToPermissionSet AttachCustomerManagedPolicyReferenceToPermissionSet',
      ec2: 'AssociateIamInstanceProfile ReplaceIamInstanceProfileAssociation ModifyInstanceAttribute',
      lambda: 'CreateFunction UpdateFunctionConfiguration UpdateFunctionCode AddPermission',
      glue: 'CreateDevEndpoint UpdateDevEndpoint',
      cloudformation: 'CreateStack CreateStackSet',
      ssm: 'SendCommand StartSession',
      ecs: 'RegisterTaskDefinition',
      datapipeline: 'CreatePipeline',
      sagemaker:
        'CreateNotebookInstance CreatePresignedNotebookInstanceUrl CreateProcessingJob CreateTrainingJob',
      codebuild: 'CreateProject UpdateProject',
      eks: 'CreateAccessEntry AssociateAccessPolicy',
      rolesanywhere: 'CreateTrustAnchor CreateProfile',
    },
  },
  {
    id: 'credentials',
    en: 'credentials made, changed or deleted',
    ko: '자격 증명 생성·변경·삭제',
    events: {
      iam: 'CreateAccessKey UpdateAccessKey DeleteAccessKey CreateLoginProfile UpdateLoginProfile DeleteLoginProfile ChangePassword CreateServiceSpecificCredential UpdateServiceSpecificCredential DeleteServiceSpecificCredential ResetServiceSpecificCredential UploadSSHPublicKey UpdateSSHPublicKey DeleteSSHPublicKey UploadSigningCertificate UpdateSigningCertificate DeleteSigningCertificate CreateVirtualMFADevice EnableMFADevice DeactivateMFADevice DeleteVirtualMFADevice ResyncMFADevice UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy',
      signin: 'PasswordUpdated PasswordRecoveryRequested PasswordRecoveryCompleted',
      sts: 'GetFederationToken GetSessionToken',
      ec2: 'CreateKeyPair ImportKeyPair DeleteKeyPair',
      'sso-directory': 'UpdatePassword',
    },
  },
  {
    id: 'sign-in',
    en: 'sign-ins',
    ko: '로그인',
    events: {
      signin:
        'ConsoleLogin SwitchRole CheckMfa CredentialChallenge CredentialVerification UserAuthentication ExternalIdPDirectoryLogin',
      sso: 'Authenticate Federate',
      sts: 'AssumeRoleWithSAML',
    },
  },
  {
    id: 'logging',
    en: 'changes to logging and monitoring',
    ko: '로깅·모니터링 설정 변경',
    events: {
      cloudtrail:
        'StopLogging DeleteTrail UpdateTrail PutEventSelectors PutInsightSelectors DeleteEventDataStore UpdateEventDataStore StopEventDataStoreIngestion StartLogging CreateTrail DeregisterOrganizationDelegatedAdmin',
      config:
        'StopConfigurationRecorder DeleteConfigurationRecorder PutConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel DeleteConfigRule DeleteOrganizationConfigRule DeleteConfigurationAggregator DeleteAggregationAuthorization DeleteRetentionConfiguration StartConfigurationRecorder',
      guardduty:
        'DeleteDetector UpdateDetector StopMonitoringMembers DisassociateMembers DeleteMembers DisassociateFromMasterAccount DisassociateFromAdministratorAccount DeletePublishingDestination UpdatePublishingDestination CreateFilter UpdateFilter CreateIPSet UpdateIPSet DisableOrganizationAdminAccount',
      securityhub:
        'DisableSecurityHub BatchDisableStandards DisassociateMembers DeleteMembers DisableImportFindingsForProduct DisassociateFromAdministratorAccount DisassociateFromMasterAccount UpdateStandardsControl DisableOrganizationAdminAccount',
      ec2: 'DeleteFlowLogs CreateFlowLogs',
      logs: 'DeleteLogGroup DeleteLogStream PutRetentionPolicy DeleteRetentionPolicy DeleteSubscriptionFilter DeleteMetricFilter DisassociateKmsKey DeleteDestination DeleteResourcePolicy',
      monitoring: 'DeleteAlarms DisableAlarmActions SetAlarmState',
      events: 'DisableRule DeleteRule RemoveTargets',
      route53resolver: 'DeleteResolverQueryLogConfig DisassociateResolverQueryLogConfig',
      s3: 'PutBucketLogging',
      wafv2: 'DeleteLoggingConfiguration',
      'access-analyzer': 'DeleteAnalyzer',
      macie2: 'DisableMacie',
      inspector2: 'Disable',
      detective: 'DeleteGraph',
    },
  },
  {
    id: 'exposure',
    en: 'calls that can open something to the public',
    ko: '외부에 공개될 수 있는 변경',
    events: {
      ec2: 'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress ModifySecurityGroupRules ModifySnapshotAttribute ModifyImageAttribute DisableSnapshotBlockPublicAccess DisableImageBlockPublicAccess EnableSerialConsoleAccess',
      s3: 'PutBucketPolicy PutBucketAcl PutObjectAcl DeleteBucketPublicAccessBlock PutBucketPublicAccessBlock PutAccountPublicAccessBlock DeleteAccountPublicAccessBlock PutBucketWebsite CreateBucket',
      rds: 'CreateDBInstance ModifyDBInstance ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute',
      lambda:
        'AddPermission CreateFunctionUrlConfig UpdateFunctionUrlConfig AddLayerVersionPermission',
      ecr: 'SetRepositoryPolicy',
      'ecr-public': 'CreateRepository',
      sns: 'AddPermission SetTopicAttributes CreateTopic',
      sqs: 'AddPermission SetQueueAttributes CreateQueue',
      kms: 'PutKeyPolicy CreateKey',
      secretsmanager: 'PutResourcePolicy',
      es: 'CreateDomain UpdateDomainConfig CreateElasticsearchDomain UpdateElasticsearchDomainConfig',
      elasticfilesystem: 'PutFileSystemPolicy',
      redshift: 'CreateCluster ModifyCluster',
      eks: 'CreateCluster UpdateClusterConfig',
      backup: 'PutBackupVaultAccessPolicy',
      iam: 'UpdateAssumeRolePolicy CreateRole',
      ssm: 'ModifyDocumentPermission',
    },
  },
  {
    id: 'sharing',
    en: 'calls that share something with another account',
    ko: '다른 계정과의 공유',
    events: {
      ec2: 'ModifySnapshotAttribute ModifyImageAttribute ModifyFpgaImageAttribute',
      rds: 'ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute',
      s3: 'PutBucketPolicy PutBucketAcl PutObjectAcl PutAccessPointPolicy',
      ram: 'CreateResourceShare AssociateResourceShare UpdateResourceShare',
      iam: 'UpdateAssumeRolePolicy CreateRole',
      lambda: 'AddPermission AddLayerVersionPermission',
      kms: 'PutKeyPolicy CreateGrant CreateKey',
      secretsmanager: 'PutResourcePolicy',
      ecr: 'SetRepositoryPolicy PutRegistryPolicy',
      sns: 'AddPermission SetTopicAttributes',
      sqs: 'AddPermission SetQueueAttributes',
      ssm: 'ModifyDocumentPermission',
      backup: 'PutBackupVaultAccessPolicy',
      dynamodb: 'PutResourcePolicy',
      redshift: 'AuthorizeSnapshotAccess AuthorizeDataShare',
      events: 'PutPermission',
      logs: 'PutResourcePolicy PutDestinationPolicy',
      elasticfilesystem: 'PutFileSystemPolicy',
      glue: 'PutResourcePolicy',
      organizations: 'InviteAccountToOrganization PutResourcePolicy',
    },
  },
  {
    id: 'data-access',
    en: 'reading data',
    ko: '데이터 조회',
    events: {
      s3: 'GetObject HeadObject ListObjects SelectObjectContent CopyObject GetObjectTorrent',
      secretsmanager: 'GetSecretValue BatchGetSecretValue',
      ssm: 'GetParameter GetParameters GetParametersByPath GetParameterHistory',
      kms: 'Decrypt ReEncrypt GenerateDataKey',
      dynamodb:
        'GetItem BatchGetItem Query Scan ExecuteStatement BatchExecuteStatement TransactGetItems ExportTableToPointInTime',
      ebs: 'GetSnapshotBlock ListSnapshotBlocks ListChangedBlocks',
      rds: 'DownloadDBLogFilePortion DownloadCompleteDBLogFile StartExportTask',
      rdsdata: 'ExecuteStatement BatchExecuteStatement',
      'redshift-data': 'ExecuteStatement BatchExecuteStatement GetStatementResult',
      athena: 'StartQueryExecution GetQueryResults',
      ec2: 'GetPasswordData GetConsoleOutput GetConsoleScreenshot CreateInstanceExportTask ExportImage',
      ecr: 'BatchGetImage GetDownloadUrlForLayer',
      lambda: 'GetFunction',
      codecommit: 'GitPull',
    },
  },
  {
    id: 'cost',
    en: 'creations that cost money',
    ko: '비용이 드는 리소스 생성',
    events: {
      ec2: 'RunInstances RequestSpotInstances RequestSpotFleet CreateFleet CreateNatGateway AllocateAddress AllocateHosts CreateVolume CreateVpcEndpoint CreateTransitGateway CreateVpnConnection PurchaseReservedInstancesOffering PurchaseHostReservation PurchaseCapacityBlock CreateCapacityReservation ModifyInstanceAttribute ModifyVolume',
      autoscaling: 'CreateAutoScalingGroup UpdateAutoScalingGroup SetDesiredCapacity',
      rds: 'CreateDBInstance CreateDBCluster CreateDBInstanceReadReplica ModifyDBInstance PurchaseReservedDBInstancesOffering',
      redshift: 'CreateCluster ResizeCluster PurchaseReservedNodeOffering',
      elasticache: 'CreateCacheCluster CreateReplicationGroup PurchaseReservedCacheNodesOffering',
      es: 'CreateDomain CreateElasticsearchDomain PurchaseReservedInstanceOffering',
      sagemaker:
        'CreateNotebookInstance StartNotebookInstance CreateEndpoint CreateTrainingJob CreateProcessingJob CreateTransformJob CreateDomain CreateCluster',
      bedrock:
        'InvokeModel InvokeModelWithResponseStream Converse ConverseStream CreateProvisionedModelThroughput CreateModelCustomizationJob CreateModelInvocationJob PutUseCaseForModelAccess CreateFoundationModelAgreement',
      eks: 'CreateCluster CreateNodegroup UpdateNodegroupConfig CreateFargateProfile',
      ecs: 'CreateCluster CreateService RunTask UpdateService',
      elasticmapreduce: 'RunJobFlow AddInstanceGroups AddInstanceFleet',
      elasticloadbalancing: 'CreateLoadBalancer',
      kinesis: 'CreateStream UpdateShardCount',
      dynamodb: 'CreateTable UpdateTable PurchaseReservedCapacityOfferings',
      glue: 'CreateDevEndpoint StartJobRun',
      lightsail: 'CreateInstances CreateRelationalDatabase CreateContainerService',
      savingsplans: 'CreateSavingsPlan',
      ds: 'CreateMicrosoftAD CreateDirectory',
      fsx: 'CreateFileSystem',
      elasticfilesystem: 'CreateFileSystem',
      kafka: 'CreateCluster CreateClusterV2',
      workspaces: 'CreateWorkspaces',
      batch: 'CreateComputeEnvironment SubmitJob',
      gamelift: 'CreateFleet',
      globalaccelerator: 'CreateAccelerator',
      'acm-pca': 'CreateCertificateAuthority',
    },
  },
  {
    id: 'network',
    en: 'network changes',
    ko: '네트워크 변경',
    events: {
      ec2: 'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress ModifySecurityGroupRules CreateSecurityGroup DeleteSecurityGroup CreateNetworkAcl DeleteNetworkAcl CreateNetworkAclEntry DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation CreateRoute DeleteRoute ReplaceRoute CreateRouteTable DeleteRouteTable AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation CreateVpc DeleteVpc ModifyVpcAttribute AssociateVpcCidrBlock DisassociateVpcCidrBlock CreateSubnet DeleteSubnet ModifySubnetAttribute CreateInternetGateway DeleteInternetGateway AttachInternetGateway DetachInternetGateway CreateNatGateway DeleteNatGateway CreateVpcPeeringConnection AcceptVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints CreateTransitGateway DeleteTransitGateway CreateTransitGatewayVpcAttachment DeleteTransitGatewayVpcAttachment CreateTransitGatewayRoute DeleteTransitGatewayRoute ReplaceTransitGatewayRoute CreateVpnConnection DeleteVpnConnection CreateVpnGateway DeleteVpnGateway AttachVpnGateway DetachVpnGateway AllocateAddress ReleaseAddress AssociateAddress DisassociateAddress CreateDhcpOptions AssociateDhcpOptions DeleteDhcpOptions CreateManagedPrefixList ModifyManagedPrefixList DeleteManagedPrefixList CreateEgressOnlyInternetGateway DeleteEgressOnlyInternetGateway',
      elasticloadbalancing:
        'CreateLoadBalancer DeleteLoadBalancer CreateListener ModifyListener DeleteListener SetSecurityGroups SetSubnets CreateRule ModifyRule DeleteRule',
      route53:
        'ChangeResourceRecordSets CreateHostedZone DeleteHostedZone AssociateVPCWithHostedZone DisassociateVPCFromHostedZone',
      'network-firewall':
        'CreateFirewall DeleteFirewall UpdateFirewallPolicy AssociateFirewallPolicy UpdateRuleGroup DeleteRuleGroup',
      wafv2:
        'CreateWebACL UpdateWebACL DeleteWebACL AssociateWebACL DisassociateWebACL UpdateRuleGroup UpdateIPSet',
      directconnect:
        'CreateConnection DeleteConnection CreatePrivateVirtualInterface DeleteVirtualInterface',
    },
  },
  {
    id: 'destruction',
    en: 'deletions of data, keys and backups',
    ko: '데이터·키·백업 삭제',
    events: {
      kms: 'ScheduleKeyDeletion DisableKey DeleteImportedKeyMaterial',
      ec2: 'TerminateInstances DeleteVolume DeleteSnapshot DeregisterImage DeleteVpc',
      rds: 'DeleteDBInstance DeleteDBCluster DeleteDBSnapshot DeleteDBClusterSnapshot DeleteDBInstanceAutomatedBackup DeleteDBClusterAutomatedBackup DeleteGlobalCluster',
      s3: 'DeleteBucket DeleteObject DeleteObjects PutBucketLifecycle',
      backup:
        'DeleteRecoveryPoint DeleteBackupVault DeleteBackupPlan DeleteBackupVaultLockConfiguration DisassociateRecoveryPoint',
      dynamodb: 'DeleteTable DeleteBackup',
      elasticfilesystem: 'DeleteFileSystem',
      fsx: 'DeleteFileSystem DeleteBackup',
      redshift: 'DeleteCluster DeleteClusterSnapshot',
      elasticache: 'DeleteCacheCluster DeleteReplicationGroup DeleteSnapshot',
      es: 'DeleteDomain DeleteElasticsearchDomain',
      secretsmanager: 'DeleteSecret',
      ssm: 'DeleteParameter DeleteParameters',
      eks: 'DeleteCluster DeleteNodegroup',
      ecs: 'DeleteCluster DeleteService',
      ecr: 'DeleteRepository BatchDeleteImage',
      lambda: 'DeleteFunction',
      cloudformation: 'DeleteStack DeleteStackSet',
      logs: 'DeleteLogGroup DeleteLogStream',
      sqs: 'DeleteQueue PurgeQueue',
      kinesis: 'DeleteStream',
      organizations:
        'CloseAccount DeleteOrganization RemoveAccountFromOrganization LeaveOrganization',
      glacier: 'DeleteArchive DeleteVault',
    },
  },
];

/** Every named set, in the order in which they are offered to somebody who must choose. */
export const EVENT_SETS: EventSet[] = SETS.map(({ id, en, ko, events }) => {
  const bySource = Object.fromEntries(
    Object.entries(events).map(([service, names]) => [
      `${service}.amazonaws.com`,
      names.split(' '),
    ]),
  );
  return {
    id,
    en,
    ko,
    names: [...new Set(Object.values(bySource).flat())],
    sources: Object.keys(bySource),
    bySource,
  };
});

const BY_ID = new Map(EVENT_SETS.map((set) => [set.id, set]));

/** The set of this id; undefined where there is none. */
export function eventSet(id: string): EventSet | undefined {
  return BY_ID.get(id);
}

/** Is this event, by its name without version suffix and its source, one of the set? */
export function isInSet(id: string, source: string, name: string): boolean {
  return BY_ID.get(id)?.bySource[source]?.includes(name) ?? false;
}
