import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, parseConfigFile, postureSettings, readConfig } from '../src/config.ts';

const refusal = (text: string) => {
  try {
    parseConfigFile(text, 'trailwarden.yml');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
};

test('an empty file is a whole configuration', () => {
  expect(parseConfigFile('', 'trailwarden.yml')).toMatchObject({
    aws: { readRole: 'trailwarden-read', fixRoles: {} },
    digests: [],
    language: 'en',
    timeZone: 'UTC',
  });
});

test('the archive is filled from one place or several', () => {
  const from = (text: string) => parseConfigFile(text, 'trailwarden.yml').archive;
  expect(from('')).toEqual({ directory: '.trailwarden/archive', from: [], every: 5 });
  expect(from('archive: { from: s3://our-trail }').from).toEqual(['s3://our-trail']);
  expect(from('archive: { from: [s3://our-trail/p, /logs], every: 15 }')).toMatchObject({
    from: ['s3://our-trail/p', '/logs'],
    every: 15,
  });
});

test.each([
  [
    'an unknown key',
    'language: en\nlanguages: ko\n',
    2,
    '`languages` is not a key',
    'language: ko',
  ],
  ['a nested unknown key', 'aws:\n  readRole: a\n  rol: b\n', 3, '`aws.rol` is not a key', 'aws:'],
  [
    'a role ARN instead of a name',
    'aws:\n  readRole: arn:aws:iam::1:role/x\n',
    2,
    '`aws.readRole`',
    'readRole: trailwarden-read',
  ],
  [
    'an account id without quotes',
    'aws:\n\n  logArchiveAccount: 222233334444\n',
    3,
    '`aws.logArchiveAccount`',
    "'222233334444'",
  ],
  [
    'a time without quotes',
    'digests:\n  - channel: C02GOVERN\n    at: 9am\n',
    3,
    '`digests.0.at`',
    "at: '09:00'",
  ],
  [
    'an archive that is filled from no place',
    'archive:\n  from: s3:bucket\n',
    2,
    '`archive.from`',
    's3://our-trail/AWSLogs/o-abc1234567',
  ],
  ['an archive that is filled never', 'archive:\n  every: 0\n', 2, '`archive.every`', 'every: 5'],
  [
    'a channel name',
    'digests:\n  - channel: general\n    at: "09:00"\n',
    2,
    '`digests.0.channel`',
    'channel: C02GOVERN',
  ],
  [
    'a missing time',
    'language: ko\ndigests:\n  - channel: C02GOVERN\n',
    3,
    '`digests.0.at`',
    "at: '09:00'",
  ],
  ['an unknown time zone', 'timeZone: Seoul\n', 1, '`timeZone`', 'timeZone: Asia/Seoul'],
  ['a list where a mapping belongs', 'aws: [a]\n', 1, '`aws`', 'aws:'],
  [
    'a setting of the posture that there is not',
    'posture:\n  retention: 365\n',
    2,
    '`posture.retention` is not a key',
    'sensitiveBuckets: [card-data]',
  ],
  [
    'a bucket by name and by tag',
    'posture:\n  sensitiveBuckets:\n    - card-data\n    - { name: a-b, tag: k=v }\n',
    4,
    '`posture.sensitiveBuckets.1`',
    'tag: confidentiality=high',
  ],
  [
    'a tag without a value',
    'posture:\n  sensitiveBuckets: [{ tag: confidential }]\n',
    2,
    '`posture.sensitiveBuckets.0`',
    'tag: confidentiality=high',
  ],
  ['no days', 'posture:\n  retentionDays: 0\n', 2, '`posture.retentionDays`', 'retentionDays: 365'],
  [
    'a service where a type of resource belongs',
    'posture:\n  dataEvents: [lambda]\n',
    2,
    '`posture.dataEvents.0`',
    'AWS::Lambda::Function',
  ],
  [
    'a type where an event source belongs',
    'posture:\n  networkActivity: [AWS::EC2::Instance]\n',
    2,
    '`posture.networkActivity.0`',
    'ec2.amazonaws.com',
  ],
  ['an empty tag', 'posture:\n  requiredTags: [""]\n', 2, '`posture.requiredTags.0`', 'owner'],
  [
    'an administrator by name',
    'posture:\n  delegatedAdministrators:\n    cloudtrail.amazonaws.com: [audit]\n',
    3,
    '`posture.delegatedAdministrators.cloudtrail.amazonaws.com.0`',
    "cloudtrail.amazonaws.com: ['333344445555']",
  ],
  ['no region at all', 'posture:\n  regions: []\n', 2, '`posture.regions`', 'regions: [eu-west-1]'],
  [
    'a zone where a region belongs',
    'posture:\n  regions: [eu-west-1a]\n',
    2,
    '`posture.regions.0`',
    'eu-west-1',
  ],
  [
    'the ARN of a role',
    'posture:\n  breakGlassRoles: ["arn:aws:iam::1:role/x"]\n',
    2,
    '`posture.breakGlassRoles.0`',
    'break-glass-*',
  ],
  [
    'a SIEM without a name',
    'posture:\n  alarmsElsewhere: true\n',
    2,
    '`posture.alarmsElsewhere`',
    'SIEM',
  ],
  [
    'exceptions without a path',
    'posture:\n  exceptions: []\n',
    2,
    '`posture.exceptions`',
    'exceptions.yml',
  ],
  [
    'a class of fixes that there is not',
    'fixes:\n  approvers: { D: owners }\n',
    2,
    '`fixes.approvers.D` is not a key',
    'C: security-approvers',
  ],
  [
    'a freeze that ends before it begins',
    'fixes:\n  freezes:\n    - { from: 2027-01-04T00:00:00Z, to: 2026-12-20T00:00:00Z, reason: r }\n',
    3,
    '`fixes.freezes.0`',
    'reason: year end',
  ],
  [
    'a freeze without a reason',
    'fixes:\n  freezes:\n    - { from: 2026-12-20T00:00:00Z, to: 2027-01-04T00:00:00Z }\n',
    3,
    '`fixes.freezes.0`',
    'reason: year end',
  ],
  [
    'a weekly freeze on no clock',
    'fixes:\n  freezes:\n    - { weekly: Fri 16:00 - Mon 08:00, reason: weekend }\n',
    3,
    '`fixes.freezes.0`',
    'timeZone: Asia/Seoul',
  ],
  [
    'a stretch of a week that is none',
    'fixes:\n  freezes:\n    - { weekly: weekends, timeZone: UTC, reason: weekend }\n',
    3,
    '`fixes.freezes.0`',
    'weekly: Fri 16:00 - Mon 08:00',
  ],
  [
    'a sign-in over an open line',
    'fixes:\n  confirm:\n    issuer: http://login.example.com\n    clientId: x\n    url: https://x.example\n',
    3,
    '`fixes.confirm.issuer`',
    'https://login.example.com',
  ],
  [
    'a role of no family',
    'aws:\n  fixRoles: { everything: admin }\n',
    2,
    '`aws.fixRoles.everything` is not a key',
    'fixRoles: { trail: trailwarden-fix-trail }',
  ],
])(
  '%s is refused with its line, what was expected and an example',
  (_, text, line, what, example) => {
    const message = refusal(text);
    expect(message).toContain(`trailwarden.yml line ${line}: `);
    expect(message).toContain(what);
    expect(message).toContain('expected ');
    expect(message).toContain(example);
  },
);

test('the settings of the posture become what the rules are told', () => {
  const file = parseConfigFile(
    `aws: { logArchiveAccount: '222233334444' }
posture:
  sensitiveBuckets:
    - payments-*
    - { name: card-data, record: read-write }
    - { tag: confidentiality=high }
  retentionDays: 400
  dataEvents: [AWS::Lambda::Function]
  networkActivity: [ec2.amazonaws.com]
  requiredTags: [owner]
  delegatedAdministrators: { cloudtrail.amazonaws.com: ['333344445555'] }
  regions: [eu-west-1, us-gov-west-1]
  breakGlassRoles: [break-glass-*]
  alarmsElsewhere: the SIEM
  exceptions: exceptions.yml
`,
    'trailwarden.yml',
  );
  expect(postureSettings(file)).toEqual({
    logArchiveAccount: '222233334444',
    sensitiveBuckets: [
      { by: { name: 'payments-*' }, record: 'write' },
      { by: { name: 'card-data' }, record: 'read-write' },
      { by: { tag: 'confidentiality=high' }, record: 'write' },
    ],
    retentionDays: 400,
    dataEvents: ['AWS::Lambda::Function'],
    networkActivity: ['ec2.amazonaws.com'],
    requiredTags: ['owner'],
    delegatedAdministrators: { 'cloudtrail.amazonaws.com': ['333344445555'] },
    regions: ['eu-west-1', 'us-gov-west-1'],
    breakGlassRoles: ['break-glass-*'],
    alarmsElsewhere: 'the SIEM',
  });
});

test('of what nobody configured nothing is expected but a year of log files', () => {
  expect(postureSettings(parseConfigFile('', 'trailwarden.yml'))).toEqual({
    logArchiveAccount: null,
    sensitiveBuckets: [],
    retentionDays: 365,
    dataEvents: [],
    networkActivity: [],
    requiredTags: [],
    delegatedAdministrators: null,
    regions: null,
    breakGlassRoles: [],
    alarmsElsewhere: null,
  });
});

test('fixes are governed as the file says', () => {
  const { fixes } = parseConfigFile(
    `fixes:
  approvers: { A: '@cloud-approvers', C: security-approvers }
  units: { Workloads/Production: production-owners }
  freezes:
    - { from: 2026-12-20T09:00:00+09:00, to: 2027-01-04T00:00:00Z, reason: year end }
    - { weekly: Fri 16:00 - Mon 08:00, timeZone: Asia/Seoul, reason: weekend, classes: [B, C] }
  confirm: { issuer: http://127.0.0.1:9/, clientId: bot, url: https://bot.example/ }
`,
    'trailwarden.yml',
  );
  expect(fixes).toEqual({
    enabled: true,
    approvers: { A: 'cloud-approvers', C: 'security-approvers' },
    units: {
      'Workloads/Production': {
        A: 'production-owners',
        B: 'production-owners',
        C: 'production-owners',
      },
    },
    expireAfterMinutes: 60,
    perHour: 5,
    freezes: [
      { from: '2026-12-20T00:00:00.000Z', to: '2027-01-04T00:00:00.000Z', reason: 'year end' },
      {
        weekly: { from: { day: 4, minute: 960 }, to: { day: 0, minute: 480 } },
        timeZone: 'Asia/Seoul',
        reason: 'weekend',
        classes: ['B', 'C'],
      },
    ],
    confirm: {
      classes: ['C'],
      issuer: 'http://127.0.0.1:9/',
      clientId: 'bot',
      listen: '127.0.0.1:8790',
      url: 'https://bot.example',
      trustEmail: false,
    },
  });
});

test('every wrong place is named, not only the first', () => {
  expect(refusal('language: fr\ntimeZone: Mars\n').split('\n')).toHaveLength(2);
});

test('what is no YAML is refused with its line', () => {
  expect(refusal('aws: {\nlanguage: en\n')).toMatch(/^trailwarden\.yml line \d: this is not YAML/);
});

describe('the environment', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trailwarden-')), 'trailwarden.yml');
  writeFileSync(file, 'language: ko\n');
  const base = { TRAILWARDEN_CONFIG: file };

  test('names the file', () => {
    expect(readConfig(base)).toMatchObject({ language: 'ko', awsIsConfigured: false });
  });

  test('exceptions lie beside the file that names them, wherever the bot is started', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trailwarden-'));
    const config = join(folder, 'trailwarden.yml');
    writeFileSync(config, 'posture: { exceptions: policies/ours.yml }\n');
    const { posture } = readConfig({ TRAILWARDEN_CONFIG: config });
    expect(posture.exceptions).toBe(join(folder, 'policies/ours.yml'));
  });

  test('that names a missing file is refused', () => {
    expect(() => readConfig({ TRAILWARDEN_CONFIG: `${file}.not` })).toThrow(ConfigError);
  });

  test('without tokens has no Slack', () => {
    expect(readConfig(base).slack.tokens).toBeNull();
  });

  test('with half of the tokens is refused, and no token is repeated', () => {
    expect(() => readConfig({ ...base, SLACK_BOT_TOKEN: 'xoxb-secret-one' })).toThrow(
      'environment: SLACK_APP_TOKEN is missing: expected an app-level token for Socket Mode, such as `SLACK_APP_TOKEN=xapp-…`',
    );
    expect(() =>
      readConfig({ ...base, SLACK_BOT_TOKEN: 'hunter2', SLACK_APP_TOKEN: 'xapp-1' }),
    ).toThrow(/^environment: SLACK_BOT_TOKEN is not right(?!.*hunter2)/);
  });

  test.each(['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_ENDPOINT_URL'])('%s means AWS', (name) => {
    expect(readConfig({ ...base, [name]: 'http://127.0.0.1:1' }).awsIsConfigured).toBe(true);
  });

  test('a region alone is no AWS', () => {
    expect(readConfig({ ...base, AWS_REGION: 'eu-west-1' }).awsIsConfigured).toBe(false);
  });
});
