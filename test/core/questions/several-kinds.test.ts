import { asked, planned } from './phrases.ts';

function offered(words: string): (string | null)[] {
  const understanding = asked(words);
  if (!('unclear' in understanding)) throw new Error(`not asked back: ${words}`);
  return understanding.unclear.readings.map(({ plan }) => plan.resourceType);
}

test.each([
  'who deleted the organization trail?',
  'who deleted our org trail',
  "who deleted the organization's trail?",
  'who created the organization trail?',
  'who changed the organization trail?',
  'who stopped the organization trail',
  '조직 트레일 누가 삭제했어?',
  '누가 조직 트레일을 변경했어?',
])('“%s” is about a trail, and does not lose what kind of trail: any trail is offered', (words) => {
  expect(offered(words)).toEqual(['trail']);
});

test('the organization itself is still one', () => {
  expect(planned('who deleted the organization?').eventNames).toEqual(['DeleteOrganization']);
  expect(planned('who left the organization?').resourceType).toBe('organization');
});

const JOINED: [string, string, string][] = [
  ['buckets', 'bucket', '버킷'],
  ['stacks', 'stack', '스택'],
  ['lambda functions', 'function', '람다'],
  ['tables', 'table', '테이블'],
  ['trails', 'trail', '트레일'],
  ['roles', 'iam-role', '역할'],
  ['policies', 'iam-policy', '정책'],
  ['objects', 'object', '객체'],
  ['access keys', 'access-key', '액세스 키'],
  ['users', 'iam-user', '사용자'],
];

test('of two kinds that are joined none is ever dropped: each is offered alone', () => {
  for (const [one, first, ko] of JOINED) {
    for (const [other, second, otherKo] of JOINED) {
      if (one === other) continue;
      const sentences = [
        `who deleted ${one} or ${other}?`,
        `who deleted the ${one} and the ${other} yesterday`,
        `who deleted ${one}, ${other}?`,
        `${ko}이나 ${otherKo} 누가 지웠어?`,
        `${ko}, ${otherKo} 누가 지웠어?`,
        `누가 ${ko} 또는 ${otherKo}를 삭제했나요`,
      ];
      for (const words of sentences) {
        expect([words, 'plan' in asked(words)]).toEqual([words, false]);
      }
      expect(offered(`who deleted ${one} or ${other}?`)).toEqual([first, second]);
    }
  }
});

test.each([
  'who stopped instances or deleted tables?',
  'who deleted bucket aa-1 or stack bb-2?',
  'who deleted organization trails or buckets?',
  '인스턴스를 멈추거나 테이블을 지운 사람',
])('“%s” would lose more than a kind: nothing is offered', (words) => {
  expect(offered(words)).toEqual([]);
});

test.each([
  ['who deleted bucket objects?', 'object', ['DeleteObject', 'DeleteObjects']],
  ['who deleted the objects of the bucket?', 'object', ['DeleteObject', 'DeleteObjects']],
  ['who ran the change set?', 'change-set', ['ExecuteChangeSet']],
  ['who executed the change set of the stack', 'change-set', ['ExecuteChangeSet']],
  ['변경 세트 누가 실행했어?', 'change-set', ['ExecuteChangeSet']],
  ['who deleted the change set?', 'change-set', ['DeleteChangeSet']],
  ['who attached the volume to the instance?', 'volume', ['AttachVolume']],
])('“%s”: a part beside its whole is the part', (words, resourceType, eventNames) => {
  expect(planned(words)).toMatchObject({ resourceType, eventNames });
});
