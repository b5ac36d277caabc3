import { matches } from '../../../src/core/evidence/match.ts';
import { exactForm, parseExactForm } from '../../../src/core/questions/index.ts';
import { soundEvent } from '../evidence/sound.ts';
import { asked, planned, vocabulary } from './phrases.ts';

const name = 'enableLogFileValidation';
const switched = (value: boolean | null) =>
  soundEvent({
    eventName: 'UpdateTrail',
    eventSource: 'cloudtrail.amazonaws.com',
    eventTime: '2026-11-20T14:05:00Z',
    requestParameters: {
      name: 'payments-audit',
      ...(value === null ? { isMultiRegionTrail: true } : { enableLogFileValidation: value }),
    },
  });

test.each([
  ['who turned on log file validation?', 'true'],
  ['who enabled log file validation on payments-audit?', 'true'],
  ['who switched on log file validation of payments-audit?', 'true'],
  ['로그 파일 검증 누가 켰어?', 'true'],
  ['payments-audit 검증을 누가 다시 켰어?', 'true'],
  ['로그 파일 검증을 누가 활성화했나요?', 'true'],
  ['who turned off log file validation?', 'false'],
  ['who disabled log file validation on payments-audit?', 'false'],
  ['로그 파일 검증 누가 껐어?', 'false'],
  ['payments-audit 검증 누가 비활성화했어?', 'false'],
])('on is not off: “%s” asks for %s alone', (words, value) => {
  const plan = planned(words);
  expect(plan.content).toEqual({ kind: 'parameter', name, value });
  expect(matches(plan, switched(true))).toBe(value === 'true' ? 'yes' : 'no');
  expect(matches(plan, switched(false))).toBe(value === 'false' ? 'yes' : 'no');
  expect(matches(plan, switched(null))).toBe('no');
});

test.each(['who changed log file validation?', '로그 파일 검증 누가 바꿨어?'])(
  '“%s” asks for either, and not for what else the same call can change',
  (words) => {
    const plan = planned(words);
    expect(plan.content).toEqual({ kind: 'parameter', name, value: null });
    expect(matches(plan, switched(true))).toBe('yes');
    expect(matches(plan, switched(false))).toBe('yes');
    expect(matches(plan, switched(null))).toBe('no');
  },
);

test('what must be said survives the exact form, and stands in it for people to edit', () => {
  const plan = planned('who turned on log file validation?');
  const form = exactForm(plan);
  expect(form).toContain('content:parameter parameter:enableLogFileValidation value:true');
  expect(
    parseExactForm(form, { now: '2026-11-22T09:00:00Z', timeZone: 'UTC', vocabulary }),
  ).toEqual({ plan });
});

test('without a type there is no setting: turning on something unnamed is asked back', () => {
  expect('plan' in asked('who turned on the thingamajig')).toBe(false);
});

const key = (status: string) =>
  soundEvent({
    eventName: 'UpdateAccessKey',
    eventSource: 'iam.amazonaws.com',
    requestParameters: { accessKeyId: 'AKIAQ7Z1ALICE2KEY3X4', status, userName: 'alice' },
  });

test.each([
  ['who disabled access key AKIAQ7Z1ALICE2KEY3X4?', 'Inactive', 'Active'],
  ['who deactivated the access key AKIAQ7Z1ALICE2KEY3X4', 'Inactive', 'Active'],
  ['액세스 키 누가 비활성화했어?', 'Inactive', 'Active'],
  ['who enabled access key AKIAQ7Z1ALICE2KEY3X4?', 'Active', 'Inactive'],
  ['액세스 키 누가 활성화했어?', 'Active', 'Inactive'],
])('“%s”: a key that became %s, not one that became %s', (words, wanted, other) => {
  const plan = planned(words);
  expect(matches(plan, key(wanted))).toBe('yes');
  expect(matches(plan, key(other))).toBe('no');
});

const block = (value: boolean) =>
  soundEvent({
    eventName: 'PutBucketPublicAccessBlock',
    eventSource: 's3.amazonaws.com',
    requestParameters: {
      bucketName: 'finance-reports',
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: value,
        IgnorePublicAcls: value,
        BlockPublicPolicy: value,
        RestrictPublicBuckets: value,
      },
    },
  });

test.each([
  ['who turned off block public access on finance-reports?', false],
  ['who removed the public access block of finance-reports', false],
  ['who turned on block public access on finance-reports?', true],
  ['finance-reports 버킷 퍼블릭 액세스 차단 누가 껐어?', false],
  ['finance-reports 버킷 퍼블릭 액세스 차단 누가 켰어?', true],
])('“%s” asks for a block that became %s', (words, value) => {
  const plan = planned(words);
  expect(matches(plan, block(value))).toBe('yes');
  expect(matches(plan, block(!value))).toBe('no');
});

test.each(['who opened bucket finance-reports?', 'finance-reports 버킷 누가 공개했어?'])(
  '“%s”: the same call that opens a bucket shuts it, and only one is asked for',
  (words) => {
    expect(planned(words).content).toEqual({ kind: 'public' });
    expect(matches(planned(words), block(false))).toBe('yes');
    expect(matches(planned(words), block(true))).toBe('no');
  },
);
