import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { FixSettings } from './core/fixes/settings.ts';
import type { PostureSettings } from './core/posture/facts.ts';
import { FIX_RULES_EXPECTED, FixRules } from './fix-rules.ts';
import { ConfigError, type Expected, expectedAt, isTimeZone, parseYamlFile } from './yaml-file.ts';

export { ConfigError } from './yaml-file.ts';

/** The file that is read unless TRAILWARDEN_CONFIG names another. */
export const CONFIG_FILE = 'trailwarden.yml';

const AccountId = z.string().regex(/^\d{12}$/);
const RoleName = z.string().regex(/^[\w+=,.@-]{1,64}$/);
/** A bucket's name, with `*` for any characters. */
const BucketName = z.string().regex(/^[a-z0-9*][a-z0-9.*-]{0,61}[a-z0-9*]$/);
const TimeZone = z.string().refine(isTimeZone);
const Language = z.enum(['en', 'ko']);

const Digest = z.strictObject({
  channel: z.string().regex(/^[CG][A-Z0-9]{2,}$/),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  timeZone: TimeZone.default('UTC'),
  language: Language.default('en'),
});

/** Buckets by name or by a tag; a bare name needs its writes recorded. */
const Sensitive = z.union([
  BucketName.transform((name) => ({ by: { name }, record: 'write' as const })),
  z
    .strictObject({ name: BucketName, record: z.enum(['write', 'read-write']).default('write') })
    .transform(({ name, record }) => ({ by: { name }, record })),
  z
    .strictObject({
      tag: z.string().regex(/^[^=]{1,128}=.{0,256}$/),
      record: z.enum(['write', 'read-write']).default('write'),
    })
    .transform(({ tag, record }) => ({ by: { tag }, record })),
]);

const Posture = z.strictObject({
  sensitiveBuckets: z.array(Sensitive).default([]),
  retentionDays: z.number().int().min(1).max(36_500).default(365),
  dataEvents: z.array(z.string().regex(/^AWS::\w+::\w+$/)).default([]),
  networkActivity: z.array(z.string().regex(/^[a-z0-9-]+\.amazonaws\.com$/)).default([]),
  requiredTags: z.array(z.string().min(1).max(128)).default([]),
  delegatedAdministrators: z
    .record(z.string().regex(/^[a-z0-9.-]+\.amazonaws\.com$/), z.array(AccountId))
    .optional(),
  regions: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/))
    .min(1)
    .optional(),
  breakGlassRoles: z.array(z.string().regex(/^[\w+=,.@*-]{1,64}$/)).default([]),
  alarmsElsewhere: z.string().min(1).max(200).optional(),
  exceptions: z.string().min(1).optional(),
});

/** Where log files lie: a bucket and maybe a folder of it, or a local path. */
const LogPlace = z.string().regex(/^(s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?|(?!s3:).+)$/);

const Archive = z.strictObject({
  directory: z.string().min(1).default('.trailwarden/archive'),
  from: z.union([LogPlace.transform((place) => [place]), z.array(LogPlace)]).default([]),
  every: z.number().int().min(1).max(1_440).default(5),
});

/** Who hears answers in a channel: all who read it, the asker alone, or nobody. */
const Audience = z.enum(['everyone', 'asker', 'nobody']);

/** By channel; elsewhere as said there. Channels shared with other companies hear nothing unless named. */
const Answers = z.strictObject({
  elsewhere: Audience.default('everyone'),
  channels: z.record(z.string().regex(/^[CG][A-Z0-9]{2,}$/), Audience).default({}),
});

/** The fix families, each with a role of its own: `policies/iam/fix-<family>.json`. */
const FixRoles = z.strictObject({
  trail: RoleName.optional(),
  'trail-create': RoleName.optional(),
  'trail-retire': RoleName.optional(),
  lake: RoleName.optional(),
  'log-bucket': RoleName.optional(),
  'log-key': RoleName.optional(),
  logs: RoleName.optional(),
  config: RoleName.optional(),
  network: RoleName.optional(),
  containment: RoleName.optional(),
});

/** The whole of `trailwarden.yml`. Every key has a default; an unknown key is refused. */
const ConfigFile = z.strictObject({
  aws: z
    .strictObject({
      readRole: RoleName.default('trailwarden-read'),
      fixRoles: FixRoles.default({}),
      externalId: z
        .string()
        .regex(/^[\w+=,.@:/-]{2,1224}$/)
        .optional(),
      logArchiveAccount: AccountId.optional(),
      organizationTrail: z
        .strictObject({
          name: z
            .string()
            .regex(/^[A-Za-z0-9](?:[._-]?[A-Za-z0-9]){2,127}$/)
            .default('organization-trail'),
          bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
        })
        .optional(),
      accessLogBuckets: z.array(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)).default([]),
      alarmTopics: z
        .array(z.string().regex(/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]+$/))
        .default([]),
      trailKeys: z
        .array(z.string().regex(/^arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/))
        .default([]),
    })
    .prefault({}),
  slack: z
    .strictObject({ approvers: z.string().min(1).optional(), answers: Answers.prefault({}) })
    .prefault({}),
  posture: Posture.prefault({}),
  fixes: FixRules.prefault({}),
  digests: z.array(Digest).default([]),
  language: Language.default('en'),
  timeZone: TimeZone.default('UTC'),
  store: z.string().min(1).default('.trailwarden/trailwarden.db'),
  archive: Archive.prefault({}),
  lake: z.boolean().default(false),
});
type ConfigFile = z.infer<typeof ConfigFile>;

const SlackTokens = z.strictObject({
  SLACK_BOT_TOKEN: z.string().regex(/^xoxb-/),
  SLACK_APP_TOKEN: z.string().regex(/^xapp-/),
  SLACK_API_URL: z.url().optional(),
});

/** What was expected and how it may look, for every place of the file and the environment. */
const EXPECTED: Expected = {
  'aws.readRole': ['the name of a role, not its ARN', 'readRole: trailwarden-read'],
  'aws.fixRoles': [
    'role names by fix family (trail, trail-create, trail-retire, lake, log-bucket, log-key, logs, config, network, containment)',
    'fixRoles: { trail: trailwarden-fix-trail }',
  ],
  'aws.fixRoles.trail': ['the name of a role, not its ARN', 'trail: trailwarden-fix-trail'],
  'aws.externalId': [
    '2 to 1,224 characters of letters, digits and +=,.@:/-',
    'externalId: 7d1f0c2e-prod',
  ],
  'aws.logArchiveAccount': [
    'an account id of 12 digits, in quotes',
    "logArchiveAccount: '222233334444'",
  ],
  'aws.organizationTrail': [
    'the bucket of the log-archive account that an organization trail writes to, should there be none yet',
    'organizationTrail: { bucket: our-organization-logs }',
  ],
  'aws.accessLogBuckets': [
    'names of the buckets that may receive access logs, one per account and region of log buckets',
    'accessLogBuckets: [our-access-logs]',
  ],
  'aws.alarmTopics': [
    'ARNs of the SNS topics that new alarms tell, one per account and region of log groups',
    'alarmTopics: [arn:aws:sns:eu-west-1:111122223333:security-alarms]',
  ],
  'aws.trailKeys': [
    'ARNs of the KMS keys that trails may be encrypted with, one per region of log buckets',
    'trailKeys: [arn:aws:kms:eu-west-1:222233334444:key/1234abcd-12ab-34cd-56ef-1234567890ab]',
  ],
  aws: [
    'a mapping with readRole, fixRoles, externalId, logArchiveAccount, organizationTrail, accessLogBuckets, trailKeys, alarmTopics',
    "aws: { logArchiveAccount: '222233334444' }",
  ],
  slack: ['a mapping with approvers, answers', 'slack: { approvers: cloud-approvers }'],
  'slack.answers': [
    'a mapping with elsewhere and channels',
    'answers: { elsewhere: asker, channels: { C02GOVERN: everyone } }',
  ],
  'slack.answers.elsewhere': ['everyone, asker or nobody', 'elsewhere: asker'],
  'slack.answers.channels': [
    'by id of a channel: everyone, asker or nobody (a channel shared with another company: asker at most)',
    'channels: { C02GOVERN: everyone, C0SHARED01: asker }',
  ],
  'slack.approvers': ['the handle of a Slack user group', 'approvers: cloud-approvers'],
  posture: [
    'a mapping with sensitiveBuckets, retentionDays, dataEvents, networkActivity, requiredTags, delegatedAdministrators, regions, breakGlassRoles, alarmsElsewhere, exceptions',
    'posture: { sensitiveBuckets: [card-data] }',
  ],
  'posture.sensitiveBuckets': [
    'bucket names (* allowed), or mappings with name or tag, and record: write or read-write',
    'sensitiveBuckets: [payments-*, { tag: confidentiality=high, record: read-write }]',
  ],
  'posture.retentionDays': ['a number of days from 1 to 36500', 'retentionDays: 365'],
  'posture.dataEvents': [
    'resource types of CloudTrail data events',
    'dataEvents: [AWS::Lambda::Function]',
  ],
  'posture.networkActivity': [
    'event sources that have network activity events',
    'networkActivity: [ec2.amazonaws.com]',
  ],
  'posture.requiredTags': ['keys of tags', 'requiredTags: [owner, cost-center]'],
  'posture.delegatedAdministrators': [
    'account ids in quotes, by service principal',
    "delegatedAdministrators: { cloudtrail.amazonaws.com: ['333344445555'] }",
  ],
  'posture.regions': ['the regions that may be enabled, at least one', 'regions: [eu-west-1]'],
  'posture.breakGlassRoles': ['names of roles, * allowed', 'breakGlassRoles: [break-glass-*]'],
  'posture.alarmsElsewhere': [
    'where sensitive calls raise an alarm instead of in CloudWatch',
    'alarmsElsewhere: the SIEM of the security team',
  ],
  'posture.exceptions': [
    'the path of a file of exceptions, seen from this file',
    'exceptions: exceptions.yml',
  ],
  ...FIX_RULES_EXPECTED,
  digests: ['a list of channels with a time', "digests: [{ channel: C02GOVERN, at: '09:00' }]"],
  'digests.channel': ['the id of a channel, not its name', 'channel: C02GOVERN'],
  'digests.at': ['a time of day, 24 hours, in quotes', "at: '09:00'"],
  'digests.timeZone': ['an IANA time zone', 'timeZone: Asia/Seoul'],
  'digests.language': ['en or ko', 'language: ko'],
  language: ['en or ko', 'language: ko'],
  timeZone: ['an IANA time zone', 'timeZone: Asia/Seoul'],
  store: ['the path of a file', 'store: .trailwarden/trailwarden.db'],
  archive: [
    'a mapping with directory, from, every',
    'archive: { from: s3://our-trail/AWSLogs/o-abc1234567 }',
  ],
  'archive.directory': ['the path of a folder', 'directory: .trailwarden/archive'],
  'archive.from': [
    'an s3:// address or a path, or a list of them',
    'from: s3://our-trail/AWSLogs/o-abc1234567',
  ],
  'archive.every': ['a number of minutes from 1 to 1440', 'every: 5'],
  lake: ['true or false: queries of CloudTrail Lake cost by the byte', 'lake: true'],
  '': [
    'the keys aws, slack, posture, fixes, digests, language, timeZone, store, archive, lake',
    'language: ko',
  ],
  SLACK_BOT_TOKEN: ['a bot token', 'SLACK_BOT_TOKEN=xoxb-…'],
  SLACK_APP_TOKEN: ['an app-level token for Socket Mode', 'SLACK_APP_TOKEN=xapp-…'],
  SLACK_API_URL: ['a URL', 'SLACK_API_URL=https://slack.com/api/'],
};

export type Config = ConfigFile & {
  slack: { tokens: { bot: string; app: string; apiUrl?: string } | null };
  /** Of this client at the OpenID provider; null for one that proves itself by PKCE alone. */
  oidcSecret: string | null;
  /** True when the environment or the file says how AWS is reached. */
  awsIsConfigured: boolean;
  logLevel: string;
  /** True when the AWS behind this environment is a simulation: everything that is shown says so. */
  simulated: boolean;
};

type Environment = { [name: string]: string | undefined };

/** Reads `trailwarden.yml` (if it is there) and the environment, once, and refuses what it does not know. */
export function readConfig(environment: Environment = process.env): Config {
  const path = environment.TRAILWARDEN_CONFIG ?? CONFIG_FILE;
  const exists = existsSync(path);
  if (!exists && environment.TRAILWARDEN_CONFIG) {
    throw new ConfigError(`${path}: there is no such file (named by TRAILWARDEN_CONFIG)`);
  }
  const text = exists ? readFileSync(path, 'utf8') : '';
  const file = parseConfigFile(text, path);
  const { exceptions } = file.posture;
  return {
    ...file,
    posture: {
      ...file.posture,
      ...(exceptions && { exceptions: resolve(dirname(path), exceptions) }),
    },
    slack: { ...file.slack, tokens: slackTokens(environment) },
    oidcSecret: environment.TRAILWARDEN_OIDC_SECRET || null,
    awsIsConfigured: parseDocument(text).has('aws') || hasAwsCredentials(environment),
    simulated: environment.TRAILWARDEN_SIMULATED === 'true',
    logLevel: environment.TRAILWARDEN_LOG_LEVEL ?? 'info',
  };
}

/** What the rules are told of the organization: of what nobody configured, nothing is expected. */
export function postureSettings({
  aws,
  posture,
}: Pick<ConfigFile, 'aws' | 'posture'>): PostureSettings {
  const { exceptions: _, delegatedAdministrators, regions, alarmsElsewhere, ...settings } = posture;
  return {
    ...settings,
    logArchiveAccount: aws.logArchiveAccount ?? null,
    delegatedAdministrators: delegatedAdministrators ?? null,
    regions: regions ?? null,
    alarmsElsewhere: alarmsElsewhere ?? null,
  };
}

/** What fixes are told of the organization beyond what they read. */
export function fixSettings(config: Pick<ConfigFile, 'aws' | 'posture'>): FixSettings {
  const { accessLogBuckets, trailKeys, alarmTopics, organizationTrail } = config.aws;
  return {
    ...postureSettings(config),
    accessLogBuckets,
    trailKeys,
    alarmTopics,
    ...(organizationTrail && { organizationTrail }),
  };
}

/** Parses the text of a configuration file; `path` is only for messages. */
export function parseConfigFile(text: string, path: string): ConfigFile {
  return parseYamlFile(text, path, { schema: ConfigFile, expected: EXPECTED });
}

function slackTokens(environment: Environment) {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL } = environment;
  if (!SLACK_BOT_TOKEN && !SLACK_APP_TOKEN) return null;
  const result = SlackTokens.safeParse({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL });
  if (!result.success) {
    // The value is a secret: the complaint names the variable, never what stands in it.
    const complaints = result.error.issues.map(({ path }) => {
      const name = String(path[0]);
      const [expected, example] = expectedAt([name], EXPECTED);
      return `environment: ${name} is ${environment[name] ? 'not right' : 'missing'}: expected ${expected}, such as \`${example}\``;
    });
    throw new ConfigError(complaints.join('\n'));
  }
  return {
    bot: result.data.SLACK_BOT_TOKEN,
    app: result.data.SLACK_APP_TOKEN,
    ...(result.data.SLACK_API_URL && { apiUrl: result.data.SLACK_API_URL }),
  };
}

function hasAwsCredentials(environment: Environment): boolean {
  return [
    'AWS_PROFILE',
    'AWS_ACCESS_KEY_ID',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_ENDPOINT_URL',
  ].some((name) => environment[name]);
}
