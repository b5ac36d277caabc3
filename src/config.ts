import { existsSync, readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

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

/** The whole of `trailwarden.yml`. Every key has a default; an unknown key is refused. */
const ConfigFile = z.strictObject({
  aws: z
    .strictObject({
      readRole: RoleName.default('trailwarden-read'),
      fixRoles: z.strictObject({ trail: RoleName.optional() }).default({}),
      externalId: z
        .string()
        .regex(/^[\w+=,.@:/-]{2,1224}$/)
        .optional(),
      logArchiveAccount: AccountId.optional(),
    })
    .prefault({}),
  slack: z.strictObject({ approvers: z.string().min(1).optional() }).prefault({}),
  posture: z.strictObject({ sensitiveBuckets: z.array(BucketName).default([]) }).prefault({}),
  digests: z.array(Digest).default([]),
  language: Language.default('en'),
  timeZone: TimeZone.default('UTC'),
  store: z.string().min(1).default('.trailwarden/trailwarden.db'),
});
type ConfigFile = z.infer<typeof ConfigFile>;

const SlackTokens = z.strictObject({
  SLACK_BOT_TOKEN: z.string().regex(/^xoxb-/),
  SLACK_APP_TOKEN: z.string().regex(/^xapp-/),
  SLACK_API_URL: z.url().optional(),
});

/** What was expected and how it may look, for every place of the file and the environment. */
const EXPECTED: { [place: string]: [expected: string, example: string] } = {
  'aws.readRole': ['the name of a role, not its ARN', 'readRole: trailwarden-read'],
  'aws.fixRoles': [
    'role names by fix family (trail)',
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
  aws: [
    'a mapping with readRole, fixRoles, externalId, logArchiveAccount',
    "aws: { logArchiveAccount: '222233334444' }",
  ],
  slack: ['a mapping with approvers', 'slack: { approvers: cloud-approvers }'],
  'slack.approvers': ['the handle of a Slack user group', 'approvers: cloud-approvers'],
  posture: ['a mapping with sensitiveBuckets', 'posture: { sensitiveBuckets: [card-data] }'],
  'posture.sensitiveBuckets': [
    'bucket names, * allowed',
    'sensitiveBuckets: [card-data, payments-*]',
  ],
  digests: ['a list of channels with a time', "digests: [{ channel: C02GOVERN, at: '09:00' }]"],
  'digests.channel': ['the id of a channel, not its name', 'channel: C02GOVERN'],
  'digests.at': ['a time of day, 24 hours, in quotes', "at: '09:00'"],
  'digests.timeZone': ['an IANA time zone', 'timeZone: Asia/Seoul'],
  'digests.language': ['en or ko', 'language: ko'],
  language: ['en or ko', 'language: ko'],
  timeZone: ['an IANA time zone', 'timeZone: Asia/Seoul'],
  store: ['the path of a file', 'store: .trailwarden/trailwarden.db'],
  '': ['the keys aws, slack, posture, digests, language, timeZone, store', 'language: ko'],
  SLACK_BOT_TOKEN: ['a bot token', 'SLACK_BOT_TOKEN=xoxb-…'],
  SLACK_APP_TOKEN: ['an app-level token for Socket Mode', 'SLACK_APP_TOKEN=xapp-…'],
  SLACK_API_URL: ['a URL', 'SLACK_API_URL=https://slack.com/api/'],
};

export type Config = ConfigFile & {
  slack: { tokens: { bot: string; app: string; apiUrl?: string } | null };
  /** True when the environment or the file says how AWS is reached. */
  awsIsConfigured: boolean;
  logLevel: string;
  /** True when the AWS behind this environment is a simulation: everything that is shown says so. */
  simulated: boolean;
};

/** A configuration that cannot be used; the message is for a person and says what to write instead. */
export class ConfigError extends Error {}

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
  return {
    ...file,
    slack: { ...file.slack, tokens: slackTokens(environment) },
    awsIsConfigured: parseDocument(text).has('aws') || hasAwsCredentials(environment),
    simulated: environment.TRAILWARDEN_SIMULATED === 'true',
    logLevel: environment.TRAILWARDEN_LOG_LEVEL ?? 'info',
  };
}

/** Parses the text of a configuration file; `path` is only for messages. */
export function parseConfigFile(text: string, path: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    throw new ConfigError(
      `${path} line ${line}: this is not YAML (${broken.message.split('\n')[0]})`,
    );
  }
  const result = ConfigFile.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;

  const complaints = result.error.issues.map((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const steps = unknown === undefined ? issue.path : [...issue.path, unknown];
    const line = lineOf(steps);
    const [expected, example] = expectedAt(issue.path);
    const where = steps.join('.');
    const what =
      unknown === undefined ? `\`${where}\` is not right` : `\`${where}\` is not a key that I know`;
    return `${path} line ${line}: ${what}: expected ${expected}, such as \`${example}\``;
  });
  throw new ConfigError(complaints.join('\n'));

  function lineOf(steps: PropertyKey[]): number {
    for (let length = steps.length; length > 0; length -= 1) {
      const parent =
        length === 1 ? document.contents : document.getIn(steps.slice(0, length - 1), true);
      const key = steps[length - 1];
      // The line of the key, where there is one: the value may stand further down.
      if (isNode(parent) && 'items' in parent) {
        const pair = (parent.items as { key?: { value?: unknown; range?: [number] } }[]).find(
          (item) => item.key?.value === key,
        );
        if (pair?.key?.range) return lines.linePos(pair.key.range[0]).line;
      }
      const node = document.getIn(steps.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}

function expectedAt(path: PropertyKey[]): [string, string] {
  const names = path.filter((step) => typeof step === 'string');
  for (let length = names.length; length >= 0; length -= 1) {
    const found = EXPECTED[names.slice(0, length).join('.')];
    if (found) return found;
  }
  throw new Error('the table of expectations has an entry for the whole file');
}

function slackTokens(environment: Environment) {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL } = environment;
  if (!SLACK_BOT_TOKEN && !SLACK_APP_TOKEN) return null;
  const result = SlackTokens.safeParse({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL });
  if (!result.success) {
    // The value is a secret: the complaint names the variable, never what stands in it.
    const complaints = result.error.issues.map(({ path }) => {
      const name = String(path[0]);
      const [expected, example] = expectedAt([name]);
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

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
