import { asked, planned } from './phrases.ts';

const account = (id: string, name: string, ou: string) => ({ id, name, ou });
const vocabulary = {
  accounts: [
    account('111122223333', 'management', ''),
    account('222233334444', 'log-archive', 'Security'),
    account('333344445555', 'audit', 'Security'),
    account('121212121212', 'network', 'Infrastructure'),
    account('444455556666', 'shop-prod', 'Workloads/Production'),
    account('555566667777', 'shop-staging', 'Workloads/Staging'),
    account('999900001111', 'machine-learning', 'Sandbox'),
  ],
  people: [],
};

/** What is offered where the words leave a choice: where each reading looks, and for which name. */
function offered(words: string): { accounts: 'all' | string[]; resources: string[] }[] {
  const understanding = asked(words, { vocabulary });
  if (!('unclear' in understanding)) throw new Error(`not asked back: ${words}`);
  return understanding.unclear.readings.map(({ plan: { accounts, resources } }) => ({
    accounts,
    resources,
  }));
}

test.each([
  ['who changed the audit trail?', '333344445555', 'audit'],
  ['who deleted the audit trail?', '333344445555', 'audit'],
  ['who stopped the management trail?', '111122223333', 'management'],
  ['who deleted the audit bucket?', '333344445555', 'audit'],
  ['who deleted the network stack?', '121212121212', 'network'],
  ['who deleted audit?', '333344445555', 'audit'],
  ['who deleted shop-prod?', '444455556666', 'shop-prod'],
  ['who deleted the log-archive bucket?', '222233334444', 'log-archive'],
  ['audit 트레일 누가 지웠어?', '333344445555', 'audit'],
  ['audit 트레일을 누가 변경했나요', '333344445555', 'audit'],
  ['shop-staging 누가 지웠어?', '555566667777', 'shop-staging'],
  ['network 스택 누가 삭제했어?', '121212121212', 'network'],
])('“%s”: the place and the name are both offered, neither is taken', (words, id, name) => {
  expect(offered(words)).toEqual([
    { accounts: [id], resources: [] },
    { accounts: 'all', resources: [name] },
  ]);
});

test.each(['who deleted the sandbox account?', 'who changed the audit account?'])(
  '“%s” asks for the account itself, not for what was done in it',
  (words) => {
    expect(offered(words)).toEqual([]);
  },
);

test.each([
  ['who deleted a bucket in audit?', ['333344445555']],
  ['who deleted a bucket on shop-prod?', ['444455556666']],
  ['who deleted a trail in the audit account?', ['333344445555']],
  ['who deleted a trail in account audit?', ['333344445555']],
  ['audit 계정에서 트레일 누가 지웠어?', ['333344445555']],
  ['audit에서 트레일 누가 지웠어?', ['333344445555']],
  ['audit 계정 트레일 누가 지웠어?', ['333344445555']],
  ['shop-prod에 버킷 누가 만들었어?', ['444455556666']],
  ['what happened in network yesterday?', ['121212121212']],
  ['who deleted a bucket in audit and network?', ['333344445555', '121212121212']],
  ['who deleted a bucket in audit, network?', ['333344445555', '121212121212']],
  [
    'who deleted a bucket in audit, network, and shop-prod?',
    ['333344445555', '121212121212', '444455556666'],
  ],
  ['audit과 network에서 버킷 누가 지웠어?', ['333344445555', '121212121212']],
  ['who deleted a bucket in the security ou?', ['222233334444', '333344445555']],
])('“%s” says that it is a place', (words, accounts) => {
  expect(planned(words, { vocabulary }).accounts).toEqual(accounts);
});

test.each([
  ['who deleted the stack shop-staging in shop-staging?', ['555566667777']],
  ['who deleted the shop-staging stack in shop-staging?', ['555566667777']],
  ['shop-staging에서 shop-staging 스택 누가 지웠어?', ['555566667777']],
  ['who deleted stack shop-staging?', 'all'],
  ['who updated the stack shop-staging?', 'all'],
])('“%s”: a name after its kind is a name, whatever else is called so', (words, accounts) => {
  expect(planned(words, { vocabulary })).toMatchObject({
    resourceType: 'stack',
    resources: ['shop-staging'],
    accounts,
  });
});

test('whatever the account is called and whatever is asked of it, its name is never lost', () => {
  for (const { id, name } of vocabulary.accounts) {
    for (const thing of ['trail', 'bucket', 'stack', 'instance', 'role']) {
      for (const verb of ['deleted', 'created', 'changed']) {
        const words = `who ${verb} the ${name} ${thing}?`;
        const choices = offered(words);
        expect([words, choices.map(({ accounts }) => accounts)]).toEqual([words, [[id], 'all']]);
        expect(choices[1]?.resources).toEqual([name]);
      }
    }
  }
});

test.each(['개발 계정에서 개발 스택 지운 사람', '개발 계정 개발 스택 지운 사람'])(
  '“%s” is about a stack called like its account',
  (words) => {
    expect(planned(words)).toMatchObject({ accounts: ['555566667778'], resources: ['개발'] });
  },
);
