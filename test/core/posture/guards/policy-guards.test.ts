import fc from 'fast-check';
import { covers, overlaps } from '../../../../src/core/posture/guards/pattern.ts';
import { PolicyDocument } from '../../../../src/core/posture/guards/policy-document.ts';
import {
  deniesFor,
  deniesPlainHttp,
  guardAgainst,
} from '../../../../src/core/posture/guards/policy-guards.ts';

const BREAK_GLASS = ['break-glass', 'emergency-*'];
const TRAIL = 'arn:aws:cloudtrail:us-east-1:444455556666:trail/audit';
const STOP = { action: 'cloudtrail:StopLogging', resource: TRAIL };

function document(...Statement: object[]): PolicyDocument {
  return PolicyDocument.parse({ Statement });
}

const deny = { Effect: 'Deny', Action: 'cloudtrail:StopLogging', Resource: '*' };

function except(operator: string, roles: string | string[], key = 'aws:PrincipalArn') {
  return { ...deny, Condition: { [operator]: { [key]: roles } } };
}

describe('a deny counts', () => {
  test.each<[string, object]>([
    ['for everybody', deny],
    ['by a wildcard of the action, in any case', { ...deny, Action: 'CLOUDTRAIL:stop*' }],
    [
      'by leaving out other actions',
      { ...deny, Action: undefined, NotAction: ['s3:*', 'ec2:Run*'] },
    ],
    ['on this very trail', { ...deny, Resource: TRAIL }],
    ['on every trail', { ...deny, Resource: ['arn:aws:cloudtrail:*:*:trail/*'] }],
    [
      'by leaving out other resources',
      { ...deny, Resource: undefined, NotResource: 'arn:aws:s3:::*' },
    ],
    ['for the principal *', { ...deny, Principal: '*' }],
    ['for the principal { AWS: * }', { ...deny, Principal: { AWS: '*' } }],
    ['but for a break-glass role', except('ArnNotLike', 'arn:aws:iam::*:role/break-glass')],
    [
      'but for several, by name and by pattern, in a path',
      except('StringNotLikeIfExists', [
        'arn:aws:iam::*:role/break-glass',
        'arn:aws:iam::*:role/security/emergency-admin',
      ]),
    ],
    [
      'but for a break-glass role, whatever the case of the key',
      except('ArnNotEquals', 'arn:aws:iam::444455556666:role/break-glass', 'AWS:principalarn'),
    ],
    [
      'but for what AWS does itself',
      { ...deny, Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': false } } },
    ],
    [
      'but for break-glass roles as NotPrincipal',
      {
        ...deny,
        NotPrincipal: {
          AWS: [
            'arn:aws:iam::444455556666:role/break-glass',
            'arn:aws:sts::444455556666:assumed-role/break-glass/alice',
          ],
        },
      },
    ],
  ])('%s', (_, statement) => {
    expect(deniesFor(document(statement), STOP, BREAK_GLASS)).toBe(true);
  });
});

describe('a deny does not count', () => {
  test.each<[string, object]>([
    ['when it is an Allow', { ...deny, Effect: 'Allow' }],
    ['of another action', { ...deny, Action: 'cloudtrail:DeleteTrail' }],
    ['that leaves the action out', { ...deny, Action: undefined, NotAction: 'cloudtrail:St*' }],
    ['on another trail', { ...deny, Resource: `${TRAIL}-2` }],
    ['that leaves the trail out', { ...deny, Resource: undefined, NotResource: `${TRAIL}*` }],
    [
      'that leaves out whatever a variable may stand for',
      {
        ...deny,
        Resource: undefined,
        NotResource: `arn:aws:cloudtrail:*:*:trail/${'$'}{aws:username}`,
      },
    ],
    ['by an ARN with a wildcard over its parts', { ...deny, Resource: 'arn:aws:cloudtrail:*' }],
    [
      'but for a role that nobody calls break-glass',
      except('ArnNotLike', 'arn:aws:iam::*:role/admin'),
    ],
    ['but for every role', except('ArnNotLike', 'arn:aws:iam::*:role/*')],
    ['but for everybody', except('StringNotLike', '*')],
    ['but for a user called break-glass', except('ArnNotLike', 'arn:aws:iam::*:user/break-glass')],
    ['but for the root users', except('ArnNotLike', 'arn:aws:iam::*:root')],
    ['only for a break-glass role', except('ArnLike', 'arn:aws:iam::*:role/break-glass')],
    [
      'outside a network',
      { ...deny, Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
    ],
    ['without MFA', { ...deny, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }],
    [
      'for any of several, which is another question',
      except('ForAnyValue:ArnNotLike', 'arn:aws:iam::*:role/break-glass'),
    ],
    [
      'when one of two conditions is too much',
      {
        ...deny,
        Condition: {
          ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' },
          StringEquals: { 'aws:RequestedRegion': 'us-east-1' },
        },
      },
    ],
    [
      'for one principal only',
      { ...deny, Principal: { AWS: 'arn:aws:iam::444455556666:user/eve' } },
    ],
    ['but for a root as NotPrincipal', { ...deny, NotPrincipal: { AWS: '444455556666' } }],
    [
      'but for a service as NotPrincipal',
      { ...deny, NotPrincipal: { Service: 'ec2.amazonaws.com' } },
    ],
  ])('%s', (_, statement) => {
    expect(deniesFor(document(statement), STOP, BREAK_GLASS)).toBe(false);
  });

  test('and what lets others past is told', () => {
    const guard = guardAgainst(
      document(except('ArnNotLike', ['arn:aws:iam::*:role/AWSControlTowerExecution'])),
      STOP,
      [],
    );
    expect(guard).toEqual({
      denied: false,
      conditions: ['ArnNotLike aws:PrincipalArn arn:aws:iam::*:role/AWSControlTowerExecution'],
    });
  });
});

describe('TLS only', () => {
  const bucket = 'arn:aws:s3:::logs';
  const http = { 'aws:SecureTransport': 'false' };
  const tls = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucket, `${bucket}/*`],
    Condition: { Bool: http },
  };
  const both = (statement: object) =>
    [bucket, `${bucket}/*`].map((one) => deniesPlainHttp(document(statement), one));

  test.each<[string, object, boolean[]]>([
    ['on the bucket and its objects', tls, [true, true]],
    [
      'with a real boolean',
      { ...tls, Condition: { BoolIfExists: { 'aws:SecureTransport': false } } },
      [true, true],
    ],
    ['on the objects only', { ...tls, Resource: `${bucket}/*` }, [false, true]],
    ['for reading only', { ...tls, Action: 's3:Get*' }, [false, false]],
    ['for one account only', { ...tls, Principal: { AWS: '444455556666' } }, [false, false]],
    [
      'outside of a network only',
      { ...tls, Condition: { Bool: http, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
      [false, false],
    ],
    [
      'the wrong way round',
      { ...tls, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      [false, false],
    ],
  ])('%s', (_, statement, expected) => {
    expect(both(statement)).toEqual(expected);
  });
});

// --- Against an evaluator that is slow and obvious: one request at a time, text against text. ---

const letters = fc.constantFrom('a', 'b', '*', '?');
const pattern = fc.array(letters, { maxLength: 5 }).map((all) => all.join(''));
const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 6 }).map((all) => all.join(''));

function matches(glob: string, value: string): boolean {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(value);
}

/** All texts of two letters up to a length; patterns of five need no longer ones to differ. */
function texts(length: number): string[] {
  if (length === 0) return [''];
  const shorter = texts(length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((one) => [`${one}a`, `${one}b`])])];
}
const ALL = texts(7);

test('a pattern that covers another matches all that it matches', () => {
  fc.assert(
    fc.property(pattern, pattern, text, (wide, narrow, value) => {
      if (covers(wide, narrow) && matches(narrow, value)) expect(matches(wide, value)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('a pattern covers exactly the texts that it matches', () => {
  fc.assert(
    fc.property(pattern, text, (glob, value) => covers(glob, value) === matches(glob, value)),
    { numRuns: 2_000 },
  );
});

test('two patterns overlap exactly where one text is matched by both', () => {
  fc.assert(
    fc.property(pattern, pattern, (a, b) => {
      expect(overlaps(a, b)).toBe(ALL.some((value) => matches(a, value) && matches(b, value)));
    }),
    { numRuns: 1_000 },
  );
});

type Request = { principal: string; action: string; resource: string; mfa: boolean };

/** IAM's way with one request, for what the statements below can say. */
function isDenied({ Statement }: PolicyDocument, request: Request): boolean {
  return Statement.some((statement) => {
    const { Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } =
      statement;
    const inList = (list: string[], value: string) => list.some((one) => matches(one, value));
    const who = (of: Record<string, string[]>) => inList(of.AWS ?? [], request.principal);
    const holds = Object.entries(Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => {
        if (key === 'aws:MultiFactorAuthPresent') return values.includes(String(request.mfa));
        const named = inList(values, request.principal);
        return operator.includes('Not') ? !named : named;
      }),
    );
    return (
      statement.Effect === 'Deny' &&
      (Action ? inList(Action, request.action) : !inList(NotAction ?? [], request.action)) &&
      (Resource
        ? inList(Resource, request.resource)
        : !inList(NotResource ?? [], request.resource)) &&
      (Principal ? who(Principal) : true) &&
      (NotPrincipal ? !who(NotPrincipal) : true) &&
      holds
    );
  });
}

const ACTIONS = ['s3:PutObject', 's3:PutBucketPolicy', 's3:DeleteObject'];
const OBJECTS = ['arn:aws:s3:::logs/a', 'arn:aws:s3:::logs/b/c', 'arn:aws:s3:::logs'];
const ROLES = ['break-glass', 'emergency-1', 'admin'].map((role) => `arn:aws:iam::1:role/${role}`);

const actionPattern = fc.constantFrom(...ACTIONS, 's3:*', 's3:Put*', '*', 's3:?utObject');
const resourcePattern = fc.constantFrom(
  ...OBJECTS,
  '*',
  'arn:aws:s3:::logs/*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::logs/b/*',
  'arn:aws:s3:::logs/?',
);
const principalPattern = fc.constantFrom(...ROLES, '*', 'arn:aws:iam::*:role/emergency-*');
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 2 });

const statement = fc
  .tuple(
    fc.constantFrom('Deny', 'Deny', 'Deny', 'Allow'),
    fc.oneof(
      some(actionPattern).map((Action) => ({ Action })),
      some(actionPattern).map((NotAction) => ({ NotAction })),
    ),
    fc.oneof(
      some(resourcePattern).map((Resource) => ({ Resource })),
      some(resourcePattern).map((NotResource) => ({ NotResource })),
    ),
    fc.oneof(
      fc.constant({}),
      some(principalPattern).map((AWS) => ({ Principal: { AWS } })),
      some(fc.constantFrom(...ROLES)).map((AWS) => ({ NotPrincipal: { AWS } })),
    ),
    fc.oneof(
      fc.constant({}),
      fc
        .tuple(fc.constantFrom('ArnNotLike', 'StringNotLike', 'ArnLike'), some(principalPattern))
        .map(([operator, roles]) => ({ Condition: { [operator]: { 'aws:PrincipalArn': roles } } })),
      fc.constant({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
    ),
  )
  .map(([Effect, ...parts]) => Object.assign({ Effect }, ...parts));
const policy = fc.array(statement, { maxLength: 3 }).map((all) => document(...all));

test('what is said to be denied is denied to everybody but break-glass roles, one by one', () => {
  fc.assert(
    fc.property(
      policy,
      fc.constantFrom(...ACTIONS),
      fc.constantFrom(...OBJECTS, 'arn:aws:s3:::logs/*', 'arn:aws:s3:::logs*'),
      (written, action, resource) => {
        if (!deniesFor(written, { action, resource }, BREAK_GLASS)) return;
        for (const one of OBJECTS.filter((each) => matches(resource, each)))
          for (const mfa of [true, false])
            expect(
              isDenied(written, {
                principal: 'arn:aws:iam::1:role/admin',
                action,
                resource: one,
                mfa,
              }),
            ).toBe(true);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('a statement without conditions that denies a deed to everybody is always found', () => {
  fc.assert(
    fc.property(
      statement,
      fc.constantFrom(...ACTIONS),
      fc.constantFrom(...OBJECTS),
      (one, action, resource) => {
        const { Condition: _, NotPrincipal: __, ...rest } = one;
        const written = document({ ...rest, Principal: '*' });
        const asked = { principal: 'arn:aws:iam::1:user/anybody', action, resource, mfa: true };
        expect(deniesFor(written, { action, resource })).toBe(isDenied(written, asked));
      },
    ),
    { numRuns: 3_000 },
  );
});
