import { configWord, olderThanTheChange } from '../../../../src/core/posture/config/config-word.ts';
import type {
  ConfigRuleFacts,
  ConfigVerdict,
  ConfigWord,
  PostureFacts,
  RecorderFacts,
} from '../../../../src/core/posture/facts.ts';
import type { ConfigSays, Status } from '../../../../src/core/posture/finding.ts';
import { known } from '../../../../src/core/posture/known.ts';
import {
  denied,
  failed,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
} from '../sound.ts';

const RULE = 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED';
const AN_HOUR_AGO = '2026-11-22T09:00:00Z';
const LAST_WEEK = '2026-11-15T06:00:00Z';

type Asked = {
  rules: ConfigWord['rules'];
  status: Status;
  setUp?: ConfigRuleFacts[];
  differs?: { en: string; ko: string };
  subject?: string;
  facts?: Partial<PostureFacts>;
};

function word({ rules, status, setUp, differs, subject = ORG_TRAIL, facts = {} }: Asked) {
  const config = [
    { account: MANAGEMENT, region: 'us-east-1', rules, ...(setUp && { setUp: { [RULE]: setUp } }) },
  ];
  return configWord(
    { config: { rule: RULE, ...(differs && { differs }) } },
    { subject },
    status,
    known(soundFacts({ config, ...facts })),
  );
}

function wordOn(rules: ConfigWord['rules'], status: Status, facts: Partial<PostureFacts> = {}) {
  return word({ rules, status, facts });
}

function verdict(
  compliance: ConfigVerdict['compliance'],
  at = AN_HOUR_AGO,
  rule = 'validation',
): ConfigVerdict {
  return { resource: 'org-trail', compliance, at, rule };
}

function says(compliance: ConfigVerdict['compliance'], at?: string) {
  return seen({ [RULE]: seen([verdict(compliance, at)]) });
}

function recorder(differs: Partial<RecorderFacts>): Partial<PostureFacts> {
  const here = { region: 'us-east-1', state: seen('recording' as const), ...differs };
  return { accounts: [soundAccount({ id: MANAGEMENT, recorders: seen([here]) })] };
}

const daily: ConfigRuleFacts = { name: 'validation', everyHours: 24, scope: null };
const onChange: ConfigRuleFacts = { name: 'validation', everyHours: null, scope: null };

test('Config agrees with the live reading', () => {
  expect(wordOn(says('COMPLIANT'), 'PASS')).toEqual({
    agrees: true,
    rule: RULE,
    verdict: 'COMPLIANT',
    at: AN_HOUR_AGO,
    detail: `Rule ${RULE} in ${MANAGEMENT}/us-east-1 said COMPLIANT at ${AN_HOUR_AGO}`,
    ko: `${MANAGEMENT}/us-east-1의 규칙 ${RULE} 판정: 규정 준수(COMPLIANT), ${AN_HOUR_AGO}`,
  });
  expect(wordOn(says('NON_COMPLIANT'), 'FAIL')?.agrees).toBe(true);
});

test('Config disagrees, and the live reading counts', () => {
  const said = wordOn(says('COMPLIANT'), 'FAIL');
  expect(said?.agrees).toBe(false);
  expect(said?.detail).toContain('otherwise and counts');
  expect(said?.ko).toContain('직접 읽은 값을 따릅니다');
});

/** Every reason why Config says something else, or nothing. */
const REASONS: [string, Asked, ConfigSays['because'], string][] = [
  [
    'a verdict that its clock is late with',
    { rules: says('COMPLIANT', LAST_WEEK), status: 'FAIL', setUp: [daily] },
    'stale',
    'is asked every 24 hours, and was not for 172',
  ],
  [
    'a verdict from before a change that the clock has not come round to',
    { rules: says('COMPLIANT'), status: 'FAIL', setUp: [daily] },
    'stale',
    'does not know yet what changed since',
  ],
  [
    'a rule that was told of no change',
    { rules: says('COMPLIANT', LAST_WEEK), status: 'FAIL', setUp: [onChange] },
    'stale',
    'asked when the resource changes',
  ],
  [
    'a recorder that leaves the type out',
    {
      rules: seen({ [RULE]: seen([]) }),
      status: 'FAIL',
      facts: recorder({ leavesOut: ['AWS::CloudTrail::Trail'] }),
    },
    'excluded',
    'does not record AWS::CloudTrail::Trail',
  ],
  [
    'a rule that looks at something else',
    {
      rules: seen({ [RULE]: seen([]) }),
      status: 'FAIL',
      setUp: [{ ...onChange, scope: { types: ['AWS::S3::Bucket'], resource: null, tag: null } }],
    },
    'excluded',
    'its scope is validation: AWS::S3::Bucket',
  ],
  [
    'a rule that looks at one other trail',
    {
      rules: seen({ [RULE]: seen([]) }),
      status: 'FAIL',
      setUp: [
        { ...onChange, scope: { types: ['AWS::CloudTrail::Trail'], resource: 'old', tag: null } },
      ],
    },
    'excluded',
    'its scope is validation: old',
  ],
  ['an absent rule', { rules: seen({}), status: 'PASS' }, 'rule-absent', 'No Config rule'],
  [
    'insufficient data',
    { rules: says('INSUFFICIENT_DATA'), status: 'PASS' },
    'insufficient-data',
    'INSUFFICIENT_DATA',
  ],
  [
    'no verdict on this trail yet',
    { rules: seen({ [RULE]: seen([{ ...verdict('COMPLIANT'), resource: 'x' }]) }), status: 'PASS' },
    'insufficient-data',
    'no verdict on it',
  ],
  [
    'a recorder that is stopped',
    { rules: says('COMPLIANT'), status: 'FAIL', facts: recorder({ state: seen('stopped') }) },
    'recorder-stopped',
    'recorder there is stopped',
  ],
  [
    'a recorder that is stopped, and never judged it',
    {
      rules: seen({ [RULE]: seen([]) }),
      status: 'FAIL',
      facts: recorder({ state: seen('absent') }),
    },
    'recorder-stopped',
    'recorder there is absent',
  ],
  [
    'a rule that asks something else',
    { rules: says('NON_COMPLIANT'), status: 'PASS', differs: { en: 'all buckets', ko: '전체' } },
    'asks-something-else',
    '(all buckets)',
  ],
  [
    'a rule that asks something else, and calls it not applicable',
    { rules: says('NOT_APPLICABLE'), status: 'FAIL', differs: { en: 'all buckets', ko: '전체' } },
    'asks-something-else',
    'said NOT_APPLICABLE',
  ],
  ['a refusal', { rules: denied('AccessDenied: rules'), status: 'PASS' }, 'not-visible', 'rules'],
  ['a throttle', { rules: failed('Throttling: slow'), status: 'PASS' }, 'not-visible', 'slow'],
  [
    'a refusal of the verdicts',
    { rules: seen({ [RULE]: denied('AccessDenied: details') }), status: 'PASS' },
    'not-visible',
    'details',
  ],
  [
    'a subject that could not be read live',
    { rules: says('COMPLIANT'), status: 'NOT_VISIBLE' },
    'not-visible',
    'no live reading',
  ],
  [
    'a check that has nothing to judge here',
    { rules: says('NON_COMPLIANT'), status: 'NOT_APPLICABLE' },
    'asks-something-else',
    'nothing to compare',
  ],
  [
    'a place that nobody asked',
    { rules: says('COMPLIANT'), status: 'PASS', facts: { config: [] } },
    'not-visible',
    'not asked',
  ],
];

test.each(REASONS)('%s is said, in both languages', (_, asked, because, words) => {
  const said = word(asked);
  expect(said).toMatchObject({ because, rule: RULE });
  expect(said?.detail).toContain(words);
  expect(said?.ko).toMatch(/[가-힣]/);
  expect(said?.agrees).not.toBe(true);
});

test('no reason of the contract is without its case', () => {
  expect([...new Set(REASONS.map(([, , because]) => because))].sort()).toEqual([
    'asks-something-else',
    'excluded',
    'insufficient-data',
    'not-visible',
    'recorder-stopped',
    'rule-absent',
    'stale',
  ]);
});

describe('several rules of one identifier', () => {
  const mine: ConfigRuleFacts = { ...daily, name: 'mine' };
  const hub: ConfigRuleFacts = { ...daily, name: 'securityhub-validation-1a2b' };
  const pack: ConfigRuleFacts = { ...daily, name: 'OrgConfigRule-audit-conformance-pack-9z' };

  test('that agree with each other and with us agree', () => {
    const rules = seen({
      [RULE]: seen([
        verdict('COMPLIANT', LAST_WEEK, hub.name),
        verdict('COMPLIANT', AN_HOUR_AGO, pack.name),
      ]),
    });
    expect(word({ rules, status: 'PASS', setUp: [hub, pack] })).toMatchObject({
      agrees: true,
      at: AN_HOUR_AGO,
      detail: expect.stringContaining(pack.name),
    });
  });

  test('that differ among themselves are both told, and none is taken for Config', () => {
    const rules = seen({
      [RULE]: seen([
        verdict('COMPLIANT', AN_HOUR_AGO, mine.name),
        verdict('NON_COMPLIANT', LAST_WEEK, hub.name),
      ]),
    });
    const said = word({ rules, status: 'FAIL', setUp: [mine, hub] });
    expect(said).toMatchObject({ agrees: null, because: 'asks-something-else' });
    expect(said?.detail).toContain(mine.name);
    expect(said?.detail).toContain(`${hub.name} said NON_COMPLIANT`);
  });

  test('one of which looks at the trail do not exclude it', () => {
    const scope = { types: ['AWS::S3::Bucket'], resource: null, tag: null };
    const rules = seen({ [RULE]: seen([]) });
    const said = word({ rules, status: 'FAIL', setUp: [{ ...mine, scope }, hub] });
    expect(said?.because).toBe('insufficient-data');
  });
});

describe('a verdict from before the change', () => {
  const said = word({ rules: says('COMPLIANT'), status: 'FAIL', setUp: [daily] }) as ConfigSays;

  test('is stale, and the change is named', () => {
    const later = olderThanTheChange(said, '2026-11-22T09:30:00Z');
    expect(later).toMatchObject({ agrees: false, because: 'stale' });
    expect(later.detail).toContain('older than the change of 2026-11-22T09:30:00Z');
    expect(later.ko).toContain('오래되었습니다');
  });

  test('is no excuse for a verdict from after it', () => {
    expect(olderThanTheChange(said, LAST_WEEK)).toEqual(said);
  });

  test('changes nothing where Config agrees, or where the change has no time', () => {
    const agreeing = wordOn(says('NON_COMPLIANT'), 'FAIL') as ConfigSays;
    expect(olderThanTheChange(agreeing, '2026-11-22T09:30:00Z')).toEqual(agreeing);
    expect(olderThanTheChange(said, '')).toEqual(said);
  });
});

test('where nothing is to be judged, nobody expects Config to know of it', () => {
  const nowhere = { rules: says('COMPLIANT'), subject: 'o-sound' };
  expect(word({ ...nowhere, status: 'NOT_APPLICABLE' })).toBeNull();
  expect(word({ ...nowhere, status: 'NOT_VISIBLE' })?.because).toBe('not-visible');
});

test('an account is known to Config by its id, at the home of a trail of its own', () => {
  const rules = seen({ [RULE]: seen([{ ...verdict('COMPLIANT'), resource: SHOP }]) });
  const config = [{ account: SHOP, region: 'us-east-1', rules }];
  expect(word({ rules, status: 'PASS', subject: SHOP, facts: { config } })?.agrees).toBe(true);
});

test('a key is known to Config by its id, in the account and region of its ARN', () => {
  const rules = seen({ [RULE]: seen([{ ...verdict('COMPLIANT'), resource: '1234-abcd' }]) });
  const subject = `arn:aws:kms:us-east-1:${MANAGEMENT}:key/1234-abcd`;
  expect(word({ rules, status: 'PASS', subject })?.agrees).toBe(true);
});
