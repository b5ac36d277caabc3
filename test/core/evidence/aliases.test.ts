import { aliasesIn, carriesAlias } from '../../../src/core/evidence/aliases.ts';
import type { Located } from '../../../src/core/evidence/located.ts';
import { matches } from '../../../src/core/evidence/match.ts';
import { soundEvent, soundPlan } from './sound.ts';

const group = (more: Partial<Located> = {}): Located => ({
  account: '111122223333',
  region: 'ap-northeast-2',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-0aa11bb22cc33dd44',
  resourceName: 'shop-debug',
  arn: '',
  aliases: ['shop-debug'],
  deleted: false,
  ...more,
});
const aliases = (more: Partial<Located> = {}) =>
  aliasesIn(new Map([['sg-0aa11bb22cc33dd44', [group(more)]]]));
const byName = (more: object = {}) =>
  soundEvent({
    eventName: 'DeleteSecurityGroup',
    requestParameters: { groupName: 'shop-debug' },
    ...more,
  });
const plan = soundPlan({ resources: ['sg-0aa11bb22cc33dd44'] });

test('an event that carries only the name is found by the id', () => {
  expect(matches(plan, byName())).toBe('no');
  expect(matches(plan, byName(), { accounts: null, aliases: aliases() })).toBe('yes');
});

test.each([
  ['another account’s thing of that name', { recipientAccountId: '444455556666' }],
  ['another service’s thing of that name', { eventSource: 'rds.amazonaws.com' }],
  ['a longer name', { requestParameters: { groupName: 'shop-debug-2' } }],
])('%s is another thing', (_, more) => {
  expect(carriesAlias(byName(more), 'sg-0aa11bb22cc33dd44', aliases())).toBe(false);
});

test('a name that everybody has names nothing', () => {
  const event = byName({ requestParameters: { groupName: 'default' } });
  expect(carriesAlias(event, 'sg-0aa11bb22cc33dd44', aliases({ aliases: ['default'] }))).toBe(
    false,
  );
});
