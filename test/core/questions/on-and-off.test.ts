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
