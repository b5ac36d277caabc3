import { plain } from '../../src/core/prose.ts';
import { fixesProse, fixPlanProse, noPlanProse } from '../../src/terminal/fix.ts';
import { FIX_WORDS } from '../../src/terminal/fix-words.ts';
import { aFix } from '../slack/samples.ts';

const approvers = { group: '@cloud-approvers', needed: 1 };
const planIn = (language: 'en' | 'ko') => plain(fixPlanProse(aFix().plan, approvers, [], language));

test('a plan says where, what changes, what not, the way back and who may approve, in both languages', () => {
  expect(planIn('en')).toMatch(/^Plan of enable-log-file-validation \(class A\)/);
  expect(planIn('en')).toContain('one member of @cloud-approvers, never the requester');
  expect(planIn('ko')).toMatch(/^enable-log-file-validation 계획 \(등급 A\)/);
  expect(planIn('ko')).toContain('@cloud-approvers의 구성원 1명. 요청자는 승인할 수 없습니다');
  expect(planIn('ko')).toContain(aFix().plan.blast.feels.ko);
  for (const text of [planIn('en'), planIn('ko')]) {
    expect(text).toContain('LogFileValidationEnabled: false → true');
    expect(text.match(/cloudtrail:UpdateTrail/g)).toHaveLength(2);
  }
});

test('labels fill one column, Korean ones as wide as terminals draw them', () => {
  const width = (text: string) =>
    [...text].length + (text.match(/\p{Script=Hangul}/gu) ?? []).length;
  for (const words of Object.values(FIX_WORDS)) {
    const { resource, changes, calls, wayBack, feltBy, stays, noReturn, cost, approval, hash } =
      words;
    for (const label of [resource, changes, calls, wayBack, feltBy, stays, noReturn, cost])
      expect({ label, width: width(label) }).toEqual({ label, width: 10 });
    expect([width(approval), width(hash)]).toEqual([10, 10]);
  }
});

test('what waits is told with its approvals, and why there is no plan, in both languages', () => {
  const fix = aFix({ needed: 2 });
  expect(plain(fixesProse([fix], 'en'))).toContain('proposed (0 of 2 approvals)');
  expect(plain(fixesProse([fix], 'ko'))).toContain('승인 대기 (승인 2건 중 0건)');
  const why = { kind: 'no-such-finding', finding: 'f0' } as const;
  expect(plain(noPlanProse(why, 'en'))).toBe(
    'No finding f0 in the last scan. `trailwarden posture` lists them.',
  );
  expect(plain(noPlanProse(why, 'ko'))).toContain('마지막 점검에 없는 항목입니다: f0');
});
