import { statementsOf } from '../../../src/core/evidence/policy-statements.ts';
import { openings } from '../../../src/core/evidence/ports.ts';
import { soundEvent } from './sound.ts';

/** More than a call can be given at once, and no more than one record may hold. */
const MANY = 200_000;

test('a policy beside a list of hundreds of thousands is found', () => {
  const requestParameters = {
    odd: new Array(MANY).fill(0),
    policy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] },
  };
  expect(statementsOf(soundEvent({ requestParameters }))).toHaveLength(1);
});

test('a port beside a list of hundreds of thousands is found', () => {
  const rule = { ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' };
  const requestParameters = { items: [{ odd: new Array(MANY).fill({}) }, rule] };
  const event = soundEvent({ eventName: 'AuthorizeSecurityGroupIngress', requestParameters });
  expect(openings(event)).toEqual([{ from: 22, to: 22, cidr: '0.0.0.0/0' }]);
});
