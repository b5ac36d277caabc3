import { emailOfCaller } from '../../../src/core/fixes/caller.ts';

const role = 'AWSReservedSSO_Engineer_0123456789abcdef';
const caller = (rest: string) => `arn:aws:sts::111122223333:assumed-role/${rest}`;

test('a session of Identity Center has the address of its person as its name', () => {
  expect(emailOfCaller(caller(`${role}/alice@bora.example`))).toBe('alice@bora.example');
});

test.each([
  ['a role whose session name its caller chose', caller('Engineer/alice@bora.example')],
  ['a role that only sounds like one', caller('AWSReservedSSO_Engineer/alice@bora.example')],
  ['a session without an address', caller(`${role}/alice`)],
  ['two addresses', caller(`${role}/a@bora.example/b@bora.example`)],
  ['a user', 'arn:aws:iam::111122223333:user/alice@bora.example'],
  ['the root user', 'arn:aws:iam::111122223333:root'],
])('%s tells nobody', (_who, arn) => {
  expect(emailOfCaller(arn)).toBeNull();
});
