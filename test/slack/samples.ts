/** One sound example of everything that can be told; tests state what differs. */
import type { Digest } from '../../src/core/digest/digest.ts';
import type { Answer, AnswerEvent, Detection } from '../../src/core/evidence/answer.ts';
import { planAcceptance } from '../../src/core/fixes/accept-risk.ts';
import type { Approval, FixRecord, Member } from '../../src/core/fixes/fix.ts';
import { failedBecause } from '../../src/core/fixes/outcome.ts';
import type { Runbook } from '../../src/core/fixes/runbook.ts';
import type { Finding, Scan, ScannedAccount } from '../../src/core/posture/finding.ts';
import type { Framework } from '../../src/core/posture/framework.ts';
import type { Language, Reader } from '../../src/core/reader.ts';
import type { Refusal, Telling } from '../../src/core/telling.ts';
import { soundPlan } from '../core/evidence/sound.ts';

export const readers: Record<Language, Reader> = {
  en: { language: 'en', timeZone: 'UTC' },
  ko: { language: 'ko', timeZone: 'Asia/Seoul' },
};

export const alice: Member = { slackId: 'U01ALICE', name: 'alice', email: 'alice@bora.example' };
export const mina: Member = { slackId: 'U03MINA', name: 'mina', email: 'mina@bora.example' };

const PAYMENTS_TRAIL = 'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/payments-audit';

export const accounts: ScannedAccount[] = [
  { id: '111122223333', name: 'management', ou: '', visible: true, reason: null },
  {
    id: '666677778888',
    name: 'payments-prod',
    ou: 'Workloads/Production',
    visible: true,
    reason: null,
  },
  { id: '141414141414', name: 'acquired-labs', ou: 'Acquired', visible: true, reason: null },
  {
    id: '151515151515',
    name: 'team-sandbox',
    ou: 'Sandbox',
    visible: false,
    reason: 'AccessDenied: trailwarden-read cannot be assumed',
  },
];

export function aFinding(differs: Partial<Finding> = {}): Finding {
  return {
    id: 'f-7c1d2e3f',
    check: 'trail-log-file-validation',
    status: 'FAIL',
    severity: 'medium',
    subject: PAYMENTS_TRAIL,
    owner: '666677778888',
    covers: ['666677778888'],
    title: 'Log files are validated',
    detail: 'payments-audit writes no digest files, so nobody can prove that a log was not edited.',
    ko: {
      title: '로그 파일을 검증할 수 있음',
      detail:
        'payments-audit 트레일이 다이제스트 파일을 쓰지 않아 로그가 변조되지 않았음을 증명할 수 없습니다.',
    },
    evidence: [
      {
        api: 'cloudtrail:DescribeTrails',
        account: '666677778888',
        region: 'ap-northeast-2',
        at: '2026-11-22T09:00:00Z',
        fields: { LogFileValidationEnabled: false },
      },
    ],
    config: { agrees: true, detail: 'cloud-trail-log-file-validation-enabled is NON_COMPLIANT' },
    fix: { id: 'enable-log-file-validation', class: 'A' },
    controls: { 'CIS AWS 3.0': ['3.2'] },
    exception: null,
    ...differs,
  };
}

export const legacyTrail = aFinding({
  id: 'f-0a0b0c0d',
  check: 'trail-multi-region',
  severity: 'high',
  subject: 'arn:aws:cloudtrail:eu-west-1:141414141414:trail/labs-legacy',
  owner: '141414141414',
  title: 'The trail records every region',
  detail: 'labs-legacy records eu-west-1; 16 other regions are not recorded.',
  ko: {
    title: '트레일이 모든 리전을 기록함',
    detail: 'labs-legacy는 eu-west-1만 기록하고, 다른 16개 리전은 기록하지 않습니다.',
  },
  config: null,
  fix: null,
});

export const unjudged = aFinding({
  id: 'f-99999999',
  check: 'log-bucket-mfa-delete',
  status: 'NOT_VISIBLE',
  severity: 'high',
  subject: 'arn:aws:s3:::bora-payments-audit-logs',
  owner: '111122223333',
  title: 'The log bucket takes MFA to delete',
  detail: 'AccessDenied on s3:GetBucketVersioning',
  ko: {
    title: '로그 버킷은 MFA 없이 지울 수 없음',
    detail: 's3:GetBucketVersioning 호출이 AccessDenied',
  },
  config: null,
  fix: null,
});

export function aScan(differs: Partial<Scan> = {}): Scan {
  return {
    schemaVersion: 1,
    organization: 'o-bora12345',
    simulated: true,
    scannedAt: '2026-11-22T09:00:00Z',
    durationMs: 4210,
    apiCalls: 318,
    accounts,
    findings: [aFinding(), legacyTrail, unjudged],
    coverage: [],
    totals: { PASS: 41, FAIL: 2, NOT_APPLICABLE: 3, NOT_VISIBLE: 1, ERROR: 0 },
    excepted: 0,
    ...differs,
  };
}

const accepted = { reason: 'the auditors asked for a copy of their own', owner: 'payments' };

/** A scan in which everything occurs that a message can tell. */
export function everythingScan(): Scan {
  const labs = { subject: legacyTrail.subject, owner: legacyTrail.owner, fix: null };
  const findings = [
    aFinding({
      remedy: 'Enable log file validation on the trail, in its home region.',
      ko: {
        title: '로그 파일 검증이 꺼져 있음',
        detail: 'payments-audit 트레일이 다이제스트 파일을 쓰지 않습니다.',
        remedy: '트레일의 홈 리전에서 로그 파일 검증을 켜세요.',
      },
      since: {
        at: '2026-11-20T05:32:07Z',
        event: {
          eventID: 'b7f5c1d2-1111-4222-8333-944445555666',
          eventName: 'UpdateTrail',
          person: 'bob@bora.example',
          proof: 'proven-chain',
        },
        detail: 'Since 2026-11-20T05:32:07Z: bob@bora.example, UpdateTrail (proof: proven chain)',
        ko: '2026-11-20T05:32:07Z부터: bob@bora.example, UpdateTrail (근거: 증명된 연결)',
        evidence: [],
      },
    }),
    aFinding({
      ...labs,
      id: 'f-delivery',
      check: 'trail-delivery',
      severity: 'critical',
      subject: `${labs.subject}#s3`,
      title: 'A trail does not deliver',
      detail: 'labs-legacy has delivered nothing to S3 since 2026-11-19T00:00:00Z: AccessDenied.',
      ko: {
        title: '트레일이 로그를 전달하지 못함',
        detail: 'labs-legacy는 2026-11-19T00:00:00Z부터 S3에 전달하지 못했습니다: AccessDenied.',
      },
      config: {
        agrees: false,
        detail: 'Rule CLOUD_TRAIL_ENABLED said COMPLIANT at 2026-11-18T00:00:00Z',
        ko: '규칙 CLOUD_TRAIL_ENABLED 판정: 규정 준수(COMPLIANT), 2026-11-18T00:00:00Z',
        because: 'stale',
      },
    }),
    legacyTrail,
    aFinding({
      id: 'f-duplicates',
      check: 'trail-duplicates',
      severity: 'low',
      title: 'Events are paid for twice',
      ko: { title: '이벤트 비용을 두 번 지불함', detail: 'payments-audit은 유료 사본입니다.' },
      exception: { ...accepted, expires: '2026-12-31', expired: false },
      cost: {
        monthly: null,
        unitPrice: '2.00 USD per 100,000 events',
        assumptions: [{ en: 'no archive to count from', ko: '셀 수 있는 보관 로그 없음' }],
      },
      fix: null,
    }),
    aFinding({
      id: 'f-tags',
      check: 'trail-tags',
      severity: 'info',
      title: 'A trail has no owner',
      ko: { title: '담당자 태그가 없음', detail: 'payments-audit에 태그가 없습니다.' },
      detail: 'payments-audit has no tags. Its exception expired after 2026-11-01.',
      exception: { ...accepted, expires: '2026-11-01', expired: true },
      fix: { id: 'explain-tags', class: 'X' },
    }),
    unjudged,
  ];
  const cell = (account: string, region: string, yes: boolean) => ({
    account,
    region,
    managementRead: yes,
    managementWrite: yes,
    dataEvents: [],
    trails: [],
  });
  return aScan({
    findings,
    coverage: ['eu-west-1', 'us-east-1'].flatMap((region) => [
      cell('111122223333', region, true),
      cell('666677778888', region, true),
      cell('141414141414', region, region === 'eu-west-1'),
    ]),
    totals: { PASS: 41, FAIL: 5, NOT_APPLICABLE: 3, NOT_VISIBLE: 1, ERROR: 0 },
    excepted: 1,
    kept: { resumed: 2, unchanged: 0, of: 4, from: '2026-11-22T08:40:00Z' },
  });
}

export const aFramework: Framework = {
  id: 'pci-dss-4',
  key: 'PCI DSS 4.0.1',
  aliases: ['pci'],
  title: { en: 'PCI DSS 4.0.1', ko: 'PCI DSS 4.0.1' },
  note: { en: 'Only what a trail can show.', ko: '트레일로 볼 수 있는 것만 다룹니다.' },
  mappedBy: { prowler: { en: 'Prowler', ko: 'Prowler' } },
  controls: [
    ['10.2.1', 'Audit logs are on', '감사 로그가 켜져 있음', 'trail-multi-region'],
    ['10.3.3', 'Logs are backed up', '로그를 따로 보관함', 'trail-delivery'],
    ['10.3.4', 'Logs are watched', '로그 변경을 감시함', 'trail-log-file-validation'],
    ['10.5.1', 'Logs are kept', '로그를 보존함', 'log-bucket-mfa-delete'],
    ['10.7.2', 'Failures are told', '장애를 알림', 'alarms-for-sensitive-calls'],
  ].map(([id = '', en = '', ko = '', check = '']) => ({
    id,
    title: { en, ko },
    checks: { [check]: ['prowler'] },
  })),
};

export function aDigest(differs: Partial<Digest> = {}): Digest {
  return {
    organization: 'o-bora12345',
    simulated: true,
    scannedAt: '2026-11-22T09:00:00Z',
    previousAt: '2026-11-21T09:00:00Z',
    new: [aFinding()],
    regressed: [],
    noLongerAccepted: [],
    accepted: [],
    fixed: [
      aFinding({
        id: 'f-fixed',
        status: 'PASS',
        subject: 'arn:aws:cloudtrail:ap-northeast-2:111122223333:trail/bora-org-trail',
        owner: '111122223333',
      }),
    ],
    stillOpen: [legacyTrail],
    notVisible: [unjudged],
    unseenAccounts: accounts.filter(({ visible }) => !visible),
    ledger: accounts.map(({ id, name }) => ({ id, name })),
    accounts: { visible: 3, of: 4 },
    ...differs,
  };
}

export function aFix(differs: Partial<FixRecord> = {}): FixRecord {
  return {
    id: 'fix-5d41402abc4b2a76',
    plan: {
      fix: 'enable-log-file-validation',
      family: 'trail',
      direction: 'forward',
      finding: 'f-7c1d2e3f',
      account: '666677778888',
      region: 'ap-northeast-2',
      resource: PAYMENTS_TRAIL,
      calls: [
        {
          api: 'cloudtrail:UpdateTrail',
          parameters: { Name: PAYMENTS_TRAIL, EnableLogFileValidation: true },
        },
      ],
      before: { LogFileValidationEnabled: false, IsLogging: true },
      after: { LogFileValidationEnabled: true, IsLogging: true },
      wayBack: [
        {
          api: 'cloudtrail:UpdateTrail',
          parameters: { Name: PAYMENTS_TRAIL, EnableLogFileValidation: false },
        },
      ],
      riskClass: 'A',
      blast: {
        accounts: ['666677778888'],
        feels: {
          en: 'From now on CloudTrail writes an hourly digest file beside the log files.',
          ko: '지금부터 CloudTrail이 로그 파일과 함께 매시간 다이제스트 파일을 씁니다.',
        },
        keeps: [{ en: 'Log files stay as they are.', ko: '로그 파일은 그대로입니다.' }],
      },
    },
    planHash: PLAN,
    state: 'proposed',
    requestedBy: alice,
    requestedAt: '2026-11-22T09:05:00Z',
    expiresAt: '2026-11-22T09:35:00Z',
    approvers: '@cloud-approvers',
    needed: 1,
    approvals: [],
    decidedAt: null,
    claim: null,
    finishedAt: null,
    outcome: null,
    message: null,
    ...differs,
  };
}

const PLAN = 'b1946ac92492d2347c6235b4d2611184c0ffee00c0ffee00c0ffee00c0ffee00';

export const yes = (by: Member, differs: Partial<Approval> = {}): Approval => ({
  by,
  at: '2026-11-22T09:07:12Z',
  planHash: PLAN,
  reason: null,
  group: '@cloud-approvers',
  ...differs,
});

const decided = { approvals: [yes(mina)], decidedAt: '2026-11-22T09:07:12Z' };
const finished = { ...decided, finishedAt: '2026-11-22T09:07:15Z' };

export const appliedFix = aFix({
  ...finished,
  state: 'applied',
  outcome: {
    kind: 'applied',
    verified: { LogFileValidationEnabled: true },
    requestIds: ['4e6ab7c1-0000-4d3c-9f5e-1b2c3d4e5f60'],
    recovered: false,
  },
});

export const jun: Member = { slackId: 'U04JUN', name: 'jun', email: 'jun@bora.example' };

const BUCKET = 'arn:aws:s3:::bora-trail-logs';
const write = {
  Sid: 'AWSCloudTrailWrite',
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `${BUCKET}/AWSLogs/*`,
};
const OPEN_POLICY = JSON.stringify({ Version: '2012-10-17', Statement: [write] });
const LOCKED = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { ...write, Condition: { StringEquals: { 'aws:SourceArn': PAYMENTS_TRAIL } } },
    {
      Sid: 'DenyPlainHttp',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [BUCKET, `${BUCKET}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

/** A change of nested documents that needs two people and cannot be taken back in full. */
function classC(differs: Partial<FixRecord> = {}): FixRecord {
  return aFix({
    id: 'fix-c4ca4238a0b92382',
    plan: {
      ...aFix().plan,
      fix: 'confine-bucket-policy',
      family: 'log-bucket',
      account: '222233334444',
      resource: BUCKET,
      calls: [
        { api: 's3:PutBucketPolicy', parameters: { Bucket: 'bora-trail-logs', Policy: LOCKED } },
        {
          api: 's3:PutBucketVersioning',
          parameters: {
            Bucket: 'bora-trail-logs',
            VersioningConfiguration: { Status: 'Enabled' },
          },
        },
      ],
      before: {
        Policy: OPEN_POLICY,
        Versioning: null,
        Rules: [{ ID: 'expire', Days: 30, Prefixes: ['a/', 'b/'] }],
      },
      after: {
        Policy: LOCKED,
        Versioning: 'Enabled',
        Rules: [{ ID: 'expire', Days: 365, Prefixes: ['a/', 'c/'] }],
      },
      wayBack: [
        {
          api: 's3:PutBucketPolicy',
          parameters: { Bucket: 'bora-trail-logs', Policy: OPEN_POLICY },
        },
      ],
      riskClass: 'C',
      blast: {
        accounts: ['222233334444', '666677778888', '141414141414'],
        feels: {
          en: 'Only the named trail may still write into the bucket, and only over TLS.',
          ko: '지정된 트레일만, TLS로만 버킷에 쓸 수 있습니다.',
        },
        keeps: [
          { en: 'Log files that are there stay.', ko: '이미 있는 로그 파일은 그대로입니다.' },
          { en: 'Statements of others stay in the policy.', ko: '다른 문장은 정책에 남습니다.' },
        ],
        irreversible: {
          en: 'versioning can be suspended, but never taken away.',
          ko: '버전 관리는 중지할 수는 있어도 없앨 수는 없습니다.',
        },
      },
      cost: {
        monthly: 12.5,
        unitPrice: '0.023 USD per GB-month',
        assumptions: [{ en: '540 GB of logs', ko: '로그 540GB' }],
      },
    },
    needed: 2,
    approvers: '@security-approvers',
    ...differs,
  });
}

/** As the runbook of the same name writes it. */
const mfaDelete = (finding: Finding): Runbook => ({
  id: 'enable-mfa-delete',
  title: { en: 'Turn on MFA delete', ko: 'MFA 삭제 켜기' },
  why: {
    en: 'Only the root user of the account can turn it on, and only with the CLI.',
    ko: '계정의 루트 사용자만, CLI로만 켤 수 있습니다.',
  },
  who: { en: `Root user of ${finding.owner}`, ko: `${finding.owner}의 루트 사용자` },
  steps: [
    { say: { en: 'Sign in as the root user.', ko: '루트 사용자로 로그인합니다.' } },
    {
      say: { en: 'Turn it on:', ko: '다음 명령으로 켭니다.' },
      command: `aws s3api put-bucket-versioning --bucket bora-payments-audit-logs \\\n  --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "SERIAL CODE"`,
    },
  ],
  conflicts: [{ en: 'Lifecycle rules.', ko: '수명 주기 규칙.' }],
  alternatives: [
    { say: { en: 'Object Lock keeps every version.', ko: 'Object Lock.' }, fix: 'lock-objects' },
    { say: { en: 'A service control policy.', ko: '서비스 제어 정책.' } },
  ],
});

const place = { account: '666677778888', region: 'ap-northeast-2' };

/** One plan over two trails. */
function several(differs: Partial<FixRecord>): FixRecord {
  const { plan } = aFix();
  const second = { ...plan, resource: `${PAYMENTS_TRAIL}-2` };
  return aFix({
    id: 'fix-e4da3b7fbbce2345',
    plan: { ...plan, calls: [], parts: [plan, second], riskClass: 'B' },
    ...differs,
  });
}

/** A fix in every state in which its message can be seen. */
export const fixes: Record<string, FixRecord> = {
  proposed: aFix(),
  approved: aFix({ ...decided, state: 'approved' }),
  claimed: aFix({ ...decided, state: 'claimed' }),
  applying: aFix({ ...decided, state: 'applying' }),
  applied: appliedFix,
  'applied-recovered': aFix({
    ...finished,
    state: 'applied',
    outcome: {
      kind: 'applied',
      verified: { LogFileValidationEnabled: true },
      requestIds: [],
      recovered: true,
    },
  }),
  'already-sound': aFix({ ...finished, state: 'applied', outcome: { kind: 'already-sound' } }),
  failed: aFix({
    ...finished,
    state: 'failed',
    outcome: {
      kind: 'failed',
      reason: 'AccessDenied on cloudtrail:UpdateTrail',
      changed: 'nothing',
    },
  }),
  'failed-unknown': aFix({
    ...finished,
    state: 'failed',
    outcome: { kind: 'failed', reason: 'the connection was lost', changed: 'unknown' },
  }),
  'failed-unverified': aFix({
    ...finished,
    state: 'failed',
    outcome: {
      kind: 'failed',
      reason: 'the trail could not be read again',
      changed: 'applied-unverified',
    },
  }),
  stale: aFix({
    ...finished,
    state: 'stale',
    outcome: { kind: 'stale', found: { LogFileValidationEnabled: false, IsLogging: false } },
  }),
  'not-visible': aFix({
    ...finished,
    state: 'failed',
    outcome: { kind: 'not-visible', reason: 'ThrottlingException on cloudtrail:DescribeTrails' },
  }),
  expired: aFix({ state: 'expired', finishedAt: '2026-11-22T09:35:00Z' }),
  cancelled: aFix({ state: 'cancelled', declinedBy: mina, decidedAt: '2026-11-22T09:07:12Z' }),
  'cancelled-with-reason': aFix({
    state: 'cancelled',
    declinedBy: mina,
    declineReason: 'the trail is retired on Friday',
    decidedAt: '2026-11-22T09:07:12Z',
    finishedAt: '2026-11-22T09:07:12Z',
  }),
  // Nested JSON, a cost, a second approver missing, no full way back.
  'class-c': classC(),
  'class-c-approved-once': classC({
    approvals: [yes(mina, { reason: 'agreed with the auditors, CHG-1042' })],
  }),
  'class-c-applied': classC({
    state: 'applied',
    approvals: [
      yes(mina, { reason: 'agreed with the auditors, CHG-1042' }),
      yes(jun, {
        at: '2026-11-22T09:09:30Z',
        reason: 'seen in the change board',
        confirmed: {
          issuer: 'https://login.bora.example',
          subject: 'jun',
          email: 'jun@bora.example',
          at: '2026-11-22T09:09:20Z',
        },
      }),
    ],
    decidedAt: '2026-11-22T09:09:30Z',
    finishedAt: '2026-11-22T09:09:36Z',
    outcome: {
      kind: 'applied',
      verified: { Policy: LOCKED },
      requestIds: ['5C3E1A2B9D8F7064', '6D4F2B3C0E917185'],
      recovered: false,
    },
  }),
  aftermath: {
    ...appliedFix,
    aftermath: {
      events: [
        {
          eventID: 'aa11bb22-3333-4444-8555-666677778888',
          eventName: 'UpdateTrail',
          eventTime: '2026-11-22T09:07:14Z',
        },
      ],
      later: {
        at: '2026-11-22T10:30:00Z',
        holds: true,
        told: {
          en: 'The first digest file was delivered.',
          ko: '첫 다이제스트 파일이 전달되었습니다.',
        },
      },
    },
  },
  'failed-partly': classC({
    state: 'failed',
    approvals: [yes(mina, { reason: 'CHG-1042' }), yes(jun, { reason: 'ok' })],
    finishedAt: '2026-11-22T09:09:36Z',
    outcome: {
      kind: 'failed',
      reason: 'AccessDenied on s3:PutBucketVersioning',
      changed: 'partly',
      accepted: [{ api: 's3:PutBucketPolicy', requestId: '5C3E1A2B9D8F7064' }],
      left: { ...classC().plan.before, Policy: LOCKED },
    },
  }),
  'stopped-partly': classC({
    state: 'failed',
    approvals: [yes(mina, { reason: 'CHG-1042' }), yes(jun, { reason: 'ok' })],
    finishedAt: '2026-11-22T09:09:36Z',
    outcome: {
      ...failedBecause({
        kind: 'fixes-stopped',
        by: 'mina',
        at: '2026-11-22T09:09:33Z',
        reason: 'an *incident*',
      }),
      changed: 'partly',
      accepted: [{ api: 's3:PutBucketPolicy', requestId: '5C3E1A2B9D8F7064' }],
      left: { ...classC().plan.before, Policy: LOCKED },
    },
  }),
  several: several({}),
  'several-ended': several({
    state: 'failed',
    approvals: [yes(mina, { reason: 'CHG-1043' })],
    finishedAt: '2026-11-22T09:09:36Z',
    outcome: {
      kind: 'failed',
      reason: 'AccessDenied on cloudtrail:UpdateTrail',
      changed: 'partly',
      accepted: [],
      parts: [
        { ...place, resource: PAYMENTS_TRAIL, became: 'applied' },
        { ...place, resource: `${PAYMENTS_TRAIL}-2`, became: 'failed' },
      ],
    },
  }),
  'accept-risk': aFix({
    plan: {
      ...planAcceptance(aFinding({ severity: 'critical' }), {
        reason: 'the auditors asked for a copy of their own',
        owner: 'payments',
        expires: '2027-03-31',
      }),
    },
    needed: 2,
    approvers: '@security-approvers',
  }),
  'rolled-back': aFix({ ...finished, state: 'rolled-back', outcome: appliedFix.outcome }),
  'way-back': aFix({
    id: 'fix-7d793037a0760186',
    undoes: 'fix-5d41402abc4b2a76',
    plan: {
      ...aFix().plan,
      direction: 'back',
      calls: aFix().plan.wayBack,
      before: aFix().plan.after,
      after: aFix().plan.before,
    },
  }),
};

export const anEvent: AnswerEvent = {
  eventID: 'b7f5c1d2-1111-4222-8333-944445555666',
  eventTime: '2026-11-17T05:32:07Z',
  eventSource: 'ec2.amazonaws.com',
  eventName: 'TerminateInstances',
  account: '444455556666',
  region: 'ap-northeast-2',
  outcome: 'ok',
  sourceIPAddress: '203.0.113.10',
  actor: {
    arn: 'arn:aws:sts::444455556666:assumed-role/ops-breakglass/bob',
    name: 'ops-breakglass/bob',
    type: 'AssumedRole',
  },
  person: {
    name: 'bob@bora.example',
    proof: 'proven-chain',
    chain: ['AssumeRole by AWSReservedSSO_Engineer/bob@bora.example in 131313131313'],
  },
  resources: ['i-0a1b2c3d4e5f60718'],
  via: 'cli',
  details: [],
  origin: 'LookupEvents 444455556666/ap-northeast-2',
};

const PLAN_HASH = 'a81c2f3d4e5f60718293a4b5c6d7e8f90112233445566778899aabbccddeeff0';

/** Who deleted the instance, in the last 90 days. */
const askedPlan = soundPlan({
  verbs: ['delete'],
  resourceType: 'instance',
  resources: ['i-0a1b2c3d4e5f60718'],
  eventNames: ['TerminateInstances'],
  eventSources: ['ec2.amazonaws.com'],
  time: {
    from: '2026-08-24T09:00:00Z',
    to: '2026-11-22T09:00:00Z',
    zone: 'Asia/Seoul',
    assumed: true,
  },
});

export function anAnswer(differs: Partial<Answer> = {}): Answer {
  return {
    schemaVersion: 1,
    id: 'q1',
    question: 'who deleted instance i-0a1b2c3d4e5f60718?',
    lang: 'en',
    verdict: 'found',
    understood: {
      echo: 'who · deleted · i-0a1b2c3d4e5f60718 · last 90 days (assumed)',
      plan: askedPlan,
    },
    planHash: PLAN_HASH,
    total: 1,
    events: [anEvent],
    groups: [],
    coverage: {
      from: '2026-08-24T09:00:00Z',
      to: '2026-11-22T09:00:00Z',
      accounts: { searched: 14, of: 15 },
      regions: { searched: 17, of: 17 },
      categories: ['management'],
      sources: ['LookupEvents'],
      gaps: [{ account: '151515151515', region: '', reason: 'AccessDenied on sts:AssumeRole' }],
    },
    text: '',
    spread: null,
    settledUntil: '2026-11-22T08:45:00Z',
    simulated: true,
    ...differs,
  };
}

const korean: Partial<Answer> = {
  lang: 'ko',
  question: '인스턴스 i-0a1b2c3d4e5f60718 누가 삭제했어?',
  understood: { echo: '누가 · 삭제 · i-0a1b2c3d4e5f60718 · 최근 90일 (가정)', plan: askedPlan },
};

/** The three kinds of no, and the two kinds of not knowing what was meant. */
const nothing: Partial<Answer> = { total: 0, events: [] };
const complete: Answer['coverage'] = {
  ...anAnswer().coverage,
  accounts: { searched: 15, of: 15 },
  gaps: [],
};

/** The same event as one of several, later and by somebody else. */
const another = (at: number, differs: Partial<AnswerEvent> = {}): AnswerEvent => ({
  ...anEvent,
  eventID: `b7f5c1d2-${String(2222 + at)}-4222-8333-944445555666`,
  eventTime: `2026-11-17T06:${String(10 + at)}:00Z`,
  ...differs,
});
const narrow = {
  ...askedPlan,
  accounts: ['444455556666'],
  regions: ['ap-northeast-2'],
  outcome: 'ok' as const,
  time: { ...askedPlan.time, from: '2026-11-21T09:00:00Z', assumed: false },
};
const check = (id: string, status: Detection['status'], count = 0): Detection => ({
  id,
  title: { en: `Check of ${id}`, ko: `${id} 점검` },
  status,
  reason: { en: `what was seen of ${id}`, ko: `${id}에 대해 본 것` },
  count,
  events: count > 0 ? [anEvent] : [],
});

export const answers: Record<string, Partial<Answer>> = {
  found: {},
  // Done by one, tried by another; asked narrowly, so that every button has something to do.
  'found-and-tried': {
    total: 45,
    understood: { echo: 'who · deleted · i-0a1b2c3d4e5f60718 · prod', plan: narrow },
    events: [
      anEvent,
      another(1, {
        outcome: 'Client.UnauthorizedOperation',
        errorMessage: 'You are not authorized to perform this operation.',
        person: { name: 'carol@bora.example', proof: 'session-name-only' },
      }),
    ],
    spread: {
      first: '2026-11-17T05:32:07Z',
      last: '2026-11-17T06:11:00Z',
      accounts: ['444455556666'],
      regions: ['ap-northeast-2'],
      actors: [
        { name: 'ops-breakglass/bob', count: 44 },
        { name: 'dev/carol', count: 1 },
      ],
      eventNames: [{ name: 'TerminateInstances', count: 45 }],
      failed: 1,
    },
    alsoLookedFor: ['StopInstances', 'BidEvictedEvent'],
  },
  // Why, with what Config kept of it.
  why: {
    understood: { echo: 'why · deleted', plan: { ...askedPlan, asks: 'why' } },
    causes: [
      {
        en: 'the Auto Scaling group shop-web scaled in',
        ko: 'Auto Scaling 그룹 shop-web이 축소함',
        eventID: 'c0ffee00-1111-4222-8333-944445555666',
        proven: true,
      },
      {
        en: 'its desired capacity was lowered',
        ko: '원하는 용량을 줄임',
        eventID: null,
        proven: false,
      },
    ],
    changes: [
      {
        eventID: anEvent.eventID,
        resourceType: 'AWS::EC2::Instance',
        resource: 'i-0a1b2c3d4e5f60718',
        account: '444455556666',
        region: 'ap-northeast-2',
        before: '2026-11-17T05:00:00Z',
        after: '2026-11-17T05:40:00Z',
        deleted: false,
        members: [{ path: 'configuration.state.name', before: '"running"', after: '"terminated"' }],
      },
    ],
  },
  detections: {
    understood: { echo: 'unusual activity', plan: soundPlan({ shape: 'detect' }) },
    detections: [
      check('root-use', 'found', 2),
      check('logging-tampered', 'clean'),
      check('aws-insights', 'not-checkable'),
    ],
  },
  states: {
    total: 2,
    events: [],
    understood: {
      echo: 'open to everybody now',
      plan: soundPlan({ shape: 'state', state: { property: 'public', rule: null } }),
    },
    states: ['finance-reports', 'website'].map((resource, at) => ({
      resource,
      resourceType: 'AWS::S3::Bucket',
      account: '444455556666',
      region: 'ap-northeast-2',
      says: at === 0 ? 'NON_COMPLIANT s3-bucket-public-read-prohibited' : 'COMPLIANT',
      wrong: at === 0,
      at: '2026-11-20T05:00:00Z',
    })),
  },
  none: { ...nothing, verdict: 'none', coverage: complete },
  'none-visible': { ...nothing, verdict: 'none-visible' },
  unknowable: {
    ...nothing,
    verdict: 'unknowable',
    reason: 'S3 data events are not recorded for this bucket',
  },
  unclear: {
    ...nothing,
    verdict: 'unclear',
    reason: 'Which of these do you mean?',
    readings: ['who · deleted · this week', 'who · deleted · last week', 'who · stopped'].map(
      (echo) => ({ echo, plan: soundPlan() }),
    ),
  },
  'not-understood': {
    ...nothing,
    verdict: 'not-understood',
    reason: 'I do not know what frobnicate means.',
  },
};

export const refusals: Refusal[] = [
  {
    kind: 'no-such-place',
    said: 'shop-prd',
    instead: {
      accounts: ['shop-prod', 'shop-staging'],
      ofAccounts: 14,
      units: ['Workloads/Production'],
      ofUnits: 7,
      frameworks: ['CIS AWS 3.0', 'PCI DSS 4.0.1'],
    },
  },
  { kind: 'no-such-finding', finding: 'f-404' },
  { kind: 'no-such-fix', fix: 'fix-404' },
  {
    kind: 'cannot-fix',
    finding: 'f-0a0b0c0d',
    obstacle: {
      kind: 'guarded',
      by: 'protect-*trails*',
      action: 'cloudtrail:UpdateTrail',
      controlTower: false,
    },
  },
  { kind: 'no-fix-for-this', finding: 'f-0a0b0c0d', check: 'trail-multi-region' },
  { kind: 'finding-not-open', finding: 'f-7c1d2e3f', status: 'PASS' },
  {
    kind: 'finding-accepted',
    finding: 'f-7c1d2e3f',
    owner: 'payments',
    reason: 'a contract until spring',
    expires: '2027-03-31',
  },
  { kind: 'not-an-approver', approvers: '@cloud-approvers' },
  { kind: 'own-request' },
  { kind: 'already-decided', by: mina, at: '2026-11-22T09:07:12Z', state: 'applied' },
  { kind: 'already-requested', fix: 'fix-5d41402abc4b2a76', by: alice },
  { kind: 'expired', at: '2026-11-22T09:35:00Z' },
  { kind: 'plan-changed' },
  { kind: 'plan-outdated' },
  { kind: 'could-not-read', reason: 'AccessDenied on cloudtrail:DescribeTrails' },
  { kind: 'cannot-undo', state: 'failed' },
  { kind: 'frozen', reason: 'year end', until: '2027-01-04T00:00:00Z' },
  { kind: 'fixes-stopped', by: mina, at: '2026-11-22T09:00:00Z', reason: 'an incident' },
  { kind: 'too-many-fixes', perHour: 5, asked: 1, left: 0, next: '2026-11-22T10:02:00Z' },
  { kind: 'reason-required' },
  {
    kind: 'confirm-outside',
    url: 'https://trailwarden.example/confirm/eyJhbGciOiJFUzI1NiJ9',
    expiresAt: '2026-11-22T09:15:00Z',
  },
  {
    kind: 'no-way-back',
    why: { en: 'Object Lock cannot be turned off.', ko: 'Object Lock은 끌 수 없습니다.' },
  },
  { kind: 'approved-already' },
  { kind: 'answer-gone' },
  { kind: 'no-answer-before' },
  { kind: 'nothing-more', total: 1234 },
  { kind: 'nothing-wider' },
  { kind: 'event-not-found', eventID: anEvent.eventID, reasons: ['LookupEvents: AccessDenied'] },
];

/** Every message that there is, by the name of its golden file without the language. */
export function tellings(language: Language): Record<string, Telling> {
  const speak = (differs: Partial<Answer>) =>
    anAnswer({ ...(language === 'ko' ? korean : {}), ...differs });
  const approvers = '@cloud-approvers';
  return {
    help: { kind: 'help' },
    'help-not-understood': { kind: 'help', notUnderstood: 'frobnicate' },
    'progress-scanning': { kind: 'progress', doing: 'scanning', done: 412, of: 1000 },
    'progress-searching': { kind: 'progress', doing: 'searching', done: 17, of: 255 },
    'progress-time-left': {
      kind: 'progress',
      doing: 'searching',
      done: 17,
      of: 255,
      secondsLeft: 42,
    },
    events: {
      kind: 'events',
      answer: speak({ ...answers['found-and-tried'] }),
      events: [
        another(2),
        another(3, { outcome: 'AccessDenied' }),
        another(4, { eventTime: null }),
      ],
      from: 30,
    },
    file: {
      kind: 'file',
      name: 'trailwarden-a81c2f3d4e5f.csv',
      content: 'event_id,time_utc\r\n',
      rows: 5000,
      answer: speak({ ...answers['found-and-tried'], total: 7312 }),
      form: 'verb:delete resource:i-0a1b2c3d4e5f60718',
    },
    'file-none': {
      kind: 'file',
      name: 'trailwarden-a81c2f3d4e5f.csv',
      content: 'event_id,time_utc\r\n',
      rows: 0,
      answer: speak({ ...answers['none-visible'] }),
      form: 'verb:delete resource:i-0a1b2c3d4e5f60718',
    },
    record: { kind: 'record', eventID: anEvent.eventID, origin: anEvent.origin, json: '{}' },
    posture: { kind: 'posture', scan: aScan(), scope: {} },
    'posture-full': { kind: 'posture', scan: everythingScan(), scope: {} },
    'posture-framework': {
      kind: 'posture',
      scan: everythingScan(),
      scope: {},
      framework: aFramework,
    },
    'posture-sound': {
      kind: 'posture',
      scope: { ou: 'Workloads/Production' },
      scan: aScan({
        simulated: false,
        accounts: accounts.slice(0, 3),
        findings: [],
        totals: { PASS: 44, FAIL: 0, NOT_APPLICABLE: 3, NOT_VISIBLE: 0, ERROR: 0 },
      }),
    },
    'posture-blind': {
      kind: 'posture',
      scope: {},
      scan: aScan({
        accounts: accounts.map((it) => ({ ...it, visible: false, reason: 'AccessDenied' })),
        findings: [],
        totals: { PASS: 0, FAIL: 0, NOT_APPLICABLE: 0, NOT_VISIBLE: 8, ERROR: 0 },
      }),
    },
    digest: { kind: 'digest', digest: aDigest() },
    'digest-exceptions': {
      kind: 'digest',
      digest: aDigest({
        noLongerAccepted: [
          aFinding({
            id: 'f-over',
            exception: { ...accepted, expires: '2026-11-21', expired: true },
          }),
        ],
        accepted: [
          aFinding({
            id: 'f-soon',
            exception: { ...accepted, expires: '2026-11-30', expired: false },
          }),
        ],
      }),
    },
    'digest-none-yet': { kind: 'digest', digest: null },
    ...Object.fromEntries(
      Object.entries(answers).map(([name, differs]): [string, Telling] => [
        `answer-${name}`,
        { kind: 'answer', answer: speak(differs) },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(fixes).map(([name, fix]): [string, Telling] => [
        `fix-${name}`,
        { kind: 'fix', fix, approvers, finding: aFinding(), simulated: true },
      ]),
    ),
    'fix-without-finding': { kind: 'fix', fix: aFix(), approvers },
    'fix-explained': {
      kind: 'fix',
      fix: aFix(),
      approvers,
      finding: everythingScan().findings[0] as Finding,
      means: {
        en: 'Without digest files nobody can prove that a log was not edited.',
        ko: '다이제스트 파일이 없으면 로그가 변조되지 않았음을 증명할 수 없습니다.',
      },
      account: 'payments-prod (666677778888)',
    },
    fixes: {
      kind: 'fixes',
      waiting: [fixes['class-c-approved-once'] as FixRecord],
      asked: [aFix(), fixes.several as FixRecord],
      done: [appliedFix, fixes.expired as FixRecord],
    },
    'fixes-none': { kind: 'fixes', waiting: [], asked: [], done: [] },
    runbook: { kind: 'runbook', runbook: mfaDelete(unjudged), finding: unjudged },
    snoozed: { kind: 'snoozed', finding: 'f-7c1d2e3f', until: '2026-11-29T09:00:00Z', by: alice },
    'fixes-stopped': {
      kind: 'fixes-stopped',
      by: mina,
      at: '2026-11-22T09:00:00Z',
      reason: 'an incident',
    },
    'fixes-started': {
      kind: 'fixes-started',
      by: mina,
      at: '2026-11-22T11:00:00Z',
      reason: null,
    },
    checkpoint: {
      kind: 'checkpoint',
      seq: 1204,
      hash: PLAN,
      entries: 1204,
      at: '2026-11-22T09:00:00Z',
    },
    decision: { kind: 'decision', decision: 'approve', fix: aFix(), finding: aFinding() },
    acceptance: { kind: 'acceptance', finding: aFinding() },
    'refused-never-so-many': {
      kind: 'refused',
      why: { kind: 'too-many-fixes', perHour: 5, asked: 12, left: 3, next: null },
    },
    'refused-owned': {
      kind: 'refused',
      why: {
        kind: 'cannot-fix',
        finding: 'f-7c1d2e3f',
        obstacle: { kind: 'owned', tool: 'terraform', where: 'workspace audit' },
        asCode: [
          {
            tool: 'terraform',
            text: 'resource "aws_cloudtrail" "audit" {\n  enable_log_file_validation = true\n}',
          },
        ],
      },
    },
    ...Object.fromEntries(
      refusals.map((why): [string, Telling] => [`refused-${why.kind}`, { kind: 'refused', why }]),
    ),
    trouble: { kind: 'trouble', what: 'scanning the organization', correlation: '3f2a9c1e' },
    'trouble-unknown': {
      kind: 'trouble',
      what: 'applying the fix',
      correlation: '3f2a9c1e',
      changed: 'unknown',
    },
  };
}
