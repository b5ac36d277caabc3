import { asked, planned, vocabulary } from './phrases.ts';

/** Accounts and units that are what something is done to; their calls are the management account's. */
const units = {
  ...vocabulary,
  accounts: vocabulary.accounts.map((one) => ({
    ...one,
    ouIds: one.ou.split('/').map((name) => `ou-${name.toLowerCase()}`),
  })),
};
const found = (words: string) => {
  const { eventNames, resources, alsoResources, accounts, regions } = planned(words, {
    vocabulary: units,
  });
  return { eventNames, named: [...resources, ...alsoResources], accounts, regions };
};
const everywhere = { accounts: 'all', regions: 'all' };

test.each([
  ['who added account 161616161616 to the org', 'InviteAccountToOrganization', '161616161616'],
  [
    'who removed account 161616161616 from the organization',
    'RemoveAccountFromOrganization',
    '161616161616',
  ],
  [
    'who removed the dev account from the organization',
    'RemoveAccountFromOrganization',
    '555566667777',
  ],
  ['161616161616 계정 조직에 추가한 사람', 'InviteAccountToOrganization', '161616161616'],
  ['161616161616 계정 조직에서 뺀 사람', 'RemoveAccountFromOrganization', '161616161616'],
  ['계정 161616161616 조직에서 제거한 사람', 'RemoveAccountFromOrganization', '161616161616'],
  ['who created account dev', 'CreateAccount', '555566667777'],
  ['who closed account 161616161616', 'CloseAccount', '161616161616'],
  ['dev 계정 만든 사람', 'CreateAccount', '555566667777'],
  ['who deleted the dev account?', 'CloseAccount', '555566667777'],
  ['dev 계정 누가 지웠어?', 'CloseAccount', '555566667777'],
  ['who attached the SCP p-deny1234 to account prod', 'AttachPolicy', '444455556666'],
  ['who detached scp p-abc12345 from account prod', 'DetachPolicy', '444455556666'],
  ['who removed SCP from ou Production', 'DetachPolicy', 'ou-production'],
  ['who attached an SCP to OU Dev', 'AttachPolicy', 'ou-dev'],
  ['Production OU에 SCP 붙인 사람', 'AttachPolicy', 'ou-production'],
  ['OU Production에서 SCP 뗀 사람', 'DetachPolicy', 'ou-production'],
  ['prod 계정에서 SCP 뗀 사람', 'DetachPolicy', '444455556666'],
])('“%s” asks what was done to it, wherever that is recorded', (words, event, name) => {
  const { eventNames, named, ...places } = found(words);
  expect(eventNames).toContain(event);
  expect(eventNames).not.toContain('DeleteOrganization');
  expect(eventNames).not.toContain('CreateOrganization');
  expect(eventNames).not.toContain('DeletePolicy');
  expect(named).toContain(name);
  expect(places).toEqual(everywhere);
});

test.each([
  ['who enabled me-south-1', 'EnableRegion', 'me-south-1'],
  ['who enabled opt-in region me-south-1', 'EnableRegion', 'me-south-1'],
  ['who disabled region me-south-1', 'DisableRegion', 'me-south-1'],
  ['me-south-1 리전 누가 켰어?', 'EnableRegion', 'me-south-1'],
  ['ap-east-1 리전 활성화한 사람', 'EnableRegion', 'ap-east-1'],
])('“%s”: the region is what was switched', (words, event, region) => {
  expect(found(words)).toEqual({ eventNames: [event], named: [region], ...everywhere });
});

test.each([
  ['who stopped instances in us-west-2', 'all', ['us-west-2']],
  ['who disabled guardduty in me-south-1', 'all', ['me-south-1']],
  ['서울 리전에서 누가 인스턴스 껐어?', 'all', ['ap-northeast-2']],
  ['who created an SCP in account audit', ['333344445555'], 'all'],
  ['who deleted buckets in account dev', ['555566667777'], 'all'],
  ['dev 계정에서 누가 버킷 만들었어?', ['555566667777'], 'all'],
  ['who deleted the organization', 'all', 'all'],
  ['who deleted buckets in OU Dev', ['555566667777', '555566667778'], 'all'],
  ['Dev OU에서 버킷 지운 사람', ['555566667777', '555566667778'], 'all'],
  ['who deleted buckets in dev', ['555566667777'], 'all'],
])('“%s”: the place stays a place', (words, accounts, regions) => {
  expect(found(words)).toMatchObject({ accounts, regions });
});

test('a unit whose id nobody knows is asked back: the calls name it by its id alone', () => {
  expect(asked('who removed the SCP from ou Production')).toMatchObject({
    unclear: { question: expect.stringContaining('Production') },
  });
});
