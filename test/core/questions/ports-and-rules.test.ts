import { matches } from '../../../src/core/evidence/match.ts';
import { soundEvent } from '../evidence/sound.ts';
import { asked, planned } from './phrases.ts';

const OPENINGS = [
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'ModifySecurityGroupRules',
];
const REVOKES = ['RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress'];

test.each([
  'who opened ports?',
  'who opened a port?',
  'who opened all ports?',
  '포트 누가 열었어?',
])('“%s” asks for openings of security groups, not for every change', (words) => {
  expect(planned(words)).toMatchObject({
    verbs: ['open'],
    resourceType: 'security-group',
    eventNames: OPENINGS,
    content: { kind: 'port-open', port: null, cidr: null },
  });
});

test.each([
  'who deleted the security group rule?',
  'who removed security group rules?',
  'who deleted the firewall rule',
  '보안 그룹 규칙 누가 삭제했어?',
  '보안그룹 규칙을 누가 지웠나요',
])('“%s”: a rule is revoked, its group stays', (words) => {
  expect(planned(words)).toMatchObject({
    resourceType: 'security-group-rule',
    eventNames: REVOKES,
  });
});

test.each(['who added a security group rule?', '보안 그룹 규칙 누가 추가했어?'])(
  '“%s”: a rule is authorized, no group is created',
  (words) => {
    expect(planned(words).eventNames).toEqual(OPENINGS.slice(0, 2));
  },
);

test.each(['who changed the security group rule?', '보안 그룹 규칙 누가 바꿨어?'])(
  '“%s” holds every way in which rules change',
  (words) => {
    expect(planned(words).eventNames).toEqual(
      expect.arrayContaining(['ModifySecurityGroupRules', ...OPENINGS, ...REVOKES]),
    );
  },
);

test('a group is still deleted as a group, and inbound rules are not outbound ones', () => {
  expect(planned('who deleted the security group').eventNames).toEqual(['DeleteSecurityGroup']);
  expect(planned('who deleted the inbound rule').eventNames).toEqual([REVOKES[0]]);
  expect(planned('아웃바운드 규칙 누가 지웠어?').eventNames).toEqual([REVOKES[1]]);
});

test.each([
  'who closed port 22?',
  'who blocked port 22',
  'who removed port 22',
  '22번 포트 누가 닫았어?',
])(
  '“%s” finds the call that shut that port, whether its request or its answer tells it',
  (words) => {
    const plan = planned(words);
    expect(plan).toMatchObject({ verbs: ['close'], content: { kind: 'port-close', port: 22 } });
    const shut = (rule: { [key: string]: string | number }) => ({
      ipPermissions: { items: [{ ipProtocol: 'tcp', ...rule }] },
    });
    const revoke = (more: Parameters<typeof soundEvent>[0]) =>
      matches(plan, soundEvent({ eventName: 'RevokeSecurityGroupIngress', ...more }));
    expect(revoke({ requestParameters: shut({ fromPort: 22, toPort: 22 }) })).toBe('yes');
    expect(revoke({ requestParameters: shut({ fromPort: 443, toPort: 443 }) })).toBe('no');
    expect(
      revoke({
        requestParameters: { groupId: 'sg-04cfb7a4712d75b00', securityGroupRuleIds: { items: [] } },
        responseElements: {
          revokedSecurityGroupRuleSet: {
            items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv4: '0.0.0.0/0' }],
          },
        },
      }),
    ).toBe('yes');
  },
);

test.each(['who changed ports?', '포트 누가 바꿨어?'])(
  '“%s”: a port that no slot can hold is asked back',
  (words) => {
    expect(asked(words)).toEqual({
      unclear: { question: expect.any(String), readings: expect.any(Array) },
    });
  },
);
