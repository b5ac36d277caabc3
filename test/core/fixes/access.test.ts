import fc from 'fast-check';
import {
  type Contained,
  DENY_ALL,
  planContainment,
  REVOKED,
} from '../../../src/core/fixes/access/contain.ts';
import { identityOf, untouchableAs } from '../../../src/core/fixes/access/identity.ts';
import {
  type IngressRule,
  permissionOf,
  ruleNow,
} from '../../../src/core/fixes/access/security-group.ts';
import type { ApiCall } from '../../../src/core/fixes/fix.ts';
import { hashOf } from '../../../src/core/hash.ts';
import type { Json } from '../../../src/core/json.ts';

const ACCOUNT = '111122223333';

describe('an identity by its ARN', () => {
  test.each([
    [`arn:aws:iam::${ACCOUNT}:user/alice`, 'user', 'alice'],
    [`arn:aws:iam::${ACCOUNT}:user/people/alice@bora.example`, 'user', 'alice@bora.example'],
    [`arn:aws:iam::${ACCOUNT}:role/ci/build`, 'role', 'build'],
    [`arn:aws:sts::${ACCOUNT}:assumed-role/build/i-0123`, 'role', 'build'],
  ])('%s', (arn, kind, name) => {
    expect(identityOf(arn)).toMatchObject({ kind, name, account: ACCOUNT, before: null });
    expect(identityOf(`${arn}@2026-11-22T10:00Z`)).toMatchObject({
      kind,
      name,
      before: '2026-11-22T10:00:00Z',
    });
  });

  test.each([
    ACCOUNT,
    `arn:aws:iam::${ACCOUNT}:root`,
    `arn:aws:iam::${ACCOUNT}:group/admins`,
    `arn:aws:iam::${ACCOUNT}:role/`,
    'build',
  ])('is not %s', (other) => expect(identityOf(other)).toBeUndefined());
});

test('whoever the bot runs as, and its roles in every account, are left alone', () => {
  const bot = `arn:aws:sts::${ACCOUNT}:assumed-role/warden/i-0123`;
  const of = (name: string, account = ACCOUNT, path = '/') =>
    untouchableAs({ kind: 'role', account, name }, path, {
      bot,
      roles: ['read', 'fix-trail'],
      breakGlass: ['*glass'],
    });
  expect(of('warden')).toBe('bot');
  expect(of('warden', '999999999999')).toBeUndefined();
  expect(of('fix-trail', '999999999999')).toBe('bot');
  expect(of('any', ACCOUNT, '/trailwarden/')).toBe('bot');
  expect(of('break-glass')).toBe('break-glass');
  // IAM takes no two names that differ in their case alone: these are the same ones.
  expect(of('WARDEN')).toBe('bot');
  expect(of('Fix-Trail', '999999999999')).toBe('bot');
  expect(of('Break-GLASS')).toBe('break-glass');
  expect(of('AWSServiceRoleForX', ACCOUNT, '/aws-service-role/x.amazonaws.com/')).toBe('service');
  expect(of('build')).toBeUndefined();
});

/** What the calls of a plan do, as IAM would. */
function done(state: Contained, calls: ApiCall[]): Contained {
  const now = structuredClone(state);
  for (const { api, parameters } of calls) {
    const field = parameters.PolicyName === DENY_ALL ? 'DenyAll' : 'Revoked';
    if (api === 'iam:UpdateAccessKey')
      now.AccessKeys[String(parameters.AccessKeyId)] = String(parameters.Status);
    else if (api.startsWith('iam:Delete')) now[field] = null;
    else now[field] = JSON.parse(String(parameters.PolicyDocument)) as Json;
  }
  return now;
}

test('containment leads to what it says, leaves no key active, and its way back exactly to before', () => {
  const policy = fc.constantFrom<Json>(null, { Version: '2012-10-17', Statement: [] });
  const states = fc.record({
    Arn: fc.constant(`arn:aws:iam::${ACCOUNT}:user/alice`),
    DenyAll: policy,
    Revoked: policy,
    AccessKeys: fc.dictionary(
      fc.stringMatching(/^AKIA[A-Z0-9]{16}$/),
      fc.constantFrom('Active', 'Inactive'),
      { maxKeys: 2 },
    ),
  });
  const moments = fc.constantFrom('', '@2026-11-22T10:00:00Z');
  fc.assert(
    fc.property(states, moments, (state, moment) => {
      const identity = identityOf(`${state.Arn}${moment}`);
      if (!identity) throw new Error('no identity');
      const planned = planContainment({ id: 'f1' }, identity, 'us-east-1', state, undefined);
      if (planned === 'already-sound' || 'cannot' in planned) throw new Error('no plan');
      const { plan } = planned;
      const after = done(state, plan.calls);
      expect(hashOf(after)).toBe(hashOf(plan.after));
      expect(Object.values(after.AccessKeys)).not.toContain('Active');
      expect(hashOf(done(after, plan.wayBack))).toBe(hashOf(state));
      expect(hashOf(plan.before)).toBe(hashOf(state));
      expect(plan.calls.some((call) => call.parameters.PolicyName === REVOKED)).toBe(moment !== '');
      const again = planContainment({ id: 'f1' }, identity, 'us-east-1', after, undefined);
      expect(again).toBe('already-sound');
    }),
  );
});

const rule: fc.Arbitrary<IngressRule> = fc
  .record({
    IpProtocol: fc.constantFrom('tcp', 'udp', '-1'),
    FromPort: fc.integer({ min: -1, max: 65_535 }),
    ToPort: fc.integer({ min: -1, max: 65_535 }),
    peer: fc.constantFrom<Partial<IngressRule>>(
      { CidrIpv4: '0.0.0.0/0' },
      { CidrIpv6: '::/0' },
      { PrefixListId: 'pl-1' },
      { ReferencedGroup: { GroupId: 'sg-1', UserId: ACCOUNT } },
    ),
    description: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  })
  .map(({ peer, description, ...ports }) => ({
    ...ports,
    ...peer,
    ...(description !== undefined && { Description: description }),
  }));

test('a rule is opened again with its one peer, its ports and its description', () => {
  fc.assert(
    fc.property(rule, (one) => {
      const { IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs, ...ports } = permissionOf(one);
      const peers = [IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs].flatMap(
        (some) => (some ?? []) as { [name: string]: Json }[],
      );
      expect(ports).toEqual({
        IpProtocol: one.IpProtocol,
        FromPort: one.FromPort,
        ToPort: one.ToPort,
      });
      expect(peers).toHaveLength(1);
      expect(peers[0]?.Description).toBe(one.Description);
    }),
  );
});

test('a rule that was changed under its id is told as it is, and never taken for closed', () => {
  fc.assert(
    fc.property(rule, rule, (before, now) => {
      const plan = {
        before: { GroupId: 'sg-1', Rule: before },
        after: { GroupId: 'sg-1', Rule: null },
      };
      const found = { group: 'sg-1', egress: false, rule: now };
      expect(ruleNow(plan, 'sgr-1', [{ ...found, id: 'sgr-1' }])).toEqual(now);
      const other = ruleNow(plan, 'sgr-1', [{ ...found, id: 'sgr-2' }]);
      expect(other).toEqual(hashOf(before) === hashOf(now) ? now : null);
    }),
  );
});
