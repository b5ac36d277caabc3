/**
 * Questions of our own over the real records of `../shared/data/cloudtrail`, each with an independent
 * query over the raw records (plain JavaScript, none of the product's code) and what an answer must say.
 */

export type Raw = {
  eventID: string;
  eventTime: string;
  eventName: string;
  eventSource: string;
  awsRegion?: string;
  recipientAccountId?: string;
  sourceIPAddress?: string;
  userAgent?: string;
  errorCode?: string;
  errorMessage?: string;
  readOnly?: boolean;
  userIdentity?: {
    type?: string;
    arn?: string;
    userName?: string;
    sessionContext?: { sessionIssuer?: { userName?: string } };
  };
  [field: string]: unknown;
};

type Test = (record: Raw) => boolean;
/** `says`: groups of strings, one of each group must stand in the text. */
export type Own = { ask: string; now: string; where: Test; says: string[][] };

/** Calls of one of these names, as CloudTrail writes them without the version of the API. */
const call =
  (...names: string[]): Test =>
  ({ eventName }) =>
    names.includes(eventName.replace(/20\d\d_?\d\d_?\d\d(v\d)?$/, ''));
const service =
  (name: string): Test =>
  ({ eventSource }) =>
    eventSource === `${name}.amazonaws.com`;
const account =
  (id: string): Test =>
  ({ recipientAccountId }) =>
    recipientAccountId === id;
const user =
  (name: string): Test =>
  ({ userIdentity }) =>
    userIdentity?.type === 'IAMUser' && userIdentity.arn?.endsWith(`:user/${name}`) === true;
const role =
  (name: string): Test =>
  ({ userIdentity }) =>
    userIdentity?.arn?.includes(`:assumed-role/${name}/`) === true;
const between =
  (from: string, to: string): Test =>
  ({ eventTime }) =>
    eventTime >= from && eventTime < to;
const day = (date: string): Test => between(date, `${date}T99`);
/** The record holds the text as a whole word somewhere. */
const about =
  (word: string): Test =>
  (record) =>
    new RegExp(`(?<![\\w-])${word.replaceAll(/[.*]/g, '\\$&')}(?![\\w-])`).test(
      JSON.stringify({ ...record, userIdentity: null }),
    );
const denied: Test = ({ errorCode }) => /denied|unauthorized/i.test(errorCode ?? '');
const failed: Test = ({ errorCode }) => errorCode !== undefined;
const succeeded: Test = ({ errorCode }) => errorCode === undefined;
const writes: Test = ({ readOnly }) => String(readOnly) === 'false';
const all =
  (...tests: Test[]): Test =>
  (record) =>
    tests.every((test) => test(record));

const AUG_1 = '2024-08-01T14:30:00Z';
const AUG_3 = '2024-08-03T09:00:00Z';
const AUG_19 = '2024-08-19T00:00:00Z';
const AUG_28 = '2024-08-28T12:00:00Z';
const SEP_25 = '2024-09-25T00:00:00Z';
const OCT_18 = '2024-10-18T00:00:00Z';
const NOV_27 = '2024-11-27T00:00:00Z';
const DEC_1 = '2024-12-01T00:00:00Z';
const DEC_16 = '2024-12-16T00:00:00Z';
const FEB_16 = '2025-02-16T00:00:00Z';
const APR_28 = '2025-04-28T00:00:00Z';
const MAY_25 = '2025-05-25T01:00:00Z';
const OCT_13 = '2025-10-13T00:00:00Z';
const FEB_9 = '2026-02-09T00:00:00Z';
const FEB_23 = '2026-02-23T00:00:00Z';
const MAR_11 = '2026-03-11T12:00:00Z';
const JUL_21 = '2022-07-21T00:00:00Z';
const FEB_8 = '2022-02-08T00:00:00Z';

const rows: [ask: string, now: string, where: Test, ...says: (string | string[])[]][] = [
  // Credentials and secrets.
  [
    'GetPasswordData calls in 457448411975, which role and did any work?',
    AUG_1,
    all(call('GetPasswordData'), account('457448411975')),
    'stratus-red-team-ec2-get-password-data-role',
    ['denied', 'failed'],
    '30',
  ],
  [
    '457448411975 계정에서 GetPasswordData 몇 번 거부됐어요?',
    AUG_1,
    all(call('GetPasswordData'), account('457448411975'), denied),
    '30',
  ],
  [
    'all AssumeRole calls by christophe in 457448411975, which role?',
    AUG_1,
    all(call('AssumeRole'), account('457448411975'), user('christophe')),
    'stratus-red-team-ec2-get-password-data-role',
  ],
  [
    'what did stratus-red-team-ec2-steal-credentials-role do on aug 2, from which ip',
    AUG_3,
    all(role('stratus-red-team-ec2-steal-credentials-role'), day('2024-08-02')),
    'GetCallerIdentity',
    '017622104382',
  ],
  [
    '165109126369 에서 시크릿 한꺼번에 읽어간 사람 누구고 몇 건?',
    AUG_1,
    all(call('BatchGetSecretValue'), account('165109126369')),
    'christophe',
    '5',
  ],
  [
    'which secrets were read in 903144391865 yesterday? who',
    AUG_1,
    all(call('GetSecretValue'), account('903144391865'), day('2024-07-31')),
    'stratus-red-team-retrieve-secret-4',
    'christophe',
  ],
  [
    '933175858973 에서 ssm 파라미터 읽어간 놈 누구야',
    AUG_3,
    all(call('GetParameters'), account('933175858973')),
    'christophe',
  ],
  [
    'christophe.tafanidereeper 가 시크릿 몇개 읽었어?',
    JUL_21,
    all(call('GetSecretValue'), about('677301038893')),
    '10',
  ],
  // Logging.
  [
    '847129010505 - who nuked the trail and in what region',
    AUG_1,
    all(call('DeleteTrail'), account('847129010505')),
    'christophe',
    'megov-westwest-1r',
  ],
  [
    'ip of whoever deleted the trail in 847129010505',
    AUG_1,
    all(call('DeleteTrail'), account('847129010505')),
    'IP:ee73c230',
  ],
  [
    '958312252124 이벤트 셀렉터 바꾼 사람? 트레일 이름이랑',
    AUG_1,
    all(call('PutEventSelectors'), account('958312252124')),
    'christophe',
    'stratus-red-team-ctes-trail-khlvciwdor',
  ],
  [
    'who changed event selectors on stratus-red-team-ctes-trail-khlvciwdor, is includeManagementEvents off?',
    AUG_1,
    all(call('PutEventSelectors'), about('stratus-red-team-ctes-trail-khlvciwdor')),
    'includeManagementEvents=false',
  ],
  [
    '어제 로깅 중지된 트레일 있나요? 어느 계정?',
    AUG_1,
    all(call('StopLogging'), day('2024-07-31')),
    '143434273843',
    'stratus-red-team-ct-stop-trail-buykxbqejv',
  ],
  [
    'which user agent did christophe use to stop logging',
    AUG_1,
    all(call('StopLogging'), user('christophe')),
    'UA:10163ed2',
  ],
  [
    '143434273843 트레일 로깅 끈 IP가 어디야',
    AUG_1,
    all(call('StopLogging'), account('143434273843')),
    'IP:10163ed2',
  ],
  ['StopLogging 호출된 리전?', AUG_1, all(call('StopLogging')), 'apiso-centralnorth-2r'],
  [
    'dns query logging config rqlc-4473f20ca554c07 got deleted, by whom and when',
    AUG_1,
    all(call('DeleteResolverQueryLogConfig'), about('rqlc-4473f20ca554c07')),
    'christophe',
    '14:23',
  ],
  [
    '어제 DNS 쿼리 로그 설정 지운 계정이랑 리전',
    AUG_1,
    all(call('DeleteResolverQueryLogConfig'), day('2024-07-31')),
    '206821776919',
    'sa-central-3r',
  ],
  [
    'who removed flow logs in 498376118699 yesterday',
    AUG_1,
    all(call('DeleteFlowLogs'), account('498376118699'), day('2024-07-31')),
    'christophe',
    'fl-0e17aa62a21d4bbfe',
  ],
  [
    'who removed trails or stopped logging yesterday, list the accounts',
    AUG_1,
    all(call('DeleteTrail', 'StopLogging'), day('2024-07-31')),
    '847129010505',
    '143434273843',
  ],
  [
    'who deleted my-cloudtrail-trail-2 and with what role',
    JUL_21,
    all(call('DeleteTrail'), about('my-cloudtrail-trail-2')),
    'account-admin',
    'christophe.tafanidereeper',
  ],
  // The organization.
  [
    'did anyone try to leave the organization? did it succeed',
    AUG_3,
    call('LeaveOrganization'),
    ['denied', 'failed', 'not succeed'],
    '307578594326',
  ],
  [
    '조직 탈퇴 시도한 사람 있어요? 성공했나요?',
    AUG_3,
    call('LeaveOrganization'),
    'stratus-red-team-leave-org-role',
  ],
  // Instances.
  [
    '321848314756 에서 유저데이터 조회 시도한 거 몇 번이에요',
    AUG_1,
    all(call('DescribeInstanceAttribute'), account('321848314756')),
    '15',
  ],
  [
    'how many DescribeInstanceAttribute denials in 321848314756',
    AUG_1,
    all(call('DescribeInstanceAttribute'), account('321848314756'), denied),
    '15',
  ],
  [
    'someone tried to launch instances in 900138736586 - what instance type and did it go through?',
    AUG_1,
    all(call('RunInstances'), account('900138736586')),
    'p2.xlarge',
  ],
  [
    '900138736586 에서 인스턴스 띄우려다 막힌 거, 인스턴스 타입이 뭐였어요? ami도',
    AUG_1,
    all(call('RunInstances'), account('900138736586')),
    'p2.xlarge',
    'ami-aCBbfd13bdb1d1E4b',
  ],
  [
    "who's behind the RunInstances attempt in 900138736586",
    AUG_1,
    all(call('RunInstances'), account('900138736586')),
    'christophe',
  ],
  [
    'i-DDd6c7B0e18F0E35f 누가 껐다 켰어?',
    AUG_1,
    all(call('StopInstances', 'StartInstances'), about('i-DDd6c7B0e18F0E35f')),
    'christophe',
  ],
  [
    'who modified userdata of i-DDd6c7B0e18F0E35f',
    AUG_1,
    all(call('ModifyInstanceAttribute'), about('i-DDd6c7B0e18F0E35f')),
    'christophe',
    '309303190113',
  ],
  [
    'what changed on i-DDd6c7B0e18F0E35f today',
    AUG_1,
    all(writes, about('i-DDd6c7B0e18F0E35f'), day('2024-08-01')),
    'StopInstances',
    'ModifyInstanceAttribute',
  ],
  [
    'i-0b09e9dad625e2b5b 최근 24시간 동안 뭐 바뀜?',
    JUL_21,
    all(writes, about('i-0b09e9dad625e2b5b')),
    'ModifyInstanceAttribute',
  ],
  [
    'how long between stop and start of i-0b09e9dad625e2b5b',
    JUL_21,
    all(call('StopInstances', 'StartInstances'), about('i-0b09e9dad625e2b5b')),
    '21:00',
  ],
  [
    'who launched instances in 012345678901 - type & ami',
    FEB_8,
    all(call('RunInstances'), account('012345678901')),
    't2.micro',
    'ami-01234567890123456',
  ],
  // 종료 is what AWS calls a termination and people also a stop: both are answered.
  [
    'i-01234567890123456 누가 종료했나요? 성공?',
    FEB_8,
    all(call('TerminateInstances', 'StopInstances'), about('i-01234567890123456')),
    'fakeusername',
  ],
  [
    'fakeusername 오늘 아침 KST 로 뭐했어',
    FEB_8,
    user('fakeusername'),
    'RunInstances',
    'TerminateInstances',
  ],
  [
    '3시간 전부터 인스턴스 중지한 사람',
    AUG_1,
    all(call('StopInstances'), between('2024-08-01T11:30', '2024-08-01T14:30')),
    'christophe',
    '309303190113',
  ],
  // Systems Manager, Instance Connect, the serial console.
  [
    'i-00456A8D163f546Ff에 커맨드 날린 사람이랑 문서 이름',
    AUG_3,
    all(call('SendCommand'), about('i-00456A8D163f546Ff')),
    'christophe',
    'AWS-RunShellScript',
  ],
  [
    'run command in 056392974792: which instances, what document, by whom',
    AUG_3,
    all(call('SendCommand'), account('056392974792')),
    'AWS-RunShellScript',
    'i-cfE23b1a7ceba6f86',
  ],
  [
    '294599468799 에서 ssm 세션 종료한 거 몇 건?',
    AUG_3,
    all(call('TerminateSession'), account('294599468799')),
    '3',
  ],
  [
    'who opened a session on i-d0b6DCBA8984dE148',
    AUG_1,
    all(call('StartSession'), about('i-d0b6DCBA8984dE148')),
    'christophe',
  ],
  [
    'i-eA1d1296c1dE3Aa1f 세션 매니저로 접속한 사람',
    AUG_1,
    all(call('StartSession'), about('i-eA1d1296c1dE3Aa1f')),
    'christophe',
  ],
  [
    'i-fDb357cB7e99ad973 에 ssh 키 밀어넣은 사람',
    AUG_1,
    all(call('SendSSHPublicKey'), about('i-fDb357cB7e99ad973')),
    'christophe',
  ],
  [
    'who pushed ssh keys in 572910899909, to which instances',
    AUG_1,
    all(call('SendSSHPublicKey'), account('572910899909')),
    'i-fDb357cB7e99ad973',
  ],
  [
    'who enabled serial console access on nov 26?',
    NOV_27,
    all(call('EnableSerialConsoleAccess'), day('2024-11-26')),
    '844015365555',
  ],
  [
    '844015365555 시리얼 콘솔로 ssh 키 보낸 인스턴스 어디어디야?',
    NOV_27,
    all(call('SendSerialConsoleSSHPublicKey'), account('844015365555')),
    'i-D46eD8FCdefED5aAE',
  ],
  // Exposure and sharing.
  [
    'port 22 opened today? which sg, which cidr, who',
    AUG_1,
    all(call('AuthorizeSecurityGroupIngress'), day('2024-08-01')),
    'sg-003dc7f1f1c686164',
    '208.236.235.254/0',
    'christophe',
  ],
  [
    'security group changes before 1pm today',
    AUG_1,
    all(call('AuthorizeSecurityGroupIngress'), between('2024-08-01', '2024-08-01T13:00')),
    'sg-003dc7f1f1c686164',
  ],
  [
    'who gave 846424999548 access to an ami',
    AUG_1,
    all(call('ModifyImageAttribute'), about('846424999548')),
    'ami-de1fbCab6ccB03e6D',
    'christophe',
  ],
  [
    '098797384747 계정에 스냅샷 공유한 사람',
    AUG_1,
    all(call('ModifySnapshotAttribute'), about('098797384747')),
    'snap-041993b54a9b3af6f',
    '756680937392',
  ],
  [
    'rds snapshot exfiltration was shared with which account, by who',
    AUG_1,
    all(call('ModifyDBSnapshotAttribute'), about('exfiltration')),
    '503161813013',
  ],
  [
    '오늘 RDS 스냅샷 외부 공유된 거 있어? 대상 계정 알려줘',
    AUG_1,
    all(call('ModifyDBSnapshotAttribute'), day('2024-08-01')),
    '503161813013',
    'exfiltration',
  ],
  [
    'snap-00f54cf7277498559 shared with which account',
    JUL_21,
    all(call('ModifySnapshotAttribute'), about('snap-00f54cf7277498559')),
    '012345678912',
  ],
  [
    'what was shared with account 503161813013 and by whom',
    AUG_1,
    all(call('ModifyDBSnapshotAttribute'), about('503161813013')),
    'christophe',
    '171471557522',
  ],
  [
    'stratus-red-team-backdoor-f-func 람다에 권한 누가 추가했어? principal 뭐로',
    AUG_1,
    all(call('AddPermission'), about('stratus-red-team-backdoor-f-func')),
    'principal=*',
  ],
  [
    'who made lambda stratus-red-team-backdoor-f-func public',
    AUG_1,
    all(call('AddPermission'), about('stratus-red-team-backdoor-f-func')),
    'christophe',
  ],
  // Models, sign-ins, functions.
  [
    'who invoked bedrock models in the past day, which model',
    OCT_18,
    call('InvokeModel'),
    'anthropic.claude-3-sonnet-20240229-v1:0',
    'test-role',
  ],
  [
    'test-role activity yesterday? how many calls',
    OCT_18,
    all(role('test-role'), day('2024-10-17')),
    '15',
  ],
  [
    'MFA 없이 콘솔 들어온 유저 누구? 계정은',
    AUG_3,
    call('ConsoleLogin'),
    'stratus-red-team-nmfalu-jfzdtsvchl',
    '562283505220',
  ],
  [
    'console sign-ins on aug 2, from what ip',
    AUG_3,
    all(call('ConsoleLogin'), day('2024-08-02')),
    'IP:865d9377',
  ],
  [
    'which layer was added to stratus-red-team-lambda-layer-simpleLambda and by whom',
    AUG_1,
    all(call('UpdateFunctionConfiguration'), about('stratus-red-team-lambda-layer-simpleLambda')),
    'stratus-red-team-lambda-layer-my-lambda-extension:1',
  ],
  [
    '266106314375 람다 코드 덮어쓴 사람, 함수 이름',
    AUG_1,
    all(call('UpdateFunctionCode'), account('266106314375')),
    'stratus-red-team-olc-func-vayhjqkdav',
  ],
  // Identities.
  [
    'trust policy change in 751203476945 — which role, which outside account?',
    AUG_1,
    all(call('UpdateAssumeRolePolicy'), account('751203476945')),
    'TRUST:62e290e2',
  ],
  [
    '오늘 신뢰 정책 바뀐 롤 있음? 누가',
    AUG_1,
    all(call('UpdateAssumeRolePolicy'), day('2024-08-01')),
    'christophe',
    '751203476945',
  ],
  [
    'who made an access key for stratus-red-team-backdoor-u-user',
    AUG_1,
    all(call('CreateAccessKey'), about('stratus-red-team-backdoor-u-user')),
    '946986569305',
  ],
  [
    '이번주에 액세스 키 만든 사람이랑 누구 키인지',
    AUG_1,
    all(call('CreateAccessKey'), between('2024-07-29', '2024-08-01T14:30')),
    'malicious-iam-user',
    'stratus-red-team-backdoor-u-user',
  ],
  [
    'list every account where christophe created access keys this week',
    AUG_1,
    all(call('CreateAccessKey'), user('christophe'), between('2024-07-29', '2024-08-01T14:30')),
    '229654561268',
    '946986569305',
  ],
  [
    'malicious-iam-user - who gave it admin?',
    AUG_1,
    all(call('AttachUserPolicy'), about('malicious-iam-user')),
    'christophe',
    'AdministratorAccess',
  ],
  [
    'malicious-iam-user 한테 정책 붙인 사람? 무슨 정책',
    AUG_1,
    all(call('AttachUserPolicy'), about('malicious-iam-user')),
    'AdministratorAccess',
  ],
  [
    'what happened to malicious-iam-user',
    AUG_1,
    all(about('malicious-iam-user')),
    'CreateUser',
    'AttachUserPolicy',
    'CreateAccessKey',
  ],
  [
    'stratus-red-team-malicious-iam-role 만든 사람이랑 신뢰 계정',
    AUG_1,
    all(call('CreateRole'), about('stratus-red-team-malicious-iam-role')),
    '193672423079',
    'christophe',
  ],
  [
    'did anyone attach AdministratorAccess to anything today?',
    AUG_1,
    all(call('AttachUserPolicy', 'AttachRolePolicy'), day('2024-08-01')),
    'malicious-iam-user',
    'stratus-red-team-malicious-iam-role',
  ],
  [
    'login profile created for which user today, who did it',
    AUG_1,
    all(call('CreateLoginProfile'), day('2024-08-01')),
    'stratus-red-team-login-profile-user',
    'christophe',
  ],
  [
    'stratus-red-team-login-profile-user 로그인 프로필 삭제 왜 실패했어요?',
    AUG_1,
    all(call('DeleteLoginProfile'), about('stratus-red-team-login-profile-user')),
    'EntityTemporarilyUnmodifiable',
  ],
  [
    'whose password got changed in 763751499319?',
    AUG_28,
    all(call('UpdateLoginProfile'), account('763751499319')),
    'stratus-red-team-update-login-profile-user',
  ],
  [
    '오늘 콘솔 비밀번호 변경한 사람 누구고 대상 유저는?',
    AUG_28,
    all(call('UpdateLoginProfile'), day('2024-08-28')),
    'christophe',
    'stratus-red-team-update-login-profile-user',
  ],
  [
    'roles anywhere profile created today: which role does it use',
    AUG_1,
    all(call('CreateProfile'), day('2024-08-01')),
    'stratus-red-team-trust-anchor-role',
  ],
  [
    'malicious-rolesanywhere-trust-anchor 누가 만들었지',
    AUG_1,
    all(call('CreateTrustAnchor'), about('malicious-rolesanywhere-trust-anchor')),
    'christophe',
    '791182566784',
  ],
  [
    'who called GetFederationToken, and under what name',
    DEC_1,
    all(call('GetFederationToken'), between('2024-09-02', '2024-12-01')),
    'stratus_red_team',
    'stratus-red-team-user-federation-user',
  ],
  [
    'what did christophe do in 070411556318 today, in order',
    AUG_1,
    all(user('christophe'), account('070411556318'), day('2024-08-01')),
    'GetCallerIdentity',
    'CreateLoginProfile',
    'DeleteLoginProfile',
  ],
  [
    'christophe가 오늘 한 것중에 실패한거 몇개',
    AUG_1,
    all(user('christophe'), failed, day('2024-08-01')),
    '1',
    'DeleteLoginProfile',
  ],
  [
    'first and last call by christophe in 309303190113 today',
    AUG_1,
    all(user('christophe'), account('309303190113'), day('2024-08-01')),
    '12:03',
    '12:04',
  ],
  [
    'AssumeRole calls by christophe or TrailDiscover since july 30',
    AUG_19,
    all(call('AssumeRole'), (r) => user('christophe')(r) || user('TrailDiscover')(r)),
    'TrailDiscover',
    'christophe',
  ],
  [
    'christophe랑 TrailDiscover가 8월에 LeaveOrganization 호출했나요',
    AUG_19,
    all(call('LeaveOrganization'), (r) => user('christophe')(r) || user('TrailDiscover')(r)),
    'TrailDiscover',
  ],
  [
    'accounts with more than 20 calls by christophe today',
    AUG_1,
    all(user('christophe'), day('2024-08-01')),
    '309303190113',
    '294599468799',
  ],
  ['오늘 호출 30번 이상인 계정', AUG_1, day('2024-08-01'), '309303190113'],
  [
    'what did christophe do in 229654561268 2 hours ago',
    AUG_1,
    all(user('christophe'), account('229654561268')),
    'CreateUser',
  ],
  // The lone sources.
  [
    'security group no-access: who made it, in which vpc',
    FEB_8,
    all(call('CreateSecurityGroup'), about('no-access')),
    'fakeusername',
    'vpc-0123456789012345',
  ],
  [
    'root activity on 123456789012?',
    '2015-06-18T00:00:00Z',
    all(account('123456789012')),
    'GetResource',
  ],
  [
    'someRole 로 호출된 API 뭐뭐 있어요',
    '2017-12-12T00:00:00Z',
    role('someRole'),
    'DescribeLaunchConfigurations',
  ],
  // What was tried and denied.
  [
    'denied calls to organizations on aug 18, who',
    AUG_19,
    all(service('organizations'), denied, day('2024-08-18')),
    'TrailDiscover',
    '4',
  ],
  [
    'how many times was TrailDiscover denied in iam on 2024-08-18',
    AUG_19,
    all(user('TrailDiscover'), service('iam'), denied, day('2024-08-18')),
    'COUNT',
  ],
  [
    '어제 guardduty 디텍터 지우려던 사람',
    AUG_19,
    all(call('DeleteDetector'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'who tried to stop the config recorder yesterday? did it work',
    AUG_19,
    all(call('StopConfigurationRecorder'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    '어제 클라우드워치 알람 지우려던 사람',
    AUG_19,
    all(call('DeleteAlarms'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'attempted role creation yesterday, by who, was it denied?',
    AUG_19,
    all(call('CreateRole'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    '어제 sg-0683fcf7a41c82593 22번 열려고 한 사람? cidr은',
    AUG_19,
    all(call('AuthorizeSecurityGroupIngress'), about('sg-0683fcf7a41c82593')),
    '0.0.0.0/24',
    'TrailDiscover',
  ],
  [
    'who tried to add an entry to acl-5fb85d36',
    AUG_19,
    all(call('CreateNetworkAclEntry'), about('acl-5fb85d36')),
    'TrailDiscover',
    '0.0.0.0/0',
  ],
  [
    'acl-5fb85d36 룰 지우려고 한 거 누구',
    AUG_19,
    all(call('DeleteNetworkAclEntry'), about('acl-5fb85d36')),
    'TrailDiscover',
  ],
  [
    'what size was the volume TrailDiscover tried to create',
    AUG_19,
    all(call('CreateVolume'), user('TrailDiscover')),
    'size=80',
  ],
  [
    '어제 키페어 만들려고 한 사람? 이름은?',
    AUG_19,
    all(call('CreateKeyPair'), day('2024-08-18')),
    'TrailDiscoverKeyPair',
  ],
  [
    'failed attempts to stop instances on 18 aug - reason?',
    AUG_19,
    all(call('StopInstances'), day('2024-08-18')),
    'Client.InvalidInstanceID.Malformed',
  ],
  [
    'IAM 유저 생성 거부된 거 어제 몇 건',
    AUG_19,
    all(call('CreateUser'), service('iam'), day('2024-08-18')),
    '1',
  ],
  [
    'who tried to delete an rds instance yesterday',
    AUG_19,
    all(call('DeleteDBInstance'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'eks 클러스터 beta-fish 에 액세스 엔트리 만들려던 사람, 어떤 principal?',
    AUG_19,
    all(call('CreateAccessEntry'), about('beta-fish')),
    'arn:aws:iam::111111111111:role/TrailDiscover',
  ],
  [
    'who tried to associate an access policy with eks cluster beta-fish, which policy',
    AUG_19,
    all(call('AssociateAccessPolicy'), about('beta-fish')),
    'AmazonEKSViewPolicy',
  ],
  [
    '어제 lightsail 인스턴스 만들려고 한 거 성공했어?',
    AUG_19,
    all(call('CreateInstances'), service('lightsail'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'who requested a service quota increase yesterday',
    AUG_19,
    all(call('RequestServiceQuotaIncrease'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    '어제 SES 이메일 아이덴티티 지우려던 사람',
    AUG_19,
    all(call('DeleteIdentity'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'who called LookupEvents on aug 18?',
    AUG_19,
    all(call('LookupEvents'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'TrailDiscover가 어제 호출한 것 중 성공한 것만',
    AUG_19,
    all(user('TrailDiscover'), succeeded, day('2024-08-18')),
    'LookupEvents',
    'GetCallerIdentity',
  ],
  [
    'top 3 services TrailDiscover was denied on yesterday',
    AUG_19,
    all(user('TrailDiscover'), denied, day('2024-08-18')),
    'iam',
    'ec2',
  ],
  [
    'NoSuchBucket errors yesterday, which buckets',
    AUG_19,
    all(({ errorCode }) => errorCode === 'NoSuchBucket', day('2024-08-18')),
    'my-traildiscover-bucket',
  ],
  [
    '어제 waf web acl 삭제 시도한 사람',
    AUG_19,
    all(call('DeleteWebACL'), day('2024-08-18')),
    'TrailDiscover',
  ],
  // Identity Center, API Gateway, and later years.
  [
    'who created an account assignment on may 24, for which target account',
    MAY_25,
    all(call('CreateAccountAssignment'), day('2025-05-24')),
    '760507577735',
    'AdanAlvarez',
  ],
  [
    '5월 24일에 Identity Center 그룹에 멤버 넣은 사람',
    MAY_25,
    all(call('AddMemberToGroup'), day('2025-05-24')),
    'AdanAlvarez',
  ],
  [
    'api gateway buckets555-api - created by whom, what protocol?',
    MAY_25,
    all(call('CreateApi'), about('buckets555-api')),
    'HTTP',
    'AdanAlvarez',
  ],
  [
    'api 5614585pm4 에 라우트 추가한 사람',
    MAY_25,
    all(call('CreateRoute'), about('5614585pm4')),
    'AdanAlvarez',
    'GET /trigger',
  ],
  [
    'who updated a saml provider in the past week',
    SEP_25,
    call('UpdateSAMLProvider'),
    'TrailDiscover',
  ],
  [
    '어제 kms 키 만들려다 거부된 사람',
    FEB_16,
    all(call('CreateKey'), day('2025-02-15')),
    'AdanAlvarez',
  ],
  [
    'cloudshell sessions opened in the past week, by who',
    OCT_13,
    all(call('CreateSession'), service('cloudshell')),
    'abc@abc.com',
  ],
  ['이번 달 서포트 케이스 연 사람 누구', '2016-04-14T00:00:00Z', call('CreateCase'), 'janedoe'],
  [
    'who modified db database-instance yesterday and what did they change',
    APR_28,
    all(call('ModifyDBInstance'), about('database-instance')),
    'UserName',
    'applyImmediately',
  ],
  [
    '어제 시작 템플릿 만든 사람, 인스턴스 타입?',
    FEB_23,
    all(call('CreateLaunchTemplate'), day('2026-02-22')),
    't2.micro',
    'AdanAlvarez',
  ],
  [
    'TrailDiscoverASG creation failed, why?',
    FEB_23,
    all(call('CreateAutoScalingGroup'), about('TrailDiscoverASG')),
    'ValidationException',
  ],
  [
    'TrailDiscoverFunction 함수 URL 만들려던 거 auth 타입이 뭐였어',
    FEB_23,
    all(call('CreateFunctionUrlConfig'), about('TrailDiscoverFunction')),
    'authType=NONE',
  ],
  [
    'who accepted a marketplace agreement yesterday',
    FEB_9,
    call('AcceptAgreementRequest'),
    'AdanAlvarez',
  ],
  [
    '어제 kb-1234567890 조회 거부된 사람',
    FEB_9,
    all(call('GetKnowledgeBase'), about('kb-1234567890')),
    'AdanAlvarez',
  ],
  [
    'who looked at function demo-create-iam-user-handler today',
    MAR_11,
    all(about('demo-create-iam-user-handler')),
    'AdanAlvarez',
  ],
  [
    '어제 IAM 정책 생성 거부된 사람 누구? 역할은',
    DEC_16,
    all(call('CreatePolicy'), day('2024-12-15')),
    'AWSReservedSSO_ReadOnlyAccess_ff7f8c5c5851aa11',
  ],
  [
    '2024-08-01 12:20~12:40 UTC 에 공유된 것들 누가',
    AUG_1,
    all(
      call('ModifyImageAttribute', 'ModifySnapshotAttribute', 'ModifyDBSnapshotAttribute'),
      between('2024-08-01T12:20', '2024-08-01T12:40'),
    ),
    'christophe',
  ],
  [
    'ap-isob-central-3r 리전에서 오늘 유저 만든 사람',
    AUG_1,
    all(call('CreateUser'), day('2024-08-01')),
    'malicious-iam-user',
    'christophe',
  ],
  // A second round, written after the first was answered.
  [
    'anyone terminate ssm sessions in 294599468799 on aug 1? how many',
    AUG_3,
    all(call('TerminateSession'), account('294599468799'), day('2024-08-01')),
    '3',
  ],
  [
    '7월 31일에 플로우로그 지운 계정 어디임?',
    AUG_1,
    all(call('DeleteFlowLogs'), day('2024-07-31')),
    '498376118699',
  ],
  [
    'who created the trust anchor today, which acct and region',
    AUG_1,
    all(call('CreateTrustAnchor'), day('2024-08-01')),
    '791182566784',
    'cn-northsouth-3r',
  ],
  [
    'rqlc-4473f20ca554c07 지운 IP 주소랑 시각',
    AUG_1,
    all(call('DeleteResolverQueryLogConfig'), about('rqlc-4473f20ca554c07')),
    'IP:ba4609ca',
    '14:23',
  ],
  [
    'which instances did christophe run commands on on aug 2',
    AUG_3,
    all(call('SendCommand'), user('christophe'), day('2024-08-02')),
    'i-786a3A8B5C0d92eF4',
    'i-9D40CCFc0aE91CFa5',
  ],
  [
    'christophe가 어제 어떤 시크릿 읽었나요',
    AUG_1,
    all(call('GetSecretValue', 'BatchGetSecretValue'), user('christophe'), day('2024-07-31')),
    'stratus-red-team-retrieve-secret-4',
  ],
  [
    'my-cloudtrail-trail-2 트레일 언제 삭제됐어',
    JUL_21,
    all(call('DeleteTrail'), about('my-cloudtrail-trail-2')),
    '20:53',
  ],
  [
    'who launched a t2.micro in 012345678901 and with which key pair?',
    FEB_8,
    all(call('RunInstances'), account('012345678901')),
    'aws-testing',
  ],
  [
    '012345678901 에서 보안그룹 만든 사람이랑 그룹 이름',
    FEB_8,
    all(call('CreateSecurityGroup'), account('012345678901')),
    'no-access',
  ],
  [
    '어제 로그그룹 삭제하려던 사람 누구임 막혔나',
    AUG_19,
    all(call('DeleteLogGroup'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'who tried to delete an efs file system yesterday',
    AUG_19,
    all(call('DeleteFileSystem'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'bucket my-traildiscover-bucket delete attempt: who and why did it fail',
    AUG_19,
    all(call('DeleteBucket'), about('my-traildiscover-bucket')),
    'NoSuchBucket',
  ],
  [
    '어제 유저를 그룹에 넣으려다 거부된 거 있어?',
    AUG_19,
    all(call('AddUserToGroup'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'mfa deactivation attempts on aug 18',
    AUG_19,
    all(call('DeactivateMFADevice'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    '8월 18일에 access key 비활성화 시도한 사람',
    AUG_19,
    all(call('UpdateAccessKey'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'who tried to attach a volume yesterday and to what instance',
    AUG_19,
    all(call('AttachVolume'), day('2024-08-18')),
    'TrailDiscoverInstanceId',
  ],
  [
    '어제 eventbridge 룰 지우려던 사람',
    AUG_19,
    all(call('DeleteRule'), service('events'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    'snap-046281ab24d756c50 sharing change attempt - who, which account',
    AUG_19,
    all(call('ModifySnapshotAttribute'), about('snap-046281ab24d756c50')),
    '123456789012',
  ],
  [
    'who called GetConsoleScreenshot yesterday, did it work',
    AUG_19,
    all(call('GetConsoleScreenshot'), day('2024-08-18')),
    'TrailDiscover',
  ],
  [
    '2025년 5월 24일에 UpdateSsoConfiguration 호출한 사람',
    MAY_25,
    all(call('UpdateSsoConfiguration'), day('2025-05-24')),
    'AdanAlvarez',
  ],
  [
    'what did AdanAlvarez do on may 24',
    MAY_25,
    all((r) => r.userIdentity?.arn?.endsWith('/AdanAlvarez') === true, day('2025-05-24')),
    'CreateAccountAssignment',
    'CreateApi',
  ],
  [
    'i-D46eD8FCdefED5aAE 에 시리얼 콘솔 키 푸시한 사람',
    NOV_27,
    all(call('SendSerialConsoleSSHPublicKey'), about('i-D46eD8FCdefED5aAE')),
    '844015365555',
  ],
  [
    'write calls by christophe in 309303190113 today',
    AUG_1,
    all(writes, user('christophe'), account('309303190113'), day('2024-08-01')),
    'ModifyInstanceAttribute',
  ],
  [
    '오늘 12시 이후에 christophe가 만든 유저',
    AUG_1,
    all(call('CreateUser'), user('christophe'), between('2024-08-01T12:00', '2024-08-01T14:30')),
    'malicious-iam-user',
  ],
  [
    'what happened to stratus-red-team-malicious-iam-role, what permissions boundary',
    AUG_1,
    all(about('stratus-red-team-malicious-iam-role'), writes),
    'AWSDenyAll',
  ],
  [
    '751203476945 롤 신뢰 정책 바꾼 사람? 외부 계정 번호는',
    AUG_1,
    all(call('UpdateAssumeRolePolicy'), account('751203476945')),
    'TRUST:62e290e2',
  ],
  [
    'config rule deletion attempt yesterday, who was behind it',
    AUG_19,
    all(call('DeleteConfigRule'), day('2024-08-18')),
    'TrailDiscover',
  ],
];

export const own: Own[] = rows.map(([ask, now, where, ...says]) => ({
  ask,
  now,
  where: (record) => record.eventTime < now && where(record),
  says: says.map((words) => (Array.isArray(words) ? words : [words])),
}));
