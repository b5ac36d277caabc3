/**
 * Of the calls that people ask of most: where the identifier of the thing stands, and what the call is in
 * plain words (reference: questions, 2.4). Checked by hand against recorded events and AWS's documentation;
 * `rq` is the request, `rs` the answer, `sed` and `aed` what services add, `*` any place of a list.
 */
const OVERLAY = `
ec2 TerminateInstances | rq.instancesSet.items.*.instanceId | instance terminated | 인스턴스 종료
ec2 StopInstances | rq.instancesSet.items.*.instanceId | instance stopped | 인스턴스 중지
ec2 StartInstances | rq.instancesSet.items.*.instanceId | instance started | 인스턴스 시작
ec2 RebootInstances | rq.instancesSet.items.*.instanceId | instance rebooted | 인스턴스 재부팅
ec2 RunInstances | rs.instancesSet.items.*.instanceId | instance launched | 인스턴스 생성
ec2 ModifyInstanceAttribute | rq.instanceId | instance changed | 인스턴스 변경
ec2 BidEvictedEvent | sed.instanceIdSet.* | spot instance taken back by AWS | 스팟 인스턴스 회수
ec2 CreateVolume | rs.volumeId | volume created | 볼륨 생성
ec2 DeleteVolume | rq.volumeId | volume deleted | 볼륨 삭제
ec2 AttachVolume | rq.volumeId rq.instanceId | volume attached | 볼륨 연결
ec2 DetachVolume | rq.volumeId rq.instanceId | volume detached | 볼륨 분리
ec2 CreateSnapshot | rs.snapshotId rq.volumeId | snapshot created | 스냅샷 생성
ec2 DeleteSnapshot | rq.snapshotId | snapshot deleted | 스냅샷 삭제
ec2 ModifySnapshotAttribute | rq.snapshotId | sharing of a snapshot changed | 스냅샷 공유 변경
ec2 CreateImage | rs.imageId rq.instanceId | image created | AMI 생성
ec2 DeregisterImage | rq.imageId | image deregistered | AMI 등록 취소
ec2 ModifyImageAttribute | rq.imageId | sharing of an image changed | AMI 공유 변경
ec2 CreateSecurityGroup | rs.groupId | security group created | 보안 그룹 생성
ec2 DeleteSecurityGroup | rq.groupId rq.groupName | security group deleted | 보안 그룹 삭제
ec2 AuthorizeSecurityGroupIngress | rq.groupId rs.securityGroupRuleSet.items.*.securityGroupRuleId | inbound rule added | 인바운드 규칙 추가
ec2 AuthorizeSecurityGroupEgress | rq.groupId rs.securityGroupRuleSet.items.*.securityGroupRuleId | outbound rule added | 아웃바운드 규칙 추가
ec2 RevokeSecurityGroupIngress | rq.groupId | inbound rule removed | 인바운드 규칙 제거
ec2 RevokeSecurityGroupEgress | rq.groupId | outbound rule removed | 아웃바운드 규칙 제거
ec2 ModifySecurityGroupRules | rq.ModifySecurityGroupRulesRequest.GroupId | security group rule changed | 보안 그룹 규칙 변경
ec2 CreateNetworkAclEntry | rq.networkAclId | network ACL entry added | 네트워크 ACL 항목 추가
ec2 CreateVpc | rs.vpc.vpcId | VPC created | VPC 생성
ec2 DeleteVpc | rq.vpcId | VPC deleted | VPC 삭제
ec2 CreateSubnet | rs.subnet.subnetId | subnet created | 서브넷 생성
ec2 DeleteSubnet | rq.subnetId | subnet deleted | 서브넷 삭제
ec2 CreateRoute | rq.routeTableId rq.destinationCidrBlock | route added | 라우트 추가
ec2 ReplaceRoute | rq.routeTableId rq.destinationCidrBlock | route changed | 라우트 변경
ec2 CreateInternetGateway | rs.internetGateway.internetGatewayId | internet gateway created | 인터넷 게이트웨이 생성
ec2 DeleteNatGateway | rq.DeleteNatGatewayRequest.NatGatewayId | NAT gateway deleted | NAT 게이트웨이 삭제
ec2 DeleteFlowLogs | rq.DeleteFlowLogsRequest.FlowLogId.content rq.DeleteFlowLogsRequest.FlowLogId.*.content | flow log deleted | 플로우 로그 삭제
ec2 AllocateAddress | rs.allocationId rs.publicIp | elastic IP allocated | 탄력적 IP 할당
ec2 ReleaseAddress | rq.allocationId rq.publicIp | elastic IP released | 탄력적 IP 반납
ec2 CreateTags | rq.resourcesSet.items.*.resourceId | tagged | 태그 지정
ec2 DeleteTags | rq.resourcesSet.items.*.resourceId | untagged | 태그 제거
s3 CreateBucket | rq.bucketName | bucket created | 버킷 생성
s3 DeleteBucket | rq.bucketName | bucket deleted | 버킷 삭제
s3 PutBucketPolicy | rq.bucketName | bucket policy written | 버킷 정책 변경
s3 DeleteBucketPolicy | rq.bucketName | bucket policy deleted | 버킷 정책 삭제
s3 PutBucketAcl | rq.bucketName | bucket ACL written | 버킷 ACL 변경
s3 PutBucketPublicAccessBlock | rq.bucketName | block public access changed | 퍼블릭 액세스 차단 변경
s3 DeleteBucketPublicAccessBlock | rq.bucketName | block public access removed | 퍼블릭 액세스 차단 해제
s3 GetObject | rq.key rq.bucketName | object read | 객체 다운로드
s3 PutObject | rq.key rq.bucketName | object written | 객체 업로드
s3 DeleteObject | rq.key rq.bucketName | object deleted | 객체 삭제
s3 DeleteObjects | rq.bucketName | objects deleted | 객체 일괄 삭제
iam CreateUser | rq.userName | user created | 사용자 생성
iam DeleteUser | rq.userName | user deleted | 사용자 삭제
iam CreateAccessKey | rs.accessKey.accessKeyId rq.userName | access key created | 액세스 키 생성
iam UpdateAccessKey | rq.accessKeyId rq.userName | access key switched on or off | 액세스 키 활성·비활성
iam DeleteAccessKey | rq.accessKeyId rq.userName | access key deleted | 액세스 키 삭제
iam CreateLoginProfile | rq.userName | console password created | 콘솔 비밀번호 생성
iam UpdateLoginProfile | rq.userName | console password changed | 콘솔 비밀번호 변경
iam DeactivateMFADevice | rq.userName rq.serialNumber | MFA taken away | MFA 해제
iam CreateRole | rq.roleName rs.role.arn | role created | 역할 생성
iam DeleteRole | rq.roleName | role deleted | 역할 삭제
iam UpdateAssumeRolePolicy | rq.roleName | trust policy changed | 신뢰 정책 변경
iam AttachRolePolicy | rq.roleName rq.policyArn | policy attached to a role | 역할에 정책 연결
iam DetachRolePolicy | rq.roleName rq.policyArn | policy detached from a role | 역할에서 정책 분리
iam AttachUserPolicy | rq.userName rq.policyArn | policy attached to a user | 사용자에 정책 연결
iam DetachUserPolicy | rq.userName rq.policyArn | policy detached from a user | 사용자에서 정책 분리
iam PutRolePolicy | rq.roleName rq.policyName | inline policy of a role written | 역할 인라인 정책 작성
iam PutUserPolicy | rq.userName rq.policyName | inline policy of a user written | 사용자 인라인 정책 작성
iam AddUserToGroup | rq.userName rq.groupName | user added to a group | 그룹에 사용자 추가
iam CreatePolicy | rs.policy.arn rq.policyName | policy created | 정책 생성
iam CreatePolicyVersion | rq.policyArn | new version of a policy | 정책 새 버전 생성
iam SetDefaultPolicyVersion | rq.policyArn | version of a policy chosen | 정책 기본 버전 변경
iam DeletePolicy | rq.policyArn | policy deleted | 정책 삭제
rds CreateDBInstance | rq.dBInstanceIdentifier | database created | 데이터베이스 생성
rds ModifyDBInstance | rq.dBInstanceIdentifier | database changed | 데이터베이스 변경
rds DeleteDBInstance | rq.dBInstanceIdentifier | database deleted | 데이터베이스 삭제
rds StopDBInstance | rq.dBInstanceIdentifier | database stopped | 데이터베이스 중지
rds DeleteDBCluster | rq.dBClusterIdentifier | database cluster deleted | 데이터베이스 클러스터 삭제
rds DeleteDBSnapshot | rq.dBSnapshotIdentifier | database snapshot deleted | 데이터베이스 스냅샷 삭제
rds ModifyDBSnapshotAttribute | rq.dBSnapshotIdentifier | sharing of a database snapshot changed | 데이터베이스 스냅샷 공유 변경
lambda CreateFunction | rq.functionName | function created | 함수 생성
lambda DeleteFunction | rq.functionName | function deleted | 함수 삭제
lambda UpdateFunctionCode | rq.functionName | code of a function changed | 함수 코드 변경
lambda AddPermission | rq.functionName | permission of a function added | 함수 권한 추가
ecs DeleteService | rq.service rq.cluster | ECS service deleted | ECS 서비스 삭제
ecs UpdateService | rq.service rq.cluster | ECS service changed | ECS 서비스 변경
eks DeleteCluster | rq.name | EKS cluster deleted | EKS 클러스터 삭제
eks CreateAccessEntry | rq.name rq.principalArn | cluster access given | 클러스터 접근 권한 추가
elasticloadbalancing DeleteLoadBalancer | rq.loadBalancerArn rq.loadBalancerName | load balancer deleted | 로드 밸런서 삭제
autoscaling UpdateAutoScalingGroup | rq.autoScalingGroupName | Auto Scaling group changed | 오토 스케일링 그룹 변경
autoscaling DeleteAutoScalingGroup | rq.autoScalingGroupName | Auto Scaling group deleted | 오토 스케일링 그룹 삭제
autoscaling TerminateInstanceInAutoScalingGroup | rq.instanceId | instance of a group terminated | 그룹의 인스턴스 종료
cloudformation CreateStack | rq.stackName | stack created | 스택 생성
cloudformation UpdateStack | rq.stackName | stack changed | 스택 변경
cloudformation DeleteStack | rq.stackName | stack deleted | 스택 삭제
dynamodb DeleteTable | rq.tableName | table deleted | 테이블 삭제
kms ScheduleKeyDeletion | rq.keyId rs.keyId | deletion of a key scheduled | 키 삭제 예약
kms DisableKey | rq.keyId | key disabled | 키 비활성화
kms PutKeyPolicy | rq.keyId | key policy written | 키 정책 변경
secretsmanager GetSecretValue | rq.secretId | secret read | 시크릿 조회
secretsmanager DeleteSecret | rq.secretId | secret deleted | 시크릿 삭제
secretsmanager EndSecretVersionDelete | aed.ARN | secret finally gone | 시크릿 최종 삭제
ssm GetParameter | rq.name | parameter read | 파라미터 조회
ssm DeleteParameter | rq.name | parameter deleted | 파라미터 삭제
ssm StartSession | rq.target | session started | 세션 시작
ssm SendCommand | rq.instanceIds.* rq.documentName | command sent | 명령 실행
cloudtrail StopLogging | rq.name | trail stopped | 트레일 중지
cloudtrail DeleteTrail | rq.name | trail deleted | 트레일 삭제
cloudtrail UpdateTrail | rq.name | trail changed | 트레일 변경
cloudtrail PutEventSelectors | rq.trailName | event selectors of a trail changed | 트레일 이벤트 선택기 변경
config StopConfigurationRecorder | rq.configurationRecorderName | Config recorder stopped | Config 레코더 중지
config DeleteConfigurationRecorder | rq.configurationRecorderName | Config recorder deleted | Config 레코더 삭제
guardduty DeleteDetector | rq.detectorId | GuardDuty detector deleted | GuardDuty 탐지기 삭제
guardduty UpdateDetector | rq.detectorId | GuardDuty detector changed | GuardDuty 탐지기 변경
logs DeleteLogGroup | rq.logGroupName | log group deleted | 로그 그룹 삭제
logs PutRetentionPolicy | rq.logGroupName | retention of a log group changed | 로그 그룹 보관 기간 변경
route53 ChangeResourceRecordSets | rq.hostedZoneId | DNS records changed | DNS 레코드 변경
route53 DeleteHostedZone | rq.id rq.hostedZoneId | hosted zone deleted | 호스팅 영역 삭제
ecr DeleteRepository | rq.repositoryName | repository deleted | 리포지토리 삭제
ecr SetRepositoryPolicy | rq.repositoryName | repository policy written | 리포지토리 정책 변경
organizations DetachPolicy | rq.policyId rq.targetId | organization policy detached | 조직 정책 분리
organizations MoveAccount | rq.accountId | account moved | 계정 이동
sso CreateAccountAssignment | rq.principalId rq.targetId rq.permissionSetArn | access to an account given | 계정 접근 권한 부여
sso DeleteAccountAssignment | rq.principalId rq.targetId rq.permissionSetArn | access to an account taken away | 계정 접근 권한 회수
sts AssumeRole | rq.roleArn | role taken on | 역할 전환
signin ConsoleLogin | | signed in to the console | 콘솔 로그인
`;

/** What the overlay says of one event. */
export type Overlaid = {
  source: string;
  name: string;
  /** Where the identifiers of the thing stand, the telling one first; tests of the paths of leaves. */
  ids: RegExp[];
  en: string;
  ko: string;
};

/** What is known by hand of this event; undefined for most. */
export function overlaid(source: string, name: string): Overlaid | undefined {
  known ??= new Map(read().map((one) => [`${one.source} ${one.name}`, one]));
  return known.get(`${source} ${name}`);
}

/** Every event of the overlay. */
export function everyOverlaid(): Overlaid[] {
  return read();
}

let known: Map<string, Overlaid> | undefined;

function read(): Overlaid[] {
  return OVERLAY.trim()
    .split('\n')
    .map((line) => {
      const [event = '', paths = '', en = '', ko = ''] = line.split('|').map((part) => part.trim());
      const [service = '', name = ''] = event.split(' ');
      const ids = paths.split(' ').filter(Boolean).map(pathTest);
      return { source: `${service}.amazonaws.com`, name, ids, en, ko };
    });
}

const PLACES: { [short: string]: string } = {
  rq: 'requestParameters',
  rs: 'responseElements',
  sed: 'serviceEventDetails',
  aed: 'additionalEventData',
};

function pathTest(path: string): RegExp {
  const [place = '', ...words] = path.split('.');
  const steps = words.map((word) => (word === '*' ? '\\d+' : word));
  return new RegExp(`^${[PLACES[place] ?? place, ...steps].join('\\.')}$`);
}
