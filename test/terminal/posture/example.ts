import type {
  CoverageCell,
  Finding,
  Scan,
  ScannedAccount,
} from '../../../src/core/posture/finding.ts';
import { totalsOf } from '../../../src/core/posture/scan.ts';
import { reportOf } from '../../../src/core/report/report.ts';
import { drawn } from '../../../src/terminal/ink.ts';
import { posturePage } from '../../../src/terminal/posture/page.ts';
import { postureTable, type Wanted } from '../../../src/terminal/posture/table.ts';
import { aFinding, aScan } from '../../slack/samples.ts';

export const LABS = '141414141414';
export const PAYMENTS = '666677778888';
export const LEGACY = `arn:aws:cloudtrail:eu-west-1:${LABS}:trail/labs-legacy`;

export const REGIONS = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ca-central-1',
  'eu-west-1',
  'us-east-1',
  'us-east-2',
];

export function recorded(account: string, only: string[] = REGIONS): CoverageCell[] {
  return REGIONS.map((region) => ({
    account,
    region,
    managementRead: only.includes(region),
    managementWrite: only.includes(region),
    dataEvents: [],
    trails: only.includes(region) ? [LEGACY] : [],
  }));
}

/** A scan with these findings, and the totals that follow from them. */
export function scanOf(findings: Finding[], differs: Partial<Scan> = {}): Scan {
  return aScan({
    findings,
    totals: totalsOf(findings),
    excepted: findings.filter(({ exception }) => exception && !exception.expired).length,
    coverage: [
      ...recorded('111122223333'),
      ...recorded(PAYMENTS),
      ...recorded(LABS, ['eu-west-1']),
    ],
    ...differs,
  });
}

/** A scan in which everything occurs that can be told of one. */
export function fullScan(differs: Partial<Scan> = {}): Scan {
  const legacy = { subject: LEGACY, owner: LABS, config: null, fix: null };
  return scanOf(
    [
      aFinding({
        title: 'Log file validation is off',
        since: {
          at: '2026-11-20T05:32:07Z',
          event: {
            eventID: 'e-1',
            eventName: 'UpdateTrail',
            person: 'bob@bora.example',
            proof: 'proven-chain',
          },
          detail: 'Since 2026-11-20T05:32:07Z: bob@bora.example, UpdateTrail (proof: proven chain)',
          ko: '2026-11-20T05:32:07Z부터: bob@bora.example, UpdateTrail (근거: 증명된 연결)',
          evidence: [],
        },
        remedy: 'Enable log file validation on the trail.',
      }),
      aFinding({
        ...legacy,
        id: 'kms',
        check: 'trail-kms-encryption',
        title: 'Log files are not encrypted with a KMS key',
        detail: 'labs-legacy encrypts with no key of yours.',
        config: {
          agrees: false,
          detail: 'Rule CLOUD_TRAIL_ENCRYPTION_ENABLED said COMPLIANT at 2026-11-01T00:00:00Z',
          because: 'stale',
        },
      }),
      aFinding({
        ...legacy,
        id: 'delivery',
        check: 'trail-delivery',
        severity: 'critical',
        subject: `${LEGACY}#s3`,
        title: 'The trail does not deliver to S3',
        detail: 'labs-legacy has delivered nothing to S3 since 2026-11-19T00:00:00Z: AccessDenied.',
      }),
      aFinding({
        id: 'duplicates',
        check: 'trail-duplicates',
        severity: 'low',
        title: 'Management events are recorded, and paid for, twice',
        detail: 'payments-audit is a second, paid copy.',
        exception: {
          reason: 'auditors asked for it',
          owner: 'payments',
          expires: '2026-12-31',
          expired: false,
        },
        cost: {
          monthly: 61.5,
          unitPrice: '2.00 USD per 100,000 events',
          assumptions: [{ en: '3 million events a month', ko: '월 이벤트 300만 건' }],
        },
        config: null,
        fix: null,
      }),
      aFinding({
        id: 'dark',
        check: 'config-recorder',
        status: 'NOT_VISIBLE',
        subject: '151515151515',
        owner: '151515151515',
        detail: 'Could not be seen: AccessDenied. It takes the role trailwarden-read there.',
        fix: null,
        config: null,
      }),
      aFinding({ id: 'fine', check: 'trail-logging', status: 'PASS', fix: null, config: null }),
    ],
    differs,
  );
}

const asked = (differs: Partial<Wanted>): Wanted => ({
  language: 'en',
  timeZone: 'UTC',
  framework: null,
  all: false,
  ...differs,
});

/** The table as text without colour, a hundred columns wide unless told. */
export function tableOf(scan: Scan, differs: Partial<Wanted> = {}, width = 100): string {
  return drawn(postureTable(reportOf(scan), asked(differs), { width, colour: false }), {
    colour: false,
  });
}

export function pageOf(scan: Scan, differs: Partial<Wanted> = {}): string {
  return posturePage(reportOf(scan), asked(differs));
}

export function account(id: string, differs: Partial<ScannedAccount> = {}): ScannedAccount {
  return { id, name: `account-${id}`, ou: '', visible: true, reason: null, ...differs };
}
