import { asked, planned } from './phrases.ts';

function askedBack(words: string, differing: Parameters<typeof asked>[1] = {}) {
  const understanding = asked(words, differing);
  if (!('unclear' in understanding))
    throw new Error(`not asked back: “${words}” ${JSON.stringify(understanding)}`);
  return understanding.unclear;
}

test.each([
  'who deleted bora-ml-scratch*?',
  'who deleted bucket *-scratch',
  'who deleted bucket "bora-*"',
  'who deleted arn:aws:s3:::bora-ml-scratch/*',
  'bora-ml-scratch* 버킷 누가 지웠어?',
])('“%s”: a star is not dropped from a name', (words) => {
  expect(askedBack(words).readings).toEqual([]);
});

test.each([
  'who changed the policy of bora-ml-scratch?',
  'who changed the policy on bora-ml-scratch',
  'who deleted the bora-ml-scratch policy?',
  'bora-ml-scratch 정책 누가 바꿨어?',
])('“%s”: whose policy it is, is asked; the bucket’s comes first', (words) => {
  const { readings } = askedBack(words);
  expect(readings.map(({ plan }) => plan.resourceType)).toEqual([
    'bucket-policy',
    'iam-role',
    'iam-policy',
  ]);
  for (const { plan } of readings) expect(plan.resources).toEqual(['bora-ml-scratch']);
});

test.each([
  ['who changed the policy of the bucket bora-ml-scratch?', 'bucket-policy'],
  ['who changed the bora-ml-scratch bucket policy?', 'bucket-policy'],
  ['bora-ml-scratch 버킷 정책 누가 바꿨어?', 'bucket-policy'],
  ['who changed the IAM policy bora-ml-scratch?', 'iam-policy'],
  ['who deleted the AdministratorAccess policy', 'iam-policy'],
])('“%s” says whose policy it is', (words, resourceType) => {
  expect(planned(words)).toMatchObject({ resourceType });
});

test.each([
  'who is the owner of bora-ml-scratch?',
  'who owns bucket bora-ml-scratch',
  'bora-ml-scratch 버킷 주인 누구야?',
])('“%s” is answered by who created it, and says so', (words) => {
  expect(planned(words)).toMatchObject({ verbs: ['create'], resources: ['bora-ml-scratch'] });
});

test.each(['who deployed the bucket?', 'who sung to the bucket?', '버킷 누가 배포했어?'])(
  '“%s”: a verb that is not understood is no name',
  (words) => {
    const { question } = askedBack(words);
    expect(question).not.toMatch(/bucket (?:deployed|sung)|배포했어 버킷/);
    expect(question).toMatch(/deployed|sung|배포했어/);
  },
);

test('what looks like a name gets the advice for names, and no offer without it', () => {
  const { question, readings } = askedBack('who deleted Orders?');
  expect(question).toContain('“bucket Orders”');
  expect(readings).toEqual([]);
  expect(askedBack('who deleted bucket xyz?').readings).toEqual([]);
});

test.each(['who deleted a trail by mistake?', 'who deleted the bucket by accident'])(
  '“%s”: how it was done is nobody’s name',
  (words) => {
    askedBack(words);
  },
);

test.each([
  'who stopped the org-wide trail?',
  'who disabled the organization-wide trail?',
  'who turned off and on log file validation?',
  'who deleted the security group or the port?',
])('“%s”: a word that narrows is not dropped', (words) => {
  askedBack(words);
});

test.each(['고마워', '맞아', '맞아요', '고맙습니다', 'thanks', 'thank you'])(
  '“%s” is no question',
  (words) => {
    expect(asked(words)).toEqual({ notUnderstood: expect.any(String) });
  },
);

const known = {
  vocabulary: {
    accounts: [
      {
        id: '444455556666',
        name: 'shop-prod',
        ou: 'Workloads/Production',
        ouIds: ['ou-bora-workload', 'ou-bora-prod0001'],
      },
      { id: '333344445555', name: 'audit', ou: 'Security', ouIds: ['ou-bora-security'] },
    ],
    people: [{ name: '박미나', email: 'mina@bora.example', slackId: 'U03MINA' }],
  },
};

test.each([
  'who deleted a bucket in ou-bora-prod0001?',
  'who deleted a bucket in ou-bora-workload',
  'ou-bora-prod0001에서 버킷 누가 지웠어?',
  'ou-bora-prod0001 조직 단위에서 버킷 누가 지웠어?',
])('“%s”: the unit is known by its id', (words) => {
  expect(planned(words, known).accounts).toEqual(['444455556666']);
});

test.each([
  'who deleted a bucket in ou-abcd-12345678?',
  'who deleted a bucket in ou-abcd-acquired',
  'ou-abcd-12345678에서 버킷 누가 지웠어?',
])('“%s”: a unit that nobody knows is never the whole organization', (words) => {
  expect(askedBack(words, known).readings).toEqual([]);
});

test.each(['박미나가 어제 뭐 했어?', '박미나는 어제 뭐 했어?', '박미나 어제 뭐 했어?'])(
  '“%s”: a name that ends like a particle stays whole',
  (words) => {
    expect(planned(words, known).actor).toEqual({ kind: 'email', value: 'mina@bora.example' });
  },
);

test('a name that nobody knows is told whole', () => {
  expect(askedBack('박미나가 트레일 지웠어?').question).toContain('박미나');
});

test('to run instances is to launch them', () => {
  for (const words of ['who ran instances in us-east-1?', 'who ran instances yesterday?']) {
    expect(planned(words)).toMatchObject({
      verbs: ['create'],
      eventNames: expect.arrayContaining(['RunInstances']),
    });
  }
  expect(planned('who ran a command on i-0a1b2c3d4e5f60718?')).not.toMatchObject({
    verbs: ['create'],
  });
});
