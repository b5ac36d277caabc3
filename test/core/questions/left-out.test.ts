import { asked, planned } from './phrases.ts';

test.each([
  ['any activity outside ap-northeast-2?', { regions: ['ap-northeast-2'] }],
  [
    '서울이랑 도쿄 말고 다른 리전에서 만든 거 있어?',
    { regions: ['ap-northeast-1', 'ap-northeast-2'] },
  ],
  ['ap-northeast-2가 아닌 리전에서 만든 인스턴스', { regions: ['ap-northeast-2'] }],
  ['deletions in every account except dev', { accounts: ['555566667777'] }],
  ['dev 계정 빼고 전부에서 삭제된 버킷', { accounts: ['555566667777'] }],
  [
    'who deleted buckets, but not alice@example.com',
    { actors: [{ kind: 'email', value: 'alice@example.com' }] },
  ],
  ['루트 말고 누가 로그인했어', { actors: [{ kind: 'root', value: 'root' }] }],
  ['show me deletes that were not done by root', { actors: [{ kind: 'root', value: 'root' }] }],
  [
    'did anyone other than role deploy-bot delete a bucket',
    { actors: [{ kind: 'role', value: 'deploy-bot' }] },
  ],
  [
    'all deletions yesterday except by deploy-bot',
    { actors: [{ kind: 'name', value: 'deploy-bot' }] },
  ],
  ['list changes not made by terraform this week', { via: ['iac'] }],
  ['who changed sg-04cfb7a4712d75b00 without terraform', { via: ['iac'] }],
  ['what did people change by hand in prod yesterday', { via: ['iac', 'service'] }],
  ['sign-ins not from 203.0.113.0/24', { addresses: ['203.0.113.0/24'] }],
  ['who deleted things in prod except bucket tmp-test-2024', { resources: ['tmp-test-2024'] }],
  ['what did alice do in prod except DeleteTrail', { eventNames: ['DeleteTrail'] }],
])('“%s” leaves something out, and nothing else', (words, left) => {
  const { except } = planned(words);
  const told = Object.fromEntries(Object.entries(except).filter(([, values]) => values.length > 0));
  expect(told).toEqual(left);
});

test('reads that are left out leave the changes', () => {
  expect(planned('what did alice do in prod except reads')).toMatchObject({ readOnly: false });
});

test.each([
  'who did not use mfa when logging in yesterday',
  'which users never logged in this month',
  'did nobody delete the bucket finance-reports',
  'who opened a port other than 443',
  '443 말고 다른 포트 연 사람',
  'who created instances without tags',
  '승인 없이 만든 리소스',
  'who deleted buckets outside business hours',
  'who deleted buckets outside frobnia',
  'who deleted buckets except on mondays',
  'which accounts had no activity',
  '삭제 말고 변경만 보여줘 finance-reports',
  'list public buckets except finance-reports',
  'who is using regions we do not allow',
])('“%s”: a negation that no slot can hold is asked back, never dropped', (words) => {
  expect(asked(words)).toHaveProperty('unclear');
});

test('whatever is put after an exception, it is in the plan or there is none', () => {
  const operands = [
    ['prod', '444455556666'],
    ['us-east-1', 'us-east-1'],
    ['root', 'root'],
    ['terraform', 'iac'],
    ['alice@example.com', 'alice@example.com'],
    ['203.0.113.9', '203.0.113.9'],
    ['weasels', null],
    ['tuesdays', null],
    ['big ones', null],
  ] as const;
  for (const marker of ['except', 'other than', 'excluding', 'apart from', 'besides', 'but not']) {
    for (const [typed, value] of operands) {
      const understanding = asked(`who deleted a volume ${marker} ${typed}`);
      if (!('plan' in understanding)) continue;
      expect({ marker, typed, except: JSON.stringify(understanding.plan.except) }).toEqual({
        marker,
        typed,
        except: expect.stringContaining(value ?? 'is asked back'),
      });
    }
  }
});

test('the regions that the rules allow are left out where the question speaks of the others', () => {
  const vocabulary = { accounts: [], people: [], allowedRegions: ['ap-northeast-2', 'us-east-1'] };
  for (const words of ['who is using regions we do not allow', '허용 안 된 리전 쓰는 사람'])
    expect(planned(words, { vocabulary }).except.regions).toEqual(['ap-northeast-2', 'us-east-1']);
});
